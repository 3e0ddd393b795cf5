/** Small checks of one value each, put together into the shapes of a card's parts. */
import { isObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { codes, fault, step } from './fault.ts';
import type { CardFault, Path } from './fault.ts';

/** What is wrong with a value at a place; nothing when it is right. */
export type Check = (value: unknown, at: Path) => readonly CardFault[];

/** Checks by member name. */
export type Fields = Readonly<Record<string, Check>>;

const wrong = (at: Path, what: string, value: unknown): readonly CardFault[] => [
  fault(codes.shape, at, what, value),
];

/** A check by a predicate; `what` says what was expected. */
export const when =
  (holds: (value: unknown) => boolean, what: string): Check =>
  (value, at) =>
    holds(value) ? [] : wrong(at, what, value);

export const flag = when((value) => typeof value === 'boolean', 'expected true or false');
export const anyText = when((value) => typeof value === 'string', 'expected a text');
export const filledText = when(
  (value) => typeof value === 'string' && value !== '',
  'expected a text that is not empty',
);
export const anyObject = when(isObject, 'expected an object');

/** A whole number in a range, both ends included. */
export const whole = (from: number, to: number): Check =>
  when(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to,
    `expected a whole number from ${from} to ${to}`,
  );

/** One of these texts. */
export const oneOf = (...allowed: readonly string[]): Check =>
  when(
    (value) => typeof value === 'string' && allowed.includes(value),
    `expected one of ${allowed.join(', ')}`,
  );

/** A text of this form. */
export const matching = (form: RegExp, what: string): Check =>
  when((value) => typeof value === 'string' && form.test(value), what);

/** Any of the checks suffices; the faults told are those of the first. */
export const either =
  (...checks: readonly Check[]): Check =>
  (value, at) => {
    const found = checks.map((check) => check(value, at));
    return found.find((faults) => faults.length === 0) ?? found[0] ?? [];
  };

/** All checks hold. */
export const both =
  (...checks: readonly Check[]): Check =>
  (value, at) =>
    checks.flatMap((check) => check(value, at));

/** A list of so many items, each of them right. */
export const listOf =
  (item: Check, most = Number.MAX_SAFE_INTEGER, least = 0): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return wrong(at, 'expected a list', value);
    const count = value.length;
    const length =
      count < least || count > most ? wrong(at, `expected ${least} to ${most} items`, count) : [];
    const items = value as readonly unknown[];
    return [...length, ...items.flatMap((one, index) => item(one, [...at, step(index, one)]))];
  };

/** An object with these members and no others; `required` ones must be there. */
export const shape =
  (fields: Fields, required: readonly string[] = []): Check =>
  (value, at) => {
    if (!isObject(value)) return wrong(at, 'expected an object', value);
    const missing = required
      .filter((name) => value[name] === undefined)
      .map((name) => fault(codes.shape, at, `required property is missing: ${name}`));
    return [...missing, ...members(value, fields, at)];
  };

function members(value: JsonObject, fields: Fields, at: Path): readonly CardFault[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!check) return [fault(codes.shape, at, `unknown property, property: ${name}`, member)];
    return member === undefined ? [] : check(member, [...at, name]);
  });
}
