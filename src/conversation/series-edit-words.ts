/** Changing and cancelling dates of a series in words. */
import { dayText } from '../../cards/times.ts';
import { fold } from '../language/fold.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { readAs } from '../language/understand.ts';
import { known, readRequest, type Request, requestNumbered } from '../filing/store.ts';
import { isSeries } from '../meetings/store.ts';
import { kindNamed } from '../requests/index.ts';
import { namesIn } from '../requests/fields/people.ts';
import { lookUp } from '../requests/room/attendees.ts';
import { isSameForm } from './drafts.ts';
import { startChangeTo } from './changing.ts';
import type { Led } from './last-said.ts';
import { isChangeable } from './own-requests.ts';
import { pointedAt } from './pointing.ts';
import { dateIn, dateMeant, inItsWeek, occurrenceMeant, scopeIn } from './series-edits.ts';
import { cancelDates } from './series-taps.ts';
import { answer, say, type Talk } from './talk.ts';

const CANCELS = /取消|不开了?|停掉|停了|不要了|退掉|\b(?:cancel|drop|skip)\b/iu;
const CHANGES =
  /改|换|挪|推迟|提前|调到|加上|邀请|去掉|\b(?:move|change|reschedule|switch|make it|add|invite|remove)\b/iu;
const ADDED = /(?:加上|邀请|加|\badd|\binvite)\s*([^，,。]+?)(?:一起)?(?:来?参会|来?参加)?$/iu;
const REMOVED = /(?:去掉|不叫|\bremove)\s*([^，,。]+)$/iu;
const NUMBER = /ROOM-?\d{2}-?\d{1,6}/iu;

/** A sentence that says which dates it is about, of a series of the speaker's. Undefined for any other. */
export async function seriesEditByWord(
  talk: Talk,
  text: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  const said = fold(text).trim();
  const [cancels, changes] = [CANCELS.test(said), CHANGES.test(said)];
  if ((!cancels && !changes) || scopeIn(said) === undefined) return undefined;
  const request = await seriesMeant(talk, said, lexicon);
  if (!request) return undefined;
  return cancels ? cancelByWords(talk, request, said) : changeByWords(talk, request, said, lexicon);
}

/** By its number, by the card that was replied to, or the speaker's own: the one that its words point at. */
async function seriesMeant(
  talk: Talk,
  said: string,
  lexicon: Lexicon,
): Promise<Request | undefined> {
  const { work, person, about } = talk;
  const number = NUMBER.exec(said)?.[0];
  if (number !== undefined || (about && 'request' in about)) {
    const named =
      number !== undefined
        ? await requestNumbered(work.tx, number)
        : about && 'request' in about
          ? await readRequest(work.tx, about.request)
          : undefined;
    return named && isOwn(talk, named) ? named : undefined;
  }
  if (about) return undefined;
  const rows = await work.tx
    .selectFrom('request')
    .selectAll()
    .where('requester_id', '=', person.id)
    .where('kind', '=', 'room')
    .where('state', 'in', ['pending', 'booked', 'returned'])
    .orderBy('updated_at', 'desc')
    .limit(30)
    .execute();
  const own = rows.map(known).filter((each) => isOwn(talk, each));
  const [only, another] = own.length > 1 ? pointedAt(own, { said, lexicon }, talk) : own;
  // Of several the usual way asks which.
  return another ? undefined : only;
}

const isOwn = (talk: Talk, request: Request): boolean =>
  request.requester_id === talk.person.id && isSeries(request) && isChangeable(request, talk);

/** Cancels the dates that are told. */
async function cancelByWords(talk: Talk, request: Request, said: string): Promise<Led> {
  const one = await occurrenceMeant(talk, request, said);
  if (!one) return noSuchDate(talk, request, said);
  const done = await cancelDates(talk, request, one.day, scopeIn(said) ?? 'one', false);
  if (!done) return noSuchDate(talk, request, said);
  await say(talk, done.told.zh, done.told.en);
  await answer(talk, { view: 'request', request: request.id });
  return {};
}

async function noSuchDate(talk: Talk, request: Request, said: string): Promise<Led> {
  const date = dateIn(said, talk.now);
  const told = date === undefined ? undefined : dayText(date, talk.now.toPlainDate());
  await say(
    talk,
    told
      ? `${request.number} 在 ${told.zh} 没有预订，下面是它的日期`
      : `${request.number} 以后没有日期了`,
    told
      ? `${request.number} has nothing on ${told.en}; these are its dates`
      : `${request.number} has no dates ahead`,
  );
  await answer(talk, { view: 'series-dates', request: request.id });
  return {};
}

async function changeByWords(
  talk: Talk,
  request: Request,
  said: string,
  lexicon: Lexicon,
): Promise<Led | undefined> {
  if (dateIn(said, talk.now) !== undefined && !(await occurrenceMeant(talk, request, said)))
    return noSuchDate(talk, request, said);
  const form = await dateMeant(talk, request, said);
  if (!form) return undefined;
  const people = await peopleSaid(talk, form['attendees'], said);
  const { slots } = readAs(said.replace(NUMBER, ''), lexicon, talk.now, 'modify');
  const next = people
    ? { ...form, attendees: people }
    : inItsWeek(form, kindNamed('room').amend(form, slots, talk), said, talk.now.timeZoneId);
  if (isSameForm(next, form)) return undefined;
  const draft = await startChangeTo(talk, request, next, said);
  await answer(talk, { view: 'draft', draft: draft.id });
  return { draft: draft.id };
}

/** Who takes part after 加上李伟 or 去掉王磊; undefined when nobody here is named. */
async function peopleSaid(
  talk: Talk,
  there: unknown,
  said: string,
): Promise<readonly number[] | undefined> {
  const [added, removed] = [ADDED.exec(said)?.[1], REMOVED.exec(said)?.[1]];
  const named = added ?? removed;
  if (named === undefined) return undefined;
  const { found } = await lookUp(talk.work.tx, namesIn(named), talk.person.id);
  if (found.length === 0) return undefined;
  const old = Array.isArray(there) ? there.filter((each) => typeof each === 'number') : [];
  return added === undefined
    ? old.filter((id) => !found.includes(id))
    : [...new Set([...old, ...found])];
}

/** 加上李伟 without which dates: the draft of the change asks it. */
export async function changePeople(
  talk: Talk,
  request: Request,
  attendees: (there: readonly number[]) => readonly number[],
): Promise<void> {
  const form = await dateMeant(talk, request, undefined);
  if (!form) return;
  const there: readonly unknown[] = Array.isArray(form['attendees']) ? form['attendees'] : [];
  const people = attendees(there.filter((each) => typeof each === 'number'));
  const draft = await startChangeTo(talk, request, { ...form, attendees: people });
  await answer(talk, { view: 'draft', draft: draft.id });
}
