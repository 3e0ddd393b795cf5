/** A day of the Chinese calendar as a date; null where that year has no such month or day. `year`: the Gregorian year in which the Chinese one begins. */
export function lunarDate(year: number, month: number, leap: boolean, day: number): Temporal.PlainDate | null {
  const monthCode = `M${String(month).padStart(2, '0')}${leap ? 'L' : ''}`;
  try {
    const found = Temporal.PlainDate.from({ calendar: 'chinese', year, monthCode, day }, { overflow: 'reject' });
    return found.withCalendar('iso8601');
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The last day of a Chinese month: the 30th, or the 29th of a short one. */
export const lunarMonthEnd = (year: number, month: number, leap: boolean): Temporal.PlainDate | null =>
  lunarDate(year, month, leap, 30) ?? lunarDate(year, month, leap, 29);
