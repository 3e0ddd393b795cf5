import { z } from 'zod';
import { helpCard, notServedCard } from '../../cards/answers.ts';
import { BULK_ACTS } from '../../cards/bulk.ts';
import { maybeCard, noIdeaCard, notUnderstoodCard, whomCard } from '../../cards/unsure.ts';
import type { Card } from '../../cards/card.ts';
import { movedCard, outdatedCard } from '../../cards/request.ts';
import { type Language, type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Outgoing } from '../channels/channel.ts';
import type { Drawn } from '../delivery/delivery.ts';
import type { View } from '../delivery/owe.ts';
import { peopleById, type Person } from '../directory/people.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import { mayRead } from '../filing/act.ts';
import { drawMaterial, drawMeeting, type DrawnMeeting, drawPreparation } from '../meetings/draw.ts';
import { drawDrift } from '../meetings/drift.ts';
import { drawFeedLink } from '../meetings/feeds/draw.ts';
import type { FeedLinks } from '../meetings/feeds/links.ts';
import { drawSharing, SHARING } from '../meetings/sharing/draw.ts';
import { PREPARATIONS } from '../meetings/times.ts';
import type { Reading } from '../language/meaning.ts';
import {
  drawMinutesView,
  isMinutesView,
  type MinutesView,
  minutesViews,
  movedMinutes,
} from './minutes-views.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed, kinds } from '../requests/index.ts';
import { drawRoomDay } from '../requests/room/day.ts';
import type { RequestKind } from '../requests/kind.ts';
import { allSpaces } from '../requests/room/space/register.ts';
import { drawDigest } from '../reports/digest.ts';
import { drawMonthly } from '../reports/monthly.ts';
import { isReader } from '../reports/owing.ts';
import { drawRoomReport } from '../reports/room-report.ts';
import { isQuestion, readResponse } from '../responses/store.ts';
import type { Rules } from '../settings/rules.ts';
import { drawBundle } from './bundle.ts';
import { drawDraft } from './draft-view.ts';
import { readDraft } from './drafts.ts';
import { bulkRequests, myRequests, myTasks, whichRequest } from './lists.ts';
import { COMMAND_NAMES } from './commands.ts';
import { drawQuiet } from './quiet.ts';
import { drawQuestion, drawUnanswered } from './question-view.ts';
import { reported } from './reported.ts';
import { drawFile } from './request-files.ts';
import { drawQuestionOf } from '../meetings/series-question.ts';
import { drawDate, drawDates } from './series-dates.ts';
import { drawRequest, personText } from './request-view.ts';
import {
  drawMovedRound,
  drawRoundView,
  isRoundView,
  roundViews,
  type RoundView,
  withRounds,
} from './rounds.ts';
import {
  drawStockView,
  isStockView,
  mayReadUse,
  movedStock,
  stockViews,
  type StockView,
} from './stock-views.ts';
import { hearingAt } from './talk.ts';
import { drawImport } from './imports.ts';
import { drawThread } from './thread.ts';
import { drawTripView, isTripView, type TripView, tripViews } from './trip-views.ts';
import { elsewhereOf } from './elsewhere.ts';

const text = z.object({ zh: z.string(), en: z.string() });

const guesses = z.array(z.object({ label: text, intent: z.string() }));

