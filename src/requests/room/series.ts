/**
 * A booking again and again: one request whose form holds a rule, its dates, and what is otherwise on single ones.
 *
 * - day: a date as the rule names it. It stays the name of that occurrence when it is moved.
 * - odd: what is otherwise on one day: another date, other hours, another room, other people.
 * - edit: stands in a draft only: which occurrence is changed, and whether the later or all others too.
 *
 * The form's own `when`, `room` and `attendees` are those of every day that has nothing odd. Pure.
 */
import { z } from 'zod';
import { isEveryWorkday, rhythmText } from '../../../cards/series.ts';
import { clockText, dayText } from '../../../cards/times.ts';
import { words, type Words } from '../../../cards/words.ts';
import type { SeriesRules } from '../../settings/rules.ts';
import { instantAt } from '../../time/local.ts';
import { datesOf, parseRule, printRule, type SeriesRule } from '../../time/series.ts';
import type { Field } from '../fields.ts';
import type { Someone } from '../fields/people.ts';
import type { Period } from '../spoken-times.ts';
import type { HeardSeries } from './series-heard.ts';

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);
const clock = z.string().regex(/^\d{2}:\d{2}$/u);

const odd = z.object({
  on: isoDate.optional(),
  from: clock.optional(),
  to: clock.optional(),
  room: z.string().optional(),
  attendees: z.array(z.number()).optional(),
});
export type Odd = z.infer<typeof odd>;

const edit = z.object({
  day: isoDate,
  of: z.enum(['one', 'following', 'all']).optional(),
  /** Clashes that were settled: another room for these days, or these days stay as they are. */
  rooms: z.record(isoDate, z.string()).optional(),
  left: z.array(isoDate).optional(),
});
export type Edit = z.infer<typeof edit>;
export type EditScope = NonNullable<Edit['of']>;

const series = z.object({
  rule: z.string().refine((text) => parseRule(text) !== undefined, 'a rule of RFC 5545'),
  start: isoDate,
  days: z.array(isoDate).max(500).optional(),
  odd: z.record(isoDate, odd).optional(),
  /** When the last of its dates begins, an ISO instant. */
  last: z.string().optional(),
  edit: edit.optional(),
});
export type Series = z.infer<typeof series>;

/** How a form holds it. Heard and changed by words and taps of its own, never typed on a card. */
export const seriesField: Field<Series, false> = {
  label: words('重复', 'Repeats'),
  required: false,
  schema: series,
  hears: () => undefined,
  amends: () => undefined,
  inputs: () => [],
  reads: () => undefined,
  shows: (value, _options, { now }) => seriesText(value, now.toPlainDate()),
};

/** What of a form is needed to know its occurrences. */
export type Repeated = {
  readonly when: Period;
  readonly room: string;
  readonly attendees?: readonly Someone[] | undefined;
  readonly series: Series;
};

const stored = z.looseObject({
  when: z.object({ from: z.string(), to: z.string() }),
  room: z.string(),
  attendees: z.array(z.number()).optional(),
  series,
});
/** What a stored form of a series says, all else with it. */
export type StoredSeries = z.infer<typeof stored>;

/** Reads a stored form; undefined when it is none of a series. */
export function storedSeries(form: unknown): StoredSeries | undefined {
  const read = stored.safeParse(form);
  return read.success ? read.data : undefined;
}

/** One date of a series. `on` is the local date it is held on. */
export type Occurrence = {
  readonly day: string;
  readonly on: string;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  readonly room: string;
};

/** The rule of a form, which its schema has read before. */
export function ruleOf({ rule }: Series): SeriesRule {
  const read = parseRule(rule);
  if (!read) throw new Error(`no rule: ${rule}`);
  return read;
}

/** Clock times of a period in `zone`, `HH:MM`. */
export function clocksOf(
  when: Period,
  zone: string,
): { readonly from: string; readonly to: string } {
  const at = (instant: string): string =>
    clockText(Temporal.Instant.from(instant).toZonedDateTimeISO(zone));
  return { from: at(when.from), to: at(when.to) };
}

/** From one clock time to another of a date in `zone`; an end that is not later is of the day after. */
export function periodOn(
  date: string,
  { from, to }: { readonly from: string; readonly to: string },
  zone: string,
): { readonly from: Temporal.Instant; readonly to: Temporal.Instant } {
  const day = Temporal.PlainDate.from(date);
  const begins = instantAt(day, from, zone);
  const ends = instantAt(to > from ? day : day.add({ days: 1 }), to, zone);
  // Where clocks are put forward both may be the same moment.
  return {
    from: begins,
    to: Temporal.Instant.compare(ends, begins) > 0 ? ends : begins.add({ minutes: 30 }),
  };
}

