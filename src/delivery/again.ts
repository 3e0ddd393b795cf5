/** When a message that failed is tried again, and when it is not any more. Pure. */
import type { DeliveryFault } from '../channels/channel.ts';

/** The longest we stay away by ourselves, ms. */
const LONGEST_MS = 60_000;

/**
 * Milliseconds until the next try. What the platform asked for is waited out, and a share of chance comes on top; without its word,
 * chance alone (full jitter) under a bound that doubles with every try, up to a minute. So many messages, and several replicas, do
 * not all come back in the same moment. `random`: 0 to 1.
 */
export function waitBefore(
  fault: Pick<DeliveryFault, 'waitMs'> | undefined,
  attempts: number,
  random: () => number,
): number {
  const bound = Math.min(LONGEST_MS, 1_000 * 2 ** Math.max(0, Math.min(attempts, 7) - 1));
  return Math.ceil((fault?.waitMs ?? 0) + random() * bound);
}

/**
 * A message that fails by itself for a day is given up: what it is about has moved on by then, and whoever it was for has to be told by
 * other means. While the whole platform fails the day does not run: a weekend without it loses nothing.
 */
const GIVEN_UP_AFTER = { hours: 24 };

/**
 * Since when it fails by itself, with this failure; null: it does not. `before`: what was noted at the try before. `through`: when a message last got
 * through to anybody by this channel; nothing since `before` means that it is not this message. A fault of ours
 * (undefined) is the message's own.
 */
export function failingSince(
  fault: Pick<DeliveryFault, 'closed'> | undefined,
  before: Temporal.Instant | null,
  through: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (fault?.closed) return null;
  if (!fault) return before ?? now;
  const othersGot = before && through && Temporal.Instant.compare(before, through) <= 0;
  return othersGot ? before : now;
}

export const isGivenUp = (since: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  since !== null && Temporal.Instant.compare(since.add(GIVEN_UP_AFTER), now) <= 0;
