import { expect, test } from 'vitest';
import type { Organisation } from '../../src/directory/organisation.ts';
import { actsFor, ownersOf } from '../../src/rounds/owners.ts';

const here = { active: true, leader: null, department: null };

/** 1 and 2 are the office, 3 its manager, 4 the director, 5 somebody else. */
const organisation = (changes: Partial<Organisation> = {}): Organisation => ({
  people: new Map([1, 2, 3, 4, 5].map((id) => [id, here])),
  departments: new Map(),
  roles: new Map([
    ['office', [1, 2]],
    ['office-manager', [3]],
    ['director', [4]],
    ['finance', []],
  ]),
  absent: new Map(),
  ...changes,
});

test('those of the role who are here', () => {
  expect(ownersOf('office', organisation())).toEqual([1, 2]);
  expect(ownersOf('office', organisation({ absent: new Map([[1, 5]]) }))).toEqual([2]);
});

test('all away: who stands in for them, else they themselves', () => {
  const away = organisation({
    absent: new Map([
      [1, 5],
      [2, null],
    ]),
  });
  expect(ownersOf('office', away)).toEqual([5]);
  expect(actsFor(5, 'office', away)).toBe(true);
  expect(actsFor(1, 'office', away)).toBe(true); // back early
  const unreplaced = organisation({
    absent: new Map([
      [1, null],
      [2, null],
    ]),
  });
  expect(ownersOf('office', unreplaced)).toEqual([1, 2]);
});

test('a role without anybody: the office manager, then the director, then nobody', () => {
  expect(ownersOf('finance', organisation())).toEqual([3]);
  expect(ownersOf('unheard-of', organisation())).toEqual([3]);
  const left = new Map([
    [3, { ...here, active: false }],
    [4, here],
  ]);
  expect(ownersOf('finance', organisation({ people: left }))).toEqual([4]);
  expect(ownersOf('finance', organisation({ roles: new Map() }))).toEqual([]);
});

test('somebody without the role does not act for it', () => {
  expect(actsFor(5, 'office', organisation())).toBe(false);
  expect(actsFor(3, 'office', organisation())).toBe(false);
  expect(actsFor(3, 'finance', organisation())).toBe(true);
});
