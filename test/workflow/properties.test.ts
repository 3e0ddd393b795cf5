/**
 * Whatever an office does with a request, in any order: one outcome, nobody stuck, nobody deciding who may not. Three thousand sequences of
 * up to forty actions in every run of the tests; `WORKFLOW_RUNS=100000 npx vitest run test/workflow/properties.test.ts` is the long proof.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { words } from '../../cards/words.ts';
import { advance, begin } from '../../src/workflow/advance.ts';
import { takenBack } from '../../src/workflow/undoing.ts';
import {
  type Action,
  assigneesOf,
  canBeFilled,
  openStep,
  peopleOf,
  stateOf,
  type Step,
  type Workflow,
} from '../../src/workflow/workflow.ts';

const RUNS = Number(process.env['WORKFLOW_RUNS'] ?? 3000);
const REQUESTER = 1;
const at = Temporal.Instant.from('2026-03-03T02:00:00Z');

const anyone = fc.integer({ min: 1, max: 7 });
/** The requester may sit there too (a role of theirs): they must never be the one who decides. */
const seat = fc
  .uniqueArray(anyone, { minLength: 1, maxLength: 3 })
  .map((people) => ({ via: 'role', people }));

const approval = fc
  .record({
    needs: fc.constantFrom('any' as const, 'all' as const),
    seats: fc.array(seat, { minLength: 1, maxLength: 3 }),
  })
  // Routing sees to it that a countersign can be given at all (test/workflow/routing.test.ts).
  .filter(({ needs, seats }) => canBeFilled(stepOf('a', 'approval', needs, seats), REQUESTER));
const task = fc.record({
  people: fc.uniqueArray(anyone, { minLength: 1, maxLength: 3 }),
  claimable: fc.boolean(),
});

function stepOf(
  id: string,
  sort: 'approval' | 'task',
  needs: 'any' | 'all',
  seats: Step['seats'],
): Step {
  const stateWhile = sort === 'approval' ? 'pending' : 'working';
  return { id, sort, title: words(id, id), needs, seats, state: 'waiting', stateWhile };
}

const workflows = fc
  .record({
    approvals: fc.array(approval, { maxLength: 4 }),
    tasks: fc.array(task, { maxLength: 2 }),
    endsAs: fc.constantFrom('done' as const, 'booked' as const),
    sendsBack: fc.boolean(),
  })
  .map(({ approvals, tasks, endsAs, sendsBack }): Workflow => {
    const steps = [
      ...approvals.map(({ needs, seats }, i) =>
        stepOf(`approval-${i + 1}`, 'approval', needs, seats),
      ),
      ...tasks.map(({ people, claimable }, i): Step => ({
        ...stepOf(`task-${i + 1}`, 'task', 'any', [{ via: 'office', people }]),
        ...(claimable ? { claimable } : {}),
        ...(sendsBack && i === 1
          ? { sendsBack: { to: 'task-1', label: words('重新打开', 'Open again') } }
          : {}),
      })),
    ];
    return begin({ requester: REQUESTER, steps, endsAs }).workflow;
  });

const comment = fc.constantFrom(undefined, '预算再核一下');
const deed = (workflow: Workflow): readonly string[] => workflow.steps.map(({ id }) => id);

/** An action, with the step it may be returned to chosen by its place. */
type Wish = { readonly place: number; readonly action: Action };
const wishes = fc.array(
  fc
    .record({
      act: fc.constantFrom(
        ...([
          'approve',
          'approve',
          'approve',
          'reject',
          'return',
          'return',
          'transfer',
          'add',
        ] as const),
        ...(['claim', 'complete', 'complete', 'send-back', 'withdraw', 'cancel'] as const),
        ...(['copy', 'reclaim', 'escalate', 'resubmit', 'resubmit'] as const),
      ),
      by: anyone,
      to: anyone,
      people: fc.uniqueArray(anyone, { minLength: 1, maxLength: 2 }),
      where: fc.constantFrom('before' as const, 'after' as const, 'beside' as const),
      back: fc.integer({ min: -2, max: 5 }),
      comment,
    })
    .map(({ act, by, to, people, where, back, comment: said }): Wish => {
      const base = { by, at };
      const remark = said === undefined ? {} : { comment: said };
      const made = (): Action => {
        if (act === 'transfer' || act === 'escalate') return { ...base, act, to };
        if (act === 'add') return { ...base, act, place: where, people };
        if (act === 'copy') return { ...base, act, people };
        if (act === 'return') return { ...base, act, to: 'requester', ...remark };
        if (act === 'claim' || act === 'withdraw' || act === 'cancel' || act === 'reclaim')
          return { ...base, act };
        return { ...base, act, ...remark };
      };
      return { place: back, action: made() };
    }),
  { maxLength: 40 },
);

const aimed = (workflow: Workflow, { place, action }: Wish): Action =>
  action.act === 'return' && place >= 0
    ? { ...action, to: deed(workflow)[place % Math.max(1, workflow.steps.length)] ?? 'requester' }
    : action;

const DECIDING = ['approve', 'reject', 'return', 'transfer', 'add'];

