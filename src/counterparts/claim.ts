import { sql } from 'kysely';
import type { CounterpartSort, Keeper } from '../channels/channel.ts';
import { lanesOpen } from '../delivery/held.ts';
import type { KeepingOptions } from './keep.ts';
import type { Counterpart } from './want.ts';

/** Brought in line at once by one process. */
const AT_ONCE = 4;
/** Longer than a keeper may take (30 s) with room for a slow commit. */
const LEASE_SECONDS = 60;

/** One in our hands until its lease ends, with who keeps it. */
export type Claimed = {
  readonly row: Counterpart;
  readonly keeper: Keeper;
  /** What an earlier try asked for that may have taken effect; null: none. */
  readonly unsure: unknown;
};

/**
 * Takes what is due and in nobody's hands; sorts that no channel keeps are left as they are. Before anything is called it is written
 * down what this try will ask for: should we die, whoever comes after us knows that it may have taken effect.
 */
export async function claim(
  { office, realTime, channels }: KeepingOptions,
  holder: string,
): Promise<readonly Claimed[]> {
  const keepers = [...channels.values()].flatMap(({ name, counterparts }) =>
    Object.entries(counterparts ?? {}).map(([sort, keeper]) => ({ at: `${name}:${sort}`, keeper })),
  );
  if (keepers.length === 0) return [];
  const real = realTime.now();
  return office.db.transaction().execute(async (tx) => {
    const { rows } = await sql<Counterpart>`
      select * from counterpart
      where ${lanesOpen} and due_at <= ${office.clock.now()} and (lease_until is null or lease_until <= ${real})
        and channel || ':' || sort = any(${keepers.map(({ at }) => at)})
      order by due_at, id limit ${AT_ONCE} for update skip locked`.execute(tx);
    const taken: Claimed[] = [];
    for (const row of rows) {
      const keeper = keepers.find(({ at }) => at === keptAt(row))?.keeper;
      if (!keeper) continue;
      const tried = row.tried ?? row.wanted;
      await tx
        .updateTable('counterpart')
        .set({
          tries: row.tries + 1,
          tried: tried === null ? null : JSON.stringify(tried),
          lease_holder: holder,
          lease_until: real.add({ seconds: LEASE_SECONDS }),
        })
        .where('id', '=', row.id)
        .execute();
      taken.push({ row: { ...row, tries: row.tries + 1 }, keeper, unsure: row.tried ?? null });
    }
    return taken;
  });
}

const keptAt = ({ channel, sort }: { channel: string; sort: CounterpartSort }): string =>
  `${channel}:${sort}`;
