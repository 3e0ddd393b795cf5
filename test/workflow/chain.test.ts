/**
 * Who is told before a request is submitted, and who is asked when it is: the same people in the same order, whatever the company looks
 * like and whoever of a role decides.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { words } from '../../cards/words.ts';
import type { Organisation } from '../../src/directory/organisation.ts';
import { seated } from '../../src/filing/move.ts';
import { advance, begin } from '../../src/workflow/advance.ts';
import { type Asked, chainOf } from '../../src/workflow/chain.ts';
import { seatsFor } from '../../src/workflow/routing.ts';
import {
  assigneesOf,
  type Decision,
  openStep,
  type PersonId,
  type Step,
  type Workflow,
} from '../../src/workflow/workflow.ts';

const RUNS = Number(process.env['WORKFLOW_RUNS'] ?? 3000);
const CHEN = 1; // asks
const LI = 2; // leads Chen, and the department
const ZHOU = 3;
const HUANG = 4;
const at = Temporal.Instant.from('2026-03-03T02:00:00Z');

const company = (
  roles: { readonly [role: string]: readonly PersonId[] },
  absent: { readonly [person: number]: PersonId | null } = {},
): Organisation => ({
  people: new Map([
    [CHEN, { active: true, leader: LI, department: 10 }],
    [LI, { active: true, leader: ZHOU, department: 10 }],
    [ZHOU, { active: true, leader: null, department: null }],
    [HUANG, { active: true, leader: ZHOU, department: null }],
  ]),
  departments: new Map([[10, { name: '研发部', parent: null, leader: LI }]]),
  roles: new Map(Object.entries(roles)),
  absent: new Map(Object.entries(absent).map(([person, by]) => [Number(person), by])),
});

type Rule = { readonly needs: 'any' | 'all'; readonly voices: readonly string[] };

/** The approvals of Chen's request as the rules freeze them: not begun. */
const frozen = (org: Organisation, rules: readonly Rule[]): Workflow => ({
  requester: CHEN,
  endsAs: 'done',
  steps: rules
    .map(({ needs, voices }, index): Step => ({
      id: `approval-${index + 1}`,
      sort: 'approval',
      title: words(voices.join('/'), voices.join('/')),
      needs,
      seats: seatsFor(voices, CHEN, org, needs),
      state: 'waiting',
      stateWhile: 'pending',
    }))
    .filter(({ seats }) => seats.length > 0),
});

const one = (voice: string): Rule => ({ needs: 'any', voices: [voice] });
const all = (...voices: readonly string[]): Rule => ({ needs: 'all', voices });

describe('who will be asked', () => {
  type Row = readonly [what: string, Organisation, readonly Rule[], readonly string[]];
  const table: readonly Row[] = [
    [
      'leader and head of the department in one person: once',
      company({ director: [ZHOU] }),
      [one('manager'), one('department-head'), one('director')],
      ['2 manager+department-head', '3 director'],
    ],
    [
      'somebody else between: asked twice',
      company({ director: [ZHOU], finance: [LI] }),
      [one('manager'), one('director'), one('finance')],
      ['2 manager', '3 director', '2 finance'],
    ],
    [
      'a countersign is signed by everybody in it, whoever approved before',
      company({ director: [LI], finance: [ZHOU] }),
      [one('manager'), all('director', 'finance'), one('director')],
      ['2 manager', '2 director, 3 finance', '2 director'],
    ],
    [
      'two of a role: whether the second is asked again depends on who of them decides',
      company({ office: [LI, ZHOU], director: [ZHOU] }),
      [one('office'), one('director')],
      ['2/3 office', '3 director unless 3'],
    ],
    [
      'who stands in for both is asked once, too',
      company({}, { [LI]: HUANG }),
      [one('manager'), one('department-head')],
      ['4 manager+department-head'],
    ],
    [
      'who stands in, and has a role of their own',
      company({ finance: [HUANG] }, { [LI]: HUANG }),
      [one('manager'), one('finance')],
      ['4 manager+finance'],
    ],
    [
      'never the requester, also when the role is theirs',
      company({ director: [CHEN], finance: [CHEN, ZHOU] }),
      [one('director'), one('finance')],
      ['2 director', '3 finance'],
    ],
    ['nobody', company({}), [], []],
  ];
  test.each(table)('%s', (_what, org, rules, told) => {
    expect(chainOf(frozen(org, rules), org, at).map(shown)).toEqual(told);
  });
});

