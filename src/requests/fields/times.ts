/** Fields of hours and of days. */
import { z } from 'zod';
import type { Answers } from '../../../cards/card.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { dayRangeText, dayText, momentText, periodText } from '../../../cards/times.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { Common, Field, Hearing } from '../fields.ts';
import {
  amendedDays,
  amendedPeriod,
  type Days,
  daysOf,
  type Period,
  periodOf,
} from '../spoken-times.ts';
import { answerText } from './answers.ts';

/** An instant as stored: ISO 8601 in UTC. */
const instantText = z.string().refine((text) => isInstant(text), 'an ISO instant');
const dateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A period of hours: asked for as day, begin and end. */
export const period = <R extends boolean>(field: Common<R>): Field<Period, R> => ({
  label: field.label,
  required: field.required,
  schema: z.object({ from: instantText, to: instantText, guessed: z.boolean().optional() }),
  hears: (slots, at) => periodOf(slots, at.now),
  amends: (old, slots, at) => amendedPeriod(old, slots, at.now),
  inputs: (name, value, _options, at) => {
    const from = value && local(value.from, at);
    const to = value && local(value.to, at);
    return [
      {
        input: 'moment',
        name: `${name}_from`,
        label: words('开始', 'Begins'),
        required: field.required,
        ...(from ? { value: from } : {}),
      },
      {
        input: 'moment',
        name: `${name}_to`,
        label: words('结束', 'Ends'),
        required: field.required,
        ...(to ? { value: to } : {}),
      },
    ];
  },
  reads: (name, answers, at) => {
    const from = answerMoment(`${name}_from`, answers, at);
    const to = answerMoment(`${name}_to`, answers, at);
    if (!from && !to) return undefined;
    if (!from || !to) {
      throw new Refusal(
        'form.period',
        words('开始和结束时间都要填', 'Both begin and end are needed'),
      );
    }
    if (Temporal.Instant.compare(from, to) >= 0) {
      throw new Refusal(
        'form.period',
        words(
          `结束时间要晚于开始时间（${momentText(from, at).zh}）`,
          `It must end after it begins (${momentText(from, at).en})`,
        ),
      );
    }
    return { from: from.toString(), to: to.toString() };
  },
  shows: (value, _options, at) =>
    periodText(Temporal.Instant.from(value.from), Temporal.Instant.from(value.to), at),
});

/** Days, both included; `ends`: how the first and the last are asked for. */
export const days = <R extends boolean>(
  field: Common<R> & { readonly ends?: readonly [first: Words, last: Words] },
): Field<Days, R> => ({
  label: field.label,
  required: field.required,
  schema: z.object({ from: dateText, to: dateText }),
  hears: (slots, at) => daysOf(slots, at.now),
  amends: (old, slots, at) => amendedDays(old, slots, at.now),
  inputs: (name, value) => [
    {
      input: 'date',
      name: `${name}_from`,
      label: field.ends?.[0] ?? words('出发', 'From'),
      required: field.required,
      ...(value ? { value: value.from } : {}),
    },
    {
      input: 'date',
      name: `${name}_to`,
      label: field.ends?.[1] ?? words('返回', 'Until'),
      required: field.required,
      ...(value ? { value: value.to } : {}),
    },
  ],
  reads: (name, answers) => {
    const from = answerDate(`${name}_from`, answers);
    const to = answerDate(`${name}_to`, answers) ?? from;
    if (!from || !to) return undefined;
    if (to < from) {
      throw new Refusal(
        'form.days',
        words(
          `${(field.ends?.[1] ?? words('返回日期', '')).zh}不能早于${(field.ends?.[0] ?? words('出发日期', '')).zh}（${dayText(from).zh}）`,
          `It cannot end before it begins (${dayText(from).en})`,
        ),
      );
    }
    return { from, to };
  },
  shows: (value, _options, at) => dayRangeText(value.from, value.to, at.now),
});

function answerMoment(name: string, answers: Answers, at: Hearing): Temporal.Instant | undefined {
  const answer = answerText(name, answers);
  if (answer === undefined) return undefined;
  try {
    // With an offset (Feishu tells the device's) it is that moment; without one it is the office's wall clock.
    return /[+-]\d{2}:?\d{2}$|Z$/.test(answer.slice(10))
      ? Temporal.Instant.from(answer)
      : Temporal.PlainDateTime.from(answer).toZonedDateTime(at.now.timeZoneId).toInstant();
  } catch (error) {
    if (error instanceof RangeError) throw unreadable(answer);
    throw error;
  }
}

function answerDate(name: string, answers: Answers): string | undefined {
  const answer = answerText(name, answers)?.slice(0, 10);
  if (answer === undefined) return undefined;
  try {
    return Temporal.PlainDate.from(answer).toString();
  } catch (error) {
    if (error instanceof RangeError) throw unreadable(answer);
    throw error;
  }
}

const local = (instant: string, at: Hearing): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(at.now.timeZoneId)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

function isInstant(value: string): boolean {
  try {
    Temporal.Instant.from(value);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const unreadable = (answer: string): Refusal =>
  new Refusal(
    'form.time',
    words(`看不懂这个时间：「${answer}」`, `Cannot read this time: “${answer}”`),
  );
