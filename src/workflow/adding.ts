/** 加签: an approver has others asked, too. */
import { words } from '../../cards/words.ts';
import { entitled, withStep } from './steps.ts';
import type { Action, Advance, PersonId, Seat, Step, Workflow } from './workflow.ts';

type Adding = Extract<Action, { readonly act: 'add' }>;

/**
 * Adds people to be asked. `before`: the one who adds waits until they have all agreed; `after`: they are asked once this step is
 * done; `beside`: they must agree as well as those who sit here.
 */
export function add(workflow: Workflow, step: Step, { by, place, people }: Adding): Advance {
  const denial = entitled(workflow, step, by);
  if (denial) return denial;
  const added = [...new Set(people)];
  if (added.length === 0) return { denied: 'not-now' };
  if (added.includes(workflow.requester)) return { denied: 'own-request' };
  const there = added.find((person) => person === by || isSeated(step, person));
  if (there !== undefined && place === 'beside') return { denied: 'there-already', person: there };
  if (added.includes(by)) return { denied: 'there-already', person: by };
  return {
    workflow: placed(workflow, step, place, added, by),
    happenings: [{ happened: 'added', people: added }],
  };
}

const isSeated = (step: Step, person: PersonId): boolean =>
  step.seats.some(({ people, decision }) => people.includes(person) || decision?.by === person);

function placed(
  workflow: Workflow,
  step: Step,
  place: Adding['place'],
  people: readonly PersonId[],
  by: PersonId,
): Workflow {
  if (place === 'beside') return withStep(workflow, widened(step, people));
  const extra = addedStep(workflow, people, by, place === 'before' ? 'open' : 'waiting');
  const steps = workflow.steps.flatMap((each): readonly Step[] => {
    if (each !== step) return [each];
    return place === 'before' ? [extra, { ...step, state: 'waiting' }] : [step, extra];
  });
  return { ...workflow, steps };
}

const seatOf = (person: PersonId): Seat => ({ via: 'added', people: [person] });

/** A step that needed any one of its seats still needs one of them, and each of the added. */
function widened(step: Step, people: readonly PersonId[]): Step {
  const seats = step.needs === 'all' ? step.seats : [merged(step.seats)];
  return { ...step, needs: 'all', seats: [...seats, ...people.map(seatOf)] };
}

/** One seat of several of which any one counts. */
function merged(seats: readonly Seat[]): Seat {
  const standIns = seats.flatMap((seat) => seat.standIns ?? []);
  return {
    via: seats[0]?.via ?? 'added',
    people: [...new Set(seats.flatMap((seat) => seat.people))],
    ...(standIns.length > 0 ? { standIns } : {}),
  };
}

function addedStep(
  workflow: Workflow,
  people: readonly PersonId[],
  by: PersonId,
  state: Step['state'],
): Step {
  const count = workflow.steps.filter(({ id }) => id.startsWith('added-')).length;
  return {
    id: `added-${count + 1}`,
    sort: 'approval',
    title: words('加签', 'Added approval'),
    needs: 'all',
    seats: people.map(seatOf),
    state,
    stateWhile: 'pending',
    addedBy: by,
  };
}
