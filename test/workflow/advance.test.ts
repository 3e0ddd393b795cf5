import { describe, expect, test } from 'vitest';
import { words } from '../../cards/words.ts';
import { advance, begin } from '../../src/workflow/advance.ts';
import {
  type Action,
  assigneesOf,
  openStep,
  stateOf,
  type Step,
  type Workflow,
} from '../../src/workflow/workflow.ts';

const LI = 1; // asks
const WANG = 2; // leads Li
const FINANCE = 3;
const OFFICE = 4;
const OFFICE_TOO = 5;
const at = Temporal.Instant.from('2026-03-03T02:00:00Z');

const approval = (
  id: string,
  needs: 'any' | 'all',
  ...seats: readonly (readonly number[])[]
): Step => ({
  id,
  sort: 'approval',
  title: words(id, id),
  needs,
  seats: seats.map((people) => ({ via: 'role', people })),
  state: 'waiting',
  stateWhile: 'pending',
});
const task = (id: string, people: readonly number[], more: Partial<Step> = {}): Step => ({
  ...approval(id, 'any', people),
  sort: 'task',
  stateWhile: 'working',
  ...more,
});
const started = (...steps: readonly Step[]): Workflow =>
  begin({ requester: LI, steps, endsAs: 'done' }).workflow;

type Deed = { [A in Action as A['act']]: Omit<A, 'at'> }[Action['act']];
const does = (workflow: Workflow, deed: Deed) => advance(workflow, { ...deed, at });
const after = (workflow: Workflow, ...deeds: readonly Deed[]): Workflow =>
  deeds.reduce((now, deed) => {
    const next = does(now, deed);
    if ('denied' in next) throw new Error(`${deed.act} by ${deed.by} was denied: ${next.denied}`);
    return next.workflow;
  }, workflow);

describe('approvals', () => {
  test('a request without steps is done at once, and that counts as approved', () => {
    const { workflow, happenings } = begin({ requester: LI, steps: [], endsAs: 'booked' });
    expect(stateOf(workflow)).toBe('booked');
    expect(happenings.map((each) => each.happened)).toEqual(['approved', 'ended']);
  });

  test('steps follow one another: the director is asked after the leader', () => {
    const workflow = started(
      approval('leader', 'any', [WANG]),
      approval('director', 'any', [FINANCE]),
    );
    expect(does(workflow, { act: 'approve', by: FINANCE })).toMatchObject({ denied: 'not-yours' });
    const next = after(workflow, { act: 'approve', by: WANG });
    expect(openStep(next)?.id).toBe('director');
    expect(stateOf(next)).toBe('pending');
  });

  test('in an any-of step the first decision counts and the second is told who was first', () => {
    const workflow = started(approval('a', 'any', [WANG], [FINANCE]), task('t', [OFFICE]));
    const decided = after(workflow, { act: 'approve', by: WANG });
    expect(stateOf(decided)).toBe('working');
    expect(does(decided, { act: 'approve', by: FINANCE })).toMatchObject({
      denied: 'already',
      decision: { by: WANG },
    });
  });

  test('in an all-of step everyone must agree, each once', () => {
    const workflow = started(approval('a', 'all', [WANG], [FINANCE]));
    const half = after(workflow, { act: 'approve', by: WANG });
    expect(stateOf(half)).toBe('pending');
    expect(assigneesOf(openStep(half)!)).toEqual([FINANCE]);
    expect(does(half, { act: 'approve', by: WANG })).toMatchObject({ denied: 'already' });
    expect(stateOf(after(half, { act: 'approve', by: FINANCE }))).toBe('done');
  });

  test('who sits in two seats fills the one only they can fill, so that the other stays open for a colleague', () => {
    const workflow = started(approval('a', 'all', [WANG, FINANCE], [WANG]));
    const half = after(workflow, { act: 'approve', by: WANG });
    expect(assigneesOf(openStep(half)!)).toEqual([FINANCE]);
  });

  test('a rejection needs a reason and ends it, also in an all-of step', () => {
    const workflow = started(approval('a', 'all', [WANG], [FINANCE]), task('t', [OFFICE]));
    expect(does(workflow, { act: 'reject', by: WANG })).toEqual({ denied: 'needs-reason' });
    const rejected = after(workflow, { act: 'reject', by: WANG, comment: '预算超了' });
    expect(stateOf(rejected)).toBe('rejected');
    expect(does(rejected, { act: 'approve', by: FINANCE })).toMatchObject({
      denied: 'already',
      decision: { by: WANG, act: 'reject' },
    });
    expect(does(rejected, { act: 'claim', by: OFFICE })).toEqual({ denied: 'over' });
  });

  test('nobody approves their own request, whoever seated them there', () => {
    const workflow = started(approval('a', 'any', [LI, WANG]));
    expect(does(workflow, { act: 'approve', by: LI })).toEqual({ denied: 'own-request' });
    expect(does(workflow, { act: 'transfer', by: WANG, to: LI })).toEqual({
      denied: 'own-request',
    });
  });

  test('a stranger is told whose turn it is and changes nothing', () => {
    const workflow = started(approval('a', 'any', [WANG]));
    expect(does(workflow, { act: 'approve', by: 99 })).toEqual({
      denied: 'not-yours',
      entitled: [WANG],
    });
  });

  test('handed over, it waits for the other person only', () => {
    const moved = after(started(approval('a', 'any', [WANG])), {
      act: 'transfer',
      by: WANG,
      to: FINANCE,
    });
    expect(assigneesOf(openStep(moved)!)).toEqual([FINANCE]);
    expect(does(moved, { act: 'approve', by: WANG })).toMatchObject({ denied: 'not-yours' });
  });
});

