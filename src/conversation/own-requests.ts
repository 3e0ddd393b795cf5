import { attempt } from '../../db/work.ts';
import { act, mayRead, type Wish } from '../filing/act.ts';
import { liesBehind, requestNumbered, readRequest, type Request } from '../filing/store.ts';
import { urge } from '../filing/urge.ts';
import { isSeries } from '../meetings/store.ts';
import { mayChange } from '../filing/change.ts';
import { type Heard, requestNumberIn } from './heard-words.ts';
import type { Led } from './last-said.ts';
import { kindOfTarget } from './lists.ts';
import { deadlineOf, NO_DEADLINE_NAMED } from './deadlines.ts';
import { denialText, doneText, NOT_FOUND, urgedText } from './outcomes.ts';
import { pointedAt } from './pointing.ts';
import { occurrenceMeant } from './series-edits.ts';
import { refusalText } from './submitting.ts';
import { answer, say, type Talk } from './talk.ts';
import { advance } from '../workflow/advance.ts';
import { openStep } from '../workflow/workflow.ts';

/** Carries out what was said about a request; the card follows as a new message. */
export async function actByWord(talk: Talk, wish: Omit<Wish, 'person'>): Promise<void> {
  const { work, setup, person } = talk;
  const tried = await attempt(work, () => act(work, setup, { ...wish, person: person.id }, talk));
  if ('refused' in tried) {
    const text = refusalText(tried.refused);
    return say(talk, text.zh, text.en);
  }
  const acted = tried.done;
  if (!acted) return say(talk, NOT_FOUND.zh, NOT_FOUND.en);
  const text = acted.done
    ? doneText(wish.act, acted.request.number)
    : await denialText(work.tx, acted, talk);
  await say(talk, text.zh, text.en);
  await answer(talk, { view: 'request', request: acted.request.id });
}

/** 「TRIP-26-0001 到哪了」, or the same in reply to its card; without either the list. */
export async function queryMine(talk: Talk, heard: Heard): Promise<void> {
  const named = await readableRequest(talk, heard);
  // An unknown number and a foreign one sound the same.
  if (named === 'unknown') return say(talk, NOT_FOUND.zh, NOT_FOUND.en);
  if (heard.reading.slots['why'] === true) {
    const request = named ?? (await onlyOneWaiting(talk));
    const text = request ? await deadlineOf(talk, request) : NO_DEADLINE_NAMED;
    return say(talk, text.zh, text.en);
  }
  if (named) return answer(talk, { view: 'request', request: named.id });
  const kind = kindOfTarget(heard.reading.slots['target']);
  const status = heard.reading.slots['status'];
  return answer(talk, {
    view: 'requests',
    first: 0,
    ...(kind ? { kind } : {}),
    ...(typeof status === 'string' ? { status } : {}),
  });
}

/** 撤回, 取消: at once when it is clear which, else asked. */
export async function cancelByWord(talk: Talk, heard: Heard): Promise<Led> {
  const found = await candidates(talk, heard, (request) => isLive(request, talk));
  if (found === 'unknown') return told(say(talk, NOT_FOUND.zh, NOT_FOUND.en));
  const [only, another] = found;
  if (!only) return told(say(talk, '您没有可以撤回的申请', 'You have nothing to take back'));
  if (another) return askWhich(talk, found, 'take-back');
  if (isSeries(only) && only.state === 'booked') return askDates(talk, only, heard.said);
  return told(actByWord(talk, { request: only.id, act: takingBack(only) }));
}

const told = async (answered: Promise<void>): Promise<Led> => {
  await answered;
  return {};
};

/** 取消 of a series: the date it names, with the card that asks which dates are meant. */
async function askDates(talk: Talk, request: Request, said: string): Promise<Led> {
  const one = await occurrenceMeant(talk, request, said);
  await answer(talk, {
    view: 'series-cancel',
    request: request.id,
    ...(one ? { day: one.day } : {}),
  });
  return {};
}

/** 「是哪一张？」 One button each; the answer may also be said (珠峰那个, 第二个). */
export async function askWhich(
  talk: Talk,
  found: readonly Request[],
  act: string,
  said?: string,
): Promise<Led> {
  const requests = found.slice(0, MOST_ASKED).map((each) => each.id);
  const how = said === undefined ? {} : { said };
  await answer(talk, {
    view: 'which',
    requests,
    act,
    more: found.length - requests.length,
    ...how,
  });
  return { asked: { asked: 'which', act, requests, ...how } };
}

