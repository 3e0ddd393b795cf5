import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { Allowance, Pace } from '../channels/channel.ts';

type Bucket = Allowance & { readonly name: string };

/** What must be left in the app's buckets for reminders and digests to take: the last fifth belongs to answers. */
const RESERVE = 0.2;

/** A lack smaller than this is the rounding of fractions added up, not a lack: who waited as told is not sent away again. */
const ROUNDING_MS = 1e-6;

/**
 * Takes from the lane's and the app's buckets what these messages of one channel use, in their order. Returns for each how many milliseconds it has to wait, 0 when its
 * allowance was taken; once the app has no more, all that come after wait as long. Kept in the database, and in one statement for all of them: replicas stay inside the
 * platform's limits together. `now` is real time, not the office's: the platform's clock does not jump.
 */
export async function takePace(
  tx: Tx,
  channel: string,
  messages: readonly { readonly lane: string; readonly priority: number }[],
  pace: Pace,
  now: Temporal.Instant,
): Promise<readonly number[]> {
  const app: readonly Bucket[] = [
    { name: `app:${channel}`, ...pace.app },
    { name: `app-minute:${channel}`, ...pace.appMinute },
  ];
  const lanes = [...new Set(messages.map(({ lane }) => lane))].toSorted();
  const buckets = [...app, ...lanes.map((lane) => ({ name: `lane:${lane}`, ...pace.lane }))];
  const tokens = await tokensIn(tx, buckets, now);
  let everybody = 0;
  const waits = messages.map(({ lane, priority }) => {
    if (everybody > 0) return everybody;
    const wait = ({ name, perSecond }: Bucket, reserved: number): number => {
      const ms = ((1 + reserved - (tokens.get(name) ?? 0)) / perSecond) * 1_000;
      return ms > ROUNDING_MS ? Math.ceil(ms) : 0;
    };
    const own = { name: `lane:${lane}`, ...pace.lane };
    everybody = Math.max(
      ...app.map((each) => wait(each, priority >= 6 ? each.holds * RESERVE : 0)),
    );
    const longest = Math.max(everybody, wait(own, 0));
    if (longest === 0)
      for (const { name } of [...app, own]) tokens.set(name, (tokens.get(name) ?? 0) - 1);
    return longest;
  });
  if (waits.includes(0))
    await sql`update pace set tokens = level.tokens, refilled_at = ${now}::timestamptz
      from unnest(${[...tokens.keys()]}::text[], ${[...tokens.values()]}::float8[]) as level (name, tokens)
      where pace.name = level.name`.execute(tx);
  return waits;
}

/** How many tokens each bucket holds now; their rows are locked until the transaction ends, in the order given: the app's first. */
async function tokensIn(
  tx: Tx,
  buckets: readonly Bucket[],
  now: Temporal.Instant,
): Promise<Map<string, number>> {
  const rows = await tx
    .insertInto('pace')
    .values(buckets.map(({ name, holds }) => ({ name, tokens: holds, refilled_at: now })))
    .onConflict((at) => at.column('name').doUpdateSet({ name: sql`excluded.name` }))
    .returning(['name', 'tokens', 'refilled_at'])
    .execute();
  const found = new Map(rows.map((row) => [row.name, row]));
  return new Map(
    buckets.map(({ name, holds, perSecond }) => {
      const { tokens = holds, refilled_at = now } = found.get(name) ?? {};
      const seconds = Math.max(0, now.since(refilled_at).total('seconds'));
      return [name, Math.min(holds, tokens + seconds * perSecond)];
    }),
  );
}
