import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/database.ts';

/**
 * Takes or renews a duty that only one process has at a time, for `seconds` from `now` (real time, not the office's). False
 * while another holder's lease runs. One statement: two who ask together are told apart by the row's lock.
 */
export async function holdLease(
  db: Db,
  name: string,
  holder: string,
  seconds: number,
  now: Temporal.Instant,
): Promise<boolean> {
  const until = now.add({ seconds });
  const row = await db
    .insertInto('lease')
    .values({ name, holder, until })
    .onConflict((at) =>
      at
        .column('name')
        .doUpdateSet({ holder, until })
        .where((lease) =>
          lease.or([lease('lease.holder', '=', holder), lease('lease.until', '<=', now)]),
        ),
    )
    .returning('name')
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives it back before its end, if this holder has it: another may take it at once. */
export async function releaseLease(db: Db, name: string, holder: string): Promise<void> {
  await db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute();
}

/** A fresh id of this process, for leases. */
export const processName = (): string => `${process.pid}-${randomUUID().slice(0, 8)}`;
