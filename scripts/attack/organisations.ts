/**
 * P14: over random companies, with absences, delegates and leavers, nobody decides their own matter, nobody decides twice where all must
 * agree, and every step has somebody living who may decide.
 */
import fc from 'fast-check';
import { words } from '../../cards/words.ts';
import type { Organisation } from '../../src/directory/organisation.ts';
import { seated } from '../../src/filing/move.ts';
import { advance, begin } from '../../src/workflow/advance.ts';
import { seatsFor } from '../../src/workflow/routing.ts';
import { type Action, openStep, type Step, type Workflow } from '../../src/workflow/workflow.ts';
import { type Finding, tally, type Tally } from './finding.ts';

const MOST_PEOPLE = 9;
const REQUESTER = 1;
const VOICES = [
  'manager',
  'department-head',
  'director',
  'finance',
  'office',
  'office-manager',
] as const;
const at = Temporal.Instant.from('2026-03-03T02:00:00Z');

const person = fc.integer({ min: 1, max: MOST_PEOPLE });
const maybe = fc.option(person, { nil: null, freq: 3 });

/** Leaders in circles, heads of departments of others, delegates of delegates, people who have left: as directories are. */
const company = fc
  .record({
    people: fc.array(
      fc.record({
        active: fc.boolean(),
        leader: maybe,
        department: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null, freq: 5 }),
      }),
      { minLength: 2, maxLength: MOST_PEOPLE },
    ),
    departments: fc.array(
      fc.record({
        parent: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
        leader: maybe,
      }),
      { minLength: 3, maxLength: 3 },
    ),
    roles: fc.record(
      Object.fromEntries(
        VOICES.slice(2).map((role) => [role, fc.uniqueArray(person, { maxLength: 3 })]),
      ),
    ),
    absent: fc.dictionary(person.map(String), maybe, { maxKeys: 4 }),
  })
  .map(({ people, departments, roles, absent }): Organisation => {
    const ids = new Set(people.map((_, index) => index + 1));
    const known = (id: number | null): number | null => (id !== null && ids.has(id) ? id : null);
    return {
      people: new Map(
        people.map((each, index) => [
          index + 1,
          { ...each, leader: known(each.leader), active: each.active || index < 2 },
        ]),
      ),
      departments: new Map(
        departments.map((each, index) => [
          index + 1,
          { ...each, name: `部门${index + 1}`, leader: known(each.leader) },
        ]),
      ),
      roles: new Map(
        Object.entries(roles).map(([role, holders]) => [role, holders.filter((id) => ids.has(id))]),
      ),
      absent: new Map(
        Object.entries(absent).flatMap(([id, delegate]) =>
          ids.has(Number(id)) ? [[Number(id), known(delegate)] as const] : [],
        ),
      ),
    };
  });

