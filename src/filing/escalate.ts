import type { Work } from '../../db/work.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { advance } from '../workflow/advance.ts';
import { leadersOf, mayDecide } from '../workflow/routing.ts';
import { openStep } from '../workflow/workflow.ts';
import { move, type Setup } from './move.ts';
import { lockRequest } from './store.ts';

/**
 * An approval that is overdue, or that its person cannot be shown, goes to their leader as well; either may still decide. Once a step; who
 * has no leader is told about to the office manager by whoever calls this.
 */
export async function escalate(work: Work, setup: Setup, id: number, late: number): Promise<void> {
  const request = await lockRequest(work.tx, id);
  const step = request && openStep(request.workflow);
  if (!request || step?.sort !== 'approval' || step.escalatedTo) return;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const to = leadersOf(late, org).find(
    (leader) => mayDecide(leader, request.requester_id, org) && !org.absent.has(leader),
  );
  if (to === undefined) return;
  const at = work.now;
  const next = advance(request.workflow, { act: 'escalate', by: late, at, to });
  if ('denied' in next) return;
  await move(work, setup, request, next.workflow, next.happenings, {
    act: 'escalated',
    person: late,
  });
}
