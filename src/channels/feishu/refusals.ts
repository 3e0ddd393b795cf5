/** Counting what was refused, and telling about it without letting a flood fill the log. */
import type { Desk } from '../channel.ts';
import { type Log, reduced } from './log.ts';
import type { RefusalReason } from './verify.ts';

/** How many refusals a minute are told to the log and the office; all are counted. */
const TOLD_A_MINUTE = 6;

export type Refusals = {
  readonly note: (desk: Desk, reason: RefusalReason, now: Temporal.Instant) => void;
  /** How many so far, by reason. A burst of `signature` most likely means that the key in the console was changed. */
  readonly counts: () => { readonly [reason: string]: number };
};

export function createRefusals(log: Log): Refusals {
  const counts = new Map<RefusalReason, number>();
  const recent: { minute: number; told: number } = { minute: 0, told: 0 };
  const mayTell = (now: Temporal.Instant): boolean => {
    const minute = Math.floor(now.epochMilliseconds / 60_000);
    if (minute !== recent.minute) Object.assign(recent, { minute, told: 0 });
    recent.told += 1;
    return recent.told <= TOLD_A_MINUTE;
  };
  return {
    counts: () => Object.fromEntries(counts),
    note(desk, reason, now) {
      const count = (counts.get(reason) ?? 0) + 1;
      counts.set(reason, count);
      if (!mayTell(now)) return;
      log('feishu.refused', { reason, count });
      // Not awaited: whoever sends forgeries is not to wait for our database.
      desk.refused({ channel: 'feishu', reason }).catch((error: unknown) => {
        log('feishu.refused-unrecorded', reduced(error));
      });
    },
  };
}
