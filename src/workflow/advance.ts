import {
  type Action,
  type Advance,
  assigneesOf,
  type Decision,
  type Denial,
  type Happening,
  openStep,
  type PersonId,
  type Seat,
  type Step,
  type Workflow,
} from './workflow.ts';

/**
 * Moves a workflow by one action, or says why not. Touches nothing: everything it knows is in its arguments.
 * Whether the person is still employed is asked by the caller, who knows the directory.
 */
export function advance(workflow: Workflow, action: Action): Advance {
  if (action.act === 'withdraw' || action.act === 'cancel') return stop(workflow, action);
  const step = openStep(workflow);
  if (!step) return passed(workflow, action);
  switch (action.act) {
    case 'approve':
      return step.sort === 'approval' ? decide(workflow, step, action) : passed(workflow, action);
    case 'reject':
      if (step.sort !== 'approval') return passed(workflow, action);
      return action.comment ? decide(workflow, step, action) : needsReason(step, action.by);
    case 'complete':
      return step.sort === 'task' ? decide(workflow, step, action) : { denied: 'not-now' };
    case 'send-back':
      return sendBack(workflow, step, action);
    case 'claim':
      return claim(workflow, step, action.by);
    case 'transfer':
      return transfer(workflow, step, action.by, action.to);
    default:
      return action satisfies never;
  }
}

/** Starts a workflow: opens its first step, or ends it at once when it has none. */
export function begin(workflow: Workflow): Extract<Advance, { readonly workflow: Workflow }> {
  return openNext(workflow, true);
}

/** Whether `person` is among those the open step waits for, and if not, why. */
function entitled(workflow: Workflow, step: Step, person: PersonId): Denial | undefined {
  const earlier = step.seats.find((seat) => seat.decision?.by === person)?.decision;
  if (earlier) return { denied: 'already', decision: earlier };
  // Nobody decides their own matter, however they came to sit there (a transfer, a changed role).
  if (step.sort === 'approval' && person === workflow.requester) return { denied: 'own-request' };
  if (assigneesOf(step).includes(person)) return undefined;
  if (step.claimedBy !== undefined && step.seats.some((seat) => seat.people.includes(person))) {
    return { denied: 'taken', by: step.claimedBy };
  }
  return { denied: 'not-yours', entitled: assigneesOf(step) };
}

type Deciding = Extract<Action, { readonly act: 'approve' | 'reject' | 'complete' }>;

function decide(workflow: Workflow, step: Step, action: Deciding): Advance {
  const denial = entitled(workflow, step, action.by);
  if (denial) return denial;
  const seats = decided(step.seats, {
    act: action.act,
    by: action.by,
    at: action.at.toString(),
    ...(action.comment ? { comment: action.comment } : {}),
  });
  if (action.act === 'reject') {
    const refused = withStep(workflow, { ...step, seats, state: 'refused' });
    return {
      workflow: { ...refused, stopped: 'rejected' },
      happenings: [{ happened: 'rejected' }],
    };
  }
  const enough = step.needs === 'any' || seats.every((seat) => seat.decision);
  if (!enough) return { workflow: withStep(workflow, { ...step, seats }), happenings: [] };
  const next = openNext(
    withStep(workflow, { ...step, seats, state: 'done' }),
    step.sort === 'approval',
  );
  return {
    workflow: next.workflow,
    happenings: [{ happened: 'step-done', step: step.id }, ...next.happenings],
  };
}

/** Puts the decision into the narrowest undecided seat of that person, so that a seat only they can fill is filled first. */
function decided(seats: readonly Seat[], decision: Decision): readonly Seat[] {
  const seat = seats
    .filter((each) => !each.decision && each.people.includes(decision.by))
    .sort((a, b) => a.people.length - b.people.length)[0];
  // The claimer of a task may hold no seat of their own after a transfer; then any undecided seat is theirs.
  const theirs = seat ?? seats.find((each) => !each.decision);
  return seats.map((each) => (each === theirs ? { ...each, decision } : each));
}

