import type { DayPart, Found, TimeValue } from '../meaning.ts';
import { foundAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';

type Times = readonly Found<TimeValue>[];
type Of<T extends TimeValue['type']> = Extract<TimeValue, { type: T }>;

/** What the times of one piece come to together; `length` is a duration that no start has used up. */
export type Whole = {
  readonly when: Found<TimeValue> | null;
  readonly length: Found<TimeValue> | null;
};

const ofType = <T extends TimeValue['type']>(
  times: Times,
  ...types: readonly T[]
): readonly Found<Of<T>>[] =>
  times.filter((t): t is Found<Of<T>> => types.some((type) => type === t.value.type));

/** Afternoon words lift a morning clock time, and morning words lower an afternoon one (3点 alone is read as 15:00). */
function clockIn(clock: string, part: DayPart | undefined): string {
  const hour = Number(clock.slice(0, 2));
  const late = part === 'pm' || part === 'evening';
  if (late && hour < 12 && hour > 0) return `${String(hour + 12)}${clock.slice(2)}`;
  if ((part === 'am' || part === 'dawn') && hour > 12)
    return `${String(hour - 12).padStart(2, '0')}${clock.slice(2)}`;
  return clock;
}

const at = (day: string, clock: string): string => `${day}T${clock}`;

const later = (moment: string, length: string): string =>
  Temporal.PlainDateTime.from(moment).add(length).toString({ smallestUnit: 'second' });

/** A day and clock times of that day as one value. */
function onDay(
  day: string,
  part: DayPart | undefined,
  clock: Of<'time'> | Of<'timerange'>,
): TimeValue {
  if (clock.type === 'time')
    return clock.start === undefined
      ? { type: 'date', start: day, ...(clock.part === undefined ? {} : { part: clock.part }) }
      : { type: 'datetime', start: at(day, clockIn(clock.start, part)) };
  const start = clock.start === null ? null : at(day, clockIn(clock.start, part));
  const end = clock.end === null ? null : at(day, clockIn(clock.end, part));
  const past = start !== null && end !== null && end < start;
  return { type: 'datetimerange', start, end: past ? later(end, 'P1D') : end };
}

const isClockLength = (length: string): boolean => length.includes('T');

/** A start and a length as a range; null when they do not go together (an hour from a day, three days from three o'clock). */
function lasting(value: TimeValue, length: string): TimeValue | null {
  if (isClockLength(length)) {
    if (value.type === 'datetime')
      return { type: 'datetimerange', start: value.start, end: later(value.start, length) };
    if (value.type === 'datetimerange' && value.start !== null && value.end === null)
      return { type: 'datetimerange', start: value.start, end: later(value.start, length) };
    if (value.type === 'time' && value.start !== undefined)
      return {
        type: 'timerange',
        start: value.start,
        end: Temporal.PlainTime.from(value.start).add(length).toString({ smallestUnit: 'second' }),
      };
    return null;
  }
  const first =
    value.type === 'date' || value.type === 'datetime' ? value.start.slice(0, 10) : null;
  const open = value.type === 'daterange' && value.end === null ? value.start : null;
  const start = first ?? open;
  return start === null ? null : { type: 'daterange', start, end: lastDay(start, length) };
}

const lastDay = (start: string, length: string): string =>
  Temporal.PlainDate.from(start).add(length).subtract({ days: 1 }).toString();

const daysOf = (
  value: TimeValue,
): { readonly start: string | null; readonly end: string | null } | null => {
  switch (value.type) {
    case 'date':
    case 'datetime':
      return { start: value.start.slice(0, 10), end: value.start.slice(0, 10) };
    case 'daterange':
    case 'datetimerange':
      return { start: value.start?.slice(0, 10) ?? null, end: value.end?.slice(0, 10) ?? null };
    case 'time':
    case 'timerange':
    case 'duration':
    case 'set':
      return null;
  }
};

/** 下周出差，周二去: a bare weekday belongs to the week named before it. */
function inNamedWeek(times: Times): Times {
  const week = ofType(times, 'daterange').find(
    (t) => /[周星礼]/.test(t.words) && spanDays(t.value) === 7,
  );
  return times.map((t) => {
    if (week === undefined || t.from < week.to || t.value.type !== 'date') return t;
    if (!/^(?:周|星期|礼拜)/.test(t.words)) return t;
    const next = Temporal.PlainDate.from(t.value.start).add({ days: 7 }).toString();
    const outside =
      week.value.end === null || next > week.value.end || t.value.start >= (week.value.start ?? '');
    return outside ? t : { ...t, value: { ...t.value, start: next } };
  });
}

const spanDays = ({ start, end }: Of<'daterange'>): number | null =>
  start === null || end === null
    ? null
    : Temporal.PlainDate.from(start).until(end, { largestUnit: 'days' }).days + 1;

/** Days of a journey: from the first day named to the last, or from the first for as long as said. */
function wholeDays(times: Times): Of<'date'> | Of<'daterange'> | null {
  const spans = times.flatMap((t) => daysOf(t.value) ?? []);
  const exact = spans.filter((s) => s.start !== null && s.end !== null);
  const narrow = narrowest(times);
  const used = narrow ?? (exact.length > 0 ? exact : spans);
  const first = used[0];
  if (first === undefined) return null;
  const length = ofType(times, 'duration').find((t) => !isClockLength(t.value.value));
  if (
    used.length === 1 &&
    first.start !== null &&
    first.start === first.end &&
    length !== undefined
  )
    return { type: 'daterange', start: first.start, end: lastDay(first.start, length.value.value) };
  const last = used.at(-1) ?? first;
  if (first.start === null || last.end === null || last.end < first.start) return asDays(first);
  return asDays({ start: first.start, end: last.end });
}

type Span = { readonly start: string | null; readonly end: string | null };

const asDays = ({ start, end }: Span): Of<'date'> | Of<'daterange'> =>
  start !== null && start === end ? { type: 'date', start } : { type: 'daterange', start, end };

/** Days named inside a week or month named before them replace it (下周出差，周二去周三回). */
function narrowest(times: Times): readonly Span[] | null {
  const spans = times.flatMap((t) => daysOf(t.value) ?? []);
  const wide = spans.find((s) => s.start !== s.end);
  if (wide === undefined) return null;
  const inside = spans.filter(
    (s) =>
      s !== wide &&
      s.start !== null &&
      s.end !== null &&
      s.start >= (wide.start ?? '') &&
      s.end <= (wide.end ?? '9') &&
      s.end >= s.start,
  );
  return inside.length > 0 ? inside : null;
}

/** A day, clock times and a length from different places in the piece, put together. */
function wholeMoment(times: Times): { value: TimeValue; used: boolean } | null {
  const length = ofType(times, 'duration')[0]?.value.value;
  const base = momentOf(times);
  if (base === null) return null;
  const ranged = length === undefined ? null : lasting(base, length);
  return { value: ranged ?? openEnd(base), used: ranged !== null };
}

/** 从1点半开始 without an end is a moment. */
const openEnd = (value: TimeValue): TimeValue =>
  value.type === 'datetimerange' && value.start !== null && value.end === null ? value : value;

function momentOf(times: Times): TimeValue | null {
  const repeated = ofType(times, 'set')[0]?.value;
  const clocks = ofType(times, 'time', 'timerange');
  const clock =
    clocks.find((t) => t.value.type === 'timerange' || t.value.start !== undefined)?.value ??
    clocks[0]?.value;
  if (repeated !== undefined) return withClock(repeated, clock);
  const full = ofType(times, 'datetimerange', 'datetime');
  const ranged = full.find((t) => t.value.type === 'datetimerange') ?? full[0];
  if (ranged !== undefined) return until(ranged, clocks);
  const day = ofType(times, 'date')[0]?.value;
  if (day !== undefined && clock !== undefined) return onDay(day.start, day.part, clock);
  const span = ofType(times, 'daterange')[0]?.value;
  return day ?? span ?? clock ?? null;
}

const withClock = (
  repeated: Of<'set'>,
  clock: Of<'time'> | Of<'timerange'> | undefined,
): TimeValue => {
  if (repeated.time !== undefined || clock?.start === undefined || clock.start === null)
    return repeated;
  const start = clockIn(clock.start, repeated.part);
  const { part: _, ...rest } = repeated;
  return clock.type === 'timerange' && clock.end !== null
    ? { ...rest, time: start, end: clockIn(clock.end, repeated.part) }
    : { ...rest, time: start };
};

/** 明早8点半…开到9点: an end named later, apart from its start. */
function until(
  start: Found<Of<'datetime'> | Of<'datetimerange'>>,
  clocks: readonly Found<Of<'time'> | Of<'timerange'>>[],
): TimeValue {
  const { value } = start;
  const closing = clocks.find(
    (t) => t.from >= start.to && t.value.type === 'timerange' && t.value.start === null,
  )?.value;
  const end = closing?.type === 'timerange' ? closing.end : null;
  if (end === null || value.start === null) return value;
  if (value.type === 'datetimerange' && value.end !== null) return value;
  const day = value.start.slice(0, 10);
  const evening = value.start.slice(11) >= '12' ? 'pm' : undefined;
  const to = at(day, clockIn(end, evening));
  return to > value.start ? { type: 'datetimerange', start: value.start, end: to } : value;
}

/** New values over old ones: a corrected hour keeps the day, a corrected day keeps the hour. */
export function amended(old: TimeValue, next: TimeValue): TimeValue {
  if (
    (next.type === 'time' || next.type === 'timerange') &&
    (old.type === 'date' || old.type === 'datetime' || old.type === 'datetimerange')
  ) {
    const day = daysOf(old)?.start;
    if (day === null || day === undefined) return next;
    return onDay(day, old.type === 'date' ? old.part : partOfClock(old.start), next);
  }
  if (next.type === 'date' && next.part === undefined) return movedTo(old, next.start) ?? next;
  return next;
}

const partOfClock = (moment: string | null): DayPart | undefined =>
  moment !== null && moment.slice(11, 13) >= '12' ? 'pm' : undefined;

function movedTo(old: TimeValue, day: string): TimeValue | null {
  if (old.type === 'datetime') return { type: 'datetime', start: at(day, old.start.slice(11)) };
  if (old.type === 'date' && old.part !== undefined) return { ...old, start: day };
  if (old.type !== 'datetimerange' || old.start === null || old.end === null) return null;
  return {
    type: 'datetimerange',
    start: at(day, old.start.slice(11)),
    end: at(day, old.end.slice(11)),
  };
}

/** All times of a piece together; what follows a correction wins over what went before. */
export function wholeTime(sentence: Sentence, shape?: 'days' | 'moment'): Whole {
  const times = inNamedWeek(sentence.times());
  const cut = sentence.correction?.from ?? 0;
  const before = times.filter((t) => t.from < cut);
  const after = times.filter((t) => t.from >= cut);
  const now = together(after, shape);
  if (before.length === 0) return located(sentence, after, now);
  const old = together(before, shape);
  if (now.value === null)
    return located(sentence, before, { ...old, length: now.length ?? old.length });
  const value = old.value === null ? now.value : amended(old.value, now.value);
  return located(sentence, times, { value, length: now.length });
}

type Together = { readonly value: TimeValue | null; readonly length: Found<TimeValue> | null };

function together(times: Times, shape: 'days' | 'moment' | undefined): Together {
  const length = ofType(times, 'duration')[0] ?? null;
  if (shape === 'days') {
    const value = wholeDays(times);
    const used = value !== null;
    return { value: value ?? momentOf(ofType(times, 'set')), length: used ? null : length };
  }
  const whole = wholeMoment(times);
  return { value: whole?.value ?? null, length: whole?.used === true ? null : length };
}

function located(sentence: Sentence, times: Times, { value, length }: Together): Whole {
  const dated = times.filter((t) => t !== length);
  const from = dated[0]?.from;
  const to = dated.at(-1)?.to;
  const when =
    value === null || from === undefined || to === undefined
      ? null
      : foundAt(sentence, from, to, value);
  return { when, length };
}
