/** What of a list may be done several at once. */
import type { BulkOffer } from '../../cards/bulk.ts';
import type { Request } from '../filing/store.ts';
import { kindNamed } from '../requests/index.ts';
import type { Rules } from '../settings/rules.ts';
import { advance } from '../workflow/advance.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';

/** What a person may do with a request when several are done at once; undefined where each is to be looked at. */
export function bulkOffer(
  request: Request,
  person: number,
  rules: Rules,
  now: Temporal.Instant,
): BulkOffer | undefined {
  const { id, version, workflow } = request;
  const step = openStep(workflow);
  if (!step || !assigneesOf(step).includes(person)) return undefined;
  const may = (doing: 'approve' | 'claim' | 'complete'): boolean =>
    !('denied' in advance(workflow, { act: doing, by: person, at: now }));
  if (step.sort === 'approval') return may('approve') ? { id, version, act: 'approve' } : undefined;
  if (step.claimable && step.claimedBy === undefined)
    return may('claim') ? { id, version, act: 'claim' } : undefined;
  const task = kindNamed(request.kind)
    .tasks(rules, request.form)
    .find((each) => each.id === step.id);
  // What has to be filled in, and what leaves the house, is done one by one.
  const needs = Object.values(task?.fields ?? {}).some(({ required }) => required);
  if (step.sort !== 'task' || needs || task?.final === true || !may('complete')) return undefined;
  return { id, version, act: 'complete', ...(step.doneLabel ? { label: step.doneLabel } : {}) };
}

/** The same of one's own requests: what still waits may be taken back. */
export const withdrawOffer = (
  { id, version, workflow }: Request,
  person: number,
  now: Temporal.Instant,
): BulkOffer | undefined =>
  'denied' in advance(workflow, { act: 'withdraw', by: person, at: now })
    ? undefined
    : { id, version, act: 'withdraw' };
