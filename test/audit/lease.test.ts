import { expect, test } from 'vitest';
import { holdLease } from '../../src/scheduler/lease.ts';
import { office } from './recorded.ts';

const at = (second: number) => Temporal.Instant.fromEpochMilliseconds(second * 1_000);

test('one holder at a time: it may renew, others get it when it has run out', async () => {
  const db = await office();
  expect(await holdLease(db, 'seal', 'a', 30, at(0))).toBe(true);
  expect(await holdLease(db, 'seal', 'b', 30, at(10))).toBe(false);
  expect(await holdLease(db, 'digest', 'b', 30, at(10))).toBe(true);
  expect(await holdLease(db, 'seal', 'a', 30, at(20))).toBe(true);
  expect(await holdLease(db, 'seal', 'b', 30, at(49))).toBe(false);
  expect(await holdLease(db, 'seal', 'b', 30, at(50))).toBe(true);
  expect(await holdLease(db, 'seal', 'a', 30, at(51))).toBe(false);
});

test('of many who ask at the same moment exactly one gets it', async () => {
  const db = await office();
  const asked = Array.from({ length: 10 }, (_, n) => holdLease(db, 'seal', `p${n}`, 30, at(0)));
  expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
});