const rules = fc.array(
  fc.record({
    needs: fc.constantFrom('any' as const, 'all' as const),
    voices: fc.uniqueArray(fc.constantFrom(...VOICES), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** A day of the company: somebody leaves, goes away or comes back; or somebody does something. */
const day = fc.record({
  what: fc.constantFrom(
    ...([
      'approve',
      'approve',
      'approve',
      'approve',
      'reject',
      'transfer',
      'add',
      'reclaim',
      'escalate',
      'return',
      'resubmit',
    ] as const),
    ...(['leaves', 'goes', 'goes', 'comes'] as const),
  ),
  who: person,
  to: person,
  place: fc.constantFrom('before' as const, 'after' as const, 'beside' as const),
});
type Day = typeof day extends fc.Arbitrary<infer D> ? D : never;

/** The steps as they are frozen at submission. */
function submitted(
  org: Organisation,
  asked: typeof rules extends fc.Arbitrary<infer R> ? R : never,
): Workflow {
  const steps = asked
    .map(({ needs, voices }, index): Step => ({
      id: `approval-${index + 1}`,
      sort: 'approval',
      title: words('审批', 'Approval'),
      needs,
      seats: seatsFor(voices, REQUESTER, org, needs),
      state: 'waiting',
      stateWhile: 'pending',
    }))
    .filter(({ seats }) => seats.length > 0);
  return seated(begin({ requester: REQUESTER, steps, endsAs: 'done' }).workflow, org);
}

/** The company after that day; somebody besides the requester always stays. */
function companyAfter(org: Organisation, { what, who, to }: Day): Organisation {
  if (what === 'leaves') {
    const others = [...org.people].filter(
      ([id, each]) => each.active && id !== who && id !== REQUESTER,
    );
    const leaver = org.people.get(who);
    if (!leaver || who === REQUESTER || others.length === 0) return org;
    return { ...org, people: new Map([...org.people, [who, { ...leaver, active: false }]]) };
  }
  if (what === 'goes' && org.people.has(who))
    return { ...org, absent: new Map([...org.absent, [who, org.people.has(to) ? to : null]]) };
  if (what === 'comes')
    return { ...org, absent: new Map([...org.absent].filter(([id]) => id !== who)) };
  return org;
}

function actionOf({ what, who: by, to, place }: Day): Action | undefined {
  const base = { by, at };
  switch (what) {
    case 'approve':
    case 'reclaim':
      return { ...base, act: what };
    case 'reject':
    case 'resubmit':
      return { ...base, act: what, comment: '说明' };
    case 'return':
      return { ...base, act: 'return', to: 'requester', comment: '补材料' };
    case 'transfer':
    case 'escalate':
      return { ...base, act: what, to };
    case 'add':
      return { ...base, act: 'add', place, people: [to] };
    case 'leaves':
    case 'goes':
    case 'comes':
      return undefined;
  }
}

/** What must hold at every moment, told without the engine's own words for it. */
function broken(workflow: Workflow, org: Organisation): string | undefined {
  for (const step of workflow.steps) {
    const given = step.seats.flatMap(({ decision }) => (decision ? [decision] : []));
    if (step.sort === 'approval' && given.some(({ by }) => by === workflow.requester))
      return 'decided their own matter';
    if (step.needs === 'all' && new Set(given.map(({ by }) => by)).size < given.length)
      return 'decided twice in an all-of';
  }
  const open = workflow.stopped ? undefined : workflow.steps.find(({ state }) => state === 'open');
  if (open?.sort !== 'approval') return undefined;
  const waited = open.seats.filter(({ decision }) => !decision);
  const living = (id: number): boolean =>
    org.people.get(id)?.active === true && id !== workflow.requester;
  if (!waited.some(({ people }) => people.some(living))) return 'waits for nobody living';
  if (open.needs === 'all' && waited.some(({ people }) => !people.some(living)))
    return 'a seat of an all-of waits for nobody living';
  return undefined;
}

/** Everybody living who is asked agrees, in any order: it must come to its end. */
function isFinished(workflow: Workflow, org: Organisation): boolean {
  let now = workflow;
  for (let moves = 0; moves < 100; moves++) {
    const step = openStep(now);
    if (!step) return true;
    const act = step.sort === 'revision' ? 'resubmit' : 'approve';
    const next = [...org.people]
      .filter(([, { active }]) => active)
      .map(([by]) => advance(now, { act, by, at }))
      .find((each) => 'workflow' in each);
    if (!next || !('workflow' in next)) return false;
    now = seated(next.workflow, org);
  }
  return false;
}

/** One company and its days; throws at the first moment that breaks a rule. */
function live(org: Organisation, workflow: Workflow, days: readonly Day[], seen: Tally): void {
  let [now, company] = [workflow, org];
  const check = (after: string): void => {
    const why = broken(now, company);
    if (why !== undefined) throw new Error(`${why}, after ${after}`);
  };
  check('submitting');
  for (const each of days) {
    const changed = companyAfter(company, each);
    if (changed !== company) {
      company = changed;
      now = seated(now, company);
      seen.add(each.what);
      check(each.what);
      continue;
    }
    // Who has left is a stranger at the door, and nobody hands anything to one.
    const action = actionOf(each);
    const known = (id: number): boolean => company.people.get(id)?.active === true;
    if (
      !action ||
      !known(each.who) ||
      (['transfer', 'add', 'escalate'].includes(each.what) && !known(each.to))
    )
      continue;
    const next = advance(now, action);
    if ('denied' in next) {
      seen.add(`refused: ${next.denied}`);
      continue;
    }
    now = seated(next.workflow, company);
    seen.add(each.what);
    check(each.what);
  }
  // Two signatures are of two people: where fewer are left than must sign, it waits until somebody is found, by hand.
  const others = [...company.people].filter(
    ([id, { active }]) => active && id !== REQUESTER,
  ).length;
  const signing = Math.max(
    0,
    ...now.steps.map(({ needs, seats }) => (needs === 'all' ? seats.length : 1)),
  );
  if (others < signing) {
    seen.add('fewer people than seats');
    return;
  }
  if (!isFinished(now, company)) throw new Error('it does not come to its end');
}

/** What must have been seen, or the companies prove nothing. */
const SOMETIMES = [
  'approve',
  'reject',
  'transfer',
  'add',
  'reclaim',
  'leaves',
  'goes',
  'comes',
  'refused: own-request',
  'refused: not-yours',
  'refused: already',
];

/** `rounds` random companies. */
export function organisations(seed: number, rounds: number): readonly Finding[] {
  const seen = tally();
  const checked = fc.check(
    fc.property(company, rules, fc.array(day, { maxLength: 25 }), (org, asked, days) => {
      live(org, submitted(org, asked), days, seen);
    }),
    { seed, numRuns: rounds },
  );
  const never = SOMETIMES.filter((what) => seen.of(what) === 0);
  return [
    {
      promise: 'P14',
      tried: 'random companies with absences, delegates and leavers',
      times: never.length > 0 && rounds >= 2_000 ? 0 : checked.numRuns,
      came: checked.failed
        ? `${fc.defaultReportMessage(checked) ?? ''}`
        : `${seen.told()}${never.length > 0 ? `; never: ${never.join(', ')}` : ''}`,
      kept: !checked.failed,
    },
  ];
}
