/**
 * Form fields: one declaration feeds validation, card inputs, slot filling, the ledger and the export.
 * A field's value is what is stored as JSON in the request's form.
 */
import { z } from 'zod';
import type { Answers, Input, Option } from '../../cards/card.ts';
import { Refusal } from '../../cards/refusal.ts';
import { type Text, type Words, words } from '../../cards/words.ts';
import { momentText, dayText, dayRangeText, periodText } from '../../cards/times.ts';
import type { Slots } from '../language/meaning.ts';
import { amendedDays, amendedPeriod, daysOf, periodOf } from './spoken-times.ts';

/** When and where something is heard: the moment of speaking in the office's zone. */
export type Hearing = { readonly now: Temporal.ZonedDateTime };

/** `R` tells whether a request cannot be submitted without it. */
export type Field<T, R extends boolean = boolean> = {
  readonly label: Words;
  readonly required: R;
  readonly schema: z.ZodType<T>;
  /** What understood slots say for it. */
  hears(slots: Slots, at: Hearing): T | undefined;
  /** What a correction makes of a value that is there (改到4点 keeps the day and the length); without it, what is heard replaces it. */
  amends?(old: T, slots: Slots, at: Hearing): T | undefined;
  /** How it is asked for on a card. `options` come from the company's own data, where the kind offers some. */
  inputs(
    name: string,
    value: T | undefined,
    options: readonly Option[],
    at: Hearing,
  ): readonly Input[];
  /** What a person answered. Undefined: nothing. Throws Refusal when it cannot be read. */
  reads(name: string, answers: Answers, at: Hearing): T | undefined;
  shows(value: T, options: readonly Option[], at: Hearing): Text;
};

export type Fields = { readonly [name: string]: Field<unknown> };

/** A complete form: required fields have values. */
export type FormOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T, infer R>
    ? R extends true
      ? T
      : T | undefined
    : never;
};
/** A form on its way: anything may still be missing. */
export type DraftOf<F extends Fields> = {
  readonly [K in keyof F]?: (F[K] extends Field<infer T> ? T : never) | undefined;
};

type Common<R extends boolean> = {
  readonly label: Words;
  readonly required: R;
  readonly hint?: Words;
  /** The slot of the language module that fills it. */
  readonly slot?: string;
};

/** An instant as stored: ISO 8601 in UTC. */
const instantText = z.string().refine((text) => isInstant(text), 'an ISO instant');
const dateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** One line, or a few with `lines: 'many'`. */
export const text = <R extends boolean>(
  field: Common<R> & { readonly lines?: 'one' | 'many'; readonly longest?: number },
): Field<string, R> => {
  const longest = field.longest ?? (field.lines === 'many' ? 2_000 : 200);
  return {
    label: field.label,
    required: field.required,
    schema: z.string().min(1).max(longest),
    hears: (slots) => spokenText(slots, field.slot, longest),
    inputs: (name, value) => [
      {
        input: 'text',
        name,
        label: field.label,
        lines: field.lines ?? 'one',
        longest,
        required: field.required,
        ...(field.hint ? { hint: field.hint } : {}),
        ...(value === undefined ? {} : { value }),
      },
    ],
    reads: (name, answers) => {
      const answer = answerText(name, answers);
      if (answer !== undefined && answer.length > longest) throw tooLong(field.label, longest);
      return answer;
    },
    shows: (value) => value,
  };
};

