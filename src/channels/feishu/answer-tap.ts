/** Answering a tap. Callbacks are not repeated by the platform: whatever happens, the person is told the truth in time. */
import type { Toast } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import { type Desk, type IncomingTap, OfficeUnavailable, type TapAnswer } from '../channel.ts';
import { inTime } from './in-time.ts';
import { named } from '../../reduced.ts';
import type { Log } from './log.ts';

/** A tap is answered within this; the platform gives up at 3 s and never asks again. ms. */
const TAP_MS = 1_900;

export type TapParts = {
  readonly desk: Pick<Desk, 'tap'>;
  readonly log: Log;
  /** The body that answers a tap. */
  readonly drawAnswer: (answer: TapAnswer) => Promise<object>;
  /** A tap was answered before the office was done; this is what came of it. */
  readonly tapDoneLate: (tap: IncomingTap, answer: TapAnswer) => Promise<void>;
};

const NOT_RECORDED: Toast = {
  look: 'error',
  text: words('没有记下，请再试一次', 'Not recorded. Please try again'),
};
const STILL_WORKING: Toast = {
  look: 'info',
  text: words(
    '还在办，结果会显示在卡片上；若无变化请再点一次',
    'Still working. The card will show the result; if nothing changes, tap again',
  ),
};
const FAILED: Toast = {
  look: 'error',
  text: words(
    '这一步没有办成，请稍后再试或联系行政',
    'That did not work. Try later or ask the office',
  ),
};

/** The body of the answer. When the office takes too long the person hears so, and the card follows. */
export async function answerTap(parts: TapParts, tap: IncomingTap): Promise<object> {
  const work = parts.desk.tap(tap).catch((error: unknown): TapAnswer => {
    if (error instanceof OfficeUnavailable) return { toast: NOT_RECORDED };
    parts.log('feishu.tap-failed', { key: tap.key, ...named(error) });
    return { toast: FAILED };
  });
  const answer = await inTime(work, TAP_MS);
  if (answer !== 'late') return drawn(parts, answer);
  parts.log('feishu.tap-late', { key: tap.key });
  work
    .then((done) => parts.tapDoneLate(tap, done))
    .catch((error: unknown) => parts.log('feishu.tap-late-failed', named(error)));
  return parts.drawAnswer({ toast: STILL_WORKING });
}

/** What was done is done: a card that cannot be drawn must not look like a failed tap. */
async function drawn({ drawAnswer, log }: TapParts, answer: TapAnswer): Promise<object> {
  try {
    return await drawAnswer(answer);
  } catch (error) {
    log('feishu.tap-undrawn', named(error));
    return drawAnswer(answer.toast ? { toast: answer.toast } : {});
  }
}
