/** Colleagues in a form: their ids, and, on the way there, names nobody has looked up yet. */
import { z } from 'zod';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Common, Field } from '../fields.ts';
import { answerText } from './answers.ts';

/** An id of the directory, or a name as it was said, which the kind looks up while it prepares the draft. */
export type Someone = number | string;

/** Any number of colleagues, asked for as one line of names. The kind gives their names as options, by id. */
export const people = <R extends boolean>(
  field: Common<R> & { readonly most: number },
): Field<readonly Someone[], R> => ({
  label: field.label,
  required: field.required,
  schema: z.array(z.union([z.number().int(), z.string().min(1).max(60)])).max(field.most),
  hears: (slots) => {
    const value = field.slot === undefined ? undefined : slots[field.slot];
    const names = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    return names.length > 0 ? names.slice(0, field.most) : undefined;
  },
  amends: (old, slots) => {
    const value = field.slot === undefined ? undefined : slots[field.slot];
    const names = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    return [...old, ...names.filter((name) => !old.includes(name))].slice(0, field.most);
  },
  inputs: (name, value, options) => [
    {
      input: 'text',
      name,
      label: field.label,
      lines: 'one',
      required: field.required,
      hint: field.hint ?? words('多个用「、」隔开', 'Separate several by commas'),
      ...(value ? { value: namesOf(value, options).join('、') } : {}),
    },
  ],
  reads: (name, answers) => {
    const names = namesIn(answerText(name, answers) ?? '');
    if (names.length > field.most) {
      throw new Refusal(
        'form.people',
        words(
          `「${field.label.zh}」最多 ${field.most} 人`,
          `“${field.label.en}”: at most ${field.most} people`,
        ),
      );
    }
    return names.length > 0 ? names : undefined;
  },
  shows: (value, options) => {
    const names = namesOf(value, options);
    return words(names.join('、'), names.join(', '));
  },
  keeps: () => undefined,
});

/** Names as people list them: 「李伟、王磊，研发部全员」. */
export const namesIn = (line: string): readonly string[] => [
  ...new Set(
    line
      .split(/[、,，;；\n]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u)
      .map((each) => each.trim().slice(0, 60))
      .filter((each) => each !== ''),
  ),
];

const namesOf = (
  value: readonly Someone[],
  options: Parameters<Field<readonly Someone[]>['shows']>[1],
): readonly string[] =>
  value.map((each) => {
    const label = options.find((option) => option.value === String(each))?.label;
    return label === undefined ? String(each) : typeof label === 'string' ? label : label.zh;
  });
