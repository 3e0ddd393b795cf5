import type { DayPart } from '../meaning.ts';
import type { Festival } from './festivals.ts';

/**
 * What a time expression says, before it is known when it was said. Nothing here is a date yet: 下周三 is
 * `{ kind: 'weekday', week: 1, weekday: 3 }` on every day of the year.
 */

/** A year by number, or by its distance from the present one (今年 0, 明年 1). */
export type Year = { readonly absolute: number } | { readonly offset: number };

/** A month by number 1–12, or by its distance from the present one (下个月 1). */
export type Month = { readonly absolute: number } | { readonly offset: number };

/** What a nameable part of the calendar is: a month, a quarter, half a year, a year. */
export type Calendar =
  | { readonly kind: 'year'; readonly year: Year }
  | { readonly kind: 'half'; readonly year: Year | null; readonly half: 1 | 2 }
  | { readonly kind: 'quarter'; readonly year: Year | null; readonly quarter: number }
  | { readonly kind: 'quarterOffset'; readonly offset: number }
  | { readonly kind: 'month'; readonly year: Year | null; readonly month: Month };

/** One day. */
export type Day =
  | { readonly kind: 'offset'; readonly days: number }
  /** 次日, 第二天: the day after the start of the range, or after today. */
  | { readonly kind: 'following' }
  | { readonly kind: 'weekday'; readonly week: number | null; readonly weekday: number }
  | {
      readonly kind: 'date';
      readonly year: Year | null;
      readonly month: Month | null;
      readonly day: number;
    }
  | {
      readonly kind: 'lunar';
      readonly year: Year | null;
      readonly month: number;
      readonly leap: boolean;
      readonly day: number;
    }
  | {
      readonly kind: 'festival';
      readonly year: Year | null;
      readonly festival: Festival;
      readonly shift: number;
    }
  | {
      readonly kind: 'nthWeekday';
      readonly within: Calendar;
      readonly nth: number;
      readonly weekday: number;
    }
  | { readonly kind: 'nthDay'; readonly within: Calendar; readonly nth: number }
  /** 三天后, 两周前. */
  | { readonly kind: 'apart'; readonly length: Length; readonly direction: 1 | -1 }
  | { readonly kind: 'workday'; readonly count: number }
  /** 节后第一天, 国庆节后第一个工作日 */
  | { readonly kind: 'afterHoliday'; readonly festival: Festival | null; readonly count: number };

/** A stretch of whole days. */
export type Period =
  | Calendar
  | { readonly kind: 'week'; readonly offset: number }
  | { readonly kind: 'weekend'; readonly offset: number | null }
  | { readonly kind: 'nthWeek'; readonly within: Calendar; readonly nth: number }
  /** 上旬, 中旬, 下旬 of a month */
  | { readonly kind: 'tenDays'; readonly within: Calendar; readonly third: 1 | 2 | 3 }
  /** 周六日, 周一二三: weekdays that follow each other */
  | {
      readonly kind: 'weekdays';
      readonly week: number | null;
      readonly first: number;
      readonly last: number;
    }
  /** 今年前五个月 */
  | { readonly kind: 'firstMonths'; readonly year: Year; readonly count: number }
  /** 明后两天: days counted from today. */
  | { readonly kind: 'days'; readonly from: number; readonly to: number }
  | { readonly kind: 'years'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'lunarMonth';
      readonly year: Year | null;
      readonly month: number;
      readonly leap: boolean;
    };

/** A clock time as said. `half`: am or pm was written beside it; `exact`: on a 24-hour dial beyond doubt (05:40, 15:00). */
export type Clock = {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly half: 'am' | 'pm' | null;
  readonly exact: boolean;
};

/** A length as said, unit by unit; halves are fractions. */
export type Length = {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly workdays?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
};

/** A day, a part of it, a clock time: at least one is there. */
export type Point = {
  readonly kind: 'point';
  readonly day: Day | null;
  readonly part: DayPart | null;
  readonly clock: Clock | null;
};

type Span = { readonly kind: 'period'; readonly period: Period };
export type End = Point | Span;

/** How often: `every` a length; on these weekdays or days of the month; at a point of the day or from one to another. */
export type Repeat = {
  readonly kind: 'repeat';
  readonly every: Length;
  readonly weekdays: readonly number[];
  readonly monthdays: readonly number[];
  /** Which of the weekdays of a month, -1 the last; null: every. */
  readonly nth: number | null;
  readonly at: Point | null;
  readonly until: Point | null;
};

export type Expression =
  | Point
  | Span
  | { readonly kind: 'now' }
  | { readonly kind: 'length'; readonly length: Length }
  /** 半小时后, 五分钟前 */
  | { readonly kind: 'shifted'; readonly length: Length; readonly direction: 1 | -1 }
  /** 三天内, 未来48小时; backwards 过去三天 */
  | { readonly kind: 'within'; readonly length: Length; readonly direction: 1 | -1 }
  | { readonly kind: 'range'; readonly from: End; readonly to: End }
  | { readonly kind: 'since'; readonly from: End }
  /** `through`: the end itself counts whole (截止到本周); before a stretch of days (下周前) it does not. */
  | { readonly kind: 'until'; readonly to: End; readonly through: boolean }
  /** 开到9点: the end of what began elsewhere. */
  | { readonly kind: 'closing'; readonly to: End }
  /** Days said one after the other: 7号8号. */
  | { readonly kind: 'days'; readonly days: readonly Day[] }
  /** 下午2点开两个小时 */
  | { readonly kind: 'lasting'; readonly from: Point; readonly length: Length }
  | Repeat;
