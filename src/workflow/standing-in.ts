/** Absence: who decides while somebody is away. */
import type { Organisation } from '../directory/organisation.ts';
import { leadersOf, mayDecide } from './routing.ts';
import { canBeFilled, type PersonId, type Seat, type StandIn, type Step } from './workflow.ts';

/**
 * Who decides for somebody absent: the one they named, or that one's own stand-in, and so on; where the chain ends with nobody
 * (or in a circle, or with the requester), the nearest leader who is there. Undefined when nobody is: then it waits for them.
 */
function standInFor(
  absent: PersonId,
  requester: PersonId,
  org: Organisation,
): PersonId | undefined {
  const seen = new Set<PersonId>([absent]);
  let next = org.absent.get(absent) ?? null;
  while (next !== null && !seen.has(next)) {
    if (isThere(next, requester, org)) return next;
    seen.add(next);
    next = org.absent.get(next) ?? null;
  }
  return leadersOf(absent, org).find((leader) => isThere(leader, requester, org));
}

/** Active, not away, and not the one who asks. */
const isThere = (person: PersonId, requester: PersonId, org: Organisation): boolean =>
  mayDecide(person, requester, org) && !org.absent.has(person);

/**
 * The open approval with stand-ins in the seats that nobody present sits in. A role with one of its people there waits for
 * them; a seat that somebody took back, or whose stand-in would make two signatures of one person, waits as it is.
 */
export function withStandIns(step: Step, requester: PersonId, org: Organisation): Step {
  if (step.sort !== 'approval' || step.state !== 'open') return step;
  let now = step;
  for (const [index, seat] of step.seats.entries()) {
    const stoodIn = seatWithStandIns(seat, step.escalatedTo ?? [], requester, org);
    if (stoodIn === seat) continue;
    const seats = now.seats.map((each, place) => (place === index ? stoodIn : each));
    if (canBeFilled({ ...now, seats }, requester)) now = { ...now, seats };
  }
  return now;
}

/** Leaders who came in because it is late are beside the matter: who is away is stood in for as if they were not there. */
function seatWithStandIns(
  seat: Seat,
  escalatedTo: readonly PersonId[],
  requester: PersonId,
  org: Organisation,
): Seat {
  const own = seat.people.filter((person) => !escalatedTo.includes(person));
  if (seat.decision || seat.own || own.length === 0) return seat;
  if (own.some((person) => !org.absent.has(person))) return seat;
  const standIns: StandIn[] = [];
  const people = seat.people.map((person) => {
    const standIn = own.includes(person) ? standInFor(person, requester, org) : undefined;
    if (standIn === undefined) return person;
    // Who stands in for a stand-in stands in for whom that one did.
    const of = seat.standIns?.find((each) => each.person === person)?.of ?? person;
    standIns.push({ person: standIn, of });
    return standIn;
  });
  return standIns.length === 0 ? seat : { ...seat, people: [...new Set(people)], standIns };
}
