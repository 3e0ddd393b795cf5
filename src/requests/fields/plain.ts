/** Fields of words, numbers and choices. */
import { z } from 'zod';
import type { Option } from '../../../cards/card.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { Slots } from '../../language/meaning.ts';
import { CLEARED, type Common, type Field } from '../fields.ts';
import { answerText } from './answers.ts';

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
    keeps: () => (field.required ? CLEARED : undefined),
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

/** A list of short names (cities; `people`: of people), asked for as one line with 、 between. */
export const list = <R extends boolean>(
  field: Common<R> & { readonly most: number; readonly people?: true },
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
  ...(field.people ? { keeps: () => undefined } : {}),
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
