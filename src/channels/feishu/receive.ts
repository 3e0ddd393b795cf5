/**
 * One push from the platform, from its bytes to the answer. A 200 is a promise that what came is kept: it is given after the
 * office has committed, and what could not be kept is answered 503, so that the platform comes again.
 */
import { type Desk, OfficeUnavailable } from '../channel.ts';
import { answerTap, type TapParts } from './answer-tap.ts';
import type { Counts } from './counts.ts';
import {
  type AppSecrets,
  type Event,
  open,
  type Opened,
  openPlain,
  type Push,
} from './envelope.ts';
import { type Heard, hear } from './events.ts';
import { inTime } from './in-time.ts';
import { named } from '../../reduced.ts';
import type { NoteRefusal } from './refusals.ts';

/** An event is answered within this; the platform comes again after 3 s without an answer. ms. */
const EVENT_MS = 2_300;

/** What goes back; 401 and 503 have no body. */
export type Reply =
  | { readonly status: 200; readonly body: object }
  | { readonly status: 401 | 503 };

/** - tenant: says whether this is the tenant we serve. - bot: our own open id once it is known. */
export type ReceiverParts = TapParts & {
  readonly desk: Desk;
  readonly secrets: AppSecrets;
  readonly now: () => Temporal.Instant;
  /** The office's zone. */
  readonly zone: string;
  readonly counts: Counts;
  readonly noteRefusal: NoteRefusal;
  readonly tenant: (tenant: string) => boolean;
  readonly bot: () => string | undefined;
};

/** A push of the webhook. */
export async function receive(parts: ReceiverParts, push: Push): Promise<Reply> {
  const now = parts.now();
  const seconds = Math.floor(now.epochMilliseconds / 1_000);
  return answer(parts, open(push, parts.secrets, seconds, parts.tenant), now);
}

/** An envelope that came over our long connection. */
export const receivePlain = (parts: ReceiverParts, envelope: unknown): Promise<Reply> =>
  answer(parts, openPlain(envelope, parts.secrets.appId, parts.tenant), parts.now());

async function answer(parts: ReceiverParts, opened: Opened, now: Temporal.Instant): Promise<Reply> {
  switch (opened.kind) {
    case 'challenge':
      return { status: 200, body: { challenge: opened.challenge } };
    case 'refused':
      parts.noteRefusal(parts.desk, opened.reason, now);
      return { status: 401 };
    case 'nonsense':
      return kept(parts, () => setAside(parts, opened.key, opened.reason, opened.body));
    case 'event':
      return receiveEvent(parts, opened.event, now);
  }
}

/** A verified event, however it came. */
async function receiveEvent(
  parts: ReceiverParts,
  event: Event,
  now: Temporal.Instant,
): Promise<Reply> {
  if (event.late) parts.counts.add('late');
  const heard = hear(event, { bot: parts.bot(), now, zone: parts.zone });
  if (heard.heard === 'tap') return { status: 200, body: await answerTap(parts, heard.tap) };
  return kept(parts, () => tell(parts, heard, event));
}

const acknowledged: Reply = { status: 200, body: {} };

/** 200 when the work was done in time, else 503. */
async function kept(parts: ReceiverParts, work: () => Promise<void>): Promise<Reply> {
  try {
    const done = await inTime(work(), EVENT_MS);
    return done === 'late' ? { status: 503 } : acknowledged;
  } catch (error) {
    parts.log('feishu.event-refused', named(error));
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
    const { name } = named(error);
    parts.log('feishu.event-failed', { type: body.type, ...named(error) });
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
    case 'recall':
      return desk.recalled(heard.recall);
    case 'group':
      return desk.groupChanged(heard.change);
    case 'nonsense':
      return setAside(parts, heard.key, `shape: ${body.type}`, textOf(body));
    case 'nothing':
      noteUnheard(parts, body.type, heard.why);
  }
}

/** Counted; the log hears of each unknown type once. */
function noteUnheard({ counts, log }: ReceiverParts, type: string, why: string): void {
  const first = counts.add(why === 'unknown-type' ? `${why}:${type}` : why) === 1;
  if (first && why === 'unknown-type') log('feishu.unknown-type', { type });
}

function keyOf(heard: Told): string | undefined {
  switch (heard.heard) {
    case 'message':
      return heard.message.key;
    case 'opening':
      return heard.opening.key;
    case 'recall':
      return heard.recall.key;
    case 'directory':
    case 'group':
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
  { desk, counts, log }: ReceiverParts,
  key: string,
  reason: string,
  body: string,
): Promise<void> {
  counts.add('set-aside');
  log('feishu.set-aside', { key, reason });
  await desk.setAside({ key, reason, body });
}
