/**
 * One push from the platform, from its bytes to the answer. A 200 is a promise that what came is kept: it is given after the
 * office has committed, and what could not be kept is answered 503, so that the platform comes again.
 */
import type { Toast } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import { type Desk, type IncomingTap, OfficeUnavailable, type TapAnswer } from '../channel.ts';
import { type AppSecrets, open, type Push } from './envelope.ts';
import { type Heard, hear } from './events.ts';
import { inTime } from './in-time.ts';
import { type Log, reduced } from './log.ts';
import type { Refusals } from './refusals.ts';

/** A tap is answered within this; the platform gives up at 3 s and never asks again. ms. */
const TAP_MS = 1_900;
/** An event is answered within this; the platform comes again after 3 s without an answer. ms. */
const EVENT_MS = 2_300;

/** What goes back; 401 and 503 have no body. */
export type Reply =
  | { readonly status: 200; readonly body: object }
  | { readonly status: 401 | 503 };

/** - tenant: says whether this is the tenant we serve. - bot: our own open id once it is known. */
export type ReceiverParts = {
  readonly desk: Desk;
  readonly secrets: AppSecrets;
  readonly now: () => Temporal.Instant;
  readonly zone: string;
  readonly log: Log;
  readonly refusals: Refusals;
  readonly tenant: (tenant: string) => boolean;
  readonly bot: () => string | undefined;
  /** The body that answers a tap. */
  readonly drawAnswer: (answer: TapAnswer) => Promise<object>;
  /** A tap was answered before the office was done; this is what came of it. */
  readonly tapDoneLate: (tap: IncomingTap, answer: TapAnswer) => Promise<void>;
};

export async function receive(parts: ReceiverParts, push: Push): Promise<Reply> {
  const now = parts.now();
  const seconds = Math.floor(now.epochMilliseconds / 1_000);
  const opened = open(push, parts.secrets, seconds, parts.tenant);
  switch (opened.kind) {
    case 'challenge':
      return { status: 200, body: { challenge: opened.challenge } };
    case 'refused':
      parts.refusals.note(parts.desk, opened.reason, now);
      return { status: 401 };
    case 'nonsense':
      return kept(parts, () => setAside(parts, opened.key, opened.reason, opened.body));
    case 'event': {
      const { event } = opened;
      if (event.late) parts.log('feishu.late', { type: event.type });
      const heard = hear(event, { bot: parts.bot(), now, zone: parts.zone });
      if (heard.heard === 'tap') return answerTap(parts, heard.tap);
      return kept(parts, () => tell(parts, heard, event));
    }
  }
}

const acknowledged: Reply = { status: 200, body: {} };

/** 200 when the work was done in time, else 503. */
async function kept(parts: ReceiverParts, work: () => Promise<void>): Promise<Reply> {
  try {
    const done = await inTime(work(), EVENT_MS);
    return done === 'late' ? { status: 503 } : acknowledged;
  } catch (error) {
    parts.log('feishu.event-refused', reduced(error));
    return { status: 503 };
  }
}

type Told = Exclude<Heard, { readonly heard: 'tap' }>;
type Body = { readonly type: string; readonly event: unknown };

async function tell(parts: ReceiverParts, heard: Told, body: Body): Promise<void> {
  try {
    await telling(parts, heard, body);
  } catch (error) {
    if (error instanceof OfficeUnavailable) throw error;
    // A mistake of ours: repeating the event would repeat the mistake, so it is kept for the office instead.
    const { name } = reduced(error);
    parts.log('feishu.event-failed', { type: body.type, ...reduced(error) });
    await setAside(
      parts,
      keyOf(heard) ?? `feishu:bug:${body.type}`,
      `failed: ${name}`,
      textOf(body),
    );
  }
}

async function telling(parts: ReceiverParts, heard: Told, body: Body): Promise<void> {
  const { desk } = parts;
  switch (heard.heard) {
    case 'message':
      return desk.message(heard.message);
    case 'opening':
      return desk.opened(heard.opening);
    case 'directory':
      return desk.directoryChanged(heard.change);
    case 'nonsense':
      return setAside(parts, heard.key, `shape: ${body.type}`, textOf(body));
    case 'nothing':
      parts.log('feishu.nothing-to-do', { type: body.type, why: heard.why });
  }
}

function keyOf(heard: Told): string | undefined {
  switch (heard.heard) {
    case 'message':
      return heard.message.key;
    case 'opening':
      return heard.opening.key;
    case 'directory':
      return heard.change.key;
    case 'nonsense':
      return heard.key;
    case 'nothing':
      return undefined;
  }
}

const textOf = ({ event }: Body): string =>
  JSON.stringify(event)
    .slice(0, 4_000)
    .replaceAll(String.raw`\u0000`, '')
    .toWellFormed();

async function setAside(
  { desk, log }: ReceiverParts,
  key: string,
  reason: string,
  body: string,
): Promise<void> {
  log('feishu.set-aside', { key, reason });
  await desk.setAside({ key, reason, body });
}

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

/** Callbacks are not repeated by the platform: whatever happens, the person is told the truth in time. */
async function answerTap(parts: ReceiverParts, tap: IncomingTap): Promise<Reply> {
  const work = parts.desk.tap(tap).catch((error: unknown): TapAnswer => {
    if (error instanceof OfficeUnavailable) return { toast: NOT_RECORDED };
    parts.log('feishu.tap-failed', { key: tap.key, ...reduced(error) });
    return { toast: FAILED };
  });
  const answer = await inTime(work, TAP_MS);
  if (answer !== 'late') return { status: 200, body: await parts.drawAnswer(answer) };
  parts.log('feishu.tap-late', { key: tap.key });
  void work
    .then((done) => parts.tapDoneLate(tap, done))
    .catch((error: unknown) => parts.log('feishu.tap-late-failed', reduced(error)));
  return { status: 200, body: await parts.drawAnswer({ toast: STILL_WORKING }) };
}
