import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is refused; the refusals are counted by it. */
export type RefusalReason =
  | 'headers'
  | 'clock'
  | 'signature'
  | 'plain'
  | 'challenge'
  | 'token'
  | 'app'
  | 'tenant'
  | 'stale-tap';

/**
 * `late`: signed longer ago than a card callback may be; an event that is repeated may. `key`: the index of the key it was
 * signed, and encrypted, with.
 */
export type Verdict =
  | { readonly ok: true; readonly late: boolean; readonly key: number }
  | { readonly ok: false; readonly reason: 'headers' | 'clock' | 'signature' };

/** How far ahead a stamp may be, and how old a card callback's: clocks differ, and callbacks are never repeated. Seconds. */
const FRESH_SECONDS = 5 * 60;
/** The platform repeats events for 7 h 5 min and does not say whether it signs anew each time. Seconds. */
const OLDEST_SECONDS = 8 * 60 * 60;

const no = (reason: 'headers' | 'clock' | 'signature'): Verdict => ({ ok: false, reason });

/**
 * Checks the signature of a push on its raw bytes: hex(sha256(timestamp ‖ nonce ‖ key ‖ body)), platform notes §1.4. `keys`
 * are the Encrypt Key and, while it is being changed, the one before. The stamp has exactly ten digits, since the formula has
 * no separators: a longer stamp and a shorter nonce would share the signature.
 */
export function verify(
  heads: IncomingHttpHeaders,
  raw: Uint8Array,
  keys: readonly string[],
  nowSeconds: number,
): Verdict {
  const stamp = heads['x-lark-request-timestamp'];
  const nonce = heads['x-lark-request-nonce'];
  const mark = heads['x-lark-signature'];
  if (typeof stamp !== 'string' || !/^\d{10}$/.test(stamp)) return no('headers');
  if (typeof nonce !== 'string' || nonce.length > 128) return no('headers');
  if (typeof mark !== 'string' || !/^[0-9a-f]{64}$/.test(mark)) return no('headers');
  const age = nowSeconds - Number(stamp);
  if (age < -FRESH_SECONDS || age > OLDEST_SECONDS) return no('clock');
  const given = Buffer.from(mark, 'hex');
  const key = keys.findIndex((one) => timingSafeEqual(given, digest(stamp + nonce + one, raw)));
  return key === -1 ? no('signature') : { ok: true, late: age > FRESH_SECONDS, key };
}

const digest = (head: string, raw: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(head), raw]), 'buffer');

/** True when two secret texts are the same; takes as long whatever they are, and however long. */
export const sameSecret = (given: string, ours: string): boolean =>
  timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', ours, 'buffer'));
