/** What is done and not looked at counts as accepted after its time; who was not content is asked why, and the office follows up. */
import { words } from '../../cards/words.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { act } from '../filing/act.ts';
import { taskStep } from '../filing/freeze.ts';
import { move, type Setup } from '../filing/move.ts';
import { addNote } from '../filing/notes.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { oweCard } from '../filing/tell.ts';
import { kindNamed } from '../requests/index.ts';
import { spanText } from '../time/spans.ts';
import { addSpan } from '../time/working-time.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import { tellAll } from './watchers.ts';

/** Until when its reporter may look at what was done. */
export const acceptBy = (
  opened: Temporal.Instant,
  { rules, calendar }: Pick<Setup, 'rules' | 'calendar'>,
): Temporal.Instant => addSpan(opened, rules.repairs.accept, calendar);

/** Closes what nobody looked at in its time. Each in a transaction of its own; the lock of the request lets it happen once. */
export async function closeUnseen(office: Office, setup: Setup): Promise<void> {
  const now = office.clock.now();
  const open = await office.db
    .selectFrom('task')
    .innerJoin('request', 'request.id', 'task.request_id')
    .select(['request_id', 'task.opened_at'])
    .where('request.kind', '=', 'repair')
    .where('step_id', '=', 'accept')
    .where('task.state', '=', 'open')
    .execute();
  for (const { request_id: id, opened_at: opened } of open) {
    if (Temporal.Instant.compare(acceptBy(opened, setup), now) > 0) continue;
    await inWork(office, { actor: 'system' }, (work) => closeOne(work, setup, id));
  }
}

async function closeOne(work: Work, setup: Setup, id: number): Promise<void> {
  const request = await lockRequest(work.tx, id);
  const step = request && openStep(request.workflow);
  if (!request || step?.id !== 'accept') return;
  // Whose turn it is: its reporter's, or that of whoever sits there since they left.
  const [person = request.requester_id] = assigneesOf(step);
  const span = spanText(setup.rules.repairs.accept);
  const done = await act(
    work,
    setup,
    {
      request: id,
      person,
      act: 'complete',
      comment: `${span.zh}内没有验收，按已验收处理`,
    },
    { now: work.now.toZonedDateTimeISO(setup.rules.timeZone) },
  );
  if (!done?.done) return;
  await record(work, 'repair.unseen', `request:${id}`);
  const text = words(
    `${request.number} ${span.zh}内没有验收，按已验收处理。还没好的话，再说一遍就重新报修`,
    `Nobody looked at ${request.number} within ${span.en}, so it counts as accepted. If it is not fixed, just report it again`,
  );
  await tellAll(work, setup, request, `unseen:${id}:${request.version}`, text);
}

/** Whether a rating is one that the office follows up. */
export const isLow = ({ kind, stars }: Request, { rules }: Setup): boolean =>
  kind === 'repair' && stars !== null && stars <= rules.repairs.lowRating.stars;

/**
 * A low rating is a task of the office manager: to ask what was wrong, and to write down what came of it. Once a request. The request
 * must be locked.
 */
export async function followUpRating(work: Work, setup: Setup, request: Request): Promise<Request> {
  const { workflow } = request;
  if (!isLow(request, setup) || openStep(workflow)) return request;
  if (workflow.steps.some((step) => step.id === 'follow-up')) return request;
  const task = kindNamed('repair')
    .tasks(setup.rules, request.form)
    .find((each) => each.id === 'follow-up');
  if (!task) return request;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const step = taskStep(task, request.requester_id, org);
  if (step.seats.length === 0) return request;
  // It stays done for everybody who reads it; only the office has something left to do.
  const next = {
    ...workflow,
    steps: [...workflow.steps, { ...step, state: 'open' as const, stateWhile: workflow.endsAs }],
  };
  return move(work, setup, request, next, [], {
    act: 'rated-low',
    person: request.requester_id,
    touched: request.requester_id,
  });
}

/** Why somebody was not content stands on the ticket, and whoever follows it up sees it. The request must be locked. */
export async function keepReason(
  work: Work,
  setup: Setup,
  request: Request,
  why: string,
): Promise<void> {
  const note = await addNote(work, request.id, request.requester_id, why);
  const step = openStep(request.workflow);
  for (const person of step ? assigneesOf(step) : [])
    await oweCard(work, setup, request, person, 'quiet', `:note:${note}`);
}
