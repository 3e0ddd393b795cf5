/** What is pushed to the approval centre: all turns as they stand, and the end of those that are nobody's any more. */
import { expect, test } from 'vitest';
import type { ApprovalTurn, WantedApproval } from '../../../src/channels/channel.ts';
import { turnsToPush } from '../../../src/channels/feishu/approval-centre.ts';

const step = { zh: '直属上级审批', en: 'Leader' };
const turn = (person: string, state: ApprovalTurn['state'] = 'waiting'): ApprovalTurn => ({
  id: `approval-1.0.0.${person}`,
  person,
  step,
  state,
  endedAt: state === 'waiting' ? null : '2026-03-03T03:00:00Z',
  acts: true,
  context: '{}',
});
const approval = (...turns: readonly ApprovalTurn[]): WantedApproval => ({
  kind: 'trip',
  id: 'TRIP-26-0001-1',
  title: { zh: '出差', en: 'Trip' },
  lines: [],
  requester: 'ou_r',
  state: 'pending',
  startedAt: '2026-03-03T02:00:00Z',
  endedAt: null,
  turns,
});
const NOW = Temporal.Instant.from('2026-03-03T04:00:00Z').epochMilliseconds;
const told = (turns: ReturnType<typeof turnsToPush>) =>
  turns.map(({ person, status, since, ended }) => [person, status, since, ended]);

test('who waits has no end, who decided has the moment of it', () => {
  const first = turnsToPush({ stamp: 0, turns: {} }, approval(turn('ou_a')), NOW);
  expect(told(first)).toEqual([['ou_a', 'PENDING', NOW, 0]]);
  const decided = Temporal.Instant.from('2026-03-03T03:00:00Z').epochMilliseconds;
  const before = { person: 'ou_a', state: 'PENDING', since: 5, step };
  const there = { stamp: 1, turns: { [turn('ou_a').id]: before } };
  expect(told(turnsToPush(there, approval(turn('ou_a', 'approved')), NOW))).toEqual([
    ['ou_a', 'APPROVED', 5, decided],
  ]);
});

test('who waited there and is not asked any more is let go, who had decided stays as it was', () => {
  const was = (person: string, state: string) => ({ person, state, since: 5, step });
  const there = { stamp: 1, turns: { old: was('ou_a', 'PENDING'), done: was('ou_b', 'APPROVED') } };
  expect(told(turnsToPush(there, approval(turn('ou_c')), NOW))).toEqual([
    ['ou_c', 'PENDING', NOW, 0],
    ['ou_a', 'DONE', 5, NOW],
  ]);
});
