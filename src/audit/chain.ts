/**
 * The chain that makes the record tamper-evident.
 *
 * - entry: a row of the record.
 * - place: an entry's gapless position in the chain, given when it is sealed; `seq` has gaps by nature (rolled-back work).
 * - seal: place, entry and hash; the hash covers the entry, its place and the hash before it.
 * - head: the last seal. A chain cut off at its end still holds, so the head is shown and kept outside as an anchor.
 */
import { createHmac } from 'node:crypto';
import type { Secret } from '../secret.ts';

/** An entry as it is hashed. `before` and `after` are jsonb as Postgres writes it, which is one text for one value. */
export type Entry = {
  readonly seq: number;
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly cause: string | null;
};

/** The end of a chain; an empty one has place 0 and an empty hash. */
export type Head = { readonly place: number; readonly hash: string };

export const EMPTY: Head = { place: 0, hash: '' };

/**
 * HMAC-SHA-256 over (place, seq, at, actor, act, subject, before, after, cause, previous hash), each with its length before
 * it: without lengths 「12」「3」 and 「1」「23」 would be the same text. In hex.
 */
export function hashOf(key: Secret, place: number, entry: Entry, previous: string): string {
  const { seq, at, actor, act, subject, before, after, cause } = entry;
  const fields = [place, seq, at.toString(), actor, act, subject, before, after, cause, previous];
  const mac = createHmac('sha256', Buffer.from(key.reveal(), 'hex'));
  for (const field of fields) mac.update(measured(field));
  return mac.digest('hex');
}

/** `3:abc` in bytes; null is `-`, which no length is. */
const measured = (field: string | number | null): string =>
  field === null ? '-' : `${Buffer.byteLength(String(field))}:${field}`;
