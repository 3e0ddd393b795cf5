/** When anything last got through to a platform: what fails meanwhile fails by itself. Kept in the database, since any replica may have sent it. */
import type { Db, Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';

/** Not noted more often than this: every message would wait for the same row. */
const AT_MOST = { minutes: 1 };

/** A message got through by this channel. */
export async function noteThrough(work: Work, channel: string): Promise<void> {
  await work.tx
    .insertInto('channel_through')
    .values({ channel, at: work.now })
    .onConflict((on) =>
      on
        .column('channel')
        .doUpdateSet({ at: work.now })
        .where('channel_through.at', '<', work.now.subtract(AT_MOST)),
    )
    .execute();
}

/** When one last did, to the minute; undefined: never. */
export async function lastThrough(
  db: Db | Tx,
  channel: string,
): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('channel_through')
    .select('at')
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row?.at;
}