/** A whole number between `min` and `max`. */
export const count = <R extends boolean>(
  field: Common<R> & { readonly min: number; readonly max: number; readonly unit?: Words },
): Field<number, R> => ({
  label: field.label,
  required: field.required,
  schema: z.number().int().min(field.min).max(field.max),
  hears: (slots) => {
    const value = field.slot === undefined ? undefined : slots[field.slot];
    return typeof value === 'number' &&
      Number.isInteger(value) &&
      value >= field.min &&
      value <= field.max
      ? value
      : undefined;
  },
  inputs: (name, value) => [
    {
      input: 'number',
      name,
      label: field.label,
      required: field.required,
      ...(field.hint ? { hint: field.hint } : {}),
      ...(value === undefined ? {} : { value: String(value) }),
    },
  ],
  reads: (name, answers) => {
    const answer = answerText(name, answers);
    if (answer === undefined) return undefined;
    const value = Number(answer.normalize('NFKC'));
    if (Number.isInteger(value) && value >= field.min && value <= field.max) return value;
    throw new Refusal(
      'form.number',
      words(
        `「${field.label.zh}」应为 ${field.min}–${field.max} 的整数，您填的是「${answer}」`,
        `“${field.label.en}” must be a whole number from ${field.min} to ${field.max}, not “${answer}”`,
      ),
    );
  },
  shows: (value) =>
    field.unit ? words(`${value} ${field.unit.zh}`, `${value} ${field.unit.en}`) : String(value),
});

/** One of fixed options, or (without `options`) of those the kind reads from the company's data. */
export const choice = <R extends boolean>(
  field: Common<R> & { readonly options?: readonly Option[] },
): Field<string, R> => ({
  label: field.label,
  required: field.required,
  schema: z.string().min(1).max(100),
  hears: (slots) => {
    const value = spokenText(slots, field.slot, 100);
    return field.options && !field.options.some((option) => option.value === value)
      ? undefined
      : value;
  },
  inputs: (name, value, options) => [
    {
      input: 'select',
      name,
      label: field.label,
      options: field.options ?? options,
      required: field.required,
      ...(value === undefined ? {} : { value }),
    },
  ],
  reads: (name, answers) => {
    const answer = answerText(name, answers);
    if (answer === undefined || !field.options) return answer;
    if (field.options.some((option) => option.value === answer)) return answer;
    throw unknownOption(field.label);
  },
  shows: (value, options) =>
    (field.options ?? options).find((option) => option.value === value)?.label ?? value,
});

/** Any number of fixed options. */
export const choices = <R extends boolean>(
  field: Common<R> & { readonly options: readonly Option[] },
): Field<readonly string[], R> => ({
  label: field.label,
  required: field.required,
  schema: z.array(z.string()).max(field.options.length),
  hears: (slots) => {
    const value = field.slot === undefined ? undefined : slots[field.slot];
    if (!Array.isArray(value)) return undefined;
    const known = field.options
      .map((option) => option.value)
      .filter((each) => value.includes(each));
    return known.length > 0 ? known : undefined;
  },
  inputs: (name, value) => [
    {
      input: 'choices',
      name,
      label: field.label,
      options: field.options,
      required: field.required,
      ...(value === undefined ? {} : { values: value }),
    },
  ],
  reads: (name, answers) => {
    const answer = answers[name];
    const chosen = Array.isArray(answer)
      ? answer
      : typeof answer === 'string' && answer
        ? [answer]
        : [];
    if (!chosen.every((each) => field.options.some((option) => option.value === each))) {
      throw unknownOption(field.label);
    }
    return chosen.length > 0 ? chosen : undefined;
  },
  shows: (value) => {
    const labels = value.map(
      (each) => field.options.find((option) => option.value === each)?.label ?? each,
    );
    return words(
      labels.map((label) => (typeof label === 'string' ? label : label.zh)).join('、'),
      labels.map((label) => (typeof label === 'string' ? label : label.en)).join(', '),
    );
  },
});

/** Yes or no. */
export const yesNo = (field: Common<false>): Field<boolean, false> => ({
  label: field.label,
  required: false,
  schema: z.boolean(),
  hears: (slots) => {
    const value = field.slot === undefined ? undefined : slots[field.slot];
    return value === undefined ? undefined : value !== false;
  },
  inputs: (name, value) => [
    { input: 'check', name, label: field.label, ...(value === undefined ? {} : { value }) },
  ],
  reads: (name, answers) => (typeof answers[name] === 'boolean' ? answers[name] : undefined),
  shows: (value) => (value ? words('是', 'yes') : words('否', 'no')),
});

