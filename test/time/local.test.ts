/** Clock times become instants, in every zone, at any time of the year. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantAt } from '../../src/time/local.ts';

const ZONES = ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'];

/** What a calendar would say, worked out anew each time: the first of two, or the first moment after a gap. */
function byTheBook(date: string, minutes: number, zone: string): string {
  const wall = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes });
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(zone, { disambiguation }),
  );
  if (!first || !second) throw new Error('two readings');
  if (first.toPlainDateTime().equals(wall)) return first.toInstant().toString();
  // In a gap the two readings lie on either side of it; minute after minute leads to where the clocks go on.
  let at = first.toInstant();
  const offset = first.offsetNanoseconds;
  while (at.toZonedDateTimeISO(zone).offsetNanoseconds === offset) at = at.add({ minutes: 1 });
  return at.toString();
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

test('in any order, at any hour of any day, whatever was asked before', () => {
  const date = fc
    .date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
    .map((each) => each.toISOString().slice(0, 10));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(date, fc.integer({ min: 0, max: 24 * 60 }), fc.constantFrom(...ZONES)), {
        maxLength: 30,
      }),
      (asked) => {
        for (const [day, minutes, zone] of asked)
          expect(
            instantAt(Temporal.PlainDate.from(day), clock(minutes), zone).toString(),
            `${day} ${clock(minutes)} ${zone}`,
          ).toBe(byTheBook(day, minutes, zone));
      },
    ),
    { numRuns: 300 },
  );
});

test.for([
  ['2026-03-29', 'Europe/Berlin'],
  ['2026-10-25', 'Europe/Berlin'],
  ['2026-03-08', 'America/New_York'],
  ['2026-11-01', 'America/New_York'],
  ['2026-04-05', 'Australia/Lord_Howe'],
  ['2026-10-04', 'Australia/Lord_Howe'],
] as const)('each quarter of an hour of %s, when the clocks of %s change', ([day, zone]) => {
  const date = Temporal.PlainDate.from(day);
  for (const shift of [-2, -1, 0, 1, 2])
    for (let minutes = 0; minutes <= 24 * 60; minutes += 15) {
      const on = date.add({ days: shift });
      expect(instantAt(on, clock(minutes), zone).toString()).toBe(
        byTheBook(on.toString(), minutes, zone),
      );
    }
});
