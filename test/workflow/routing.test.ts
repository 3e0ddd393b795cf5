import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { words } from '../../cards/words.ts';
import type { Organisation } from '../../src/directory/organisation.ts';
import { seatFor, seatsFor, withLivingSeats } from '../../src/workflow/routing.ts';
import type { Step } from '../../src/workflow/workflow.ts';

type Member = { readonly leader?: number; readonly department?: number; readonly left?: boolean };

const company = (
  people: { readonly [id: number]: Member },
  roles: { readonly [role: string]: readonly number[] } = {},
  heads: {
    readonly [department: number]: { readonly leader?: number; readonly parent?: number };
  } = {},
  absent: { readonly [person: number]: number | null } = {},
): Organisation => ({
  people: new Map(
    Object.entries(people).map(([id, { leader, department, left }]) => [
      Number(id),
      { active: !left, leader: leader ?? null, department: department ?? null },
    ]),
  ),
  departments: new Map(
    Object.entries(heads).map(([id, { leader, parent }]) => [
      Number(id),
      { leader: leader ?? null, parent: parent ?? null },
    ]),
  ),
  roles: new Map(Object.entries(roles)),
  absent: new Map(Object.entries(absent).map(([person, by]) => [Number(person), by])),
});

describe('who is asked', () => {
  test('the manager is the direct leader', () => {
    const org = company({ 1: { leader: 2 }, 2: { leader: 3 }, 3: {} });
    expect(seatFor('manager', 1, org)).toEqual({ via: 'manager', people: [2] });
  });

  test('a leader who has left is replaced by the leader above', () => {
    const org = company({ 1: { leader: 2 }, 2: { leader: 3, left: true }, 3: {} });
    expect(seatFor('manager', 1, org)?.people).toEqual([3]);
  });

  test('two who lead each other do not go round for ever: the office manager decides', () => {
    const org = company(
      { 1: { leader: 2, left: false }, 2: { leader: 1, left: true }, 9: {} },
      { 'office-manager': [9] },
    );
    expect(seatFor('manager', 1, org)?.people).toEqual([9]);
  });

  test('nobody sits in a role for their own request; alone in it, their leader does', () => {
    const org = company({ 1: { leader: 2 }, 2: {}, 3: {} }, { finance: [1, 3], director: [1] });
    expect(seatFor('finance', 1, org)?.people).toEqual([3]);
    expect(seatFor('director', 1, org)?.people).toEqual([2]);
  });

  test('the head of a department asks the head above', () => {
    const org = company(
      { 1: { department: 10 }, 2: { department: 11 } },
      {},
      { 10: { leader: 1, parent: 11 }, 11: { leader: 2 } },
    );
    expect(seatFor('department-head', 1, org)?.people).toEqual([2]);
  });

  test('the managing director without a leader is decided by the office manager', () => {
    const org = company({ 1: {}, 9: { leader: 1 } }, { 'office-manager': [9] });
    expect(seatFor('manager', 1, org)?.people).toEqual([9]);
  });

  test('two voices of the same people are one seat', () => {
    const org = company({ 1: { leader: 2 }, 2: {} }, { finance: [2] });
    expect(seatsFor(['manager', 'finance'], 1, org)).toHaveLength(1);
  });

  test('who left while it waited is replaced, and their claim with them', () => {
    const org = company({ 1: {}, 2: { leader: 3, left: true }, 3: {} });
    const step: Step = {
      id: 'fix',
      sort: 'task',
      title: words('维修', 'Repair'),
      needs: 'any',
      seats: [{ via: 'repair', people: [2] }],
      state: 'open',
      stateWhile: 'working',
      claimedBy: 2,
    };
    const living = withLivingSeats(step, 1, org);
    expect(living.seats[0]?.people).toEqual([3]);
    expect(living.claimedBy).toBeUndefined();
  });
});

test('over any organisation: every step has a living person, and never the requester', () => {
  const member = fc.record({
    leader: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
    department: fc.option(fc.integer({ min: 20, max: 23 }), { nil: undefined }),
    left: fc.boolean(),
  });
  const organisation = fc.record({
    people: fc.array(member, { minLength: 2, maxLength: 12 }),
    heads: fc.array(
      fc.record({
        leader: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
        parent: fc.option(fc.integer({ min: 20, max: 23 }), { nil: undefined }),
      }),
      { minLength: 4, maxLength: 4 },
    ),
    role: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
    voice: fc.constantFrom('manager', 'department-head', 'finance'),
  });
  fc.assert(
    fc.property(organisation, ({ people, heads, role, voice }) => {
      const numbered = Object.fromEntries(
        people.map(({ leader, department, left }, index) => [
          index + 1,
          {
            left,
            ...(leader === undefined ? {} : { leader }),
            ...(department === undefined ? {} : { department }),
          },
        ]),
      );
      const units = Object.fromEntries(
        heads.map(({ leader, parent }, index) => [
          index + 20,
          {
            ...(leader === undefined ? {} : { leader }),
            ...(parent === undefined ? {} : { parent }),
          },
        ]),
      );
      const org = company(numbered, { finance: role }, units);
      const seat = seatFor(voice, 1, org);
      const somebodyElse = people.some((each, index) => index > 0 && !each.left);
      expect(seat !== undefined).toBe(somebodyElse);
      for (const person of seat?.people ?? []) {
        expect(person).not.toBe(1);
        expect(org.people.get(person)?.active).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
