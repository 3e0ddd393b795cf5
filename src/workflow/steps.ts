/** What the verbs of a workflow share: who may act in a step, changing one step, opening the next. */
import {
  assigneesOf,
  type Decision,
  type Denial,
  type Happening,
  type PersonId,
  type Seat,
  type Step,
  type Workflow,
} from './workflow.ts';

/** Whether `person` is among those the open step waits for, and if not, why. */
export function entitled(workflow: Workflow, step: Step, person: PersonId): Denial | undefined {
  const earlier = step.seats.find((seat) => seat.decision?.by === person)?.decision;
  if (earlier) return { denied: 'already', decision: earlier };
  // Nobody decides their own matter, however they came to sit there (a transfer, a changed role, a delegation).
  if (step.sort === 'approval' && person === workflow.requester) return { denied: 'own-request' };
  if (step.sort === 'approval' && hasSigned(workflow, step, person))
    return { denied: 'two-people' };
  if (assigneesOf(step).includes(person)) return undefined;
  if (step.claimedBy !== undefined && step.seats.some((seat) => seat.people.includes(person))) {
    return { denied: 'taken', by: step.claimedBy };
  }
  return { denied: 'not-yours', entitled: assigneesOf(step) };
}

/** Whether somebody has approved another step of a workflow that wants signatures of different people. */
const hasSigned = ({ distinct, steps }: Workflow, step: Step, person: PersonId): boolean =>
  distinct === true &&
  steps.some(
    (each) => each.id !== step.id && each.seats.some((seat) => seat.decision?.by === person),
  );

export const withStep = (workflow: Workflow, changed: Step): Workflow => ({
  ...workflow,
  steps: workflow.steps.map((step) => (step.id === changed.id ? changed : step)),
});

/** Only the place of `by` moves; the others of a role keep theirs. */
export const handedOver = (seat: Seat, by: PersonId, to: PersonId): Seat =>
  seat.people.includes(by)
    ? {
        ...seat,
        people: [...new Set(seat.people.map((person) => (person === by ? to : person)))],
      }
    : seat;

/** The step as if nobody had decided yet; what was decided is kept to be seen. */
export function undecided(step: Step, state: Step['state']): Step {
  const given = step.seats.flatMap(({ decision }) => (decision ? [decision] : []));
  const earlier = [...(step.earlier ?? []), ...given];
  return {
    ...withoutDecisions(step),
    state,
    ...(earlier.length > 0 ? { earlier } : {}),
  };
}

/** The step with the same people in its seats and nothing decided in them. */
export const withoutDecisions = (step: Step): Step => ({
  ...step,
  seats: step.seats.map(({ via, people, standIns }): Seat => ({
    via,
    people,
    ...(standIns ? { standIns } : {}),
  })),
});

/** What lies behind when the next step is opened: nothing yet, or a step of this sort. */
type Behind = 'submitted' | Step['sort'];

/**
 * Opens the first waiting step. Tells `approved` when the approvals lie behind, `ended` when all is done. A person who has just
 * approved is not asked again by the next step, unless it is a countersign or was added by somebody on purpose.
 */
export function openNext(
  workflow: Workflow,
  behind: Behind,
): { readonly workflow: Workflow; readonly happenings: readonly Happening[] } {
  const step = workflow.steps.find((each) => each.state === 'waiting');
  const happenings: Happening[] = [];
  const wasDeciding = behind !== 'task';
  if (wasDeciding && step?.sort !== 'approval') happenings.push({ happened: 'approved' });
  if (!step) return { workflow, happenings: [...happenings, { happened: 'ended' }] };
  const again = sameAgain(workflow, step);
  if (again) {
    const next = openNext(withStep(workflow, again), 'approval');
    return {
      workflow: next.workflow,
      happenings: [{ happened: 'step-done', step: step.id }, ...next.happenings],
    };
  }
  const seats = workflow.distinct ? step.seats.map((seat) => unsigned(workflow, seat)) : step.seats;
  return { workflow: withStep(workflow, { ...step, seats, state: 'open' }), happenings };
}

/** A seat without those who signed another step, as long as somebody else sits there. */
function unsigned({ steps }: Workflow, seat: Seat): Seat {
  const signers = steps.flatMap(({ seats }) => seats.flatMap(({ decision }) => decision?.by ?? []));
  const others = seat.people.filter((person) => !signers.includes(person));
  return others.length > 0 ? { ...seat, people: others } : seat;
}

/** The step as decided by who approved the one right before it; undefined when it must be asked. */
function sameAgain(workflow: Workflow, step: Step): Step | undefined {
  if (workflow.distinct) return undefined;
  const before = workflow.steps[workflow.steps.indexOf(step) - 1];
  if (before?.state !== 'done') return undefined;
  const last = before.seats.flatMap(({ decision }) => (decision ? [decision] : [])).at(-1);
  const given = last && givenAgain(before, step, last);
  if (!given) return undefined;
  return {
    ...step,
    state: 'done',
    seats: step.seats.map((each) =>
      each === given.seat ? { ...each, decision: given.decision } : each,
    ),
  };
}

/**
 * What the decision `last`, which finished the step before, says in the next one: the same for whoever sits there, too, or for whom
 * a stand-in decided. Undefined when the next step is to be asked. Also who tells beforehand who will be asked asks this.
 */
export function givenAgain(
  before: Step,
  step: Step,
  last: Decision,
): { readonly seat: Seat; readonly decision: Decision } | undefined {
  if (!isPlain(step) || !isPlain(before) || last.act !== 'approve') return undefined;
  const { by, at, for: of } = last;
  const seatOf = (person: PersonId): Seat | undefined =>
    step.seats.find(({ people }) => people.includes(person));
  const again: Decision = { act: 'approve', by, at, again: true };
  const own = seatOf(by);
  if (own) return { seat: own, decision: again };
  const theirs = of === undefined ? undefined : seatOf(of);
  return (
    theirs && { seat: theirs, decision: { ...again, ...(of === undefined ? {} : { for: of }) } }
  );
}

const isPlain = (step: Step): boolean =>
  step.sort === 'approval' && step.needs === 'any' && step.addedBy === undefined;
