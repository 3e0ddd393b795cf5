type PlainDate = Temporal.PlainDate;

/** A month of the Chinese calendar: its first day as a date, and whether it has 29 or 30. */
type LunarMonth = {
  readonly month: number;
  readonly leap: boolean;
  readonly start: PlainDate;
  readonly length: number;
};

function monthsOf(year: number): readonly LunarMonth[] {
  const first = Temporal.PlainDate.from({ calendar: 'chinese', year, month: 1, day: 1 });
  return Array.from({ length: first.monthsInYear }, (_, index) => {
    const start = first.add({ months: index });
    const leap = start.monthCode.endsWith('L');
    const month = Number(start.monthCode.slice(1, 3));
    return { month, leap, start: start.withCalendar('iso8601'), length: start.daysInMonth };
  });
}

/** Calendars never change: each Chinese year is worked out once. Years are those the grammar admits, some three hundred. */
const known = new Map<number, readonly LunarMonth[]>();

function monthIn(year: number, month: number, leap: boolean): LunarMonth | null {
  const months = known.get(year) ?? monthsOf(year);
  known.set(year, months);
  return months.find((m) => m.month === month && m.leap === leap) ?? null;
}

/**
 * A day of the Chinese calendar as a date; null where that year has no such month or day. `year`: the Gregorian year in
 * which the Chinese one begins. `day` −1: the last of the month.
 */
export function lunarDate(
  year: number,
  month: number,
  leap: boolean,
  day: number,
): PlainDate | null {
  const found = monthIn(year, month, leap);
  if (found === null || day > found.length) return null;
  return found.start.add({ days: (day < 0 ? found.length : day) - 1 });
}
