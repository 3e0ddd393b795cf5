/** Taps on the dates of a series: which one, and only this, this and later, or all. Who may is asked here and now. */
import { words, type Words } from '../../cards/words.ts';
import { record } from '../audit/record.ts';
import { act } from '../filing/act.ts';
import { mayAnnotate } from '../filing/annotate.ts';
import { mayChange } from '../filing/change.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { answerQuestion, drawQuestionOf } from '../meetings/series-question.ts';
import { dropDates, isAhead, repeatedForm, type SeriesDate } from '../meetings/series-dates.ts';
import { occurrencesOf, type EditScope } from '../requests/room/series.ts';
import { occurrenceForm } from '../requests/room/series-edit.ts';
import { startChangeTo } from './changing.ts';
import { drawDraft } from './draft-view.ts';
import { askingFor } from './drafts.ts';
import { drawRequest } from './request-view.ts';
import { allDates, drawDate, drawDates } from './series-dates.ts';
import type { Talk } from './talk.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';

/** Does what a tap wishes of the dates of a series; undefined when it is about something else. */
export async function tapSeries(
  { talk }: Tap,
  wanted: TapWish,
  request: Request,
): Promise<Tapped | undefined> {
  if (!repeatedForm(request)) return undefined;
  switch (wanted.a) {
    case 'dates':
      return paged(talk, request, wanted);
    case 'date':
      return one(talk, request, wanted.o, false);
    case 'cancel':
      return mine(talk, request) ? one(talk, request, undefined, true) : undefined;
    case 'date-edit':
      return edit(talk, request, wanted.o, scopeOf(wanted.l));
    case 'series-keep':
    case 'series-end':
      return answered(talk, request, wanted.a === 'series-keep' ? 'keep' : 'end');
    case 'date-cancel':
      return cancel(talk, request, wanted.o, scopeOf(wanted.l));
    default:
      return undefined;
  }
}

const scopeOf = (said: string | undefined): EditScope | undefined =>
  (['one', 'following', 'all'] as const).find((each) => each === said);

const mine = ({ person }: Talk, request: Request): boolean => request.requester_id === person.id;

const subject = ({ id, version }: Request): NonNullable<Tapped['subject']> => ({
  name: `request:${id}`,
  version,
});

async function paged(
  { work, person, ...talk }: Talk,
  request: Request,
  { f: first, n: seen }: TapWish,
): Promise<Tapped> {
  // The button of the request's own card tells its version, not a place in the list.
  const page = first === undefined ? {} : { first, ...(seen === undefined ? {} : { seen }) };
  const card = await drawDates(work.tx, request, person.id, talk, page);
  return { card, subject: subject(request) };
}

async function one(
  talk: Talk,
  request: Request,
  day: string | undefined,
  cancelling: boolean,
): Promise<Tapped> {
  const card = mine(talk, request)
    ? await drawDate(talk.work.tx, request, day, talk, cancelling)
    : undefined;
  return card ? { card, subject: subject(request) } : gone(talk, request);
}

/** The date was taken out, has begun, or is not theirs. */
async function gone(talk: Talk, request: Request): Promise<Tapped> {
  const { work, person } = talk;
  if (!mine(talk, request)) await record(work, 'refused.series', `request:${request.id}`);
  const card = await drawDates(work.tx, request, person.id, talk, {}, GONE);
  return { toast: { look: 'warning', text: GONE }, card, subject: subject(request) };
}

const GONE = words('这次已经不能改了', 'This date can no longer be changed');

async function edit(
  talk: Talk,
  request: Request,
  day: string | undefined,
  of: EditScope | undefined,
): Promise<Tapped> {
  const form = repeatedForm(request);
  const dates = await allDates(talk.work.tx, request, talk);
  const ahead = dates.find((each) => each.day === day && isAhead(each));
  if (!form || !ahead || !of || !mine(talk, request) || !mayChange(request))
    return gone(talk, request);
  const planned = occurrencesOf(form, talk.now.timeZoneId).find((each) => each.day === day);
  if (!planned) return gone(talk, request);
  const draft = await startChangeTo(talk, request, occurrenceForm(form, planned, of));
  const card = await drawDraft(draft, askingFor(talk, request.id), { editing: true });
  return { card, subject: { name: `draft:${draft.id}`, version: draft.version } };
}

async function cancel(
  talk: Talk,
  request: Request,
  day: string | undefined,
  of: EditScope | undefined,
): Promise<Tapped> {
  if (!of || !mine(talk, request)) return gone(talk, request);
  const done = await cancelDates(talk, request, day, of, true);
  if (!done) return gone(talk, request);
  const { work, setup, person } = talk;
  return {
    toast: { look: 'success', text: done.told },
    card: await drawRequest(work.tx, done.request, person.id, setup.rules, talk),
    subject: subject(done.request),
  };
}

/** 「还要吗」: kept as it is, or ended from now on. */
async function answered(talk: Talk, request: Request, answer: 'keep' | 'end'): Promise<Tapped> {
  const { work, setup, person } = talk;
  if (!mine(talk, request)) return gone(talk, request);
  if (answer === 'end') await cancelDates(talk, request, undefined, 'all', false);
  await answerQuestion(work, request.id, person.id, answer);
  const card = await drawQuestionOf(work.tx, { request: request.id }, person.id, setup.rules, talk);
  const text =
    answer === 'keep'
      ? words('好的，照旧', 'Kept as it is')
      : words(`${request.number} 以后不开了`, `${request.number} has ended`);
  return { toast: { look: 'success', text }, ...(card ? { card } : {}) };
}

/** What became of it, in one line. */
export type Cancelled = { readonly request: Request; readonly told: Words };

/** Cancels dates that lie ahead. Undefined when there is none of them, or the person may not. */
export async function cancelDates(
  talk: Talk,
  { id }: Request,
  day: string | undefined,
  of: EditScope,
  touched: boolean,
): Promise<Cancelled | undefined> {
  const { work, setup, person } = talk;
  const request = await lockRequest(work.tx, id);
  if (!request || !mayAnnotate(request, person.id, work.now)) return undefined;
  const ahead = (await allDates(work.tx, request, talk)).filter(isAhead);
  const days = meant(ahead, day, of);
  if (days.length === 0) return undefined;
  if (days.length === ahead.length) {
    const how = request.state === 'booked' ? ('cancel' as const) : ('withdraw' as const);
    const acted = await act(
      work,
      setup,
      { request: id, person: person.id, act: how, touched },
      talk,
    );
    return acted?.done === true
      ? { request: acted.request, told: toldText(request.number, days.length) }
      : undefined;
  }
  const by = { person: person.id, ...(touched ? { touched: person.id } : {}) };
  const after = await dropDates(work, setup, request, by, days);
  return { request: after, told: toldText(request.number, days.length) };
}

const toldText = (number: string, count: number): Words =>
  words(`${number} 已取消 ${count} 次`, `${number}: ${count} cancelled`);

function meant(
  ahead: readonly SeriesDate[],
  day: string | undefined,
  of: EditScope,
): readonly string[] {
  if (of === 'all') return ahead.map((each) => each.day);
  const place = ahead.findIndex((each) => each.day === day);
  if (place < 0) return [];
  return ahead.slice(place, of === 'one' ? place + 1 : undefined).map((each) => each.day);
}