/** Opens the first waiting step. Tells `approved` when the approvals lie behind, `ended` when all is done. */
function openNext(
  workflow: Workflow,
  fromApproval: boolean,
): { readonly workflow: Workflow; readonly happenings: readonly Happening[] } {
  const step = workflow.steps.find((each) => each.state === 'waiting');
  const happenings: Happening[] = [];
  if (fromApproval && step?.sort !== 'approval') happenings.push({ happened: 'approved' });
  if (!step) return { workflow, happenings: [...happenings, { happened: 'ended' }] };
  return { workflow: withStep(workflow, { ...step, state: 'open' }), happenings };
}

/** The requester takes it back while it waits (withdraw), or gives up what was granted (cancel). */
function stop(workflow: Workflow, action: Action): Advance {
  if (workflow.stopped) return { denied: 'over' };
  if (action.by !== workflow.requester) {
    return { denied: 'not-yours', entitled: [workflow.requester] };
  }
  const step = openStep(workflow);
  if (action.act === 'withdraw') {
    // Once work was begun on it, taking it back is the doers' loss: they are asked instead.
    if (!step || step.claimedBy !== undefined || anyTaskDone(workflow))
      return { denied: 'not-now' };
    return {
      workflow: { ...workflow, stopped: 'withdrawn' },
      happenings: [{ happened: 'withdrawn' }],
    };
  }
  if (step || workflow.endsAs !== 'booked') return { denied: 'not-now' };
  return {
    workflow: { ...workflow, stopped: 'cancelled' },
    happenings: [{ happened: 'cancelled' }],
  };
}

const anyTaskDone = (workflow: Workflow): boolean =>
  workflow.steps.some((step) => step.sort === 'task' && step.state === 'done');

function claim(workflow: Workflow, step: Step, by: PersonId): Advance {
  if (!step.claimable) return { denied: 'not-now' };
  const denial = entitled(workflow, step, by);
  if (denial) return denial;
  if (step.claimedBy === by) return { denied: 'taken', by };
  return {
    workflow: withStep(workflow, { ...step, claimedBy: by }),
    happenings: [{ happened: 'claimed' }],
  };
}

function transfer(workflow: Workflow, step: Step, by: PersonId, to: PersonId): Advance {
  const denial = entitled(workflow, step, by);
  if (denial) return denial;
  if (step.sort === 'approval' && to === workflow.requester) return { denied: 'own-request' };
  const earlier = step.seats.find((seat) => seat.decision?.by === to)?.decision;
  if (earlier) return { denied: 'already', decision: earlier };
  if (to === by) return { denied: 'not-now' };
  const seats = step.seats.map((seat) =>
    seat.decision ? seat : { ...seat, people: handedOver(seat.people, by, to) },
  );
  const moved: Step =
    step.claimedBy === by ? { ...step, seats, claimedBy: to } : { ...step, seats };
  const past = [...new Set([...(workflow.past ?? []), by])];
  return {
    workflow: { ...withStep(workflow, moved), past },
    happenings: [{ happened: 'transferred', to }],
  };
}

/** Only the place of `by` moves; the others of a role keep theirs. */
const handedOver = (people: readonly PersonId[], by: PersonId, to: PersonId): readonly PersonId[] =>
  people.includes(by)
    ? [...new Set(people.map((person) => (person === by ? to : person)))]
    : people;

function sendBack(
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

/**
 * A decision wished for when the approval it belonged to is over: tell the person who decided it, if they sat there. Otherwise
 * it is over, or somebody else's turn.
 */
function passed(workflow: Workflow, action: Action): Denial {
  const decisions = workflow.steps
    .filter((step) => step.sort === 'approval' && seated(step, action.by))
    .flatMap((step) => step.seats)
    .flatMap((seat) => (seat.decision ? [seat.decision] : []));
  const own = decisions.find((decision) => decision.by === action.by);
  const decision = own ?? decisions.at(-1);
  return decision ? { denied: 'already', decision } : { denied: 'over' };
}

const seated = (step: Step, person: PersonId): boolean =>
  step.seats.some((seat) => seat.people.includes(person) || seat.decision?.by === person);

const needsReason = (step: Step, by: PersonId): Denial =>
  assigneesOf(step).includes(by)
    ? { denied: 'needs-reason' }
    : { denied: 'not-yours', entitled: assigneesOf(step) };

const withStep = (workflow: Workflow, changed: Step): Workflow => ({
  ...workflow,
  steps: workflow.steps.map((step) => (step.id === changed.id ? changed : step)),
});
