/** The components of card JSON 2.0: which members each may have. What spans several components is in structure.ts. */
import { isObject } from '../json.ts';
import { shape } from './checks.ts';
import type { Check } from './checks.ts';
import { containerRules } from './containers.ts';
import { contentRules } from './content.ts';
import { codes, fault } from './fault.ts';
import { inputRules } from './inputs.ts';
import type { Rule } from './interactive.ts';
import { everywhere } from './looks.ts';
import { tableRule } from './table.ts';
import type { Surroundings } from './texts.ts';

/** Tags of JSON 1.0 that a 2.0 card refuses. */
const removed = new Set(['action', 'note', 'actions']);

/** A component of the body, whatever its tag. */
export function component(around: Surroundings): Check {
  const rules = componentRules(around, (value, at) => check(value, at));
  const check: Check = (value, at) => {
    const tag = isObject(value) ? value['tag'] : undefined;
    if (typeof tag !== 'string') return [fault(codes.shape, at, 'a component needs a tag', value)];
    if (removed.has(tag)) {
      return [fault(codes.removedTag, at, `cards of schema V2 no longer support tag ${tag}`, tag)];
    }
    const rule = Object.hasOwn(rules, tag) ? rules[tag] : undefined;
    if (!rule) return [fault(codes.shape, at, `not support tag: ${tag}`, tag)];
    return shape({ ...everywhere, ...rule.fields }, rule.required)(value, at);
  };
  return check;
}

function componentRules(around: Surroundings, inner: Check): Readonly<Record<string, Rule>> {
  return {
    ...contentRules(around),
    ...containerRules(around, inner),
    ...inputRules(around),
    table: tableRule(around),
  };
}
