import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';

/** How fast a bucket refills and how much it holds. */
type Bucket = { readonly name: string; readonly perSecond: number; readonly holds: number };

/**
 * The platform's limits (Feishu: 5 a second to one person or chat, 50 a second and 1,000 a minute an app), a tenth below
 * for the app so that clocks that differ a little do no harm. Kept in the database: replicas stay inside them together.
 */
const LANE = { perSecond: 5, holds: 5 };
const APP = { perSecond: 45, holds: 45 };
const APP_MINUTE = { perSecond: 950 / 60, holds: 950 };
/** What must be left in the app's buckets for reminders and digests to take: the last fifth belongs to answers. */
const RESERVE = 0.2;

/**
 * Takes one message's allowance from the lane's and the app's buckets. Returns 0 when taken, else how many milliseconds to
 * wait (nothing was taken then). `now` is real time, not the office's: the platform's clock does not jump.
 */
export async function takePace(
  tx: Tx,
  message: { readonly channel: string; readonly lane: string; readonly priority: number },
  now: Temporal.Instant,
): Promise<number> {
  const buckets: readonly Bucket[] = [
    { name: `app:${message.channel}`, ...APP },
    { name: `app-minute:${message.channel}`, ...APP_MINUTE },
    { name: `lane:${message.lane}`, ...LANE },
  ];
  const levels = [];
  for (const bucket of buckets) levels.push({ bucket, tokens: await level(tx, bucket, now) });
  const short = levels
    .map(({ bucket, tokens }) => {
      const reserved =
        message.priority >= 6 && bucket.name.startsWith('app') ? bucket.holds * RESERVE : 0;
      return ((1 + reserved - tokens) / bucket.perSecond) * 1_000;
    })
    .filter((ms) => ms > 0);
  if (short.length > 0) return Math.ceil(Math.max(...short));
  for (const { bucket, tokens } of levels) {
    await tx
      .updateTable('pace')
      .set({ tokens: tokens - 1, refilled_at: now })
      .where('name', '=', bucket.name)
      .execute();
  }
  return 0;
}

/** How many tokens a bucket holds now; its row is locked until the transaction ends. Always in the same order of names. */
async function level(tx: Tx, bucket: Bucket, now: Temporal.Instant): Promise<number> {
  const row = await tx
    .insertInto('pace')
    .values({ name: bucket.name, tokens: bucket.holds, refilled_at: now })
    .onConflict((at) => at.column('name').doUpdateSet({ name: sql`excluded.name` }))
    .returning(['tokens', 'refilled_at'])
    .executeTakeFirstOrThrow();
  const seconds = Math.max(0, now.since(row.refilled_at).total('seconds'));
  return Math.min(bucket.holds, row.tokens + seconds * bucket.perSecond);
}
