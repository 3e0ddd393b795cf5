import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { kindNamed } from '../requests/index.ts';
import type { StoredForm } from '../requests/kind.ts';
import type { Work } from '../../db/work.ts';
import { begin } from '../workflow/advance.ts';
import { openStep } from '../workflow/workflow.ts';
import { freeze } from './freeze.ts';
import { effect, move, type Setup } from './move.ts';
import { lockRequest, type Request } from './store.ts';

/** Whether the requester may still change it: while nobody has begun work on it, or while what is booked lies ahead. */
export const mayChange = (request: Request): boolean => {
  const step = openStep(request.workflow);
  if (request.workflow.stopped) return false;
  if (!step) return request.workflow.endsAs === 'booked';
  return step.sort === 'approval' || (step.claimedBy === undefined && !anyTaskDone(request));
};

const anyTaskDone = (request: Request): boolean =>
  request.workflow.steps.some((step) => step.sort === 'task' && step.state === 'done');

/**
 * Changes a submitted request: withdrawn and submitted again in one gesture, under the same number. What it held is given
 * back and held anew, the steps are frozen anew from today's rules, and approvals already given no longer count.
 * Throws Refusal when it cannot be changed any more or the new wish cannot be had; then all stays as it was.
 */
export async function change(
  work: Work,
  setup: Setup,
  id: number,
  by: { readonly person: number; readonly touched?: number },
  form: StoredForm,
  alsoAsk: readonly string[],
): Promise<Request> {
  const request = await lockRequest(work.tx, id);
  if (!request || request.requester_id !== by.person || !mayChange(request)) throw tooLate();
  await effect(work, setup, request, 'released');
  const kind = kindNamed(request.kind);
  const org = await readOrganisation(work.tx, setup.rules.roles);
  const { workflow, happenings } = begin(freeze(kind, form, by.person, alsoAsk, org, setup.rules));
  const changed: Request = { ...request, form, measure: kind.measure(form) };
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

const tooLate = (): Refusal =>
  new Refusal(
    'change.late',
    words('这张申请单现在不能修改了', 'This request can no longer be changed'),
    words('可以新提一张，或联系行政', 'File a new one, or ask the office'),
  );