/** From one moment to another, as ISO instants. `guessed`: the person named no hour or no end; shown as a guess. */
export type Period = {
  readonly from: string;
  readonly to: string;
  readonly guessed?: boolean | undefined;
};

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
          `结束时间要晚于开始时间（${momentText(from, at.now).zh}）`,
          `It must end after it begins (${momentText(from, at.now).en})`,
        ),
      );
    }
    return { from: from.toString(), to: to.toString() };
  },
  shows: (value, _options, at) =>
    periodText(Temporal.Instant.from(value.from), Temporal.Instant.from(value.to), at.now),
});

/** From one day to another, both included; ISO dates. */
export type Days = { readonly from: string; readonly to: string };

export const days = <R extends boolean>(field: Common<R>): Field<Days, R> => ({
  label: field.label,
  required: field.required,
  schema: z.object({ from: dateText, to: dateText }),
  hears: (slots, at) => daysOf(slots, at.now),
  amends: (old, slots, at) => amendedDays(old, slots, at.now),
  inputs: (name, value) => [
    {
      input: 'date',
      name: `${name}_from`,
      label: words('出发', 'From'),
      required: field.required,
      ...(value ? { value: value.from } : {}),
    },
    {
      input: 'date',
      name: `${name}_to`,
      label: words('返回', 'Until'),
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
          `返回日期不能早于出发日期（${dayText(from).zh}）`,
          `It cannot end before it begins (${dayText(from).en})`,
        ),
      );
    }
    return { from, to };
  },
  shows: (value, _options, at) => dayRangeText(value.from, value.to, at.now),
});

/** A list of short names (cities, people), asked for as one line with 、 between. */
export const list = <R extends boolean>(
  field: Common<R> & { readonly most: number },
): Field<readonly string[], R> => ({
  label: field.label,
  required: field.required,
  schema: z.array(z.string().min(1).max(60)).min(1).max(field.most),
  hears: (slots) => {
    const value = field.slot === undefined ? undefined : slots[field.slot];
    const names = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    return names.length > 0 ? names.slice(0, field.most) : undefined;
  },
  inputs: (name, value) => [
    {
      input: 'text',
      name,
      label: field.label,
      lines: 'one',
      required: field.required,
      hint: field.hint ?? words('多个用「、」隔开', 'Separate several by commas'),
      ...(value ? { value: value.join('、') } : {}),
    },
  ],
  reads: (name, answers) => {
    const names = (answerText(name, answers) ?? '')
      .split(/[、,，;；]/u)
      .map((each) => each.trim())
      .filter((each) => each !== '');
    if (names.length > field.most) {
      throw new Refusal(
        'form.list',
        words(
          `「${field.label.zh}」最多 ${field.most} 个`,
          `“${field.label.en}”: at most ${field.most}`,
        ),
      );
    }
    return names.length > 0 ? names.map((each) => each.slice(0, 60)) : undefined;
  },
  shows: (value) => words(value.join('、'), value.join(', ')),
});

const spokenText = (
  slots: Slots,
  slot: string | undefined,
  longest: number,
): string | undefined => {
  const value = slot === undefined ? undefined : slots[slot];
  return typeof value === 'string' && value.trim() !== ''
    ? value.trim().slice(0, longest)
    : undefined;
};

/** A text answer without surrounding spaces; undefined when left empty. */
export const answerText = (name: string, answers: Answers): string | undefined => {
  const answer = answers[name];
  return typeof answer === 'string' && answer.trim() !== '' ? answer.trim() : undefined;
};

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

const tooLong = (label: Words, longest: number): Refusal =>
  new Refusal(
    'form.long',
    words(`「${label.zh}」最多 ${longest} 个字`, `“${label.en}”: at most ${longest} characters`),
  );

const unknownOption = (label: Words): Refusal =>
  new Refusal(
    'form.option',
    words(
      `「${label.zh}」里没有这个选项，请重新选择`,
      `“${label.en}” has no such option; please choose again`,
    ),
  );
