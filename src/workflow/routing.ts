import { holdersOf, type Organisation } from '../directory/organisation.ts';
import { canBeFilled, type PersonId, type Seat, type Step } from './workflow.ts';

/** One voice as office.yaml names it: `manager`, `department-head`, or a role. */
export type Voice = string;

/** How far up a chain of leaders we look. Directories hold loops (A leads B leads A); no real company is deeper. */
const HIGHEST = 20;

/**
 * The people who may fill the seat `voice` for this requester. Never the requester: they go up one leader. Someone who has
 * left is replaced by their leader. When nobody is found: `office-manager`, then `director`, then whoever else has a role,
 * then the top of the company; undefined only when there is no other active person at all.
 */
export function seatFor(voice: Voice, requester: PersonId, org: Organisation): Seat | undefined {
  const named = people(voice, requester, org);
  const fit = usable(named, requester, org);
  const found = fit.length > 0 ? fit : climb(named, requester, org);
  const seated = found.length > 0 ? found : lastResort(requester, org);
  return seated.length > 0 ? { via: voice, people: seated } : undefined;
}

/** Those the rule names, before absence and self-approval are looked at. */
function people(voice: Voice, requester: PersonId, org: Organisation): readonly PersonId[] {
  if (voice === 'requester') return [requester];
  if (voice === 'manager') return listed(org.people.get(requester)?.leader);
  if (voice === 'department-head') return listed(departmentHead(requester, org));
  return org.roles.get(voice) ?? [];
}

/** The head of the requester's department; of the one above, while the requester is the head or there is none. */
function departmentHead(requester: PersonId, org: Organisation): PersonId | null {
  let department = org.people.get(requester)?.department ?? null;
  for (let height = 0; department !== null && height < HIGHEST; height++) {
    const unit = org.departments.get(department);
    if (unit?.leader != null && unit.leader !== requester) return unit.leader;
    department = unit?.parent ?? null;
  }
  return null;
}

/** The names of a person's department and of those above it: a rule for 销售部 holds for its teams, too. */
export function departmentsOf(person: PersonId, org: Organisation): readonly string[] {
  const names: string[] = [];
  let department = org.people.get(person)?.department ?? null;
  while (department !== null && names.length < HIGHEST) {
    const unit = org.departments.get(department);
    if (unit) names.push(unit.name);
    department = unit?.parent ?? null;
  }
  return names;
}

/** Up the leaders of those who were named (and of the requester, if nobody was) to the first who may decide. */
function climb(
  named: readonly PersonId[],
  requester: PersonId,
  org: Organisation,
): readonly PersonId[] {
  for (const start of [...named, requester]) {
    const seen = new Set<PersonId>([start]);
    let next = org.people.get(start)?.leader ?? null;
    while (next !== null && !seen.has(next) && seen.size < HIGHEST) {
      if (mayDecide(next, requester, org)) return [next];
      seen.add(next);
      next = org.people.get(next)?.leader ?? null;
    }
  }
  return [];
}

function lastResort(requester: PersonId, org: Organisation): readonly PersonId[] {
  const roles = ['office-manager', 'director', ...org.roles.keys()];
  for (const role of roles) {
    const found = usable(org.roles.get(role) ?? [], requester, org);
    if (found.length > 0) return found;
  }
  const top = [...org.people].find(
    ([id, person]) => person.leader === null && mayDecide(id, requester, org),
  );
  const anyone = top ?? [...org.people].find(([id]) => mayDecide(id, requester, org));
  return anyone ? [anyone[0]] : [];
}

const usable = (
  candidates: readonly PersonId[],
  requester: PersonId,
  org: Organisation,
): readonly PersonId[] => [...new Set(candidates)].filter((id) => mayDecide(id, requester, org));

export const mayDecide = (id: PersonId, requester: PersonId, org: Organisation): boolean =>
  id !== requester && org.people.get(id)?.active === true;

const listed = (person: PersonId | null | undefined): readonly PersonId[] =>
  person == null ? [] : [person];

/**
 * The seats of one step. Two voices of an any-of that the very same people would fill are one seat: nobody is asked twice in
 * one step. Of a countersign every seat is signed by another person: where one person holds both roles, the second signature
 * is that of their leader, at last of whoever has a role.
 */
