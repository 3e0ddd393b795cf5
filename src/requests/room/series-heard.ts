/** 「每周一上午10点到11点到年底」, "every Monday 10 to 11 until the end of the year": how often and how long, read from the sentence itself. */
import { fold } from '../../language/fold.ts';
import type { TimeValue } from '../../language/meaning.ts';
import { parseNumber } from '../../language/numbers.ts';
import { findTimes, type FoundTime } from '../../language/times.ts';
import { type Weekday, weekdays } from '../../time/hours.ts';
import type { ByDay, SeriesRule } from '../../time/series.ts';

/** How a series begins and ends. `until` an ISO date. */
export type HeardBound = { readonly until?: string; readonly count?: number };

/** What a sentence says of a series. `from`, `to`: clock times `HH:MM`; `start`: the first day it may fall on, an ISO date. */
export type HeardSeries = HeardBound & {
  readonly every: SeriesRule['every'];
  readonly interval: number;
  readonly byDay: readonly ByDay[];
  readonly byMonthDay: readonly number[];
  readonly from?: string;
  readonly to?: string;
  readonly start?: string;
};

type Rhythm = Pick<HeardSeries, 'every' | 'interval' | 'byDay' | 'byMonthDay' | 'from' | 'to'>;

/** The series a sentence asks for; undefined when it asks for none. */
export function seriesIn(said: string, now: Temporal.ZonedDateTime): HeardSeries | undefined {
  const text = fold(said).trim();
  const times = findTimes(text, now);
  const set = times.find(({ value }) => value.type === 'set')?.value;
  const rhythm = englishRhythm(text) ?? (set?.type === 'set' ? rhythmOf(set) : undefined);
  if (!rhythm) return undefined;
  const start = startIn(text, times);
  return {
    ...rhythm,
    ...hoursIn(text, times, rhythm),
    ...(start === undefined ? {} : { start }),
    ...boundIn(text, now, start),
  };
}

/** Until when, or how many times: 「到年底」, 「共8次」, 「连续三个月」; of a sentence that may say nothing else. */
export function boundIn(
  said: string,
  now: Temporal.ZonedDateTime,
  start: string = now.toPlainDate().toString(),
): HeardBound {
  const text = fold(said).trim();
  const count = countIn(text);
  if (count !== undefined) return { count };
  const until = englishUntil(text, now) ?? untilIn(text, findTimes(text, now), start);
  return until === undefined ? {} : { until };
}

/** Whether a sentence is nothing but a bound: an answer to 「到什么时候」. */
export const isOnlyBound = (said: string): boolean =>
  /^(?:就)?(?:一)?(?:共|直?到|至|截止|连续|为期|until|till|for|through).{1,30}$|^.{1,6}次$|^\d+ times$/iu.test(
    fold(said).trim(),
  );

/** ISO lengths that have a rhythm: P2W, P1M. */
function rhythmOf(set: Extract<TimeValue, { type: 'set' }>): Rhythm | undefined {
  const length = /^P(\d+)([DWMY])$/u.exec(set.every);
  const interval = Number(length?.[1] ?? 0);
  const every = ({ D: 'day', W: 'week', M: 'month' } as const)[length?.[2] ?? ''];
  if (!every || interval < 1) return undefined;
  const days = (set.weekdays ?? []).flatMap((each) => weekdays[each - 1] ?? []);
  const byDay = days.map((day) =>
    every === 'month' && set.nth !== undefined ? { day, nth: set.nth } : { day },
  );
  return {
    every,
    interval,
    byDay,
    byMonthDay: every === 'month' && byDay.length === 0 ? (set.monthdays ?? []) : [],
    ...(set.time === undefined ? {} : { from: set.time.slice(0, 5) }),
    ...(set.end === undefined ? {} : { to: set.end.slice(0, 5) }),
  };
}

/** Hours that stand apart from the rhythm: 每周一订会议室，10点到11点; "10 to 11". */
function hoursIn(
  text: string,
  times: readonly FoundTime[],
  rhythm: Rhythm,
): { readonly from?: string; readonly to?: string } {
  if (rhythm.from !== undefined) return {};
  const apart = times.find(({ value }) => value.type === 'timerange')?.value;
  if (apart?.type === 'timerange' && apart.start !== null)
    return { from: apart.start.slice(0, 5), ...(apart.end ? { to: apart.end.slice(0, 5) } : {}) };
  const whole = times.find(({ value }) => value.type === 'datetimerange')?.value;
  if (whole?.type === 'datetimerange' && whole.start !== null && whole.end !== null)
    return { from: whole.start.slice(11, 16), to: whole.end.slice(11, 16) };
  const english = ENGLISH_HOURS.exec(text);
  if (!english) return {};
  const [, fromHour = '', fromMinute = '00', fromHalf, toHour = '', toMinute = '00', toHalf] =
    english;
  return {
    from: clock(fromHour, fromMinute, fromHalf ?? halfOf(fromHour, toHour, toHalf)),
    to: clock(toHour, toMinute, toHalf),
  };
}

