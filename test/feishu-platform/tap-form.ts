/** Filling a form as the client does: start values, what the person changed, required fields, offsets of the person's zone. */
import { date, moment, time } from './card-rules/moments.ts';
import { isInput } from './card-rules/structure.ts';
import type { Place } from './card-rules/walk.ts';
import { allSaid } from './card-text.ts';
import { isObject, listAt, textAt } from './json.ts';
import type { JsonObject } from './json.ts';

/** What a person fills in, by the inputs' names. Dates `2026-01-05`, times `09:30`, moments `2026-01-05 09:30`. */
export type FormFields = Readonly<Record<string, string | boolean | readonly string[]>>;

/**
 * How this person's client behaves: zone of the device, and whether an optional input left alone comes as `""` or not at all
 * (both happen).
 */
export type FormHabits = {
  readonly zone: string;
  readonly unfilled: 'empty' | 'absent';
  /** ms; the offset of a bare time is taken of this moment. */
  readonly now: number;
};

export type Filled = { readonly values: JsonObject } | { readonly stopped: string };

type Value = string | boolean | readonly string[] | undefined;

/** The `form_value` of these inputs; an unknown name or an option that does not exist is an error of the test. */
export function formValue(
  inside: readonly Place[],
  fields: FormFields,
  habits: FormHabits,
): Filled {
  const inputs = inside.filter(({ tag }) => isInput(tag));
  checkNames(inputs, fields);
  const filled = inputs.map(({ component, tag }) => {
    const name = textAt(component, 'name') ?? '';
    const given = Object.hasOwn(fields, name) ? fields[name] : startValue(component, tag);
    return { component, tag, name, value: accepted(component, tag, given) };
  });
  const missing = filled.some(({ component, value }) => component['required'] && isEmpty(value));
  if (missing) return { stopped: '有必填项未填写' };
  const long = filled.some(({ component, value }) => tooLong(component, value));
  if (long) return { stopped: '输入内容超出长度限制' };
  const sent = filled
    .map(({ name, tag, value }) => [name, carried(tag, value, habits)] as const)
    .filter(([, value]) => value !== undefined);
  return { values: Object.fromEntries(sent) };
}

function checkNames(inputs: readonly Place[], fields: FormFields): void {
  const names = inputs.map(({ component }) => textAt(component, 'name') ?? '');
  const unknown = Object.keys(fields).filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new Error(`the form has no input ${unknown.join(', ')}; it has ${names.join(', ')}`);
}

/** What the input shows before anybody touched it. */
function startValue(component: JsonObject, tag: string): Value {
  if (tag === 'checker') return component['checked'] === true;
  if (tag.startsWith('multi_select')) return listAt(component, 'selected_values').map(String);
  const members = ['default_value', 'initial_option', 'initial_date', 'initial_time'];
  const plain = [...members, 'initial_datetime'].map((member) => textAt(component, member));
  return plain.find((one) => one !== undefined) ?? byIndex(component);
}

function byIndex(component: JsonObject): Value {
  const index = component['initial_index'];
  if (typeof index !== 'number') return undefined;
  return textAt(listAt(component, 'options')[index - 1], 'value');
}

/** The value in the component's own terms; throws when no client could produce it. */
function accepted(component: JsonObject, tag: string, given: Value): Value {
  if (given === undefined || given === '') return given;
  const wellFormed = { date_picker: date, picker_time: time, picker_datetime: moment }[tag];
  if (wellFormed && wellFormed(given, []).length > 0) {
    throw new Error(`a ${tag} cannot give ${JSON.stringify(given)}`);
  }
  if (/select/.test(tag) && listAt(component, 'options').length > 0) {
    return typeof given === 'object'
      ? given.map((one) => optionCalled(component, one))
      : optionCalled(component, String(given));
  }
  return given;
}

/** An option's value, given its value or its text. */
function optionCalled(component: JsonObject, called: string): string {
  const options = listAt(component, 'options');
  const found =
    options.find((one) => textAt(one, 'value') === called) ??
    options.find((one) => isObject(one) && allSaid(one['text']).includes(called));
  const value = textAt(found, 'value');
  if (value !== undefined) return value;
  const texts = options.map((one) => (isObject(one) ? allSaid(one['text'])[0] : ''));
  throw new Error(`there is no option ${called}; there are ${texts.join('、')}`);
}

const isEmpty = (value: Value): boolean =>
  value === undefined || value === false || (typeof value !== 'boolean' && value.length === 0);

function tooLong(component: JsonObject, value: Value): boolean {
  const longest = component['max_length'];
  const most = typeof longest === 'number' ? longest : 1_000;
  return (
    component['tag'] === 'input' && typeof value === 'string' && Array.from(value).length > most
  );
}

/** The value as the callback carries it: pickers with the offset of the person's zone. */
function carried(tag: string, value: Value, habits: FormHabits): Value {
  if (typeof value === 'boolean') return value;
  if (isEmpty(value)) return habits.unfilled === 'absent' ? undefined : emptyOf(tag);
  if (typeof value !== 'string' || !(tag in pickers)) return value;
  return `${value} ${offset(pickers[tag]?.(value), habits)}`;
}

const emptyOf = (tag: string): Value => (tag.startsWith('multi_select') ? [] : '');

/** The local date and time whose offset goes with a picker's value; none for a bare time. */
const pickers: Readonly<Record<string, (value: string) => string | undefined>> = {
  date_picker: (value) => `${value}T00:00`,
  picker_time: () => undefined,
  picker_datetime: (value) => value.replace(' ', 'T'),
};

/** `+0800` and the like. */
function offset(local: string | undefined, { zone, now }: FormHabits): string {
  const at =
    local === undefined
      ? Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone)
      : Temporal.PlainDateTime.from(local).toZonedDateTime(zone);
  return at.offset.replace(':', '');
}
