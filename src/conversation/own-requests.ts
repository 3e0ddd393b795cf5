import { attempt } from '../../db/work.ts';
import { act, mayRead, type Wish } from '../filing/act.ts';
import { requestNumbered, readRequest, type Request } from '../filing/store.ts';
import { urge } from '../filing/urge.ts';
import type { Reading } from '../language/meaning.ts';
import { kindNamed } from '../requests/index.ts';
import { mayChange } from '../filing/change.ts';
import { startDraft } from './drafts.ts';
import { kindOfTarget } from './lists.ts';
import { denialText, doneText, NOT_FOUND, urgedText } from './outcomes.ts';
import { refusalText } from './submitting.ts';
import { answer, say, type Talk } from './talk.ts';

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

/** 「TRIP-26-0001 到哪了」 with a number, else the list. */
export async function queryMine(talk: Talk, reading: Reading): Promise<void> {
  const id = reading.slots['id'];
  if (typeof id === 'string') {
    const request = await requestNumbered(talk.work.tx, id);
    // Whether they may read it is asked when it is drawn; an unknown number and a foreign one sound the same.
    if (!request || !mayRead(request, talk.person.id)) return say(talk, NOT_FOUND.zh, NOT_FOUND.en);
    return answer(talk, { view: 'request', request: request.id });
  }
  const kind = kindOfTarget(reading.slots['target']);
  const status = reading.slots['status'];
  return answer(talk, {
    view: 'requests',
    first: 0,
    ...(kind ? { kind } : {}),
    ...(typeof status === 'string' ? { status } : {}),
  });
}

/** 撤回, 取消: at once when it is clear which, else asked. */
export async function cancelByWord(talk: Talk, reading: Reading): Promise<void> {
  const found = await candidates(talk, reading, (request) => isLive(request));
  if (found === 'unknown') return say(talk, NOT_FOUND.zh, NOT_FOUND.en);
  const [only, another] = found;
  if (!only) return say(talk, '您没有可以撤回的申请', 'You have nothing to take back');
  if (another) {
    return answer(talk, {
      view: 'which',
      requests: found.map((each) => each.id),
      act: 'take-back',
    });
  }
  return actByWord(talk, { request: only.id, act: takingBack(only) });
}

/** What is booked is cancelled; what still waits is withdrawn. */
export const takingBack = (request: Request): 'cancel' | 'withdraw' =>
  request.state === 'booked' ? 'cancel' : 'withdraw';

const isLive = (request: Request): boolean =>
  request.workflow.stopped === undefined &&
  (request.closed_at === null || request.state === 'booked');

/** 催一下. */
export async function urgeByWord(talk: Talk, reading: Reading): Promise<void> {
  const found = await candidates(talk, reading, (request) => request.closed_at === null);
  if (found === 'unknown') return say(talk, NOT_FOUND.zh, NOT_FOUND.en);
  const [only, another] = found;
  if (!only) return say(talk, '您没有在办的申请', 'You have nothing under way');
  if (another) {
    return answer(talk, { view: 'which', requests: found.map((each) => each.id), act: 'urge' });
  }
  const toast = await urgedText(talk.work.tx, await urge(talk.work, talk.setup, only), talk);
  const text = typeof toast.text === 'string' ? { zh: toast.text, en: toast.text } : toast.text;
  return say(talk, text.zh, text.en);
}

/** A correction to something already submitted: a draft of the change, shown before it counts. */
export async function changeByWord(talk: Talk, reading: Reading): Promise<boolean> {
  const found = await candidates(talk, reading, mayChange);
  if (found === 'unknown') {
    await say(talk, NOT_FOUND.zh, NOT_FOUND.en);
    return true;
  }
  const [newest] = found;
  if (!newest) return false;
  const draft = await startChange(talk, newest, reading);
  await answer(talk, { view: 'draft', draft: draft.id });
  return true;
}

/** A draft that changes a request, with what was said already in it. */
export function startChange(
  talk: Talk,
  request: Request,
  reading?: Reading,
): ReturnType<typeof startDraft> {
  const kind = kindNamed(request.kind);
  const form = reading ? kind.amend(request.form, reading.slots, talk) : request.form;
  return startDraft(talk, kind, form, request.id);
}

/** The person's own requests that a sentence can be about: by number, else by kind and by the words in it, newest first. */
async function candidates(
  talk: Talk,
  reading: Reading,
  fits: (request: Request) => boolean,
): Promise<readonly Request[] | 'unknown'> {
  const { tx } = talk.work;
  const id = reading.slots['id'];
  if (typeof id === 'string') {
    const request = await requestNumbered(tx, id);
    return request && mayRead(request, talk.person.id) ? [request] : 'unknown';
  }
  const rows = await tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', talk.person.id)
    .orderBy('updated_at', 'desc')
    .limit(30)
    .execute();
  const own = (await Promise.all(rows.map((row) => readRequest(tx, row.id)))).flatMap(
    (each) => each ?? [],
  );
  const kind = kindOfTarget(reading.slots['target']);
  const live = own.filter((each) => fits(each) && (!kind || each.kind === kind));
  const named = live.filter((each) => mentions(talk, each, reading));
  return named.length > 0 ? named : live;
}

/** Whether a word of the sentence (a room, a city, a thing) stands in the request's summary. */
function mentions(talk: Talk, request: Request, reading: Reading): boolean {
  const summary = kindNamed(request.kind).summary(request.form, talk).zh;
  const said = ['room', 'object', 'to'].flatMap((slot): readonly unknown[] => {
    const value = reading.slots[slot];
    return Array.isArray(value) ? value : [value];
  });
  return said.some((each) => typeof each === 'string' && summary.includes(each));
}