/** Every view there is: what may stand in a delivery, as it was written down. */
const view = z.discriminatedUnion('view', [
  z.object({ view: z.literal('draft'), draft: z.number() }),
  z.object({ view: z.literal('request'), request: z.number(), waits: z.boolean().optional() }),
  z.object({ view: z.literal('question'), question: z.number(), waits: z.boolean().optional() }),
  z.object({ view: z.literal('unanswered'), response: z.number() }),
  z.object({
    view: z.literal('meeting'),
    meeting: z.number(),
    revision: z.number().exactOptional(),
    was: z.object({ from: z.string(), to: z.string(), place: z.string() }).exactOptional(),
  }),
  z.object({ view: z.literal('series-dates'), request: z.number() }),
  z.object({ view: z.literal('series-question'), question: z.number() }),
  z.object({
    view: z.literal('series-cancel'),
    request: z.number(),
    day: z.string().optional(),
  }),
  z.object({ view: z.literal('calendar'), meeting: z.number() }),
  z.object({ view: z.literal('calendar-link'), feed: z.number() }),
  z.object({ view: z.literal('sharing'), sort: z.enum(SHARING), id: z.number() }),
  z.object({ view: z.literal('preparation'), meeting: z.number(), sort: z.enum(PREPARATIONS) }),
  z.object({ view: z.literal('material'), material: z.number() }),
  z.object({ view: z.literal('moved'), subject: z.string(), message: z.string() }),
  z.object({ view: z.literal('not-served'), said: z.string(), what: text }),
  z.object({ view: z.literal('file'), attachment: z.number() }),
  z.object({ view: z.literal('thread'), request: z.number() }),
  z.object({
    view: z.literal('room-day'),
    date: z.string(),
    room: z.number().exactOptional(),
    floor: z.string().exactOptional(),
    sort: z.string().exactOptional(),
  }),
  z.object({ view: z.literal('import'), attachment: z.number(), sort: z.string() }),
  z.object({ view: z.literal('notice'), text }),
  z.object({ view: z.literal('digest'), date: z.string() }),
  z.object({ view: z.literal('monthly'), month: z.string() }),
  z.object({ view: z.literal('room-use'), month: z.string() }),
  ...minutesViews,
  z.object({ view: z.literal('help'), first: z.boolean() }),
  z.object({
    view: z.literal('requests'),
    first: z.number(),
    seen: z.number().optional(),
    kind: z.string().optional(),
    status: z.string().optional(),
  }),
  z.object({ view: z.literal('tasks'), first: z.number(), seen: z.number().optional() }),
  z.object({ view: z.literal('quiet'), changed: z.boolean().default(false) }),
  z.object({
    view: z.literal('bundle'),
    bundle: z.number(),
    first: z.number().default(0),
    seen: z.number().optional(),
  }),
  z.object({
    view: z.literal('which'),
    requests: z.array(z.number()),
    act: z.string(),
    said: z.string().optional(),
    more: z.number().optional(),
  }),
  z.object({
    view: z.literal('whom'),
    request: z.number(),
    people: z.array(z.number()),
    act: z.enum(['transfer', 'add', 'copy']).default('transfer'),
    place: z.enum(['before', 'after', 'beside']).optional(),
  }),
  z.object({
    view: z.literal('bulk'),
    requests: z.array(z.object({ id: z.number(), version: z.number() })),
    act: z.enum(BULK_ACTS).default('approve'),
    said: z.number().optional(),
  }),
  z.object({ view: z.literal('maybe'), said: z.string(), intent: z.string() }),
  z.object({ view: z.literal('no-idea'), said: z.string(), guesses }),
  z.object({ view: z.literal('answer'), kind: z.string(), reading: z.custom<Reading>() }),
  z.object({
    view: z.literal('not-understood'),
    said: z.string(),
    guesses,
    again: z.boolean(),
  }),
  ...roundViews,
  ...stockViews,
  ...tripViews,
]);

/** What they are called. */
export const viewNames: readonly string[] = view.options.map(({ shape }) => shape.view.value);

/**
 * Draws any view for a person from the truth of now. Null when there is nothing to show any more: the draft was replaced,
 * the reader has no business with the request. `links`: what secret addresses are made of, drawn and never stored.
 */
