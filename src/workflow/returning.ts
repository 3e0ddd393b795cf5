/** 退回: to the requester to be mended, to an earlier approval to be decided again, or to who has to do it once more. */
import { words } from '../../cards/words.ts';
import { entitled, openNext, undecided, withoutDecisions, withStep } from './steps.ts';
import { type Action, type Advance, openStep, type Step, type Workflow } from './workflow.ts';

type Returning = Extract<Action, { readonly act: 'return' }> & { readonly comment: string };

/** An approver gives it back. What was decided from there on is decided anew; the earlier decisions stay to be seen. */
export function returnBack(workflow: Workflow, step: Step, action: Returning): Advance {
  const denial = entitled(workflow, step, action.by);
  if (denial) return denial;
  const noted = withReturn(step, action);
  const happenings = [{ happened: 'returned' as const, step: step.id, to: action.to }];
  if (action.to === 'requester') {
    const steps = workflow.steps.flatMap((each): readonly Step[] =>
      each === step ? [revision(workflow), undecided(noted, 'waiting')] : [each],
    );
    return { workflow: { ...workflow, steps }, happenings };
  }
  const here = workflow.steps.indexOf(step);
  const target = workflow.steps.findIndex(({ id }) => id === action.to);
  const earlier = workflow.steps[target];
  if (earlier === undefined || target >= here || earlier.sort !== 'approval')
    return { denied: 'not-now' };
  const steps = workflow.steps.map((each, index): Step => {
    if (index < target || index > here || each.sort !== 'approval') return each;
    return undecided(each === step ? noted : each, index === target ? 'open' : 'waiting');
  });
  return { workflow: { ...workflow, steps }, happenings };
}

/** Who gave it back, and why, kept with what was decided in the step before. */
function withReturn(step: Step, { by, at, comment }: Returning): Step {
  const standIn = step.seats
    .flatMap((seat) => seat.standIns ?? [])
    .find(({ person }) => person === by);
  const given = step.seats.flatMap(({ decision }) => (decision ? [decision] : []));
  return {
    ...withoutDecisions(step),
    earlier: [
      ...(step.earlier ?? []),
      ...given,
      {
        act: 'return',
        by,
        at: at.toString(),
        comment,
        ...(standIn ? { for: standIn.of } : {}),
      },
    ],
  };
}

/** The requester's turn: mend it and hand it in again, or withdraw it. */
function revision(workflow: Workflow): Step {
  const count = workflow.steps.filter(({ sort }) => sort === 'revision').length;
  return {
    id: `revision-${count + 1}`,
    sort: 'revision',
    title: words('退回修改', 'Sent back to be mended'),
    needs: 'any',
    seats: [{ via: 'requester', people: [workflow.requester] }],
    state: 'open',
    stateWhile: 'returned',
  };
}

/** What was granted cannot be had after all: the requester's turn once more. */
export function handedBack(workflow: Workflow): Advance {
  if (workflow.stopped || openStep(workflow) || workflow.endsAs !== 'booked')
    return { denied: 'not-now' };
  const step = revision(workflow);
  return {
    workflow: { ...workflow, steps: [...workflow.steps, step] },
    happenings: [{ happened: 'returned', step: step.id, to: 'requester' }],
  };
}

/** Goes on from the step that gave it back. */
export function resubmit(
  workflow: Workflow,
  action: Extract<Action, { readonly act: 'resubmit' }>,
): Advance {
  const step = workflow.stopped ? undefined : workflow.steps.find(({ state }) => state === 'open');
  if (!step) return { denied: 'over' };
  if (action.by !== workflow.requester)
    return { denied: 'not-yours', entitled: [workflow.requester] };
  if (step.sort !== 'revision') return { denied: 'not-now' };
  const decision = {
    act: 'complete' as const,
    by: action.by,
    at: action.at.toString(),
    ...(action.comment ? { comment: action.comment } : {}),
  };
  const seats = step.seats.map((seat) => ({ ...seat, decision }));
  const next = openNext(withStep(workflow, { ...step, seats, state: 'done' }), 'approval');
  return { workflow: next.workflow, happenings: [{ happened: 'resubmitted' }, ...next.happenings] };
}

/** Not well done: the doer's step is open again (重新打开). */
export function sendBack(
  workflow: Workflow,
  step: Step,
  action: Extract<Action, { readonly act: 'send-back' }>,
): Advance {
  if (!step.sendsBack) return { denied: 'not-now' };
  const denial = entitled(workflow, step, action.by);
  if (denial) return denial;
  const target = workflow.steps.findIndex((each) => each.id === step.sendsBack?.to);
  const here = workflow.steps.indexOf(step);
  const steps = workflow.steps.map((each, index): Step => {
    if (index < target || index > here) return each;
    const seats = each.seats.map(({ via, people }) => ({ via, people }));
    return { ...each, seats, state: index === target ? 'open' : 'waiting' };
  });
  return {
    workflow: { ...workflow, steps },
    happenings: [{ happened: 'sent-back', step: step.id }],
  };
}
