/** What sort of repair a report is about: pure, from its words and the office's rules. */
import { z } from 'zod';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import { fold } from '../../language/fold.ts';
import type { RepairCategory, RepairRules } from '../../settings/repair-rules.ts';
import { promiseOf, type Rules } from '../../settings/rules.ts';
import { isWorkingSpan, type Span } from '../../time/spans.ts';
import { answerText } from '../fields/answers.ts';
import type { Field } from '../fields.ts';

/** A category as a request keeps it: its name in the rules, and its title of that day, so that it can be read when the rules have changed. */
const chosen = z.object({
  name: z.string().min(1).max(60),
  title: z.object({ zh: z.string(), en: z.string() }).optional(),
});
export type Chosen = z.infer<typeof chosen>;

/** What a report says that decides its category. */
export type Told = {
  readonly object?: string | undefined;
  readonly problem?: string | undefined;
  readonly urgency?: string | undefined;
};

/** The name of the category that a report belongs to: by what is heard, urgent ones first; else the one that nothing is heard by. */
export function categoryFor(told: Told, { categories }: RepairRules): string {
  const all = Object.entries(categories);
  const text = fold(`${told.object ?? ''} ${told.problem ?? ''}`).toLowerCase();
  const urgent = all.filter(([, { priority }]) => priority === 'urgent');
  const others = all.filter(([, { priority }]) => priority !== 'urgent');
  // Who says that it can wait has seen it: a dripping tap is no flood.
  const looked = told.urgency === 'low' ? others : [...urgent, ...others];
  const heard = looked.find(([, { heard: list }]) => list.some((word) => isIn(text, word)));
  if (heard) return heard[0];
  const pressing = told.urgency === 'urgent' ? urgent[0] : undefined;
  const rest = others.find(([, { heard: list }]) => list.length === 0) ?? others[0];
  return (pressing ?? rest ?? all[0])?.[0] ?? '';
}

/** A word of letters stands alone; one of characters may be part of a longer one. */
const isIn = (text: string, word: string): boolean => {
  const wanted = fold(word).toLowerCase();
  if (!/^[a-z0-9 ]+$/.test(wanted)) return text.includes(wanted);
  return new RegExp(`(?<![a-z0-9])${wanted}(?![a-z0-9])`).test(text);
};

/** The rules of a category; those of the first one when it is gone from office.yaml. */
export function categoryOf(
  { categories }: RepairRules,
  name: string | undefined,
): RepairCategory | undefined {
  const own = name !== undefined && Object.hasOwn(categories, name) ? categories[name] : undefined;
  return own ?? Object.values(categories)[0];
}

/** How soon somebody answers a report of this category. What is urgent is answered as the urgent ones are, whoever takes it. */
export function respondsWithin(
  rules: Rules,
  name: string | undefined,
  urgency: string | undefined,
): Span {
  const own = categoryOf(rules.repairs, name);
  const urgent = Object.values(rules.repairs.categories).find((each) => each.priority === 'urgent');
  const pressing = urgency === 'urgent' && own?.priority !== 'urgent' ? urgent : undefined;
  return pressing?.respond ?? own?.respond ?? promiseOf(rules, 'repair').respond;
}

export const finishesWithin = (rules: Rules, name: string | undefined): Span =>
  categoryOf(rules.repairs, name)?.finish ?? promiseOf(rules, 'repair').finish;

/** Whether its people are told at night, too: it is urgent, or promised by the wall clock. */
export const isAroundTheClock = (
  rules: Rules,
  name: string | undefined,
  urgency: string | undefined,
): boolean => urgency === 'urgent' || !isWorkingSpan(respondsWithin(rules, name, urgency));

/** A category as it is kept with a request. */
export const kept = (rules: RepairRules, name: string): Chosen => {
  const title = categoryOf(rules, name)?.title;
  return { name, ...(title ? { title: { ...title } } : {}) };
};

const LABEL = words('分类', 'Category');

/** Chosen on a card from those of the rules; nobody has to say it. */
export const category: Field<Chosen, false> = {
  label: LABEL,
  required: false,
  schema: chosen,
  hears: () => undefined,
  inputs: (name, value, options) => [
    {
      input: 'select',
      name,
      label: LABEL,
      options,
      ...(value === undefined ? {} : { value: value.name }),
    },
  ],
  reads: (name, answers) => {
    const answer = answerText(name, answers);
    if (answer !== undefined && answer.length > 60)
      throw new Refusal('form.option', words('没有这个分类', 'There is no such category'));
    return answer === undefined ? undefined : { name: answer };
  },
  shows: (value) => value.title ?? value.name,
};
