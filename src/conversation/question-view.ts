import {
  pressingText,
  questionCard,
  type QuestionModel,
  unansweredCard,
} from '../../cards/question.ts';
import type { Card } from '../../cards/card.ts';
import { momentText, workingTimeText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { peopleById } from '../directory/people.ts';
import { mayRead } from '../filing/act.ts';
import { readRequest } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import { minutesOf } from '../responses/clock.ts';
import {
  isOwing,
  isQuestion,
  type Line,
  linesOf,
  type Question,
  readResponse,
  type Response,
  usedNow,
} from '../responses/store.ts';
import { mayAnswer } from '../responses/tell.ts';
import { calendarOf } from '../settings/office-calendar.ts';
import type { Rules } from '../settings/rules.ts';
import { type Span, spanParts, spanText } from '../time/spans.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';

/**
 * The card of a question, for who may answer it, for its asker, or (`viewer` null) for the group it was asked in. Undefined for
 * everybody else.
 */
export async function drawQuestion(
  tx: Tx,
  question: Question,
  viewer: number | null,
  rules: Rules,
  at: Hearing,
): Promise<Card | undefined> {
  const asker = viewer === null ? question.thread !== null : viewer === question.asked_by;
  if (!asker) {
    const org = await readOrganisation(tx, rules.roles, at.now.toInstant());
    if (viewer === null || !mayAnswer(question, viewer, org, rules)) return undefined;
  }
  return questionCard(await modelOf(tx, question, asker ? 'asker' : 'office', rules, at));
}

async function modelOf(
  tx: Tx,
  question: Question,
  reader: QuestionModel['reader'],
  rules: Rules,
  at: Hearing,
): Promise<QuestionModel> {
  const earlier = question.reopens_id === null ? [] : await linesOf(tx, question.reopens_id);
  const own = await linesOf(tx, question.id);
  const lines = [...earlier, ...own];
  const people = await peopleById(tx, [question.asked_by, ...lines.map((line) => line.person_id)]);
  const name = (id: number | undefined): string =>
    id === undefined ? '' : (people.get(id)?.name ?? '');
  const pressing = pressingOf(question, rules, at);
  return {
    id: question.id,
    reader,
    state: question.state,
    question: question.question,
    asker: name(question.asked_by),
    asked: momentText(question.asked_at, at.now),
    promise: promiseText(question.within),
    due: momentText(question.due_at, at.now),
    inGroup: question.thread !== null,
    ...(pressing && question.told > 0 ? { pressing } : {}),
    lines: lines.map((line) => ({
      who: name(line.person_id),
      text: line.text,
      at: momentText(line.at, at.now),
    })),
    by: name(spokeLast(own)?.person_id),
    mayAskAgain: await mayAskAgain(tx, question),
    again: question.reopens_id !== null,
  };
}

const spokeLast = (lines: readonly Line[]): Line | undefined =>
  lines.findLast(({ sort }) => sort !== 'reply');

/** An answered question may be asked anew once; what was asked anew may not. */
export async function mayAskAgain(tx: Tx, question: Question): Promise<boolean> {
  if (question.state !== 'answered' || question.reopens_id !== null) return false;
  const anew = await tx
    .selectFrom('response')
    .select('id')
    .where('reopens_id', '=', question.id)
    .executeTakeFirst();
  return anew === undefined;
}

/** 「4 个工作小时」: how long the office has for a first answer. */
export function promiseText(span: Span): Words {
  const { count, unit } = spanParts(span);
  const text = spanText(span);
  return unit === 'wh' ? words(`${count} 个工作小时`, text.en) : words(text.zh, text.en);
}

/** How late it is, or how much of its time is left; undefined while its clock stands. */
function pressingOf(
  response: Response,
  rules: Rules,
  at: Hearing,
): { readonly late: boolean; readonly text: Words } | undefined {
  if (response.state !== 'running') return undefined;
  const calendar = calendarOf(rules);
  const now = at.now.toInstant();
  const used = usedNow({ now }, { calendar }, response);
  const late = Temporal.Instant.compare(response.due_at, now) <= 0;
  const difference = Math.abs(minutesOf(response.within, calendar) - used);
  const text = (minutes: number): Words => workingTimeText(minutes, calendar.minutesOfDay);
  return { late, text: pressingText(late, text(used), text(difference)) };
}

/** The alarm about a request that nobody has answered. Undefined once somebody has, and for who may not read the request. */
export async function drawUnanswered(
  tx: Tx,
  id: number,
  viewer: number,
  rules: Rules,
  at: Hearing,
): Promise<Card | undefined> {
  const response = await readResponse(tx, id);
  const pressing = response && pressingOf(response, rules, at);
  if (!response || !pressing || isQuestion(response) || !isOwing(response)) return undefined;
  const request = await readRequest(tx, response.request_id ?? 0);
  if (!request || !mayRead(request, viewer)) return undefined;
  const step = openStep(request.workflow);
  const waiting = step ? assigneesOf(step) : [];
  const people = await peopleById(tx, [request.requester_id, ...waiting]);
  const name = (person: number): string => people.get(person)?.name ?? '';
  const kind = kindNamed(request.kind);
  return unansweredCard({
    request: request.id,
    number: request.number,
    kind: kind.title,
    summary: kind.summary(request.form, at),
    requester: name(request.requester_id),
    since: momentText(response.asked_at, at.now),
    due: momentText(response.due_at, at.now),
    pressing,
    waitsFor: waiting.map(name),
  });
}
