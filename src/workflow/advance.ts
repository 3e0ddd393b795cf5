import { add } from './adding.ts';
import { resubmit, returnBack, sendBack } from './returning.ts';
import { entitled, handedOver, openNext, withStep } from './steps.ts';
import {
  type Action,
  type Advance,
  canBeFilled,
  type Decision,
  type Denial,
  openStep,
  peopleOf,
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
  if (action.act === 'copy') return copy(workflow, action.by, action.people);
  if (action.act === 'resubmit') return resubmit(workflow, action);
  return within(workflow, action);
}

/** Starts a workflow: opens its first step, or ends it at once when it has none. */
export const begin = (workflow: Workflow): Extract<Advance, { readonly workflow: Workflow }> =>
  openNext(workflow, 'submitted');

type Inside = Exclude<Action, { readonly act: 'withdraw' | 'cancel' | 'copy' | 'resubmit' }>;

/** What is done in the open step. */
function within(workflow: Workflow, action: Inside): Advance {
  const step = openStep(workflow);
  if (!step) return passed(workflow, action);
  switch (action.act) {
    case 'approve':
      return step.sort === 'approval' ? decide(workflow, step, action) : passed(workflow, action);
    case 'reject':
      if (step.sort !== 'approval') return passed(workflow, action);
      return action.comment
        ? decide(workflow, step, action)
        : needsReason(workflow, step, action.by);
    case 'return':
      if (step.sort !== 'approval') return passed(workflow, action);
      return action.comment
        ? returnBack(workflow, step, { ...action, comment: action.comment })
        : needsReason(workflow, step, action.by);
    case 'complete':
      return step.sort === 'task' ? decide(workflow, step, action) : { denied: 'not-now' };
    case 'send-back':
      return sendBack(workflow, step, action);
    case 'claim':
      return claim(workflow, step, action.by);
    case 'transfer':
      return transfer(workflow, step, action.by, action.to);
    case 'add':
      return step.sort === 'approval' ? add(workflow, step, action) : passed(workflow, action);
    case 'reclaim':
      return reclaim(workflow, step, action.by);
    case 'escalate':
      return escalate(workflow, step, action.to);
    default:
      return action satisfies never;
  }
}

type Deciding = Extract<Action, { readonly act: 'approve' | 'reject' | 'complete' }>;

function decide(workflow: Workflow, step: Step, action: Deciding): Advance {
  const denial = entitled(workflow, step, action.by);
  if (denial) return denial;
  const seats = decided(workflow, step, {
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
  const next = openNext(withStep(workflow, { ...step, seats, state: 'done' }), step.sort);
  return {
    workflow: next.workflow,
    happenings: [{ happened: 'step-done', step: step.id }, ...next.happenings],
  };
}

/** Puts the decision into a seat of that person: one that leaves the other seats to be filled by others, the narrowest first. */
function decided(workflow: Workflow, step: Step, decision: Decision): readonly Seat[] {
  const filled = (seat: Seat): readonly Seat[] =>
    step.seats.map((each) =>
      each === seat ? { ...each, decision: signed(each, decision) } : each,
    );
  const theirs = step.seats
    .filter((each) => !each.decision && each.people.includes(decision.by))
    .toSorted((a, b) => a.people.length - b.people.length);
  const fits = (seat: Seat): boolean => {
    const seats = filled(seat);
    return (
      step.needs === 'any' ||
      seats.every((each) => each.decision) ||
      canBeFilled({ ...step, seats }, workflow.requester)
    );
  };
  // The claimer of a task may hold no seat of their own after a transfer; then any undecided seat is theirs.
  const seat = theirs.find(fits) ?? theirs[0] ?? step.seats.find((each) => !each.decision);
  return seat ? filled(seat) : step.seats;
}

/** A stand-in's decision says for whom it was. */
function signed(seat: Seat, decision: Decision): Decision {
  const standIn = seat.standIns?.find(({ person }) => person === decision.by);
  return standIn ? { ...decision, for: standIn.of } : decision;
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
  if (step || !(workflow.endsAs === 'booked' || workflow.revocable)) return { denied: 'not-now' };
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
  if (step.sort === 'revision' || to === by) return { denied: 'not-now' };
  if (step.sort === 'approval' && to === workflow.requester) return { denied: 'own-request' };
  const earlier = step.seats.find((seat) => seat.decision?.by === to)?.decision;
  if (earlier) return { denied: 'already', decision: earlier };
  const seats = step.seats.map((seat) => (seat.decision ? seat : handedOver(seat, by, to)));
  const moved: Step =
    step.claimedBy === by ? { ...step, seats, claimedBy: to } : { ...step, seats };
  if (!canBeFilled(moved, workflow.requester)) return { denied: 'two-people' };
  return {
    workflow: reading(withStep(workflow, moved), [by]),
    happenings: [{ happened: 'transferred', to }],
  };
}

/** Anyone who may read it may let others read it (抄送), also when it is over. */
function copy(workflow: Workflow, by: PersonId, people: readonly PersonId[]): Advance {
  const readers = peopleOf(workflow);
  if (!readers.has(by)) return { denied: 'not-yours', entitled: [workflow.requester] };
  const others = people.filter((person) => !readers.has(person));
  const [first] = people;
  if (others.length === 0 || first === undefined)
    return first === undefined ? { denied: 'not-now' } : { denied: 'there-already', person: first };
  return {
    workflow: reading(workflow, others),
    happenings: [{ happened: 'copied', people: others }],
  };
}

const reading = (workflow: Workflow, people: readonly PersonId[]): Workflow => ({
  ...workflow,
  past: [...new Set([...(workflow.past ?? []), ...people])],
});

/** Back from absence: what the stand-in has not decided yet is decided by the absent one themselves. */
function reclaim(workflow: Workflow, step: Step, by: PersonId): Advance {
  const seats = step.seats.map((seat): Seat => {
    const standIn = seat.decision ? undefined : seat.standIns?.find(({ of }) => of === by);
    if (!standIn) return seat;
    const back = handedOver(seat, standIn.person, by);
    const standIns = (seat.standIns ?? []).filter((each) => each !== standIn);
    return { ...back, standIns, own: true };
  });
  if (seats.every((seat, index) => seat === step.seats[index])) {
    const denial = entitled(workflow, step, by);
    return denial ?? { denied: 'there-already', person: by };
  }
  return {
    workflow: withStep(workflow, { ...step, seats }),
    happenings: [{ happened: 'reclaimed' }],
  };
}

/** The leader of somebody who is late sits beside them in every seat that is still open. */
function escalate(workflow: Workflow, step: Step, to: PersonId): Advance {
  if (step.sort !== 'approval' || to === workflow.requester) return { denied: 'not-now' };
  if (step.seats.some(({ decision, people }) => decision?.by === to || people.includes(to)))
    return { denied: 'there-already', person: to };
  const seats = step.seats.map((seat) =>
    seat.decision ? seat : { ...seat, people: [...seat.people, to] },
  );
  const escalatedTo = [...(step.escalatedTo ?? []), to];
  return {
    workflow: withStep(workflow, { ...step, seats, escalatedTo }),
    happenings: [{ happened: 'escalated', to }],
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

const needsReason = (workflow: Workflow, step: Step, by: PersonId): Denial =>
  entitled(workflow, step, by) ?? { denied: 'needs-reason' };
