/** Fields of a booking of a desk or booth: its days, its hours, and what is heard and never asked for. */
import { z } from 'zod';
import { Refusal } from '../../../../cards/refusal.ts';
import { dayText } from '../../../../cards/times.ts';
import { words } from '../../../../cards/words.ts';
import type { TimeValue, Slots } from '../../../language/meaning.ts';
import { minutesOfClock } from '../../../time/hours.ts';
import { answerText } from '../../fields/answers.ts';
import { days } from '../../fields/times.ts';
import type { Field } from '../../fields.ts';
import { amendedDays, type Days, daysOf } from '../../spoken-times.ts';
import type { SaidHours } from './dates.ts';

const clock = z.string().refine((text) => minutesOfClock(text) !== null, 'a clock time');

const timeIn = (slots: Slots): TimeValue | undefined => {
  const value = slots['when'];
  return typeof value === 'object' && 'type' in value ? value : undefined;
};

/** Only a clock time, and no day: what is to be kept when it corrects something. */
const isClockOnly = (when: TimeValue | undefined): boolean =>
  when?.type === 'time' || when?.type === 'timerange';

/** One day, or one to another. 下午2点 alone is today's, or tomorrow's when that has passed. */
export const spaceDates: Field<Days, true> = {
  ...days({
    label: words('日期', 'Dates'),
    required: true,
    ends: [words('第一天', 'First day'), words('最后一天', 'Last day')],
  }),
  hears: (slots, at) => {
    const when = timeIn(slots);
    const found = daysOf(slots, at.now);
    const begins = when && 'start' in when && isClockOnly(when) ? when.start : undefined;
    const passed =
      typeof begins === 'string' && Temporal.PlainTime.compare(at.now.toPlainTime(), begins) >= 0;
    const tomorrow = at.now.toPlainDate().add({ days: 1 }).toString();
    return found && passed ? { from: tomorrow, to: tomorrow } : found;
  },
  amends: (old, slots, at) =>
    isClockOnly(timeIn(slots)) ? undefined : amendedDays(old, slots, at.now),
  shows: ({ from, to }, _options, at) => {
    const today = at.now.toPlainDate();
    const [first, last] = [dayText(from, today), dayText(to, today)];
    return from === to
      ? first
      : words(`${first.zh} 至 ${last.zh} 的工作日`, `working days from ${first.en} to ${last.en}`);
  },
};

/** The hours of each day. */
export const spaceHours: Field<SaidHours, false> = {
  label: words('时间', 'Hours'),
  required: false,
  schema: z.union([
    z.object({ begins: clock, ends: clock.optional() }),
    z.object({ half: z.enum(['am', 'pm']) }),
  ]),
  hears: hoursIn,
  inputs: (name, value) => [
    {
      input: 'text',
      name,
      label: words('时间', 'Hours'),
      lines: 'one',
      longest: 20,
      required: false,
      hint: words(
        '全天、上午、下午，或 14:00-15:00',
        'All day, morning, afternoon, or 14:00-15:00',
      ),
      ...(value === undefined ? {} : { value: textOf(value).zh }),
    },
  ],
  reads: (name, answers) => {
    const answer = answerText(name, answers)?.normalize('NFKC').trim();
    if (answer === undefined || /^(?:全天|整天|all day)$/iu.test(answer)) return undefined;
    if (/^(?:上午|morning)$/iu.test(answer)) return { half: 'am' };
    if (/^(?:下午|afternoon)$/iu.test(answer)) return { half: 'pm' };
    const [, from, to] =
      /^(\d{1,2}:\d{2})\s*(?:-|–|~|到|to)\s*(\d{1,2}:\d{2})$/iu.exec(answer) ?? [];
    const hours = { begins: from?.padStart(5, '0') ?? '', ends: to?.padStart(5, '0') ?? '' };
    if (
      hours.begins < hours.ends &&
      [hours.begins, hours.ends].every((each) => minutesOfClock(each) !== null)
    )
      return hours;
    throw new Refusal(
      'form.time',
      words(
        `看不懂这个时间：「${answer}」，请写 全天、上午、下午，或 14:00-15:00`,
        `Cannot read “${answer}”; write all day, morning, afternoon, or 14:00-15:00`,
      ),
    );
  },
  shows: textOf,
};

function textOf(value: SaidHours) {
  if ('half' in value)
    return value.half === 'am' ? words('上午', 'morning') : words('下午', 'afternoon');
  const text = value.ends === undefined ? value.begins : `${value.begins}–${value.ends}`;
  return words(text, text);
}

/** The clock times, or the half of the day, that a sentence names. */
function hoursIn(slots: Slots): SaidHours | undefined {
  const when = timeIn(slots);
  if (!when) return undefined;
  if ((when.type === 'date' || when.type === 'time') && when.part !== undefined && !clockOf(when)) {
    return when.part === 'am' || when.part === 'pm' ? { half: when.part } : undefined;
  }
  const from = clockOf(when);
  if (from === undefined) return undefined;
  const end = 'end' in when && typeof when.end === 'string' ? clockText(when.end) : undefined;
  return { begins: from, ends: end ?? later(from, slots['duration']) };
}

const clockOf = (when: TimeValue): string | undefined => {
  if (when.type === 'date' || when.type === 'daterange') return undefined;
  return 'start' in when && typeof when.start === 'string' ? clockText(when.start) : undefined;
};

/** `2026-03-04T14:00:00`, `14:00:00` → `14:00`. */
const clockText = (moment: string): string => moment.slice(moment.indexOf('T') + 1).slice(0, 5);

/** A clock time so much later on the same day; undefined when no length was said, or it runs into the next. */
function later(from: string, said: unknown): string | undefined {
  const iso =
    typeof said === 'object' && said !== null && 'value' in said && typeof said.value === 'string'
      ? said.value
      : typeof said === 'string'
        ? said
        : undefined;
  const [, hours = '0', minutes = '0'] = /^PT(?:([\d.]+)H)?(?:(\d+)M)?$/.exec(iso ?? '') ?? [];
  const length = Math.round(Number(hours) * 60) + Number(minutes);
  const end = Temporal.PlainTime.from(from).add({ minutes: length }).toString().slice(0, 5);
  return length > 0 && end > from ? end : undefined;
}

/** What is heard, kept and never asked for on a card. */
export const unasked = (slot: string, longest: number): Field<string, false> => ({
  label: words(slot === 'sort' ? '类型' : '楼层', slot === 'sort' ? 'Sort' : 'Floor'),
  required: false,
  schema: z.string().min(1).max(longest),
  hears: (slots) => {
    const value = slots[slot];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  },
  inputs: () => [],
  reads: () => undefined,
  shows: (value) => value,
});