/** 「2 manager+department-head, 3 finance unless 3」 */
function shown({ step, also, unless }: Asked): string {
  const seats = step.seats.map(({ people, via }) => `${people.join('/')} ${via}`);
  const more = also.map(({ seats: given }) => `+${given.map(({ via }) => via).join('/')}`);
  const not = unless.length > 0 ? ` unless ${unless.map(({ by }) => by).join('/')}` : '';
  return seats.join(', ') + more.join('') + not;
}

type Ask = { readonly step: string; readonly people: readonly PersonId[] };

const askedIn = (step: Step): Ask => ({ step: step.id, people: assigneesOf(step) });

/** Chen submits, and everybody who is asked agrees; `choice` says who of several. Who was asked, and who decided each step. */
function played(
  workflow: Workflow,
  org: Organisation,
  choice: number,
): { readonly asked: readonly Ask[]; readonly decided: ReadonlyMap<string, Decision> } {
  const asked: Ask[] = [];
  let now = seated(begin(workflow).workflow, org);
  for (let step = openStep(now); step; step = openStep(now)) {
    if (asked.at(-1)?.step !== step.id) asked.push(askedIn(step));
    const able = assigneesOf(step).flatMap((by) => {
      const next = advance(now, { act: 'approve', by, at });
      return 'denied' in next ? [] : [next.workflow];
    });
    const next = able[choice % able.length];
    if (!next) throw new Error(`nobody can approve ${step.id}`);
    now = seated(next, org);
  }
  const decided = now.steps.flatMap(({ id, seats }): [string, Decision][] => {
    const last = seats.flatMap(({ decision }) => (decision ? [decision] : [])).at(-1);
    return last ? [[id, last]] : [];
  });
  return { asked, decided: new Map(decided) };
}

/** The same from what was told: all of the chain but those who, as it turned out, had just agreed. */
const foretold = (
  chain: readonly Asked[],
  decided: ReadonlyMap<string, Decision>,
): readonly Ask[] =>
  chain.flatMap(({ step, unless }, place) => {
    const earlier = chain[place - 1];
    const last = earlier && decided.get((earlier.also.at(-1) ?? earlier.step).id);
    const agreed = unless.some(({ by, for: of }) => by === last?.by && of === last.for);
    return agreed ? [] : [askedIn(step)];
  });

const person = fc.integer({ min: 1, max: 5 });
const nullable = fc.option(person);
const companies = fc
  .record({
    leaders: fc.array(nullable, { minLength: 5, maxLength: 5 }),
    head: nullable,
    roles: fc.array(fc.uniqueArray(person, { maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    absent: fc.uniqueArray(fc.tuple(person, nullable), {
      maxLength: 3,
      selector: ([who]) => who,
    }),
  })
  .map(({ leaders, head, roles, absent }): Organisation => ({
    people: new Map(
      leaders.map((leader, index) => [index + 1, { active: true, leader, department: 10 }]),
    ),
    departments: new Map([[10, { name: '研发部', parent: null, leader: head }]]),
    roles: new Map(roles.map((people, index) => [`role-${index}`, people])),
    absent: new Map(absent.filter(([who, by]) => who !== by)),
  }));
const rules = fc.array(
  fc.record({
    needs: fc.constantFrom('any' as const, 'any' as const, 'all' as const),
    voices: fc.uniqueArray(
      fc.constantFrom('manager', 'department-head', 'role-0', 'role-1', 'role-2'),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  { maxLength: 5 },
);

test(`${RUNS} companies: the chain that is told names who is asked, in that order, and never the requester`, () => {
  fc.assert(
    fc.property(companies, rules, fc.nat(), (org, approvals, choice) => {
      const workflow = frozen(org, approvals);
      const chain = chainOf(workflow, org, at);
      const { asked, decided } = played(workflow, org, choice);
      expect(foretold(chain, decided)).toEqual(asked);
      expect(chain.flatMap(({ step }) => assigneesOf(step))).not.toContain(CHEN);
      // Nothing is left out of it: each approval is asked, or given with one that is.
      const named = chain.flatMap(({ step, also }) => [step.id, ...also.map(({ id }) => id)]);
      expect(named).toEqual(workflow.steps.map(({ id }) => id));
    }),
    { numRuns: RUNS },
  );
}, 300_000);
