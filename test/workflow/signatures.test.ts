/** 初审 and 复核 of a claim: whoever signed the first step signs no other, also when they hold both roles. */
import { expect, test } from 'vitest';
import { words } from '../../cards/words.ts';
import type { Organisation } from '../../src/directory/organisation.ts';
import { approvalsOf } from '../../src/filing/freeze.ts';
import { expense } from '../../src/requests/expense/index.ts';
import { defaultRules } from '../../src/settings/index.ts';
import { advance, begin } from '../../src/workflow/advance.ts';
import { chainOf } from '../../src/workflow/chain.ts';
import { openStep, type Step, type Workflow } from '../../src/workflow/workflow.ts';

const at = Temporal.Instant.from('2026-03-03T02:00:00Z');
const [REQUESTER, BOTH, OTHER] = [1, 2, 3];

const signature = (id: string): Step => ({
  id,
  sort: 'approval',
  title: words(id, id),
  needs: 'any',
  seats: [{ via: 'finance', people: [BOTH, OTHER] }],
  state: 'waiting',
  stateWhile: 'pending',
});

const workflow: Workflow = {
  requester: REQUESTER,
  steps: [signature('first'), signature('second')],
  endsAs: 'done',
  distinct: true,
};

test('the second signature is asked for, and is not the first one’s', () => {
  const first = advance(begin(workflow).workflow, { act: 'approve', by: BOTH, at });
  if ('denied' in first) throw new Error(first.denied);
  expect(openStep(first.workflow)?.id).toBe('second');
  expect(openStep(first.workflow)?.seats[0]?.people).toEqual([OTHER]);
  expect(advance(first.workflow, { act: 'approve', by: BOTH, at })).toEqual({
    denied: 'two-people',
  });
  const second = advance(first.workflow, { act: 'approve', by: OTHER, at });
  expect('denied' in second ? second.denied : openStep(second.workflow)).toBeUndefined();
});

test('without that rule the same person is asked once', () => {
  const { distinct: _, ...plain } = workflow;
  const first = advance(begin(plain).workflow, { act: 'approve', by: BOTH, at });
  expect('denied' in first ? first.denied : openStep(first.workflow)).toBeUndefined();
});

const office: Organisation = {
  people: new Map(
    [REQUESTER, BOTH, OTHER].map((id) => [id, { active: true, leader: null, department: null }]),
  ),
  departments: new Map(),
  roles: new Map([
    ['finance', [BOTH]],
    ['director', [OTHER]],
  ]),
  absent: new Map(),
};

test('nobody is told that one of two who sign is asked once', () => {
  const told = chainOf(workflow, office, at);
  expect(told.map(({ step, also, unless }) => [step.id, also.length, unless.length])).toEqual([
    ['first', 0, 0],
    ['second', 0, 0],
  ]);
});

test('a step that several sign keeps all its seats', () => {
  const none = { alsoAsk: [], askedToo: [] };
  const seatsOf = (needs: 'any' | 'all') =>
    approvalsOf(
      expense,
      [{ needs, voices: ['finance', 'director'] }],
      none,
      REQUESTER,
      office,
      defaultRules,
    ).map(({ seats }) => seats.map(({ via }) => via));
  expect(seatsOf('all')).toEqual([['finance', 'director']]);
  expect(seatsOf('any')).toEqual([['finance', 'director']]);
});