/** More than this is not chosen from but told more exactly; the card says how many more there are. */
const MOST_ASKED = 5;

/** What is booked is cancelled; what still waits is withdrawn. */
export const takingBack = (request: Request): 'cancel' | 'withdraw' =>
  isGranted(request) ? 'cancel' : 'withdraw';

/** What was granted and can still be given up. */
const isGranted = ({ state, workflow }: Request): boolean =>
  state === 'booked' || (state === 'done' && workflow.revocable === true);

const isLive = (request: Request, { now }: Talk): boolean =>
  request.workflow.stopped === undefined &&
  (request.closed_at === null || (isGranted(request) && !liesBehind(request, now)));

/** Whether who speaks may take this one back now, by whatever it is called. */
export const mayGiveUp = (request: Request, talk: Talk): boolean =>
  isLive(request, talk) &&
  !(
    'denied' in
    advance(request.workflow, {
      act: takingBack(request),
      by: talk.person.id,
      at: talk.work.now,
    })
  );

/** 催一下. */
export async function urgeByWord(talk: Talk, heard: Heard): Promise<Led> {
  const found = await candidates(talk, heard, (request) => request.closed_at === null);
  if (found === 'unknown') return told(say(talk, NOT_FOUND.zh, NOT_FOUND.en));
  const [only, another] = found;
  if (!only) return told(say(talk, '您没有在办的申请', 'You have nothing under way'));
  if (another) return askWhich(talk, found, 'urge');
  return told(urgeOne(talk, only));
}

/** Reminds whoever this one waits for, and says whom. */
export async function urgeOne(talk: Talk, request: Request): Promise<void> {
  const { text } = await urgedText(talk.work.tx, await urge(talk.work, talk.setup, request), talk);
  return typeof text === 'string' ? say(talk, text, text) : say(talk, text.zh, text.en);
}

/** Whether its requester may still change it: what has begun is no longer moved. */
export const isChangeable = (request: Request, { now }: Talk): boolean =>
  mayChange(request) && !liesBehind(request, now);

/** The one request a sentence names: by its number, or by replying to its card. `unknown`: there is none of that number. */
export async function namedRequest(
  talk: Talk,
  heard: Heard,
): Promise<Request | 'unknown' | undefined> {
  const { tx } = talk.work;
  const number = requestNumberIn(heard);
  if (number !== undefined) return (await requestNumbered(tx, number)) ?? 'unknown';
  if (!talk.about || !('request' in talk.about)) return undefined;
  return (await readRequest(tx, talk.about.request)) ?? 'unknown';
}

/** The same for looking and changing; a number that is not theirs to see sounds like one that is not there. */
async function readableRequest(talk: Talk, heard: Heard): Promise<Request | 'unknown' | undefined> {
  const named = await namedRequest(talk, heard);
  if (named === undefined || named === 'unknown') return named;
  return mayRead(named, talk.person.id) ? named : 'unknown';
}

/**
 * The person's own requests that a sentence can be about: the one it names, else by kind and by the words and times in it,
 * newest first.
 */
export async function candidates(
  talk: Talk,
  heard: Heard,
  fits: (request: Request) => boolean,
  pointing: string = heard.said,
): Promise<readonly Request[] | 'unknown'> {
  const named = await readableRequest(talk, heard);
  if (named !== undefined) return named === 'unknown' ? 'unknown' : [named];
  const kind = kindOfTarget(heard.reading.slots['target']);
  const live = (await ownRequests(talk)).filter(
    (each) => fits(each) && (!kind || each.kind === kind),
  );
  return pointedAt(live, { said: pointing, lexicon: heard.lexicon }, talk);
}

/** The own request that waits for somebody, if it is the only one. */
async function onlyOneWaiting(talk: Talk): Promise<Request | undefined> {
  const waiting = (await ownRequests(talk)).filter(({ workflow }) => openStep(workflow));
  return waiting.length === 1 ? waiting[0] : undefined;
}

/** So far back a sentence reaches without a number. */
const MOST_OWN = 30;

async function ownRequests({ work, person }: Talk): Promise<readonly Request[]> {
  const rows = await work.tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', person.id)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_OWN)
    .execute();
  const requests: Request[] = [];
  for (const { id } of rows) {
    const request = await readRequest(work.tx, id);
    if (request) requests.push(request);
  }
  return requests;
}
