/** Fair use, against somebody who counts on their fingers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exceeded, exceededText } from '../../src/requests/room/limits.ts';
import { LIMITS, type Limit, type RoomLimits } from '../../src/settings/rules.ts';

const ZONE = 'Asia/Shanghai';
/** Wednesday, 4 March 2026, 10:00. */
const NOW = Temporal.ZonedDateTime.from(`2026-03-04T10:00+08:00[${ZONE}]`);

type Booking = { readonly day: number; readonly half: number; readonly halves: number };

const periodOf = ({ day, half, halves }: Booking) => {
  const from = NOW.startOfDay()
    .add({ days: day })
    .add({ minutes: half * 30 });
  return {
    from: from.toInstant().toString(),
    to: from
      .add({ minutes: halves * 30 })
      .toInstant()
      .toString(),
  };
};

/** Which limits are passed, half hour by half hour. */
function naive(limits: RoomLimits, booked: readonly Booking[], wish: Booking): readonly string[] {
  const all = [...booked, wish];
  // Day 0 is a Wednesday; Monday is -2.
  const week = (day: number): number => Math.floor((day + 2) / 7);
  const ahead = ({ day, half }: Booking): boolean => day > 0 || (day === 0 && half > 20);
  const groups: { readonly [limit: string]: readonly Booking[] } = {
    perDay: all.filter(({ day }) => day === wish.day),
    perWeek: all.filter(({ day }) => week(day) === week(wish.day)),
    ahead: ahead(wish) ? all.filter(ahead) : [],
  };
  const found: string[] = [];
  for (const limit of ['perDay', 'perWeek', 'ahead'] as const) {
    const quota = limits[limit];
    const group = groups[limit] ?? [];
    if (!quota) continue;
    if (group.length > quota.bookings) found.push(`${limit} bookings`);
    let halves = 0;
    for (const each of group) for (let n = 0; n < each.halves; n++) halves++;
    if (halves > quota.hours * 2) found.push(`${limit} hours`);
  }
  const notice = (wish.day * 48 + wish.half - 20) * 30;
  if (limits.notice !== null && notice > 0 && notice < limits.notice) found.push('notice minutes');
  return found;
}

const booking = fc.record({
  day: fc.integer({ min: -6, max: 12 }),
  half: fc.nat(40),
  halves: fc.integer({ min: 1, max: 8 }),
});
const quota = fc.option(
  fc.record({ bookings: fc.integer({ min: 1, max: 6 }), hours: fc.integer({ min: 1, max: 10 }) }),
);
const limits = fc.record({
  perDay: quota,
  perWeek: quota,
  ahead: quota,
  notice: fc.option(fc.integer({ min: 1, max: 300 })),
  exempt: fc.constant({}),
});

test('the same as counting one by one', () => {
  fc.assert(
    fc.property(
      limits,
      fc.array(booking, { maxLength: 12, size: 'max' }),
      booking,
      (rules, booked, wish) => {
        const found = exceeded(rules, [], booked.map(periodOf), [periodOf(wish)], NOW);
        expect(found.map(({ limit, unit }) => `${limit} ${unit}`)).toEqual(
          naive(rules, booked, wish),
        );
      },
    ),
    { numRuns: 2_000 },
  );
});

test('of a series: what any of its dates alone passes is passed, and the first alone counts ahead', () => {
  const dates = fc.array(booking, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(limits, fc.array(booking, { maxLength: 12 }), dates, (rules, booked, wishes) => {
      const told = (others: readonly Booking[], asked: readonly Booking[]): readonly string[] =>
        exceeded(rules, [], others.map(periodOf), asked.map(periodOf), NOW).map(
          ({ limit, unit }) => `${limit} ${unit}`,
        );
      const found = new Set(told(booked, wishes));
      const perDate = wishes.flatMap((wish, place) =>
        naive(rules, [...booked, ...wishes.toSpliced(place, 1)], wish),
      );
      const ofAny = perDate.filter((each) => each.startsWith('per'));
      const ofFirst = naive(rules, booked, wishes[0]!).filter((each) => !each.startsWith('per'));
      expect([...found].toSorted()).toEqual([...new Set([...ofAny, ...ofFirst])].toSorted());
    }),
  );
});

test('a series that is booked is one of what is ahead, however many dates it has', () => {
  const rules = {
    perDay: null,
    perWeek: null,
    ahead: { bookings: 2, hours: 9 },
    notice: null,
    exempt: {},
  };
  const dates = [1, 2, 3, 4, 5].map((day) => ({
    ...periodOf({ day, half: 20, halves: 2 }),
    series: 7,
  }));
  const wish = periodOf({ day: 9, half: 20, halves: 2 });
  expect(exceeded(rules, [], dates, [wish], NOW)).toEqual([]);
  const other = periodOf({ day: 8, half: 20, halves: 2 });
  expect(exceeded(rules, [], [...dates, other], [wish], NOW)).toEqual([
    { limit: 'ahead', unit: 'bookings', most: 2 },
  ]);
});

test('who is exempt from a limit is never held to it', () => {
  const exempt = fc.subarray<Limit>([...LIMITS]);
  fc.assert(
    fc.property(limits, exempt, fc.array(booking), booking, (rules, waived, booked, wish) => {
      const found = exceeded(rules, waived, booked.map(periodOf), [periodOf(wish)], NOW);
      expect(found.filter(({ limit }) => waived.includes(limit))).toEqual([]);
    }),
  );
});

test('said with why and what next', () => {
  const { why, next } = exceededText({ limit: 'perDay', unit: 'bookings', most: 6 });
  expect(why.zh).toBe('每人每天最多订 6 场，这次会超过');
  expect(next.zh).toContain('取消不用的');
});
