/** The readers of times that are published for JavaScript, with their answers in the form of our data. */
import recognizers from '@microsoft/recognizers-text-date-time';
import { zh } from 'chrono-node';
import type { Row } from '../../test/language/rows.ts';

/** The moment of a row for libraries that know no zones: the same clock in ours. */
const dateOf = (row: Row): Date => new Date(row.reference);

type Parts = {
  readonly get: (part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second') => number | null;
  readonly isCertain: (part: 'day' | 'weekday' | 'hour' | 'meridiem') => boolean;
};
const two = (value: number | null): string => String(value ?? 0).padStart(2, '0');
const dayText = (at: Parts): string =>
  `${at.get('year')}-${two(at.get('month'))}-${two(at.get('day'))}`;
const clockText = (at: Parts): string =>
  `${two(at.get('hour'))}:${two(at.get('minute'))}:${two(at.get('second'))}`;

/** The part of the day that an implied hour stands for. */
const partOf = (hour: number): string =>
  hour < 5 ? 'dawn' : hour < 12 ? 'am' : hour < 13 ? 'noon' : hour < 18 ? 'pm' : 'evening';

/** chrono's parts in our form, as kindly as they allow: what it only implies is left out. */
export function byChrono(row: Row): unknown {
  const found = zh.hans.parse(row.text, dateOf(row), { forwardDate: true })[0];
  if (found === undefined) return { type: 'none' };
  const { start, end } = found;
  const dated =
    start.isCertain('day') || start.isCertain('weekday') || /[今明后昨天周星礼]/.test(found.text);
  const clocked = start.isCertain('hour');
  const value = (at: Parts): string =>
    dated && clocked ? `${dayText(at)}T${clockText(at)}` : clocked ? clockText(at) : dayText(at);
  if (!clocked && start.isCertain('meridiem') && !end)
    return {
      type: dated ? 'date' : 'time',
      ...(dated ? { start: dayText(start) } : {}),
      part: partOf(start.get('hour') ?? 0),
    };
  const type = clocked ? (dated ? 'datetime' : 'time') : 'date';
  return end === null || end === undefined
    ? { type, start: value(start) }
    : { type: `${type}range`, start: value(start), end: value(end) };
}

type Resolution = { readonly [key: string]: string | undefined };

/** The recognizer's last value (the later of two dates) in our form; a timex gives lengths. */
export function byRecognizer(row: Row): unknown {
  const found = recognizers.recognizeDateTime(row.text, 'zh-cn', undefined, dateOf(row))[0];
  const values: readonly Resolution[] = found?.resolution?.['values'] ?? [];
  const value = values.at(-1);
  if (value === undefined) return { type: 'none' };
  const { type, timex, start, end } = value;
  const text = value['value']?.replace(' ', 'T');
  if (type === 'duration') return { type, value: timex };
  if (type === 'set') return everyOf(timex ?? '');
  const part = parts[/T(DA|MO|MI|AF|EV|NI)$/.exec(timex ?? '')?.[1] ?? ''];
  const day = /^\d{4}-\d{2}-\d{2}/.exec(start ?? '')?.[0];
  if (part !== undefined)
    return day === undefined ? { type: 'time', part } : { type: 'date', start: day, part };
  if (type?.endsWith('range'))
    return { type, start: start?.replace(' ', 'T') ?? null, end: lastOf(type, start, end) };
  return { type, start: text };
}

const parts: { readonly [code: string]: string } = {
  DA: 'dawn',
  MO: 'am',
  MI: 'noon',
  AF: 'pm',
  EV: 'evening',
  NI: 'evening',
};

/** XXXX-WXX-1T09: every Monday at nine. */
function everyOf(timex: string): unknown {
  const [days = '', clock] = timex.split('T');
  const weekday = /^XXXX-WXX-(\d)/.exec(days)?.[1];
  const time =
    clock === undefined || !/^\d\d/.test(clock)
      ? {}
      : { time: `${clock.slice(0, 2)}:${clock.slice(3, 5) || '00'}:00` };
  if (weekday !== undefined)
    return { type: 'set', every: 'P1W', weekdays: [Number(weekday)], ...time };
  return { type: 'set', every: days.startsWith('P') ? days : 'P1D', ...time };
}

/** Its days end before the day named; ours with it. */
function lastOf(type: string, start: string | undefined, end: string | undefined): string | null {
  if (end === undefined) return null;
  // Where it ends before it starts, or only has an end, it means the day itself.
  return type === 'daterange' && start !== undefined && end > start
    ? Temporal.PlainDate.from(end).subtract({ days: 1 }).toString()
    : end.replace(' ', 'T');
}
