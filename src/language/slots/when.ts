import type { WhenShape } from '../lexicon.ts';
import { matchesOf } from '../matches.ts';
import type { DayPart, Found, TimeValue } from '../meaning.ts';
import { foundAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import {
  amended,
  fromFirst,
  asDays,
  closedAt,
  daysOf,
  inThePast,
  isClockLength,
  lastDay,
  lasting,
  onDay,
  withClock,
} from './moments.ts';
import type { Days, Of } from './moments.ts';

type Times = readonly Found<TimeValue>[];

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

/** All times of a piece together; what follows a correction wins over what went before. */
export function wholeTime(sentence: Sentence, shape?: WhenShape): Whole {
  const times = inNamedWeek(askedFor(sentence, shape));
  const cut = sentence.correction?.to ?? 0;
  const before = times.filter((t) => t.from < cut);
  const after = times.filter((t) => t.from >= cut);
  const now = together(sentence, after, shape);
  if (before.length === 0) return located(sentence, after, now);
  const old = together(sentence, before, shape);
  if (now.value === null)
    return located(sentence, before, { ...old, length: now.length ?? old.length });
  const value = old.value === null ? now.value : amended(old.value, now.value);
  return located(sentence, times, { value, length: now.length });
}

const present = /^(?:现在|目前|当前|此刻|刚才|刚刚|刚)$/;
const ofThePast =
  /^(?:我|我们)?(?:刚|才)?(?:提交|提|报修|报|申请|填|发起|借|领|买|预订|定|订)(?:过|了)?的/;

const changes =
  /[改换推挪移延调变提][^，,。；;]{0,3}?[到成为在至]|[改换](?=[周星礼下本明后上早中晚\d一二两三四五六七八九十])|而是|应该是/g;

const shifts = /推迟|延后|延迟|延长|缩短|往后|往前|顺延|提前|提早|晚[一半两]|早[一半两]/;

/** 周五的会改到周四: the time behind the word of change is the new one; all times when none is behind it. */
function behindChange(sentence: Sentence): Times {
  const last = matchesOf(sentence.text, changes).at(-1);
  if (last === undefined)
    return shifts.test(sentence.text) ? ofType(sentence.times(), 'duration') : sentence.times();
  const at = last.index + last[0].length;
  const behind = sentence.times().filter((t) => t.to > at);
  return behind.length > 0 ? behind : sentence.times();
}

/** The times that are part of the wish: not 现在 but for rooms, not 昨天 in 昨天提交的申请. */
const askedFor = (sentence: Sentence, shape: WhenShape | undefined): Times =>
  (shape === 'new' ? behindChange(sentence) : sentence.times())
    .filter((t) => shape === 'now' || !present.test(t.words))
    .filter((t) => shape === 'any' || !ofThePast.test(sentence.text.slice(t.to, t.to + 10)));

const weekday = /^(?:周|星期|礼拜)/;

/** 下周出差，周二去: a bare weekday belongs to the week named before it. */
function inNamedWeek(all: Times): Times {
  const times = onward(all);
  const week = ofType(times, 'daterange').find(
    (t) => /[下上][周星礼]/.test(t.words) && !/[一二三四五六日天]$/.test(t.words),
  );
  if (week === undefined) return times;
  return times.map((t) => {
    const days = t.from >= week.to && weekday.test(t.words) ? asDaysOf(t.value) : null;
    if (days === null || days.start === null) return t;
    const moved = {
      start: weekLater(days.start),
      end: days.end === null ? null : weekLater(days.end),
    };
    const fits = days.start < (week.value.start ?? '') && moved.start <= (week.value.end ?? '');
    return fits ? { ...t, value: asDays(moved) } : t;
  });
}

/** 下周三去，周五回: a bare weekday behind a day comes after it. */
function onward(times: Times): Times {
  const [first] = ofType(times, 'date');
  if (first === undefined) return times;
  return times.map((t) => {
    const before =
      t.from > first.from &&
      t.value.type === 'date' &&
      weekday.test(t.words) &&
      t.value.start < first.value.start;
    return before && t.value.type === 'date'
      ? { ...t, value: { ...t.value, start: weekLater(t.value.start) } }
      : t;
  });
}

const asDaysOf = (value: TimeValue): Days | null =>
  value.type === 'date' || value.type === 'daterange' ? daysOf(value) : null;

const weekLater = (day: string): string => Temporal.PlainDate.from(day).add({ days: 7 }).toString();

type Together = { readonly value: TimeValue | null; readonly length: Found<TimeValue> | null };

/** One value of all times, in the shape that the slot wants. */
function together(sentence: Sentence, times: Times, shape: WhenShape | undefined): Together {
  const length = ofType(times, 'duration')[0] ?? null;
  if (shape === 'days') {
    const value = wholeDays(times) ?? momentOf(ofType(times, 'set'));
    return { value, length: value === null ? length : null };
  }
  const value =
    deadline(sentence, times) ??
    (shape === 'loan' ? loan(times) : null) ??
    (shape === 'new' ? newEnd(sentence, times) : null) ??
    momentOf(closing(sentence, times));
  if (value === null) return { value, length };
  if (shape === 'onset') {
    const words = times[0]?.words ?? '';
    return { value: onset(sinceThen(value, words, sentence.today()), words), length };
  }
  if (shape === 'past')
    return { value: inThePast(value, times[0]?.words ?? '', sentence.today()), length };
  const ranged = length?.value.type === 'duration' ? lasting(value, length.value.value) : null;
  return ranged === null ? { value, length } : { value: ranged, length: null };
}

const due = /(?:截止|截至|最迟|最晚)(?:时间|日期)?(?:到|是|为|[:：\s])*$/;

/** 截止9月28日: no later than that. */
function deadline(sentence: Sentence, times: Times): TimeValue | null {
  const last = times.find(
    (t) =>
      t.words.startsWith('截') || due.test(sentence.text.slice(Math.max(0, t.from - 8), t.from)),
  );
  if (last?.value.type === 'date') return { type: 'daterange', start: null, end: last.value.start };
  if (last?.value.type === 'datetime')
    return { type: 'datetimerange', start: null, end: last.value.start };
  return last?.value ?? null;
}

/** Taken on one day, given back on another: 周四用，周五还. */
function loan(times: Times): TimeValue | null {
  const days = ofType(times, 'date').map((t) => t.value.start);
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined || last <= first
    ? null
    : asDays({ start: first, end: last });
}

const parts: readonly (readonly [RegExp, DayPart])[] = [
  [/凌晨/, 'dawn'],
  [/早|上午/, 'am'],
  [/中午/, 'noon'],
  [/下午|午后/, 'pm'],
  [/晚|夜/, 'evening'],
];

/** 自五月八日起 of a thing that is out of order is the last such day; 明天上午来修 is to come. */
const sinceThen = (value: TimeValue, words: string, today: string): TimeValue =>
  value.type === 'daterange' && value.end === null ? inThePast(value, words, today) : value;

/** Since when a thing is out of order: 昨天下午开始 is that part of a day, not an open range. */
function onset(value: TimeValue, words: string): TimeValue {
  if (value.type === 'datetimerange' && value.end === null && value.start !== null)
    return { type: 'datetime', start: value.start };
  if (value.type !== 'daterange' || value.end !== null || value.start === null) return value;
  const part = parts.find(([said]) => said.test(words))?.[1];
  return part === undefined ? value : { type: 'date', start: value.start, part };
}

const endsBehind = /^[^，,。；;\d]{0,2}?(?:结束|散会|为止)/;
const endsBefore =
  /(?:结束|散会)(?:时间)?[^，,。；;]{0,3}?(?:[改调变换推延移提][^，,。；;]{0,3}?)?[到成为在至] ?$|\bend(?:s|ing)? ?$/;

/** 改到11点结束, 结束时间改到11点: another end of what keeps its beginning, unless 10点开始 is said as well. Null: nothing of an end. */
function newEnd(sentence: Sentence, times: Times): TimeValue | null {
  const ends = ofType(times, 'time', 'datetime').find(
    ({ from, to }) =>
      endsBehind.test(sentence.text.slice(to)) || endsBefore.test(sentence.text.slice(0, from)),
  );
  const end = ends?.value.start;
  if (ends === undefined || end === undefined) return null;
  const type = ends.value.type === 'time' ? 'timerange' : 'datetimerange';
  const begun = ofType(times, 'timerange', 'datetimerange').find((t) => t.value.start !== null);
  if (begun === undefined) return { type, start: null, end };
  return begun.value.type === type && begun.value.end === null ? { ...begun.value, end } : null;
}

/** 开到9点, far behind the start: the end of what has begun, as a range without a start. */
const closing = (sentence: Sentence, times: Times): Times =>
  times.map((t) => {
    const closes =
      t.value.type === 'time' &&
      t.value.start !== undefined &&
      /[到至]/.test(sentence.text.charAt(t.from - 1)) &&
      !/[改换推延提]/.test(sentence.text.slice(Math.max(0, t.from - 3), t.from));
    return closes && t.value.type === 'time' && t.value.start !== undefined
      ? { ...t, value: { type: 'timerange' as const, start: null, end: t.value.start } }
      : t;
  });

/** A day and clock times from different places in the piece, put together. */
function momentOf(times: Times): TimeValue | null {
  const repeated = ofType(times, 'set')[0]?.value;
  const clocks = ofType(times, 'time', 'timerange');
  const exact = clocks.find((t) => t.value.type === 'timerange' || t.value.start !== undefined);
  const clock = (exact ?? clocks[0])?.value;
  if (repeated !== undefined)
    return withClock(
      fromFirst(repeated, ofType(times, 'datetime', 'datetimerange')[0]?.value.start),
      clock,
    );
  const full = ofType(times, 'datetimerange', 'datetime');
  const moment = full.find((t) => t.value.type === 'datetimerange') ?? full[0];
  if (moment !== undefined) {
    const end = clocks.find((t) => t.value.type === 'timerange' && t.value.start === null)?.value;
    return end?.type === 'timerange' && end.end !== null
      ? closedAt(moment.value, end.end)
      : moment.value;
  }
  const day = ofType(times, 'date')[0]?.value;
  if (day !== undefined && clock !== undefined) return onDay(day.start, day.part, clock);
  return day ?? ofType(times, 'daterange')[0]?.value ?? clock ?? null;
}

/** Days of a journey: from the first day named to the last, or from the first for as long as said. */
function wholeDays(times: Times): Of<'date'> | Of<'daterange'> | null {
  const spans = times.flatMap((t) => daysOf(t.value) ?? []);
  const exact = spans.filter((s) => s.start !== null && s.end !== null);
  const used = insideWide(spans) ?? (exact.length > 0 ? exact : spans);
  const [first, last] = inOrder(used);
  if (first === undefined || last === undefined) return null;
  const length = ofType(times, 'duration').find((t) => !isClockLength(t.value.value));
  if (
    used.length === 1 &&
    first.start !== null &&
    first.start === first.end &&
    length !== undefined
  )
    return asDays({ start: first.start, end: lastDay(first.start, length.value.value) });
  if (first.start === null || last.end === null || last.end < first.start) return asDays(first);
  return asDays({ start: first.start, end: last.end });
}

/** 下周一回，明天去: the way back was named first. */
function inOrder(days: readonly Days[]): readonly [Days | undefined, Days | undefined] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || days.length > 2) return [first, last];
  const backwards = first.start !== null && last.start !== null && last.start < first.start;
  return backwards ? [last, first] : [first, last];
}

/** Days named inside a week or month named before them replace it (下周出差，周二去周三回). */
function insideWide(spans: readonly Days[]): readonly Days[] | null {
  const wide = spans.find((s) => s.start !== s.end);
  if (wide === undefined) return null;
  const inside = spans.filter(
    (s) =>
      s !== wide &&
      s.start !== null &&
      s.end !== null &&
      s.start >= (wide.start ?? '') &&
      s.end <= (wide.end ?? '9'),
  );
  return inside.length > 0 ? inside : null;
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