export async function drawView(
  tx: Tx,
  stored: View,
  person: number | null,
  rules: Rules,
  now: Temporal.Instant,
  links?: FeedLinks,
): Promise<Drawn | null> {
  const wanted = view.parse(stored);
  const reader = person === null ? undefined : (await peopleById(tx, [person])).get(person);
  const elsewhere = reader && (await elsewhereOf(tx, rules, reader.id));
  const at = hearingAt(now, rules.timeZone, elsewhere);
  const language = reader?.language ?? rules.language;
  if (wanted.view === 'notice') return { send: { text: wanted.text }, language };
  if (wanted.view === 'moved') {
    const card = await drawMoved(tx, wanted.subject);
    return card ? { replace: wanted.message, card, language } : null;
  }
  if (wanted.view === 'question') {
    const question = await readResponse(tx, wanted.question);
    if (!isQuestion(question) || (wanted.waits && question.state !== 'running')) return null;
    const card = await drawQuestion(tx, question, person, rules, at);
    const subject = `question:${question.id}`;
    return card ? { send: { card }, subject, version: question.version, language } : null;
  }
  if (!reader || person === null) return null;
  if (wanted.view === 'bundle')
    return drawBundle(tx, wanted, reader, at, (each) =>
      drawView(tx, each, person, rules, now, links),
    );
  if (wanted.view === 'request') {
    const request = await readRequest(tx, wanted.request);
    if (!request || !mayRead(request, person)) return null;
    if (wanted.waits && !waitsFor(request, person)) return null;
    const card = await drawRequest(tx, request, person, rules, at);
    return { send: { card }, subject: `request:${request.id}`, version: request.version, language };
  }
  if (wanted.view === 'series-question') {
    const card = await drawQuestionOf(tx, wanted, person, rules, at);
    return card ? { send: { card }, language } : null;
  }
  if (wanted.view === 'series-dates' || wanted.view === 'series-cancel') {
    const request = await readRequest(tx, wanted.request);
    if (!request || request.requester_id !== person) return null;
    const card =
      wanted.view === 'series-cancel'
        ? await drawDate(tx, request, wanted.day, at, true)
        : await drawDates(tx, request, person, at);
    return card ? { send: { card }, language } : null;
  }
  if (wanted.view === 'calendar-link') {
    const card = await drawFeedLink(tx, links, wanted.feed, person, rules, now);
    return card ? { send: { card }, language } : null;
  }
  if (isMeetingView(wanted)) {
    const drawn = await drawMeetingView(tx, wanted, person, rules, at);
    if (!drawn) return null;
    const { card, subject, version } = drawn;
    return { send: { card }, subject, version, language };
  }
  if (wanted.view === 'draft') {
    const draft = await readDraft(tx, wanted.draft);
    if (!draft || draft.state === 'submitted') return null;
    const asking = { tx, rules, person, ...at, ...changing(draft.changes_request_id) };
    const card = await drawDraft(draft, asking);
    const over = draft.state !== 'open';
    return { send: { card }, subject: `draft:${draft.id}`, version: draft.version, over, language };
  }
  if (wanted.view === 'file') {
    const send = await drawFile(tx, wanted.attachment, person);
    return send && { send, language };
  }
  if (isTripView(wanted)) return drawTripView(tx, wanted, reader, rules, at);
  if (isRoundView(wanted)) return drawRoundView(tx, wanted, reader, rules, at);
  if (isStockView(wanted)) return drawStockView(tx, wanted, reader, rules, at);
  if (wanted.view === 'digest' || wanted.view === 'monthly') {
    const send = await drawReport(tx, wanted, person, rules, now);
    return send && { send, language };
  }
  if (wanted.view === 'room-use') {
    if (!(await mayReadUse({ tx, now }, rules, person))) return null;
    const month = Temporal.PlainYearMonth.from(wanted.month);
    return { send: { card: await drawRoomReport(tx, rules, month, now) }, language };
  }
  if (isMinutesView(wanted)) {
    const drawn = await drawMinutesView(tx, wanted, person, at);
    return drawn && { ...drawn, language };
  }
  const card = await drawAnswer(tx, wanted, reader, rules, at);
  return card ? { send: { card }, language } : null;
}

/** The same when it may stand there already: a reminder tells how the matter is now, what there is nothing to show of says that it is over. */
export async function drawStanding(
  tx: Tx,
  stored: View,
  person: number | null,
  rules: Rules,
  now: Temporal.Instant,
  links?: FeedLinks,
): Promise<Drawn> {
  const drawn = await drawView(tx, { ...stored, waits: false }, person, rules, now, links);
  if (drawn) return drawn;
  const reader = person === null ? undefined : (await peopleById(tx, [person])).get(person);
  return { send: { card: outdatedCard }, language: reader?.language ?? rules.language };
}

