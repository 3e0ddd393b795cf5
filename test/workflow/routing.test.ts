import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { words } from '../../cards/words.ts';
import type { Organisation } from '../../src/directory/organisation.ts';
import { seatFor, seatsFor, withLivingSeats } from '../../src/workflow/routing.ts';
import { withStandIns } from '../../src/workflow/standing-in.ts';
import { assigneesOf, canBeFilled, type Step } from '../../src/workflow/workflow.ts';

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
      { name: `部门${id}`, leader: leader ?? null, parent: parent ?? null },
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

describe('two signatures are two people', () => {
  test('one person with both roles signs once; the second signature is that of their leader', () => {
    const org = company(
      { 1: { leader: 2 }, 2: {}, 5: { leader: 6 }, 6: {} },
      { 'office-manager': [5], finance: [5] },
    );
    expect(
      seatsFor(['office-manager', 'finance'], 1, org, 'all').map(({ people }) => people),
    ).toEqual([[5], [6]]);
    expect(seatsFor(['office-manager', 'finance'], 1, org, 'any')).toHaveLength(1);
  });

  test('who left is replaced by somebody who does not sit there already, as long as there is anybody', () => {
    const org = company(
      { 1: {}, 4: { left: true }, 5: {}, 6: {} },
      { 'office-manager': [5], office: [4] },
    );
    // 5 is the only one with a role who is left, and signs already; nor may 5 stand in both seats when 4 leaves one that was of both.
    for (const people of [[4], [4, 5]]) {
      const step: Step = {
        id: 'approval-1',
        sort: 'approval',
        title: words('会签', 'Countersign'),
        needs: 'all',
        seats: [
          { via: 'office-manager', people: [5] },
          { via: 'office', people },
        ],
        state: 'open',
        stateWhile: 'pending',
      };
      expect(withLivingSeats(step, 1, org).seats.map((seat) => seat.people)).toEqual([[5], [6]]);
    }
  });

  test('whatever the company looks like, a countersign can be given by different people, never by the requester', () => {
    const person = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.option(person, { nil: undefined }), { minLength: 6, maxLength: 6 }),
        fc.array(fc.uniqueArray(person, { minLength: 1, maxLength: 3 }), {
          minLength: 2,
          maxLength: 4,
        }),
        (leaders, holders) => {
          const people = Object.fromEntries(
            leaders.map((leader, i) => [i + 1, leader === undefined ? {} : { leader }]),
          );
          const roles = Object.fromEntries(holders.map((list, i) => [`role${i}`, list]));
          const seats = seatsFor(Object.keys(roles), 1, company(people, roles), 'all');
          expect(canBeFilled({ needs: 'all', seats }, 1)).toBe(true);
          expect(seats.flatMap((seat) => seat.people)).not.toContain(1);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('who is away', () => {
  const open = (...people: readonly number[]): Step => ({
    id: 'approval-1',
    sort: 'approval',
    title: words('审批', 'Approval'),
    needs: 'any',
    seats: [{ via: 'manager', people }],
    state: 'open',
    stateWhile: 'pending',
  });

  test('is stood in for by whom they named; a role with somebody there waits for them', () => {
    const org = company({ 1: { leader: 2 }, 2: { leader: 3 }, 3: {}, 4: {} }, {}, {}, { 2: 4 });
    expect(assigneesOf(withStandIns(open(2), 1, org))).toEqual([4]);
    expect(withStandIns(open(2), 1, org).seats[0]?.standIns).toEqual([{ person: 4, of: 2 }]);
    expect(assigneesOf(withStandIns(open(2, 3), 1, org))).toEqual([2, 3]);
  });

  test('chains, circles, the requester as stand-in, nobody left: it always waits for somebody who may decide', () => {
    const person = fc.integer({ min: 1, max: 6 });
    const other = fc.option(person, { nil: null });
    fc.assert(
      fc.property(
        fc.array(fc.option(person, { nil: undefined }), { minLength: 6, maxLength: 6 }),
        fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6'), other),
        fc.integer({ min: 2, max: 6 }),
        (leaders, absent, approver) => {
          const people = Object.fromEntries(
            leaders.map((leader, i) => [i + 1, leader === undefined ? {} : { leader }]),
          );
          const step = withStandIns(open(approver), 1, company(people, {}, {}, absent));
          const waiting = assigneesOf(step);
          expect(waiting).toHaveLength(1);
          expect(waiting).not.toContain(1);
          // The same again changes nothing.
          expect(withStandIns(step, 1, company(people, {}, {}, absent)).seats[0]?.people).toEqual(
            waiting,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
