/** A meeting under way is lengthened or ended, by word or by tap: what is done, and what is answered. Who may is asked here and now. */
import { momentText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import { attempt } from '../../db/work.ts';
import { endEarly, extend, laterBy, mayReshape, type Running } from '../meetings/sharing/ending.ts';
import type { Meeting } from '../meetings/store.ts';
import { refusalText } from './submitting.ts';
import type { Talk } from './talk.ts';

export type Reshaped = { readonly done: boolean; readonly text: Words };

/** Lengthens it until `to`; else why not, and what is free instead. */
export async function lengthen(
  talk: Talk,
  running: Running,
  to: Temporal.Instant,
): Promise<Reshaped> {
  const { work, setup, person } = talk;
  const tried = await attempt(work, () => extend(work, setup, running, person.id, to));
  if ('refused' in tried) return { done: false, text: refusalText(tried.refused) };
  const until = momentText(tried.done.ends_at, talk);
  const { place } = tried.done;
  const text = words(
    `已延长：${place}用到 ${until.zh}`,
    `Extended: ${place} is yours until ${until.en}`,
  );
  return { done: true, text };
}

/** Ends it now: the rest is free for others. */
export async function endNow(talk: Talk, running: Running): Promise<Reshaped> {
  const { work, setup, person } = talk;
  const tried = await attempt(work, () => endEarly(work, setup, running, person.id));
  if ('refused' in tried) return { done: false, text: refusalText(tried.refused) };
  const { place } = tried.done;
  const text = words(
    `好的，会议已结束，${place}剩下的时间已让出`,
    `The meeting is over; the rest of ${place} is free for others`,
  );
  return { done: true, text };
}

/** What buttons do it. */
export const RESHAPES = ['extend', 'end-early'] as const;
export type Reshapes = (typeof RESHAPES)[number];

/** The same by a tap. A card that is not `fresh` was tapped for a meeting as it was: it is not changed a second time by it. */
export async function reshape(
  talk: Talk,
  meeting: Meeting,
  act: Reshapes,
  fresh: boolean,
): Promise<Reshaped> {
  const { work, setup, person } = talk;
  if (!mayReshape(meeting, person.id, work.now)) return { done: false, text: NOT_NOW };
  if (!fresh) return { done: false, text: CHANGED };
  const running = { id: meeting.id, request: meeting.request_id };
  return act === 'extend'
    ? lengthen(talk, running, laterBy(meeting, setup.rules))
    : endNow(talk, running);
}

const NOT_NOW = words(
  '这场会现在没在进行，或者不由您来改；主持人和签到的人可以改',
  'It is not going on now, or not yours to change: its host and who checked in may',
);
const CHANGED = words(
  '刚刚已经改过，请看最新的时间',
  'It has just been changed; please see the new time',
);
