/** What interactive components share, and the ids that stand in components. */
import { anyObject, anyText, either, filledText, flag, listOf, oneOf, shape } from './checks.ts';
import type { Check, Fields } from './checks.ts';
import { isObject } from '../json.ts';
import { codes, fault } from './fault.ts';
import { addresses, px } from './looks.ts';
import { plainText } from './texts.ts';
import type { Surroundings } from './texts.ts';

/** A component's own members, and which of them it must have. */
export type Rule = { readonly fields: Fields; readonly required?: readonly string[] };

/** Widths of buttons, inputs and containers. */
export const widths = either(oneOf('default', 'fill', 'auto'), px(100, 600));

const behavior: Check = (value, at) =>
  isObject(value) && value['type'] === 'open_url'
    ? shape({ type: oneOf('open_url'), ...addresses('default_url') }, ['default_url'])(value, at)
    : shape({ type: oneOf('callback'), value: either(anyObject, anyText) }, ['type', 'value'])(
        value,
        at,
      );

/** What interactive components share. */
export const interactive = (around: Surroundings): Fields => ({
  disabled: flag,
  disabled_tips: plainText(around),
  hover_tips: plainText(around),
  confirm: shape({ title: plainText(around), text: plainText(around) }, ['title', 'text']),
  behaviors: listOf(behavior, 2, 1),
});

/** The id of a person, who exists if that is known. */
export const personId =
  (around: Surroundings): Check =>
  (value, at) => {
    if (typeof value !== 'string' || value === '') return filledText(value, at);
    return around.known.person?.(value) === false
      ? [fault(codes.invalidPerson, at, 'invalid user resource', value)]
      : [];
  };

/** The key of a picture, which the app uploaded if that is known. */
export const imageKey =
  (around: Surroundings): Check =>
  (value, at) => {
    if (typeof value !== 'string' || value === '') return filledText(value, at);
    return around.known.image?.(value) === false
      ? [fault(codes.image, at, 'invalid image key', value)]
      : [];
  };
