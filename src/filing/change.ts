import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { kindNamed } from '../requests/index.ts';
import type { OwnVoices, StoredForm } from '../requests/kind.ts';
import type { Work } from '../../db/work.ts';
import { advance, begin } from '../workflow/advance.ts';
import { openNext } from '../workflow/steps.ts';
import {
  type Advance,
  isApproved,
  openStep,
  stateOf,
  type Workflow,
} from '../workflow/workflow.ts';
import { circumstancesOf } from './circumstances.ts';
import { freeze } from './freeze.ts';
import { effect, move, type Setup } from './move.ts';
import { hasDeparted, lockRequest, type Request } from './store.ts';

/** Whether the requester may still change it: while nobody has begun work on it, or while what is booked lies ahead. */
export const mayChange = (request: Request): boolean => {
  const step = openStep(request.workflow);
  if (request.workflow.stopped) return false;
  if (!step) return request.workflow.endsAs === 'booked' || request.workflow.revocable === true;
  return step.sort !== 'task' || (step.claimedBy === undefined && !anyTaskDone(request));
};

const anyTaskDone = (request: Request): boolean =>
  request.workflow.steps.some((step) => step.sort === 'task' && step.state === 'done');

/**
 * Changes a submitted request: withdrawn and submitted again in one gesture, under the same number. What it held is given
 * back and held anew, the steps are frozen anew from today's rules, and approvals already given no longer count; one that was
 * sent back goes on from where it stood.
 * With `keeps`, for what people agreed upon among themselves, approvals given count when the rules ask nobody else.
 * Throws Refusal when it cannot be changed any more or the new wish cannot be had; then all stays as it was.
 */
export async function change(
  work: Work,
  setup: Setup,
  id: number,
  by: { readonly person: number; readonly touched?: number },
  form: StoredForm,
  asked: OwnVoices & { readonly keeps?: boolean },
): Promise<Request> {
  const request = await lockRequest(work.tx, id);
  if (
    !request ||
    request.requester_id !== by.person ||
    !mayChange(request) ||
    // A meeting under way may still move to another room.
    hasDeparted(request, work.now.toZonedDateTimeISO(setup.rules.timeZone))
  )
    throw tooLate();
  await effect(work, setup, request, 'released');
  const kind = kindNamed(request.kind);
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const { rules } = setup;
  const about = { kind, form, requester: by.person, changes: id, askedToo: asked.askedToo };
  const at = await circumstancesOf(work.tx, about, org, rules, work.now);
  const fresh = freeze(kind, form, by.person, asked, org, rules, at);
  const { workflow, happenings } =
    goneOn(request, fresh, work.now) ??
    stillApproved(request, fresh, form) ??
    (asked.keeps ? kept(request, fresh) : undefined) ??
    begin(fresh);
  // What is held for it is held as the new form stands: not booked by an approval of the old one.
  const state = stateOf(workflow);
  const changed: Request = { ...request, form, state, measure: kind.measure(form, rules) };
  await effect(work, setup, changed, 'submitted');
  return move(
    work,
    setup,
    request,
    { ...workflow, formSince: request.version + 1 },
    happenings,
    { act: 'changed', ...by },
    { form, measure: changed.measure },
  );
}

/**
 * A request that was sent back and mended goes on from where it stood, unless what it asks for now has other approvers: then
 * it begins anew. Undefined when it was not sent back, or has to begin anew.
 */
function goneOn(
  request: Request,
  fresh: Workflow,
  at: Temporal.Instant,
): Extract<Advance, { readonly workflow: Workflow }> | undefined {
  const { workflow } = request;
  if (openStep(workflow)?.sort !== 'revision' || rulesOf(workflow) !== rulesOf(fresh))
    return undefined;
  const next = advance(workflow, { act: 'resubmit', by: request.requester_id, at });
  return 'denied' in next ? undefined : next;
}

/** What was approved and is changed in nothing that was decided on stays approved: only what is to be done begins anew. */
function stillApproved(
  request: Request,
  fresh: Workflow,
  form: StoredForm,
): ReturnType<typeof begin> | undefined {
  const old = request.workflow.steps;
  const approved = old.filter(({ sort }) => sort === 'approval');
  const holds =
    isApproved(request.workflow) &&
    rulesOf(request.workflow) === rulesOf(fresh) &&
    kindNamed(request.kind).sameDecision(request.form, form);
  if (!holds) return undefined;
  const tasks = fresh.steps.filter(({ sort }) => sort !== 'approval');
  return openNext({ ...fresh, steps: [...approved, ...tasks] }, 'approval');
}

/** What is granted stays granted when everybody who would be asked now has approved it. Undefined when somebody else would be. */
function kept(
  { workflow }: Request,
  fresh: Workflow,
): Extract<Advance, { readonly workflow: Workflow }> | undefined {
  if (openStep(workflow) || workflow.stopped) return undefined;
  const given = workflow.steps.filter(({ sort, state }) => sort === 'approval' && state === 'done');
  const asked = fresh.steps.filter(({ sort }) => sort === 'approval');
  if (!asked.every(({ title }) => given.some((each) => each.title.zh === title.zh)))
    return undefined;
  return { workflow, happenings: [{ happened: 'approved' }, { happened: 'ended' }] };
}

/** The approvals that the rules ask for, as text: equal for requests of one tier. People may have changed since. */
const rulesOf = ({ steps }: Workflow): string =>
  JSON.stringify(
    steps
      .filter((step) => step.sort === 'approval' && step.addedBy === undefined)
      .map(({ id, title }) => [id, title.zh]),
  );

const tooLate = (): Refusal =>
  new Refusal(
    'change.late',
    words('这张申请单现在不能修改了', 'This request can no longer be changed'),
    words('可以新提一张，或联系行政', 'File a new one, or ask the office'),
  );
