/** Counting what was refused, and telling about it without letting a flood fill the log. */
import type { Desk } from '../channel.ts';
import type { Counts } from './counts.ts';
import { named } from '../../reduced.ts';
import type { Log } from './log.ts';
import type { RefusalReason } from './verify.ts';

/** How many refusals a minute are told to the log and the office; all are counted. */
const TOLD_A_MINUTE = 6;

/** Notes a refusal. A burst of `signature` most likely means that the key in the console was changed. */
export type NoteRefusal = (desk: Desk, reason: RefusalReason, now: Temporal.Instant) => void;

export function createRefusals(counts: Counts, log: Log): NoteRefusal {
  const recent: { minute: number; told: number } = { minute: 0, told: 0 };
  const mayTell = (now: Temporal.Instant): boolean => {
    const minute = Math.floor(now.epochMilliseconds / 60_000);
    if (minute !== recent.minute) Object.assign(recent, { minute, told: 0 });
    recent.told += 1;
    return recent.told <= TOLD_A_MINUTE;
  };
  return (desk, reason, now) => {
    const count = counts.add(`refused:${reason}`);
    if (!mayTell(now)) return;
    log('feishu.refused', { reason, count });
    // Not awaited: whoever sends forgeries is not to wait for our database.
    desk.refused({ channel: 'feishu', reason }).catch((error: unknown) => {
      log('feishu.refused-unrecorded', named(error));
    });
  };
}
