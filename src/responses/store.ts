import type { Selectable, Updateable } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { ResponseLineTable, ResponseTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import { record, type Subject } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import type { Span } from '../time/spans.ts';
import { minutesOf, momentsOf, usedAt } from './clock.ts';

/** What is owed a first answer, or was. */
export type Response = Selectable<ResponseTable>;
/** One that still is. */
export type Owing = Response & { readonly state: 'running' | 'paused' };
export type Question = Response & { readonly question: string };

export const isOwing = (response: Response): response is Owing =>
  response.state === 'running' || response.state === 'paused';

export const isQuestion = (response: Response | undefined): response is Question =>
  response !== undefined && response.question !== null;

export const readResponse = (tx: Tx, id: number): Promise<Response | undefined> =>
  tx.selectFrom('response').selectAll().where('id', '=', id).executeTakeFirst();

/** The one of a request. */
export const responseOf = (tx: Tx, request: number): Promise<Response | undefined> =>
  tx.selectFrom('response').selectAll().where('request_id', '=', request).executeTakeFirst();

/** Locked until the end of the transaction; for that of a request, the request must be locked before. */
export const lockResponse = (tx: Tx, id: number): Promise<Response | undefined> =>
  tx.selectFrom('response').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const lockResponseOf = (tx: Tx, request: number): Promise<Response | undefined> =>
  tx
    .selectFrom('response')
    .selectAll()
    .where('request_id', '=', request)
    .forUpdate()
    .executeTakeFirst();

/** What was said about a request or question, oldest first. */
export type Line = Selectable<ResponseLineTable>;
export const linesOf = (tx: Tx, response: number): Promise<Line[]> =>
  tx
    .selectFrom('response_line')
    .selectAll()
    .where('response_id', '=', response)
    .orderBy('id')
    .execute();

/** Keeps one thing that was said. */
export async function addLine(
  work: Work,
  { id }: Response,
  line: Pick<Line, 'person_id' | 'sort' | 'text'>,
): Promise<void> {
  const row = { response_id: id, at: work.now, ...line };
  await work.tx.insertInto('response_line').values(row).execute();
  await work.tx
    .updateTable('response')
    .set((q) => ({ version: q('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** What is asked, by whom, and whose answer counts. */
export type Asked = Pick<
  Response,
  'request_id' | 'question' | 'asked_by' | 'role' | 'channel' | 'thread' | 'reopens_id' | 'cause'
>;

/** Sets the clock of a first answer going, which is due `within`. Undefined when this cause or request has one already. */
export async function begin(
  work: Work,
  { rules, calendar }: Setup,
  within: Span,
  asked: Asked,
): Promise<Response | undefined> {
  const { response: promised } = rules.service;
  const clock = { within, used: 0, since: work.now, told: 0 };
  const { due, next } = momentsOf(clock, promised, calendar);
  const row = await work.tx
    .insertInto('response')
    .values({
      ...asked,
      state: 'running',
      asked_at: work.now,
      within,
      running_since: work.now,
      paused_at: null,
      due_at: due,
      next_at: next,
      answered_at: null,
      answered_by: null,
      in_time: null,
    })
    .onConflict((at) => at.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row) await record(work, 'response.asked', subjectOf(row), { after: { due: due.toString() } });
  return row;
}

/** The first human answer: who and when is kept, and whether it was in time. The row must be locked. */
export async function answered(
  work: Work,
  setup: Setup,
  response: Owing,
  person: number,
): Promise<void> {
  const used = usedNow(work, setup, response);
  const inTime = used <= minutesOf(response.within, setup.calendar);
  await write(work, response, {
    ...STOPPED,
    state: 'answered',
    used_minutes: used,
    paused_at: null,
    answered_at: work.now,
    answered_by: person,
    in_time: inTime,
  });
  const after = { person, minutes: Math.round(used), inTime };
  await record(work, 'response.answered', subjectOf(response), { after });
}

/**
 * Another promise holds: it counts from when it was asked, so that nobody gains time by it; an answer that was given is in time or late
 * by the new one. What stood still before counts as well. The row must be locked.
 */
export async function promiseAnew(
  work: Work,
  { rules, calendar }: Setup,
  response: Response,
  { within, role }: { readonly within: Span; readonly role: string },
): Promise<void> {
  if (response.within === within && response.role === role) return;
  const { asked_at: since, told } = response;
  const used = (until: Temporal.Instant): number =>
    usedAt({ within, used: 0, since }, until, calendar);
  // Who was told already is not told again of the same.
  const clock = { within, used: 0, since, told };
  const { due, next } = momentsOf(clock, rules.service.response, calendar);
  const changed = { within, role, due_at: due };
  if (response.state === 'running')
    await write(work, response, {
      ...changed,
      used_minutes: 0,
      running_since: since,
      next_at: next,
    });
  else if (response.state === 'paused' && response.paused_at)
    await write(work, response, { ...changed, used_minutes: used(response.paused_at) });
  else if (response.state === 'answered' && response.answered_at) {
    const minutes = used(response.answered_at);
    const inTime = minutes <= minutesOf(within, calendar);
    await write(work, response, { ...changed, used_minutes: minutes, in_time: inTime });
  }
  await record(work, 'response.promised', subjectOf(response), {
    before: { within: response.within },
    after: { within, due: due.toString() },
  });
}

/** Stops the clock: it waits for the asker, or for somebody else than the office. What has run is kept. */
export async function pause(work: Work, setup: Setup, response: Owing): Promise<void> {
  if (response.state === 'paused') return;
  const used = usedNow(work, setup, response);
  const stopped = { ...STOPPED, state: 'paused', used_minutes: used, paused_at: work.now } as const;
  await write(work, response, stopped);
  const after = { minutes: Math.round(used) };
  await record(work, 'response.paused', subjectOf(response), { after });
}

/** What was answered or over is owed again, its clock standing where it stood. One that is owed stands still. The row must be locked. */
export async function oweAgain(work: Work, setup: Setup, response: Response): Promise<Owing> {
  const change = {
    ...STOPPED,
    state: 'paused' as const,
    used_minutes: usedNow(work, setup, response),
    paused_at: work.now,
    answered_at: null,
    answered_by: null,
    in_time: null,
  };
  await write(work, response, change);
  await record(work, 'response.owed-again', subjectOf(response));
  return { ...response, ...change };
}

/** Goes on with what was left of it. What was late stays due when it was. */
export async function resume(
  work: Work,
  { rules, calendar }: Setup,
  response: Owing,
): Promise<void> {
  if (response.state === 'running') return;
  const { used_minutes: used, within, told } = response;
  const clock = { within, used, since: work.now, told };
  const { due, next } = momentsOf(clock, rules.service.response, calendar);
  const late = used > minutesOf(within, calendar);
  await write(work, response, {
    state: 'running',
    running_since: work.now,
    paused_at: null,
    due_at: late ? response.due_at : due,
    next_at: next,
  });
  const after = { due: due.toString() };
  await record(work, 'response.resumed', subjectOf(response), { after });
}

/** Nobody has to answer any more. */
export async function dropped(work: Work, setup: Setup, response: Owing): Promise<void> {
  const used = usedNow(work, setup, response);
  await write(work, response, { ...STOPPED, state: 'over', used_minutes: used, paused_at: null });
}

const STOPPED = { running_since: null, next_at: null } as const;

const write = (work: Work, { id }: Response, change: Updateable<ResponseTable>): Promise<unknown> =>
  work.tx
    .updateTable('response')
    .set((q) => ({ ...change, version: q('version', '+', 1) }))
    .where('id', '=', id)
    .execute();

/** Minutes that have run out by now, of working time when the promise is of that. */
export const usedNow = (
  { now }: Pick<Work, 'now'>,
  { calendar }: Pick<Setup, 'calendar'>,
  { within, used_minutes: used, running_since: since }: Response,
): number => (since === null ? used : usedAt({ within, used, since }, now, calendar));

/** How the record names it: by the request where there is one. */
export const subjectOf = ({ id, request_id: request }: Response): Subject =>
  request === null ? `response:${id}` : `request:${request}`;
