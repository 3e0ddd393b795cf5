/** What is to be changed of a task next: one step a call. */
import { expect, test } from 'vitest';
import { nextStep } from '../../../src/channels/feishu/tasks.ts';

const wanted = {
  summary: 'ACT-26-0001 写周报',
  description: '',
  owner: 'ou_a',
  due: '2026-03-10',
  doneAt: null,
};
const { owner, ...rest } = wanted;
const stands = { ...rest, owners: [owner] };

test('what stands as it shall is left alone', () => {
  expect(nextStep(stands, wanted)).toBeUndefined();
});

test('who comes is added before who goes is removed', () => {
  const other = { ...wanted, owner: 'ou_b' };
  expect(nextStep(stands, other)).toEqual({ do: 'add', owners: ['ou_b'] });
  const both = { ...stands, owners: ['ou_a', 'ou_b'] };
  expect(nextStep(both, other)).toEqual({ do: 'remove', owners: ['ou_a'] });
});

test('only what differs is told, a task done is not done again, and one that is open is opened', () => {
  const moved = { ...wanted, due: null, doneAt: '2026-03-04T02:00:00Z' };
  expect(nextStep(stands, moved)).toEqual({ do: 'fields', fields: ['due', 'completed_at'] });
  const done = { ...stands, doneAt: '2026-03-03T02:00:00Z' };
  expect(nextStep(done, { ...wanted, doneAt: '2026-03-04T02:00:00Z' })).toBeUndefined();
  expect(nextStep(done, wanted)).toEqual({ do: 'fields', fields: ['completed_at'] });
});
