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
 * wait (nothing was taken then), `ofApp`: how long everybody has to who comes after. Kept in the database: replicas stay inside the platform's limits together. `now` is real
 * time, not the office's: the platform's clock does not jump.
 */
export async function takePace(
  tx: Tx,
  message: { readonly channel: string; readonly lane: string; readonly priority: number },
  pace: Pace,
  now: Temporal.Instant,
): Promise<{ readonly ms: number; readonly ofApp: number }> {
  const buckets: readonly Bucket[] = [
    { name: `app:${message.channel}`, ...pace.app },
    { name: `app-minute:${message.channel}`, ...pace.appMinute },
    { name: `lane:${message.lane}`, ...pace.lane },
  ];
  const levels = await levelsOf(tx, buckets, now);
  const short = levels
    .map(({ bucket, tokens }) => {
      const ofApp = bucket.name.startsWith('app');
      const reserved = message.priority >= 6 && ofApp ? bucket.holds * RESERVE : 0;
      return { ofApp, ms: ((1 + reserved - tokens) / bucket.perSecond) * 1_000 };
    })
    .filter(({ ms }) => ms > ROUNDING_MS);
  if (short.length > 0) {
    const longest = (waits: typeof short): number =>
      Math.ceil(Math.max(0, ...waits.map(({ ms }) => ms)));
    return { ms: longest(short), ofApp: longest(short.filter(({ ofApp }) => ofApp)) };
  }
  await sql`update pace set tokens = level.tokens, refilled_at = ${now}::timestamptz from unnest(
      ${levels.map(({ bucket }) => bucket.name)}::text[], ${levels.map(({ tokens }) => tokens - 1)}::float8[]) as level (name, tokens)
    where pace.name = level.name`.execute(tx);
  return { ms: 0, ofApp: 0 };
}

/** How many tokens each bucket holds now; their rows are locked until the transaction ends, in the order given, which is always the same. */
async function levelsOf(
  tx: Tx,
  buckets: readonly Bucket[],
  now: Temporal.Instant,
): Promise<readonly { readonly bucket: Bucket; readonly tokens: number }[]> {
  const rows = await tx
    .insertInto('pace')
    .values(buckets.map(({ name, holds }) => ({ name, tokens: holds, refilled_at: now })))
    .onConflict((at) => at.column('name').doUpdateSet({ name: sql`excluded.name` }))
    .returning(['name', 'tokens', 'refilled_at'])
    .execute();
  const found = new Map(rows.map((row) => [row.name, row]));
  return buckets.map((bucket) => {
    const { tokens = bucket.holds, refilled_at = now } = found.get(bucket.name) ?? {};
    const seconds = Math.max(0, now.since(refilled_at).total('seconds'));
    return { bucket, tokens: Math.min(bucket.holds, tokens + seconds * bucket.perSecond) };
  });
}
