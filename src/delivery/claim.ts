import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { Claimed, DelivererOptions } from './delivery.ts';
import { lanesOpen } from './held.ts';
import { takePace } from './pace.ts';

/** So many go out together; each in a lane of its own. */
export const AT_ONCE = 8;
/** Longer than any call may take (20 s, for a file) with room for a slow commit. */
const LEASE_SECONDS = 30;

/**
 * Due, first of its lane by priority and age, and the lane not held by a living sender. What waits for the platform's pace or
 * for another try stays the head of its lane until then (`lease_until`): nothing overtakes it, so people read in order.
 * What a dead sender left in the air may have arrived since its lease began. At most `most`; nothing of the lanes `inAir`, where this process is sending
 * itself, however long ago that lease ended.
 */
export async function claim(
  { office, realTime, channels }: DelivererOptions,
  most: number,
  inAir: Iterable<string>,
): Promise<readonly Claimed[]> {
  if (most <= 0) return [];
  const now = office.clock.now();
  const real = realTime.now();
  return office.db.transaction().execute(async (tx) => {
    const { rows } = await sql<Claimed>`
      update delivery set state = 'sending', attempts = attempts + 1,
        first_unknown = case when state = 'sending'
          then coalesce(first_unknown, ${now}::timestamptz - (${real}::timestamptz - lease_until + ${LEASE_SECONDS} * interval '1 second'))
          else first_unknown end,
        lease_until = ${real.add({ seconds: LEASE_SECONDS })}
      where id in (
        select d.id from delivery d
        where ${lanesOpen} and d.lane <> all(${[...inAir]}::text[]) and ((d.state = 'waiting' and (d.quiet is null or d.quiet = 'go') and d.due <= ${now} and (d.lease_until is null or d.lease_until <= ${real}))
            or (d.state = 'sending' and d.lease_until < ${real}))
          and d.id in (
            select first.id from generate_series(0, ${LAST_PRIORITY}::int) p, lateral (
              select c.id from delivery c
              where c.state = 'waiting' and c.priority = p and (c.quiet is null or c.quiet = 'go') and c.due <= ${now} and (c.lease_until is null or c.lease_until <= ${real})
                and ${isHead(now, real)}
              order by c.due limit ${LOOKED_AT}) first
            union all
            select c.id from delivery c where c.state = 'sending' and c.lease_until < ${real} and ${isHead(now, real)})
        order by d.priority, d.due limit ${most} for update of d skip locked)
      returning *`.execute(tx);
    // Whoever goes first takes what the app may still send.
    const inOrder = rows.toSorted((a, b) => a.priority - b.priority);
    const waits = new Map<string, number>();
    for (const [name, together] of Map.groupBy(inOrder, ({ channel }) => channel)) {
      const pace = channels.get(name)?.pace;
      if (!pace) continue;
      const each = await takePace(tx, name, together, pace, real);
      for (const [place, { id }] of together.entries()) waits.set(id, each[place] ?? 0);
    }
    const isHeld = ({ id }: Claimed): boolean => (waits.get(id) ?? 0) > 0;
    await hold(
      tx,
      inOrder.filter(isHeld).map(({ id }) => ({
        id,
        until: real.add({ milliseconds: waits.get(id) ?? 0 }),
      })),
    );
    return inOrder.filter((row) => !isHeld(row));
  });
}

/** Priorities are from 0 to this (`owe.ts`). */
const LAST_PRIORITY = 9;
/** So many of a priority are looked at: more than go out at once, since another replica may be at some of them. */
const LOOKED_AT = 4 * AT_ONCE;

/** Nothing of its lane is being sent, and nothing goes before it. */
const isHead = (now: Temporal.Instant, real: Temporal.Instant) => sql`
  not exists (select 1 from delivery e
    where e.lane = c.lane and e.id <> c.id and e.state = 'sending' and e.lease_until >= ${real})
  and not exists (select 1 from delivery e
    where e.lane = c.lane and e.id <> c.id and e.state in ('waiting', 'sending')
      and (e.quiet is null or e.quiet = 'go') and e.due <= ${now} and (e.priority, e.seq) < (c.priority, c.seq))`;

/** They wait as if they had not been claimed. */
async function hold(
  tx: Tx,
  held: readonly { readonly id: string; readonly until: Temporal.Instant }[],
): Promise<void> {
  if (held.length === 0) return;
  await sql`update delivery set state = 'waiting', lease_until = held.until, attempts = attempts - 1
    from unnest(${held.map(({ id }) => id)}::uuid[], ${held.map(({ until }) => until)}::timestamptz[]) as held (id, until)
    where delivery.id = held.id`.execute(tx);
}
