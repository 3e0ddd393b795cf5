import type { Work } from '../../db/work.ts';
import type { Followed, Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import { kindNamed } from '../requests/index.ts';
import type { Rules } from '../settings/rules.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import {
  answered,
  begin,
  dropped,
  isOwing,
  lockResponseOf,
  oweAgain,
  pause,
  promiseAnew,
  type Response,
  resume,
} from './store.ts';

/** What somebody of the office does with a request that its requester hears of: a first answer. */
const ANSWERS: ReadonlySet<string> = new Set(['claim', 'complete', 'transfer', 'send-back']);

/**
 * Keeps the clock of a request's first answer in step with it. It begins when the office has something to do, stops while the
 * request waits for somebody else (it was changed and is approved anew, or sent back to be mended), and ends with the first act
 * of whoever has to do it.
 */
export async function followRequest(work: Work, setup: Setup, followed: Followed): Promise<void> {
  const { before, after } = followed;
  const role = officeTurn(after, setup.rules);
  const response = await lockResponseOf(work.tx, after.id);
  const acted = before !== undefined && isAnswer(work, before, followed, setup.rules);
  if (!response) {
    if (role !== undefined && !acted) await beginFor(work, setup, after, role);
    return;
  }
  if (followed.undone) return takenBack(work, setup, response, followed, role);
  if (followed.act === 'sorted') {
    const within = kindNamed(after.kind).responds(after.form, setup.rules);
    return promiseAnew(work, setup, response, { within, role: role ?? response.role });
  }
  if (!isOwing(response)) return;
  if (acted) return answered(work, setup, response, followed.person);
  if (!openStep(after.workflow)) return dropped(work, setup, response);
  if (role === undefined) return pause(work, setup, response);
  const wasTheirs = before !== undefined && officeTurn(before, setup.rules) !== undefined;
  // What the office asked back is answered by mending the request, too; other moves do not set the clock going.
  if (!wasTheirs || followed.act === 'changed') await resume(work, setup, response);
}

/**
 * What answered it was taken back, or that nobody had to answer any more: it is owed again, with what was left of its time. An answer that
 * was given before stays one.
 */
async function takenBack(
  work: Work,
  setup: Setup,
  response: Response,
  { after, undone }: Followed,
  role: string | undefined,
): Promise<void> {
  const by = response.answered_at;
  const answeredThen = undone !== undefined && by !== null && by.equals(undone.at);
  const owes = answeredThen || response.state === 'over' || isOwing(response);
  if (!owes || !openStep(after.workflow)) return;
  const waiting = await oweAgain(work, setup, response);
  if (role !== undefined) await resume(work, setup, waiting);
}

/** The role of the office that the request waits for, by a task of it; undefined while it waits for anybody else. */
export function officeTurn({ workflow }: Request, rules: Rules): string | undefined {
  const step = openStep(workflow);
  if (step?.sort !== 'task') return undefined;
  return step.seats.map(({ via }) => via).find((via) => Object.hasOwn(rules.roles, via));
}

function isAnswer(work: Work, before: Request, { act, person }: Followed, rules: Rules): boolean {
  const step = openStep(before.workflow);
  if (!step || officeTurn(before, rules) === undefined || !ANSWERS.has(act)) return false;
  return work.actor === `person:${person}` && assigneesOf(step).includes(person);
}

const beginFor = (work: Work, setup: Setup, request: Request, role: string): Promise<unknown> =>
  begin(work, setup, kindNamed(request.kind).responds(request.form, setup.rules), {
    request_id: request.id,
    question: null,
    asked_by: request.requester_id,
    role,
    channel: request.channel,
    thread: null,
    reopens_id: null,
    cause: null,
  });
