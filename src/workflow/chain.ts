/** Who will be asked to approve, told before a request is submitted. */
import type { Organisation } from '../directory/organisation.ts';
import { advance } from './advance.ts';
import { withStandIns } from './standing-in.ts';
import { givenAgain } from './steps.ts';
import { assigneesOf, type Decision, type PersonId, type Step, type Workflow } from './workflow.ts';

/** An approval that will be asked. */
export type Asked = {
  /** With the stand-ins of those who are away now. */
  readonly step: Step;
  /** Approvals right behind it that are given with it: whoever decides it sits there, too, and is asked once. */
  readonly also: readonly Step[];
  /** It is not asked when the one before it is decided so. */
  readonly unless: readonly Pick<Decision, 'by' | 'for'>[];
};

/**
 * The approvals of a workflow that is not begun, as they will be asked if everybody agrees and nobody's absence begins or ends meanwhile.
 * It goes by the engine's own rules, so that nobody is told of who is not asked.
 */
export function chainOf(
  { requester, steps, distinct }: Workflow,
  org: Organisation,
  at: Temporal.Instant,
): readonly Asked[] {
  const chain: Asked[] = [];
  let before: Step | undefined;
  /** All ways in which `before` may be decided. */
  let ways: readonly Decision[] = [];
  for (const step of steps.filter(({ sort }) => sort === 'approval')) {
    // Where everybody signs once, nothing is given with the one before.
    const given = distinct ? [] : ways.filter((way) => before && givenAgain(before, step, way));
    const again = given.flatMap((way) => (before && givenAgain(before, step, way)) ?? []);
    const last = chain.at(-1);
    if (last && given.length === ways.length) {
      chain[chain.length - 1] = { ...last, also: [...last.also, step] };
      ways = again.map(({ decision }) => decision);
    } else {
      const asked = withStandIns({ ...step, state: 'open' }, requester, org);
      chain.push({ step: asked, also: [], unless: given });
      ways = [...again.map(({ decision }) => decision), ...decisionsIn(asked, requester, at)];
    }
    before = step;
  }
  return chain;
}

/** What each of those whom an open approval waits for would leave in it by agreeing. */
const decisionsIn = (step: Step, requester: PersonId, at: Temporal.Instant): readonly Decision[] =>
  assigneesOf(step).flatMap((by) => {
    const alone: Workflow = { requester, steps: [step], endsAs: 'done' };
    const next = advance(alone, { act: 'approve', by, at });
    if ('denied' in next) return [];
    return next.workflow.steps.flatMap(({ seats }) =>
      seats.flatMap(({ decision }) => (decision ? [decision] : [])),
    );
  });
