/**
 * A tap as the client makes it: find what was tapped on the card as it is stored, hold the form against the client's own rules,
 * and say what the callback carries. Nothing here talks to the network.
 *
 * - aim: what is tapped, told by what people see or by its value.
 * - stopped: the client refuses before any request; the words are the client's.
 */
import { formAround, places } from './card-rules/walk.ts';
import type { Place } from './card-rules/walk.ts';
import { allSaid, said } from './card-text.ts';
import { isObject, listAt, textAt } from './json.ts';
import type { JsonObject } from './json.ts';
import { formValue } from './tap-form.ts';
import type { FormFields, FormHabits } from './tap-form.ts';

/** A button (or an entry of an overflow) by its text in any language, by its name, or by part of its callback value. */
export type Aim = string | { readonly value: JsonObject } | { readonly name: string };

/**
 * `button`: tap it, with what was filled into its form (options by value or by text). `choose`: pick `option` in a component
 * outside a form. `confirm: false`: answer the question before the tap with no.
 */
export type Tap =
  | { readonly button: Aim; readonly form?: FormFields; readonly confirm?: boolean }
  | { readonly choose: Aim; readonly option: string };

/** What the tap comes to: a callback's `action`, an address that opens, or a stop by the client. */
export type Prepared =
  | { readonly action: JsonObject }
  | { readonly opens: string }
  | { readonly stopped: string };

/** Throws a plain error when the card has no such thing: then the test, or the card, is wrong. */
export function prepareTap(card: unknown, tap: Tap, habits: FormHabits): Prepared {
  const all = places(card);
  if ('choose' in tap) return prepareChoice(all, tap.choose, tap.option, habits);
  const entry = typeof tap.button === 'string' ? overflowEntry(all, tap.button) : undefined;
  const found = matches(all, tap.button);
  if (found.length === 0 && entry) return prepareOverflow(entry.place, entry.value, habits);
  return prepareButton(all, onlyOne(found, tap.button, all), tap, habits);
}

function prepareButton(
  all: readonly Place[],
  button: Place,
  tap: Extract<Tap, { button: Aim }>,
  habits: FormHabits,
): Prepared {
  const form = formAround(button);
  if (tap.form && !form) throw new Error('the button stands in no form, yet form fields are given');
  if (button.component['disabled'] === true) return { stopped: disabledText(button) };
  const submits = form && button.component['form_action_type'] === 'submit';
  if (form && !submits) return { stopped: '表单已重置' };
  const filled = form && formValue(insideOf(all, form), tap.form ?? {}, habits);
  if (filled && 'stopped' in filled) return filled;
  if (button.component['confirm'] && tap.confirm === false) return { stopped: '已取消' };
  return sent(button, habits, filled ? { form_value: filled.values } : {});
}

const insideOf = (all: readonly Place[], form: JsonObject): readonly Place[] =>
  all.filter(({ around }) => around.includes(form));

const disabledText = (place: Place): string =>
  said(place.component['disabled_tips'], 'zh_cn') || '按钮不可用';

/** The callback of a component, or the address it opens when it has no callback. */
function sent(place: Place, habits: FormHabits, more: JsonObject): Prepared {
  const behaviors = listAt(place.component, 'behaviors').filter(isObject);
  const callback = behaviors.find((one) => one['type'] === 'callback');
  const opens = textAt(
    behaviors.find((one) => one['type'] === 'open_url'),
    'default_url',
  );
  if (!callback && opens !== undefined && !more['form_value']) return { opens };
  const name = textAt(place.component, 'name');
  return {
    action: {
      ...(callback && { value: callback['value'] }),
      tag: place.tag,
      timezone: habits.zone,
      ...(name !== undefined && { name }),
      ...more,
    },
  };
}

function matches(all: readonly Place[], aim: Aim): readonly Place[] {
  const buttons = all.filter(({ tag }) => tag === 'button');
  if (typeof aim === 'string') {
    return buttons.filter(({ component }) => allSaid(component['text']).includes(aim));
  }
  if ('name' in aim) return all.filter(({ component }) => component['name'] === aim.name);
  return all.filter(({ component }) =>
    listAt(component, 'behaviors').some(
      (one) => isObject(one) && contains(one['value'], aim.value),
    ),
  );
}

/** True when `whole` has every member of `part` with the same value. */
const contains = (whole: unknown, part: JsonObject): boolean =>
  isObject(whole) &&
  Object.entries(part).every(
    ([key, value]) => JSON.stringify(whole[key]) === JSON.stringify(value),
  );

function onlyOne(found: readonly Place[], aim: Aim, all: readonly Place[]): Place {
  const [first, second] = found;
  if (first && !second) return first;
  const seen = all
    .filter(({ tag }) => tag === 'button')
    .map(({ component }) => said(component['text'], 'zh_cn'));
  const sought = JSON.stringify(aim);
  const count = found.length === 0 ? 'nothing' : `${found.length} things`;
  throw new Error(
    `the card has ${count} for ${sought}; its buttons: ${seen.join(' · ') || 'none'}`,
  );
}

type Entry = { readonly place: Place; readonly value: string };

function overflowEntry(all: readonly Place[], text: string): Entry | undefined {
  return all
    .filter(({ tag }) => tag === 'overflow')
    .flatMap((place) =>
      listAt(place.component, 'options')
        .filter((one) => isObject(one) && allSaid(one['text']).includes(text))
        .map((one) => ({ place, value: textAt(one, 'value') ?? '' })),
    )[0];
}

const prepareOverflow = (place: Place, option: string, habits: FormHabits): Prepared =>
  sent(place, habits, { option });

/** A pick in a component outside a form is sent at once. */
function prepareChoice(
  all: readonly Place[],
  aim: Aim,
  option: string,
  habits: FormHabits,
): Prepared {
  const outside = all.filter((place) => !formAround(place) && place.tag !== 'button');
  const place = onlyOne(matches(outside, aim), aim, all);
  if (place.component['disabled'] === true) return { stopped: disabledText(place) };
  if (place.tag === 'checker') return sent(place, habits, { checked: option === 'true' });
  const filled = formValue([place], { [textAt(place.component, 'name') ?? '']: option }, habits);
  if ('stopped' in filled) return filled;
  const [value] = Object.values(filled.values);
  return sent(place, habits, { [place.tag === 'input' ? 'input_value' : 'option']: value });
}
