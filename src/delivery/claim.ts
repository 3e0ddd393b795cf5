import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { Claimed, DelivererOptions } from './delivery.ts';
import { lanesOpen } from './held.ts';
import { takePace } from './pace.ts';

/** Messages in the air at once from one process; each in a lane of its own. */
const AT_ONCE = 8;
/** Longer than any call may take (20 s, for a file) with room for a slow commit. */
const LEASE_SECONDS = 30;

/**
 * Due, first of its lane by priority and age, and the lane not held by a living sender. What waits for the platform's pace or
 * for another try stays the head of its lane until then (`lease_until`): nothing overtakes it, so people read in order.
 * What a dead sender left in the air may have arrived since its lease began.
 */
export async function claim({
  office,
  realTime,
  channels,
}: DelivererOptions): Promise<readonly Claimed[]> {
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
        where ${lanesOpen} and ((d.state = 'waiting' and (d.quiet is null or d.quiet = 'go') and d.due <= ${now} and (d.lease_until is null or d.lease_until <= ${real}))
            or (d.state = 'sending' and d.lease_until < ${real}))
          and not exists (select 1 from delivery e
            where e.lane = d.lane and e.id <> d.id and e.state = 'sending' and e.lease_until >= ${real})
          and not exists (select 1 from delivery e
            where e.lane = d.lane and e.id <> d.id and e.state in ('waiting', 'sending')
              and (e.quiet is null or e.quiet = 'go') and e.due <= ${now} and (e.priority, e.seq) < (d.priority, d.seq))
        order by d.priority, d.due limit ${AT_ONCE} for update of d skip locked)
      returning *`.execute(tx);
    const going: Claimed[] = [];
    for (const row of rows) {
      const pace = channels.get(row.channel)?.pace;
      const wait = pace ? await takePace(tx, row, pace, real) : 0;
      if (wait === 0) going.push(row);
      else await hold(tx, row.id, real.add({ milliseconds: wait }), row.attempts - 1);
    }
    return going;
  });
}

async function hold(tx: Tx, id: string, until: Temporal.Instant, attempts: number): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ state: 'waiting', lease_until: until, attempts })
    .where('id', '=', id)
    .execute();
}