/** What must hold of a workflow at every moment. */
function check(workflow: Workflow): void {
  const open = workflow.steps.filter(({ state }) => state === 'open');
  const current = openStep(workflow);
  if (workflow.stopped) {
    expect(current).toBeUndefined();
    expect(stateOf(workflow)).toBe(workflow.stopped);
  } else {
    expect(open.length).toBeLessThanOrEqual(1);
    const waiting = workflow.steps.filter(({ state }) => state === 'waiting');
    if (!current) expect(waiting).toEqual([]);
    if (!current) expect(stateOf(workflow)).toBe(workflow.endsAs);
  }
  if (current) {
    expect(assigneesOf(current).length).toBeGreaterThan(0);
    expect(canBeFilled(current, workflow.requester)).toBe(true);
    // Nothing before it is left out, nothing behind it is begun.
    const here = workflow.steps.indexOf(current);
    expect(workflow.steps.slice(0, here).every(({ state }) => state === 'done')).toBe(true);
    expect(workflow.steps.slice(here + 1).every(({ state }) => state === 'waiting')).toBe(true);
  }
  for (const step of workflow.steps) rule(workflow, step);
  expect(new Set(deed(workflow)).size).toBe(workflow.steps.length);
}

/** A finished step was finished as its rule says: by one, or by as many different people as it has seats. */
function rule(workflow: Workflow, step: Step): void {
  const decisions = step.seats.flatMap(({ decision }) => (decision ? [decision] : []));
  expect(new Set(decisions.map(({ by }) => by)).size).toBe(decisions.length);
  if (step.sort === 'approval')
    expect(decisions.every(({ by }) => by !== workflow.requester)).toBe(true);
  if (step.state !== 'done') return;
  expect(decisions.length).toBe(step.needs === 'any' ? 1 : step.seats.length);
  expect(
    decisions.every(({ act }) => act === (step.sort === 'approval' ? 'approve' : 'complete')),
  ).toBe(true);
}

/** Everybody does what they owe: a running request comes to its end. */
function finished(workflow: Workflow): Workflow {
  let now = workflow;
  for (let moves = 0; openStep(now); moves++) {
    expect(moves).toBeLessThan(200);
    now = moved(now);
  }
  return now;
}

function moved(workflow: Workflow): Workflow {
  const step = openStep(workflow);
  const act =
    step?.sort === 'approval' ? 'approve' : step?.sort === 'task' ? 'complete' : 'resubmit';
  for (const by of step ? assigneesOf(step) : []) {
    const next = advance(workflow, { act, by, at });
    if ('workflow' in next) return next.workflow;
  }
  throw new Error(`nobody can do ${act} in ${step?.id}`);
}

test(`${RUNS} requests, whatever is done with them: one outcome, every rule kept, never stuck, nobody deciding who may not`, () => {
  fc.assert(
    fc.property(workflows, wishes, (begun, deeds) => {
      let workflow = begun;
      check(workflow);
      for (const wish of deeds) {
        const action = aimed(workflow, wish);
        const before = workflow;
        const step = openStep(before);
        const next = advance(before, action);
        if ('denied' in next) continue;
        workflow = next.workflow;
        check(workflow);
        if (!step) expect(['cancel', 'copy']).toContain(action.act);
        if (DECIDING.includes(action.act) && step) {
          expect(assigneesOf(step)).toContain(action.by);
          if (step.sort === 'approval') expect(action.by).not.toBe(REQUESTER);
        }
        if (['withdraw', 'cancel', 'resubmit'].includes(action.act))
          expect(action.by).toBe(REQUESTER);
      }
      if (!workflow.stopped) check(finished(workflow));
    }),
    { numRuns: RUNS },
  );
}, 900_000);

/** A workflow without who may read it besides. */
const steps = (workflow: Workflow): Workflow => ({ ...workflow, past: [] });

test(`${RUNS} requests, every act taken back at once: all is as before, but that who saw it may read it; and it goes on as if nothing had been`, () => {
  fc.assert(
    fc.property(workflows, wishes, (begun, deeds) => {
      let workflow = begun;
      let undoneOften = begun;
      for (const wish of deeds) {
        const action = aimed(workflow, wish);
        const next = advance(workflow, action);
        if ('denied' in next) continue;
        const back = takenBack(workflow, next.workflow);
        expect(steps(back)).toEqual(steps(workflow));
        expect(stateOf(back)).toBe(stateOf(workflow));
        expect(peopleOf(back)).toEqual(
          new Set([...peopleOf(workflow), ...peopleOf(next.workflow)]),
        );
        check(back);
        // The same act upon it, taken back over and over on the way, leads where it led. Who reads it may be copied to no more.
        const again = advance(takenBack(undoneOften, advanced(undoneOften, action)), action);
        if (action.act !== 'copy') {
          expect('workflow' in again).toBe(true);
          if ('workflow' in again) {
            expect(again.happenings).toEqual(next.happenings);
            expect(steps(again.workflow)).toEqual(steps(next.workflow));
            undoneOften = again.workflow;
          }
        }
        workflow = next.workflow;
      }
    }),
    { numRuns: RUNS },
  );
}, 900_000);

/** Where an act leads; where it leads nowhere, the same. */
function advanced(workflow: Workflow, action: Action): Workflow {
  const next = advance(workflow, action);
  return 'workflow' in next ? next.workflow : workflow;
}
