/** Festivals on a fixed day of the solar year: month, day, name. */
const SOLAR = [
  [1, 1, '元旦'],
  [5, 1, '劳动节'],
  [5, 2, '劳动节'],
  [10, 1, '国庆节'],
  [10, 2, '国庆节'],
  [10, 3, '国庆节'],
] as const;

/** Festivals on a day of the lunar year: month code, day, name. The eve of 春节 is the day before the first. */
const LUNAR = [
  ['M01', 1, '春节'],
  ['M01', 2, '春节'],
  ['M01', 3, '春节'],
  ['M05', 5, '端午'],
  ['M08', 15, '中秋'],
] as const;

/**
 * The 13 days that are off by law each year (Regulation on Public Holidays, as of 2025), ISO date → festival. The weekends
 * shifted around them are only known from the year's notice. Two festivals on one day are one entry, so there can be 12.
 */
export function legalHolidays(year: number): { readonly [date: string]: string } {
  const eve = lunarDay(year, 'M01', 1).subtract({ days: 1 });
  return Object.fromEntries([
    ...SOLAR.map(([month, day, name]) => [iso(year, month, day), name]),
    [iso(year, 4, qingming(year)), '清明'],
    [eve.toString(), '春节'],
    ...LUNAR.map(([month, day, name]) => [lunarDay(year, month, day).toString(), name]),
  ]);
}

/** The ISO date of a lunar day. A lunar year bears the number of the solar year in which it begins. */
const lunarDay = (year: number, monthCode: string, day: number): Temporal.PlainDate =>
  Temporal.PlainDate.from({ calendar: 'chinese', year, monthCode, day }).withCalendar('iso8601');

/** The day of April on which 清明 falls, by the usual approximation for 2001–2099 (d = 0.2422, c = 4.81). */
function qingming(year: number): number {
  const y = year % 100;
  return Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4);
}

const iso = (year: number, month: number, day: number): string =>
  Temporal.PlainDate.from({ year, month, day }).toString();