const ENGLISH_HOURS =
  /\b(?:from )?(\d{1,2})(?::(\d{2}))? ?(am|pm)? ?(?:to|-|until|till) ?(\d{1,2})(?::(\d{2}))? ?(am|pm)?(?![\d-])/iu;

/** 2 to 3 pm is in the afternoon at both ends; 11 to 1 pm begins before noon. */
const halfOf = (from: string, to: string, half: string | undefined): string | undefined =>
  half === undefined ? undefined : Number(from) % 12 <= Number(to) % 12 ? half : 'am';

/** Nobody meets at one to seven in the night: without am or pm these are of the afternoon. */
function clock(hour: string, minute: string, half: string | undefined): string {
  const said = Number(hour);
  const late = half?.toLowerCase() === 'pm' || (half === undefined && said >= 1 && said <= 7);
  const whole =
    late && said < 12 ? said + 12 : half?.toLowerCase() === 'am' && said === 12 ? 0 : said;
  return `${String(Math.min(whole, 23)).padStart(2, '0')}:${minute}`;
}

const COUNT = /(?:共|一共|总共|连续|重复)?\s*([0-9]{1,4}|[一二三四五六七八九十百两]{1,5})\s*次/u;
const TIMES =
  /\b(\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:times|occurrences|meetings|sessions)\b/iu;
const NUMBERS: { readonly [word: string]: number } = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
};

/** 每周一次 and 两周一次 tell how often, not how many. */
function countIn(text: string): number | undefined {
  const found = COUNT.exec(text);
  if (found && !(found[1] === '一' || /(?:每|[周天月])\s*$/u.test(text.slice(0, found.index)))) {
    const count = parseNumber(found[1] ?? '');
    if (count !== null && count >= 1) return count;
  }
  const english = TIMES.exec(text)?.[1]?.toLowerCase();
  if (english === undefined) return undefined;
  return NUMBERS[english] ?? Number(english);
}

const UNTIL_BEFORE = /(?:直到|到|至|截止到?|截至|持续到|～|~)\s*$/u;

/** A day behind 到, or a length: 连续三个月, 为期半年, 一年. */
function untilIn(text: string, times: readonly FoundTime[], start: string): string | undefined {
  for (const { value, from } of times) {
    const behind = UNTIL_BEFORE.test(text.slice(0, from));
    if (value.type === 'date' && behind) return value.start;
    if (value.type === 'daterange' && value.end !== null && (behind || value.start === null))
      return value.end;
    if (value.type === 'duration' && /(?:连续|为期|持续|订|共)\s*$/u.test(text.slice(0, from)))
      return lastDayOf(start, value.value);
  }
  return undefined;
}