type MeetingView = Extract<
  z.infer<typeof view>,
  { view: 'meeting' | 'preparation' | 'calendar' | 'sharing' }
>;

const isMeetingView = (wanted: z.infer<typeof view>): wanted is MeetingView =>
  wanted.view === 'meeting' ||
  wanted.view === 'preparation' ||
  wanted.view === 'calendar' ||
  wanted.view === 'sharing';

function drawMeetingView(
  tx: Tx,
  wanted: MeetingView,
  person: number,
  rules: Rules,
  at: Hearing,
): Promise<DrawnMeeting | undefined> {
  switch (wanted.view) {
    case 'meeting':
      return drawMeeting(tx, wanted, person, rules, at);
    case 'preparation':
      return drawPreparation(tx, wanted, person, rules, at);
    case 'calendar':
      return drawDrift(tx, wanted.meeting, person, at);
    case 'sharing':
      return drawSharing(tx, wanted, person, rules, at);
    default:
      return wanted satisfies never;
  }
}

/** Drawn for whoever holds the role when it arrives, not for whoever held it when it was owed. */
async function drawReport(
  tx: Tx,
  wanted: Extract<z.infer<typeof view>, { view: 'digest' | 'monthly' }>,
  person: number,
  rules: Rules,
  now: Temporal.Instant,
): Promise<Outgoing | null> {
  if (!(await isReader({ tx, now }, rules, wanted.view, person))) return null;
  return wanted.view === 'digest'
    ? drawDigest(tx, rules, Temporal.PlainDate.from(wanted.date), person, now, reported(rules))
    : drawMonthly(tx, rules, Temporal.PlainYearMonth.from(wanted.month), now, reported(rules));
}

/** A reminder for what is over is never sent. */
const waitsFor = (request: Request, person: number): boolean => {
  const step = openStep(request.workflow);
  return step !== undefined && assigneesOf(step).includes(person);
};

/** The old card of a subject that is now shown further down. */
async function drawMoved(tx: Tx, subject: string): Promise<Card | undefined> {
  const [sort = '', id] = subject.split(':');
  if (sort === 'round' || sort === 'rectification') return drawMovedRound(tx, sort, Number(id));
  if (sort === 'request') {
    const request = await readRequest(tx, Number(id));
    return request && movedCard(kindNamed(request.kind).title, request.number);
  }
  if (sort === 'companion') return movedCard(words('同行邀请', 'Asked along'));
  if (sort === 'question') return movedCard(words('问行政', 'Question to the office'));
  if (sort === 'meeting') return movedCard(words('会议通知', 'Meeting'));
  if (sort === 'wish') return movedCard(words('会议室排队', 'In line for a room'));
  if (sort === 'bump') return movedCard(words('让会议室', 'A room asked for'));
  if (sort === 'closure') return movedCard(words('会议室停用', 'Rooms closed'));
  if (sort === 'spare') return movedCard(words('备用会议室', 'Another room'));
  if (sort === 'swap') return movedCard(words('换会议室', 'Exchange of rooms'));
  if (sort === 'drift') return movedCard(words('日历里的改动', 'Changed in the calendar'));
  if (sort === 'preparation') return movedCard(words('会场准备', 'Preparation of a meeting'));
  const other = movedMinutes(sort) ?? movedStock(sort);
  if (other) return other;
  const draft = await readDraft(tx, Number(id));
  return draft && movedCard(kindNamed(draft.kind).title);
}

const changing = (request: number | null): { readonly changes?: number } =>
  request === null ? {} : { changes: request };