export function seatsFor(
  voices: readonly Voice[],
  requester: PersonId,
  org: Organisation,
  needs: 'any' | 'all' = 'any',
): readonly Seat[] {
  const seats: Seat[] = [];
  for (const voice of voices) {
    const seat = seatFor(voice, requester, org);
    if (!seat) continue;
    if (needs === 'any') {
      if (!seats.some((other) => samePeople(other, seat))) seats.push(seat);
      continue;
    }
    const another = isDistinct([...seats, seat]) ? seat : anotherFor(seat, seats, requester, org);
    if (another) seats.push(another);
  }
  return seats;
}

/** Whether every seat can be filled by somebody else. */
const isDistinct = (seats: readonly Seat[]): boolean => canBeFilled({ needs: 'all', seats });

/** Somebody above those of the seat, or with a role, who makes the signatures those of different people. */
function anotherFor(
  seat: Seat,
  seats: readonly Seat[],
  requester: PersonId,
  org: Organisation,
): Seat | undefined {
  const above = seat.people.flatMap((person) => leadersOf(person, org));
  const others = [...above, ...[...org.roles.values()].flat()].filter((person) =>
    mayDecide(person, requester, org),
  );
  for (const person of others) {
    const made: Seat = { via: seat.via, people: [person] };
    if (isDistinct([...seats, made])) return made;
  }
  return undefined;
}

/** The leaders above a person, nearest first. */
export function leadersOf(person: PersonId, org: Organisation): readonly PersonId[] {
  const found: PersonId[] = [];
  for (
    let next = org.people.get(person)?.leader ?? null;
    next !== null && next !== person && !found.includes(next) && found.length < HIGHEST;
    next = org.people.get(next)?.leader ?? null
  )
    found.push(next);
  return found;
}

const samePeople = (a: Seat, b: Seat): boolean =>
  a.people.length === b.people.length && a.people.every((person) => b.people.includes(person));

/**
 * The seat of a task: anyone of a role does it, also for their own request (the office books its own trips). An empty or
 * departed role falls back like an approval does.
 */
export function taskSeat(voice: Voice, requester: PersonId, org: Organisation): Seat | undefined {
  if (voice === 'requester') return { via: voice, people: [requester] };
  const active = holdersOf(org, voice);
  return active.length > 0 ? { via: voice, people: active } : seatFor(voice, requester, org);
}

/**
 * A seat without those who left: the others, or whoever sits there instead. Of a countersign it is somebody whom no other seat needs, as
 * long as there is anybody.
 */
function living(
  seat: Seat,
  step: Step,
  index: number,
  requester: PersonId,
  org: Organisation,
): Seat {
  const others = seat.people.filter((person) => org.people.get(person)?.active === true);
  const climbed = others.length > 0 ? others : climb(seat.people, requester, org);
  const found = climbed.length > 0 ? climbed : lastResort(requester, org);
  if (found.length === 0) return seat;
  const usual: Seat = { ...seat, people: found };
  const fits = (each: Seat): boolean =>
    canBeFilled({ ...step, seats: step.seats.with(index, each) }, requester);
  if (step.needs === 'any' || fits(usual)) return usual;
  const above = seat.people.flatMap((person) => leadersOf(person, org));
  const anybody = [...above, ...[...org.roles.values()].flat(), ...org.people.keys()];
  const another = anybody
    .filter((person) => mayDecide(person, requester, org))
    .map((person): Seat => ({ ...seat, people: [person] }))
    .find(fits);
  return another ?? usual;
}

/**
 * The step with every undecided seat filled by people who are still here. Who has left is taken out; a seat they held alone
 * goes to their leader, at last to the office manager. The same step when nobody has left.
 */
export function withLivingSeats(step: Step, requester: PersonId, org: Organisation): Step {
  const gone = (person: PersonId): boolean => org.people.get(person)?.active !== true;
  if (!step.seats.some((seat) => !seat.decision && seat.people.some(gone))) return step;
  let seats = step.seats;
  for (const [index, seat] of step.seats.entries())
    if (!seat.decision && seat.people.some(gone))
      seats = seats.with(index, living(seat, { ...step, seats }, index, requester, org));
  const { claimedBy, ...free } = step;
  return claimedBy !== undefined && gone(claimedBy) ? { ...free, seats } : { ...step, seats };
}
