/**
 * When an office works: its weekly days and hours, the holidays and make-up workdays of China, and its own.
 *
 * - provisional 暂定: a year whose official notice we do not have. It has its weekends and the days that are off by law, but
 *   not the weekends that the notice will shift; a deadline that touches it is computed again once the notice is in.
 */
import {
  type Hours,
  hoursText,
  minutesOfClock,
  clockMinutes,
  type Weekday,
  weekdays,
} from './hours.ts';
import { legalHolidays } from './legal-holidays.ts';
import { instantAt } from './local.ts';
import { type OfficialYear, officialYears } from './official-years.ts';

/** What makes a calendar. Days are ISO dates; hours lie within a day, in order and apart. */
export type CalendarRules = {
  /** IANA name, such as Asia/Shanghai: the machine's own zone is never asked. */
  readonly zone: string;
  readonly days: readonly Weekday[];
  readonly hours: readonly Hours[];
  /** The office's own days off, and workdays; they come before everything official. */
  readonly holidays?: readonly string[];
  readonly extraWorkdays?: readonly string[];
  /** Whether the holidays and make-up workdays of China hold; they do when left out. */
  readonly national?: boolean;
  /** Notices known; those shipped with the program when left out. */
  readonly officialYears?: ReadonlyMap<number, OfficialYear>;
};

/** A stretch of work, half-open. */
export type Opening = { readonly from: Temporal.Instant; readonly to: Temporal.Instant };

/** Why a date is worked or off: by the `week`, by an `official` notice (or the law), or by the `office` itself. */
export type DayRule = {
  readonly works: boolean;
  readonly by: 'week' | 'official' | 'office';
  /** The festival of an official rule: 「春节」. */
  readonly festival?: string;
};

export type WorkingCalendar = {
  readonly zone: string;
  /** Working minutes of a full day, by the clock. */
  readonly minutesOfDay: number;
  isWorkday(date: Temporal.PlainDate): boolean;
  /** Which rule decides about a date. */
  ruleOf(date: Temporal.PlainDate): DayRule;
  /** The festival by whose official (or legal) rule a date is off: 「春节」; undefined on other days, also on plain weekends. */
  holidayOn(date: Temporal.PlainDate): string | undefined;
  /** True while the year's official notice is not known. */
  isProvisional(year: number): boolean;
  /** The stretches of work on a date in order; none on a day off. */
  openingsOn(date: Temporal.PlainDate): readonly Opening[];
};

/** Makes a calendar. RangeError for an unknown zone, no days, no hours, or hours that overlap or run backwards. */
export function createCalendar(rules: CalendarRules): WorkingCalendar {
  const { zone, hours } = rules;
  checkWeek(rules);
  const official = rules.officialYears ?? officialYears;
  const legal = new Map<number, OfficialYear>();
  const yearOf = (year: number): OfficialYear => {
    if (rules.national === false) return { off: {}, work: {} };
    const known = official.get(year) ?? legal.get(year);
    if (known) return known;
    const provisional = { off: legalHolidays(year), work: {} };
    legal.set(year, provisional);
    return provisional;
  };
  const ruleOf = (date: Temporal.PlainDate): DayRule => dayRule(date, rules, yearOf(date.year));
  const isWorkday = (date: Temporal.PlainDate): boolean => ruleOf(date).works;
  return {
    zone,
    minutesOfDay: minutesOf(hours),
    isWorkday,
    ruleOf,
    holidayOn: (date) => yearOf(date.year).off[date.toString()],
    isProvisional: (year) => rules.national !== false && !official.has(year),
    openingsOn: (date) => (isWorkday(date) ? hours.map((each) => openingOn(date, each, zone)) : []),
  };
}

/** The most particular rule wins: the office's own days, the year's holidays and make-up workdays, the week. */
function dayRule(date: Temporal.PlainDate, rules: CalendarRules, year: OfficialYear): DayRule {
  const iso = date.toString();
  if (rules.extraWorkdays?.includes(iso)) return { works: true, by: 'office' };
  if (rules.holidays?.includes(iso)) return { works: false, by: 'office' };
  const [worked, off] = [year.work[iso], year.off[iso]];
  if (worked !== undefined) return { works: true, by: 'official', festival: worked };
  if (off !== undefined) return { works: false, by: 'official', festival: off };
  const weekday = weekdays[date.dayOfWeek - 1];
  return { works: weekday !== undefined && rules.days.includes(weekday), by: 'week' };
}

const openingOn = (date: Temporal.PlainDate, { from, to }: Hours, zone: string): Opening => ({
  from: instantAt(date, from, zone),
  to: instantAt(date, to, zone),
});

const minutesOf = (hours: readonly Hours[]): number =>
  hours.reduce((sum, { from, to }) => sum + clockMinutes(to) - clockMinutes(from), 0);

/** Without a day or an hour of work the next opening would be looked for without end. */
function checkWeek({ zone, days, hours }: CalendarRules): void {
  if (!isZone(zone)) throw new RangeError(`No time zone ${zone}`);
  if (days.length === 0 || hours.length === 0) throw new RangeError('An office works some time');
  const trouble = hoursTrouble(hours);
  if (trouble) throw new RangeError(`Hours ${trouble.map(hoursText).join(' and ')} do not fit`);
}

/** Whether the runtime knows a time zone by this IANA name. */
export function isZone(name: string): boolean {
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The hours of a day that are wrong: one that ends before it begins, or one that begins before the last has ended. */
export function hoursTrouble(hours: readonly Hours[]): readonly Hours[] | undefined {
  const backwards = hours.find(
    ({ from, to }) => (minutesOfClock(to) ?? 0) <= (minutesOfClock(from) ?? 0),
  );
  if (backwards) return [backwards];
  for (const [place, later] of hours.entries()) {
    const earlier = hours[place - 1];
    if (earlier && later.from < earlier.to) return [earlier, later];
  }
  return undefined;
}