/** The last day of a length that begins at `start`; undefined for hours, which are a meeting's own. */
function lastDayOf(start: string, length: string): string | undefined {
  try {
    const duration = Temporal.Duration.from(length);
    if (duration.hours + duration.minutes + duration.seconds > 0) return undefined;
    return Temporal.PlainDate.from(start).add(duration).subtract({ days: 1 }).toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** 从下周开始, 从3月16日起. */
function startIn(text: string, times: readonly FoundTime[]): string | undefined {
  for (const { value, from, to } of times) {
    const begins = /从\s*$/u.test(text.slice(0, from)) || /^(?:开始|起)/u.test(text.slice(to));
    if (value.type === 'daterange' && value.start !== null && value.end === null)
      return value.start;
    if (value.type === 'date' && begins) return value.start;
  }
  return undefined;
}

const DAY_NAMES: { readonly [name: string]: Weekday } = {
  monday: 'mon',
  tuesday: 'tue',
  wednesday: 'wed',
  thursday: 'thu',
  friday: 'fri',
  saturday: 'sat',
  sunday: 'sun',
};
const NAME = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const NTH: { readonly [word: string]: number } = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  last: -1,
};
const ORDINAL = Object.keys(NTH).join('|');
const NTH_DAY = new RegExp(
  `(?:\\bevery |\\beach |\\b)(${ORDINAL}) (${NAME})s?(?: (?:of|in) (?:every|each|the) month| monthly)`,
  'iu',
);
const MONTH_DAY =
  /\bon the (\d{1,2})(?:st|nd|rd|th) of (?:every|each) month\b|\bmonthly on the (\d{1,2})/iu;
const EVERY = new RegExp(
  `\\b(?:every|each) (other |second |two |2 |3 |three |4 |four )?(weekday|working day|workday|day|week|month|(?:${NAME})s?(?:(?: and |, ?| or )(?:${NAME})s?)*)s?\\b`,
  'iu',
);
const STEPS: { readonly [word: string]: number } = {
  other: 2,
  second: 2,
  two: 2,
  '2': 2,
  three: 3,
  '3': 3,
  four: 4,
  '4': 4,
};

/** How often, as it is said in English. */
function englishRhythm(text: string): Rhythm | undefined {
  const nth = NTH_DAY.exec(text);
  if (nth) {
    const day = DAY_NAMES[(nth[2] ?? '').toLowerCase()];
    const place = NTH[(nth[1] ?? '').toLowerCase()];
    if (day && place !== undefined)
      return { every: 'month', interval: 1, byDay: [{ day, nth: place }], byMonthDay: [] };
  }
  const monthDay = MONTH_DAY.exec(text);
  if (monthDay) {
    const day = Number(monthDay[1] ?? monthDay[2]);
    if (day >= 1 && day <= 31) return { every: 'month', interval: 1, byDay: [], byMonthDay: [day] };
  }
  const every = EVERY.exec(text);
  const what = every?.[2]?.toLowerCase();
  if (what === undefined) return undefined;
  const interval = STEPS[every?.[1]?.trim().toLowerCase() ?? ''] ?? 1;
  if (/^(?:weekday|work)/u.test(what))
    return { every: 'week', interval: 1, byDay: WORKWEEK.map((day) => ({ day })), byMonthDay: [] };
  if (what === 'day') return { every: 'day', interval, byDay: [], byMonthDay: [] };
  if (what === 'month') return { every: 'month', interval, byDay: [], byMonthDay: [] };
  const named = what === 'week' ? (/\bon (.+)/iu.exec(text)?.[1]?.toLowerCase() ?? '') : what;
  const days = weekdays.filter((day) => namesOf(day).some((name) => named.includes(name)));
  return { every: 'week', interval, byDay: days.map((day) => ({ day })), byMonthDay: [] };
}

const WORKWEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const namesOf = (day: Weekday): readonly string[] =>
  Object.keys(DAY_NAMES).filter((name) => DAY_NAMES[name] === day);

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const UNTIL_WORD = '(?:until|till|through|up to)';
const END_OF = new RegExp(
  `\\b${UNTIL_WORD} (?:the )?end of (?:the |this )?(year|month|${MONTHS.join('|')})\\b`,
  'iu',
);
const UNTIL_DAY = new RegExp(
  `\\b${UNTIL_WORD} (?:(${MONTHS.join('|')}) (\\d{1,2})|(\\d{1,2}) (${MONTHS.join('|')})|(\\d{4}-\\d{2}-\\d{2}))`,
  'iu',
);
const FOR_LENGTH = /\bfor (?:the next )?(\d{1,3}) (day|week|month|year)s?\b/iu;

function englishUntil(text: string, now: Temporal.ZonedDateTime): string | undefined {
  const today = now.toPlainDate();
  const end = END_OF.exec(text)?.[1]?.toLowerCase();
  if (end === 'year') return today.with({ month: 12, day: 31 }).toString();
  if (end === 'month') return today.with({ day: today.daysInMonth }).toString();
  if (end !== undefined) {
    const month = MONTHS.indexOf(end) + 1;
    // The 31st of a shorter month is its last day.
    return Temporal.PlainDate.from({ year: yearOf(today, month, 31), month, day: 31 }).toString();
  }
  const day = UNTIL_DAY.exec(text);
  if (day?.[5] !== undefined) return day[5];
  const name = (day?.[1] ?? day?.[4])?.toLowerCase();
  if (name !== undefined)
    return nextOf(today, MONTHS.indexOf(name) + 1, Number(day?.[2] ?? day?.[3]))?.toString();
  const length = FOR_LENGTH.exec(text);
  if (!length) return undefined;
  const many = { [`${(length[2] ?? 'day').toLowerCase()}s`]: Number(length[1]) };
  return today.add(many).subtract({ days: 1 }).toString();
}

/** This year, or the next when that day is over. */
const yearOf = (today: Temporal.PlainDate, month: number, day: number): number =>
  month < today.month || (month === today.month && day < today.day) ? today.year + 1 : today.year;

/** That day when it comes next. Undefined where there is no such day. */
function nextOf(
  today: Temporal.PlainDate,
  month: number,
  day: number,
): Temporal.PlainDate | undefined {
  try {
    const year = yearOf(today, month, day);
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
