import { fold } from './fold.ts';
import type { Found, TimeValue } from './meaning.ts';
import { bridged } from './times/bridges.ts';
import type { Placed } from './times/bridges.ts';
import type { Said } from './times/clocks.ts';
import { expressionsAt } from './times/grammar.ts';
import { resolve } from './times/resolve.ts';
import type { Spoken } from './times/resolve-days.ts';
import { tokenize } from './times/tokens.ts';

/** What the office can tell about days. Without it Monday to Friday are worked. */
export type Calendar = { readonly isWorkday?: (date: Temporal.PlainDate) => boolean };

const mondayToFriday = (date: Temporal.PlainDate): boolean => date.dayOfWeek < 6;

/** The longest reading from a token on that means something, and the token behind it. */
function firstAt(said: Said, at: number, spoken: Spoken): { readonly found: Placed; readonly next: number } | null {
  for (const { node, next } of expressionsAt(said, at)) {
    const value = resolve(node, spoken);
    const from = said.tokens[at]?.from;
    const to = said.tokens[next - 1]?.to;
    if (value !== null && from !== undefined && to !== undefined)
      return { found: { expression: node, value, from, to }, next };
  }
  return null;
}

function every(said: Said, spoken: Spoken): readonly Placed[] {
  const found: Placed[] = [];
  for (let at = 0; at < said.tokens.length; ) {
    const first = firstAt(said, at, spoken);
    if (first !== null) found.push(first.found);
    at = first?.next ?? at + 1;
  }
  return found;
}

/** Joins a start with its length or end, though words stand between them. */
function joined(found: readonly Placed[], text: string, spoken: Spoken): readonly Placed[] {
  const result: Placed[] = [];
  for (const next of found) {
    const last = result.at(-1);
    const expression = last === undefined ? null : bridged(last, next, text);
    const value = expression === null ? null : resolve(expression, spoken);
    if (last === undefined || expression === null || value === null) result.push(next);
    else result[result.length - 1] = { expression, value, from: last.from, to: next.to };
  }
  return result;
}

/**
 * Every time expression of a text in reading order, resolved against `now`; local wall-clock values in the zone of
 * `now`. Expressions never overlap, each is the longest that can be read, and no range ends before it starts. A start
 * and a length make one range even with words between them (明天9点在A会议室开两小时).
 */
export function findTimes(
  text: string,
  now: Temporal.ZonedDateTime,
  calendar: Calendar = {},
): readonly Found<TimeValue>[] {
  const folded = fold(text).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const said: Said = { tokens: tokenize(folded), text: folded };
  const spoken: Spoken = {
    now: now.toPlainDateTime(),
    today: now.toPlainDate(),
    isWorkday: calendar.isWorkday ?? mondayToFriday,
    start: null,
  };
  return joined(every(said, spoken), folded, spoken).map(({ value, from, to }) => ({
    value,
    words: text.slice(from, to),
    from,
    to,
  }));
}
