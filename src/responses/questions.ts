import { holdersOf } from '../directory/organisation.ts';
import type { Work } from '../../db/work.ts';
import type { Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import { oweCard } from '../filing/tell.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import { officeTurn } from './follow.ts';
import {
  addLine,
  answered,
  begin,
  isOwing,
  isQuestion,
  lockResponseOf,
  pause,
  type Question,
  type Response,
  resume,
} from './store.ts';
import { organisation, oweAsker, oweQuestion, oweQuiet } from './tell.ts';

/** The role that questions go to. */
const OFFICE = 'office';

/** What is asked, by whom and where. `thread`: the message of a group; `reopens`: the question whose answer did not help. */
export type Asking = {
  readonly question: string;
  readonly person: number;
  readonly channel: string;
  readonly thread?: string | undefined;
  readonly reopens?: number;
};

/**
 * Hands a question to the office and sets its clock going. Not `fresh`: the same person waits for an answer to the same words
 * already, and nothing is asked twice.
 */
export async function askOffice(
  work: Work,
  setup: Setup,
  { question, person, channel, thread, reopens }: Asking,
): Promise<{ readonly question: Question; readonly fresh: boolean }> {
  const before = await sameQuestion(work, person, question);
  if (before) return { question: before, fresh: false };
  const asked = await begin(work, setup, setup.rules.service.response.within, {
    request_id: null,
    question,
    asked_by: person,
    role: OFFICE,
    channel,
    thread: thread ?? null,
    reopens_id: reopens ?? null,
    cause: work.cause,
  });
  // One cause asks one thing, and it is looked for above: whatever one message says, its first question is the whole of it.
  if (!isQuestion(asked)) throw new Error(`nothing was asked by ${work.cause ?? 'nobody'}`);
  const org = await organisation(work, setup);
  for (const each of holdersOf(org, OFFICE))
    if (each !== person) await oweQuestion(work, setup, asked, each, 'asked');
  return { question: asked, fresh: true };
}

async function sameQuestion(
  work: Work,
  person: number,
  text: string,
): Promise<Question | undefined> {
  const found = await work.tx
    .selectFrom('response')
    .selectAll()
    .where('asked_by', '=', person)
    .where('question', '=', text)
    .where('state', 'in', ['running', 'paused'])
    .executeTakeFirst();
  return isQuestion(found) ? found : undefined;
}

/** The office's answer goes to the asker with who gave it; the first one ends the clock. The row must be locked. */
export async function answerQuestion(
  work: Work,
  setup: Setup,
  question: Question,
  person: number,
  text: string,
): Promise<void> {
  await addLine(work, question, { person_id: person, sort: 'answer', text });
  if (isOwing(question)) await answered(work, setup, question, person);
  const again = `:${work.cause ?? ''}`;
  await oweAsker(work, setup, question, again);
  await oweQuiet(work, setup, question, [question.asked_by], again);
}

/** The office needs something from the asker first: they are asked, and the clock stops. The row must be locked. */
export async function askBack(
  work: Work,
  setup: Setup,
  question: Question,
  person: number,
  text: string,
): Promise<void> {
  if (!isOwing(question)) return;
  await addLine(work, question, { person_id: person, sort: 'asked-back', text });
  await pause(work, setup, question);
  const again = `:${work.cause ?? ''}`;
  await oweAsker(work, setup, question, again);
  await oweQuiet(work, setup, question, [question.asked_by], again);
}

/** The asker replies to what the office asked back; the clock goes on. The row must be locked. */
export async function replyBack(
  work: Work,
  setup: Setup,
  question: Question,
  text: string,
): Promise<void> {
  if (!isOwing(question)) return;
  await addLine(work, question, { person_id: question.asked_by, sort: 'reply', text });
  await resume(work, setup, question);
  const org = await organisation(work, setup);
  const again = `:${work.cause ?? ''}`;
  for (const each of holdersOf(org, question.role))
    if (each !== question.asked_by) await oweQuestion(work, setup, question, each, 'news', again);
  await oweQuiet(work, setup, question, holdersOf(org, question.role), again);
}

/** Whether this person of the office may ask the requester back: the request waits for them and for a first answer, whose clock is `response`. */
export function mayAskRequester(
  { rules }: Pick<Setup, 'rules'>,
  request: Request,
  person: number,
  response: Response | undefined,
): boolean {
  const step = openStep(request.workflow);
  if (!step || person === request.requester_id || !assigneesOf(step).includes(person)) return false;
  return officeTurn(request, rules) !== undefined && response?.state === 'running';
}

/** The office asks the requester back; the clock stops. False when it may not, or there is no clock. The request must be locked. */
export async function askRequester(
  work: Work,
  setup: Setup,
  request: Request,
  person: number,
  text: string,
): Promise<boolean> {
  const response = await lockResponseOf(work.tx, request.id);
  if (!response || !isOwing(response)) return false;
  if (!mayAskRequester(setup, request, person, response)) return false;
  await addLine(work, response, { person_id: person, sort: 'asked-back', text });
  await pause(work, setup, response);
  await oweCard(work, setup, request, request.requester_id, 'news', `:asked:${work.cause ?? ''}`);
  return true;
}

/** The requester replies to what the office asked back; the clock goes on. False when nothing was asked. The request must be locked. */
export async function replyToOffice(
  work: Work,
  setup: Setup,
  request: Request,
  text: string,
): Promise<boolean> {
  const response = await lockResponseOf(work.tx, request.id);
  if (response?.state !== 'paused' || !isOwing(response)) return false;
  await addLine(work, response, { person_id: request.requester_id, sort: 'reply', text });
  if (officeTurn(request, setup.rules) !== undefined) await resume(work, setup, response);
  const step = openStep(request.workflow);
  for (const person of step ? assigneesOf(step) : [])
    await oweCard(work, setup, request, person, 'waits', `:replied:${work.cause ?? ''}`);
  return true;
}

/** A word to the requester by whoever works on it (进展) is a first answer. The request must be locked. */
export async function spokenTo(
  work: Work,
  setup: Setup,
  request: Request,
  person: number,
): Promise<void> {
  const response = await lockResponseOf(work.tx, request.id);
  if (response && isOwing(response)) await answered(work, setup, response, person);
}