type Answer = Exclude<
  z.infer<typeof view>,
  | {
      view:
        | 'notice'
        | 'file'
        | 'moved'
        | 'request'
        | 'question'
        | 'draft'
        | 'bundle'
        | 'digest'
        | 'monthly'
        | 'series-dates'
        | 'series-cancel'
        | 'series-question'
        | 'calendar-link'
        | 'room-use'
        | MeetingView['view']
        | MinutesView['view'];
    }
  | RoundView
  | StockView
  | TripView
>;

async function drawAnswer(
  tx: Tx,
  wanted: Answer,
  { id: person, name, language }: Person,
  rules: Rules,
  at: Hearing,
): Promise<Card | undefined> {
  switch (wanted.view) {
    case 'help':
      return helpCard(
        examples((await allSpaces(tx, rules)).length > 0, language),
        rules.company,
        wanted.first ? name : undefined,
      );
    case 'requests':
      return myRequests(tx, person, at, wanted, {
        ...(wanted.kind === undefined ? {} : { kind: wanted.kind }),
        ...(wanted.status === undefined ? {} : { status: wanted.status }),
      });
    case 'tasks':
      return withRounds(await myTasks(tx, person, rules, at, wanted), {
        tx,
        person,
        rules,
        now: at.now.toInstant(),
      });
    case 'quiet':
      return drawQuiet(tx, person, rules, wanted.changed);
    case 'thread':
      return drawThread(tx, wanted.request, person, at);
    case 'room-day': {
      const { view: _, date, ...narrowed } = wanted;
      const day = { date: Temporal.PlainDate.from(date), first: 0, ...narrowed };
      return drawRoomDay(day, { tx, rules, person, ...at });
    }
    case 'import':
      return drawImport(tx, wanted, person, rules);
    case 'unanswered':
      return drawUnanswered(tx, wanted.response, person, rules, at);
    case 'which':
      return whichRequest(tx, wanted, at);
    case 'whom':
      return drawWhom(tx, wanted, person);
    case 'bulk':
      return bulkRequests(tx, wanted, person, at);
    case 'maybe':
      return maybeCard(wanted.said, COMMAND_NAMES[wanted.intent] ?? OTHER_THING, wanted.intent);
    case 'no-idea':
      return noIdeaCard(wanted.said, wanted.guesses);
    case 'answer':
      return kindNamed(wanted.kind).answer(wanted.reading, { tx, rules, person, ...at });
    case 'material':
      return drawMaterial(tx, wanted.material, at);
    case 'not-served':
      return notServedCard(wanted.said, wanted.what);
    case 'not-understood':
      return notUnderstoodCard(wanted.said, wanted.guesses, exampleOf(kinds[0]), wanted.again);
    default:
      return wanted satisfies never;
  }
}

const OTHER_THING = words('别的事', 'Something else');

/** 「转交给哪一位？」 Only while the request still waits for whoever was asked; a copy may be sent at any time. */
async function drawWhom(
  tx: Tx,
  { request: id, people: ids, act, place }: Extract<Answer, { view: 'whom' }>,
  person: number,
): Promise<Card | undefined> {
  const request = await readRequest(tx, id);
  if (!request || (act !== 'copy' && !waitsFor(request, person))) return undefined;
  const people = await peopleById(tx, ids);
  return whomCard(
    {
      id,
      number: request.number,
      version: request.version,
      step: openStep(request.workflow)?.id,
      act,
      ...(place ? { place } : {}),
    },
    ids.flatMap((each) => {
      const one = people.get(each);
      return one ? [{ id: one.id, text: personText(one) }] : [];
    }),
  );
}

/** What can be said, one sentence a kind, as people of that language would; of desks where the office has `spaces`. */
export const examples = (
  spaces: boolean,
  language: Language = 'zh',
): Parameters<typeof helpCard>[0] => [
  ...kinds
    .filter(({ name }) => spaces || name !== 'space')
    .map((kind) => ({ title: kind.title, says: exampleOf(kind)[language] })),
  { title: words('查看', 'Look'), says: language === 'zh' ? '我的待办' : 'my tasks' },
];

const exampleOf = (kind: RequestKind | undefined): Words =>
  words(kind?.example ?? '', kind?.exampleEn ?? '');
