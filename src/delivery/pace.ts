import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { Allowance, Pace } from '../channels/channel.ts';

type Bucket = Allowance & { readonly name: string };

/** What must be left in the app's buckets for reminders and digests to take: the last fifth belongs to answers. */
const RESERVE = 0.2;

/** A lack smaller than this is the rounding of fractions added up, not a lack: who waited as told is not sent away again. */
const ROUNDING_MS = 1e-6;

/**
 * Takes one message's allowance from the lane's and the app's buckets. Returns 0 when taken, else how many milliseconds to
 * wait (nothing was taken then). Kept in the database: replicas stay inside the platform's limits together. `now` is real
 * time, not the office's: the platform's clock does not jump.
 */
export async function takePace(
  tx: Tx,
  message: { readonly channel: string; readonly lane: string; readonly priority: number },
  pace: Pace,
  now: Temporal.Instant,
): Promise<number> {
  const buckets: readonly Bucket[] = [
    { name: `app:${message.channel}`, ...pace.app },
    { name: `app-minute:${message.channel}`, ...pace.appMinute },
    { name: `lane:${message.lane}`, ...pace.lane },
  ];
  const levels = [];
  for (const bucket of buckets) levels.push({ bucket, tokens: await level(tx, bucket, now) });
  const short = levels
    .map(({ bucket, tokens }) => {
      const reserved =
        message.priority >= 6 && bucket.name.startsWith('app') ? bucket.holds * RESERVE : 0;
      return ((1 + reserved - tokens) / bucket.perSecond) * 1_000;
    })
    .filter((ms) => ms > ROUNDING_MS);
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
