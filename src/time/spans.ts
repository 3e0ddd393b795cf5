/**
 * A length of time as the office writes it in its rules, and as it is stored: `90m`, `4h`, `3d` run on the wall clock, day and
 * night; `4wh`, `1wd` run only while the office works. A working day is the office's daily working minutes, so `1wd` from
 * Friday 10:00 ends on the next working day at 10:00, and `1wd` from a night ends when the next working day closes.
 */
export type Span = `${number}${SpanUnit}`;

/** Minutes, hours, days of the calendar; working hours, working days. */
type SpanUnit = 'm' | 'h' | 'd' | 'wh' | 'wd';

export type SpanParts = { readonly count: number; readonly unit: SpanUnit };

/** Whether a text is a span: a whole number from 1 to 9,999 (more is a slip of the keyboard) and a unit, nothing else. */
export const isSpan = (text: string): text is Span => WRITTEN.test(text);

const WRITTEN = /^([1-9][0-9]{0,3})(m|h|d|wh|wd)$/;

/** Count and unit. RangeError when a text that claims to be a span is none. */
export function spanParts(span: Span): SpanParts {
  const found = WRITTEN.exec(span);
  const unit = UNITS.find((each) => each === found?.[2]);
  if (!unit) throw new RangeError(`Not a span: ${span}`);
  return { count: Number(found?.[1]), unit };
}

const UNITS: readonly SpanUnit[] = ['m', 'h', 'd', 'wh', 'wd'];

/** True when it runs only while the office works. */
export const isWorkingSpan = (span: Span): boolean => spanParts(span).unit.startsWith('w');

/** Minutes of a span on the wall clock, a day being 24 hours. RangeError for a working span: its minutes need a calendar. */
export function wallMinutes(span: Span): number {
  const { count, unit } = spanParts(span);
  if (unit === 'm') return count;
  if (unit === 'h') return count * 60;
  if (unit === 'd') return count * 24 * 60;
  throw new RangeError(`${span} runs on working time`);
}

/** As people read it: 「4 工作小时」, "4 working hours". */
export function spanText(span: Span): { readonly zh: string; readonly en: string } {
  const { count, unit } = spanParts(span);
  const name = NAMES[unit];
  return { zh: `${count} ${name.zh}`, en: `${count} ${name.en}${count === 1 ? '' : 's'}` };
}

const NAMES: { readonly [unit in SpanUnit]: { readonly zh: string; readonly en: string } } = {
  m: { zh: '分钟', en: 'minute' },
  h: { zh: '小时', en: 'hour' },
  d: { zh: '天', en: 'day' },
  wh: { zh: '工作小时', en: 'working hour' },
  wd: { zh: '个工作日', en: 'working day' },
};