/** A series of a form without its dates has none yet. */
export function occurrencesOf(form: Repeated, zone: string): readonly Occurrence[] {
  const usual = clocksOf(form.when, zone);
  return (form.series.days ?? []).map((day) => occurrenceOn(form, day, usual, zone));
}

function occurrenceOn(
  { room, series: { odd: others } }: Repeated,
  day: string,
  usual: { readonly from: string; readonly to: string },
  zone: string,
): Occurrence {
  const other = others?.[day];
  const on = other?.on ?? day;
  const hours = { from: other?.from ?? usual.from, to: other?.to ?? usual.to };
  return { day, on, ...periodOn(on, hours, zone), room: other?.room ?? room };
}

/** The times of those dates that have not begun. */
export const periodsAhead = (
  dates: readonly Occurrence[],
  now: Temporal.Instant,
): readonly Period[] =>
  dates
    .filter(({ from }) => Temporal.Instant.compare(from, now) > 0)
    .map(({ from, to }) => ({ from: from.toString(), to: to.toString() }));

/** The form with the beginning of its last date in it, as `odd` and the dates now have it. */
export function withLast<F extends Repeated>(form: F, zone: string): F {
  const begins = occurrencesOf(form, zone).map(({ from }) => from);
  const last = begins.toSorted((a, b) => Temporal.Instant.compare(a, b)).at(-1);
  return { ...form, series: { ...form.series, ...(last ? { last: last.toString() } : {}) } };
}

/** Who takes part on one day. */
export const attendeesOn = (
  form: {
    readonly attendees?: readonly Someone[] | undefined;
    readonly series?: Series | undefined;
  },
  day: string,
): readonly Someone[] => form.series?.odd?.[day]?.attendees ?? form.attendees ?? [];

/** The rule that a sentence means. */
export function seriesFrom(heard: HeardSeries, now: Temporal.ZonedDateTime): Series {
  const { every, interval, byDay, byMonthDay, until, count } = heard;
  const rule = { every, interval, byDay, byMonthDay, until, count, except: [] };
  return { rule: printRule(rule), start: heard.start ?? now.toPlainDate().toString() };
}

/** The dates of a rule under the rules of the office. `cut`: it would have had more than may be booked. */
export function datesFor(
  value: Series,
  rules: SeriesRules,
  isWorkday: (date: Temporal.PlainDate) => boolean,
  begun: (date: Temporal.PlainDate) => boolean,
): { readonly days: readonly string[]; readonly cut: boolean } {
  const rule = ruleOf(value);
  const start = Temporal.PlainDate.from(value.start);
  const last = start.add({ days: rules.longestDays });
  const off = rules.onDaysOff === 'skip';
  const skips = (date: Temporal.PlainDate): boolean => begun(date) || (off && !isWorkday(date));
  // 每个工作日 means what is worked: the Saturday of a 调休, too.
  const meant: SeriesRule =
    off && isEveryWorkday(rule) ? { ...rule, every: 'day', byDay: [] } : rule;
  const days = datesOf(meant, start, { most: rules.mostDates + 1, last, skips }).map(String);
  const beyond = rule.until !== undefined && rule.until > last.toString();
  const short = rule.count !== undefined && days.length < rule.count;
  return {
    days: days.slice(0, rules.mostDates),
    cut: days.length > rules.mostDates || beyond || short,
  };
}

/** The dates without some of them, which the rule then leaves out too. */
export function withoutDays(value: Series, gone: readonly string[]): Series {
  const rule = ruleOf(value);
  const rest = Object.entries(value.odd ?? {}).filter(([day]) => !gone.includes(day));
  return {
    ...value,
    rule: printRule({ ...rule, except: [...new Set([...rule.except, ...gone])].toSorted() }),
    days: (value.days ?? []).filter((day) => !gone.includes(day)),
    odd: Object.fromEntries(rest),
  };
}

/** 「每周一，到12月31日（周四）」, 「…，共 8 次」 */
export function seriesText(value: Series, today: Temporal.PlainDate): Words {
  const rule = ruleOf(value);
  const first = Temporal.PlainDate.from(value.days?.[0] ?? value.start);
  const rhythm = rhythmText(rule, first);
  if (rule.until !== undefined) {
    const until = dayText(rule.until, today);
    return words(`${rhythm.zh}，到 ${until.zh}`, `${rhythm.en} until ${until.en}`);
  }
  return rule.count === undefined
    ? rhythm
    : words(`${rhythm.zh}，共 ${rule.count} 次`, `${rhythm.en}, ${rule.count} times`);
}