describe('taking back', () => {
  test('only the requester withdraws, and only until work has begun', () => {
    const waiting = started(approval('a', 'any', [WANG]), task('t', [OFFICE], { claimable: true }));
    expect(does(waiting, { act: 'withdraw', by: WANG })).toMatchObject({ denied: 'not-yours' });
    expect(stateOf(after(waiting, { act: 'withdraw', by: LI }))).toBe('withdrawn');
    const claimed = after(waiting, { act: 'approve', by: WANG }, { act: 'claim', by: OFFICE });
    expect(does(claimed, { act: 'withdraw', by: LI })).toEqual({ denied: 'not-now' });
  });

  test('what is booked is cancelled, once', () => {
    const booked = begin({ requester: LI, steps: [], endsAs: 'booked' }).workflow;
    const cancelled = after(booked, { act: 'cancel', by: LI });
    expect(stateOf(cancelled)).toBe('cancelled');
    expect(does(cancelled, { act: 'cancel', by: LI })).toEqual({ denied: 'over' });
  });
});

describe('work', () => {
  const repair = started(
    task('fix', [OFFICE, OFFICE_TOO], { claimable: true }),
    task('accept', [LI], { sendsBack: { to: 'fix', label: words('重新打开', 'Open again') } }),
  );

  test('whoever takes a task has it alone; the other is told by whom', () => {
    const claimed = after(repair, { act: 'claim', by: OFFICE });
    expect(assigneesOf(openStep(claimed)!)).toEqual([OFFICE]);
    expect(does(claimed, { act: 'complete', by: OFFICE_TOO })).toEqual({
      denied: 'taken',
      by: OFFICE,
    });
    expect(does(claimed, { act: 'claim', by: OFFICE_TOO })).toEqual({
      denied: 'taken',
      by: OFFICE,
    });
  });

  test('sent back, it waits again for who had it, and comes to acceptance anew', () => {
    const again = after(
      repair,
      { act: 'claim', by: OFFICE },
      { act: 'complete', by: OFFICE },
      { act: 'send-back', by: LI, comment: '还是卡纸' },
    );
    expect(openStep(again)?.id).toBe('fix');
    expect(assigneesOf(openStep(again)!)).toEqual([OFFICE]);
    const done = after(again, { act: 'complete', by: OFFICE }, { act: 'complete', by: LI });
    expect(stateOf(done)).toBe('done');
  });

  test('a task that sends nothing back refuses to', () => {
    expect(does(started(task('t', [OFFICE])), { act: 'send-back', by: OFFICE })).toEqual({
      denied: 'not-now',
    });
  });
});
