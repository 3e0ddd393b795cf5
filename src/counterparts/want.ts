/** Counterparts: what stands on a platform for something of ours, such as an event in its calendar for a booked meeting. */
import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../../db/database.ts';
import type { CounterpartTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import type { ChannelName, CounterpartAbout, CounterpartSort } from '../channels/channel.ts';

export type Counterpart = Selectable<CounterpartTable>;

/** Which one: there is one of each sort on a platform for a thing of ours. */
export type Which = {
  readonly channel: ChannelName;
  readonly sort: CounterpartSort;
  /** What of ours it stands for: `request`, `action-item`, and its id. */
  readonly about: CounterpartAbout;
};

/**
 * Says how it shall stand, in the transaction of the fact: `wanted` in the terms of its keeper, JSON; null: it shall not be there. The
 * same as before changes nothing. Anything else becomes due at once, also after it was given up.
 */
export async function want(
  work: Work,
  which: Which & { readonly wanted: object | null },
): Promise<void> {
  const wanted = which.wanted === null ? null : JSON.stringify(which.wanted);
  const { channel, sort, about } = which;
  const anew = { due_at: work.now, tries: 0, failing_since: null, trouble: null, dead_at: null };
  const changed = {
    wanted,
    wanted_revision: sql<number>`counterpart.wanted_revision + 1`,
    ...anew,
  };
  const differs = sql<boolean>`counterpart.wanted is distinct from ${wanted}::jsonb`;
  if (wanted === null) {
    await work.tx
      .updateTable('counterpart')
      .set(changed)
      .where('channel', '=', channel)
      .where('sort', '=', sort)
      .where('about_kind', '=', about.kind)
      .where('about_id', '=', about.id)
      .where(differs)
      .execute();
    return;
  }
  await work.tx
    .insertInto('counterpart')
    .values({
      channel,
      sort,
      about_kind: about.kind,
      about_id: about.id,
      wanted,
      wanted_revision: 1,
      ...anew,
      external_id: null,
      external: null,
      tried: null,
      lease_holder: null,
      lease_until: null,
      created_at: work.now,
    })
    .onConflict((at) =>
      at.columns(['channel', 'sort', 'about_kind', 'about_id']).doUpdateSet(changed).where(differs),
    )
    .execute();
}

/** How it stands, as far as we know; undefined: it was never wanted. */
export const counterpartOf = (
  tx: Tx,
  { channel, sort, about }: Which,
): Promise<Counterpart | undefined> =>
  tx
    .selectFrom('counterpart')
    .selectAll()
    .where('channel', '=', channel)
    .where('sort', '=', sort)
    .where('about_kind', '=', about.kind)
    .where('about_id', '=', about.id)
    .executeTakeFirst();

/** Those of a sort that stand there for these things of ours and are in line, the oldest first. */
export const standing = async (
  tx: Tx,
  channel: ChannelName,
  sort: CounterpartSort,
  about: string,
  ids: readonly number[],
): Promise<readonly Counterpart[]> =>
  ids.length === 0
    ? []
    : tx
        .selectFrom('counterpart')
        .selectAll()
        .where('channel', '=', channel)
        .where('sort', '=', sort)
        .where('about_kind', '=', about)
        .where('about_id', 'in', [...ids])
        .where('external_id', 'is not', null)
        .whereRef('kept_revision', '=', 'wanted_revision')
        .orderBy('created_at')
        .orderBy('id')
        .execute();

/**
 * Notes what somebody changed there, in the transaction of what follows from it, so that bringing it in line does not begin from what stood
 * there before. Facts that are not named stay.
 */
export async function noteSeen(
  work: Work,
  { channel, sort, about }: Which,
  facts: { readonly [fact: string]: unknown },
): Promise<void> {
  await work.tx
    .updateTable('counterpart')
    .set({
      external: sql`coalesce(counterpart.external, '{}'::jsonb) || ${JSON.stringify(facts)}::jsonb`,
    })
    .where('channel', '=', channel)
    .where('sort', '=', sort)
    .where('about_kind', '=', about.kind)
    .where('about_id', '=', about.id)
    .where('external_id', 'is not', null)
    .execute();
}

/** The platform's id of a counterpart; null while it does not stand there. */
export async function idThere(db: Db, { channel, sort, about }: Which): Promise<string | null> {
  const row = await db
    .selectFrom('counterpart')
    .select('external_id')
    .where('channel', '=', channel)
    .where('sort', '=', sort)
    .where('about_kind', '=', about.kind)
    .where('about_id', '=', about.id)
    .executeTakeFirst();
  return row?.external_id ?? null;
}
