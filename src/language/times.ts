import { lowered } from './characters.ts';
import { fold } from './fold.ts';
import type { Found, TimeValue } from './meaning.ts';
import { bridged, inherited } from './times/bridges.ts';
import type { Placed, Stretch } from './times/bridges.ts';
import { expressionsAt, mayBegin } from './times/grammar.ts';
import type { Said } from './times/parse.ts';
import { resolve } from './times/resolve.ts';
import type { Spoken } from './times/resolve-days.ts';
import type { Expression } from './times/tree.ts';
import { tokenize } from './times/tokens.ts';

/** What the office can tell about days. Without it Monday to Friday are worked. */
export type Calendar = { readonly isWorkday?: (date: Temporal.PlainDate) => boolean };

/** A time with the stretches of the text that speak of it; between them may stand other words (明天9点在A会议室开两小时). */
export type FoundTime = Found<TimeValue> & { readonly parts: readonly Stretch[] };

const mondayToFriday = (date: Temporal.PlainDate): boolean => date.dayOfWeek < 6;

/** More times, or more words that could begin one, has no request of an office; a hostile text is not read further. */
const mostTimes = 40;
const mostTries = 500;

type Step = { readonly found: Placed | null; readonly next: number };

/** The longest reading from a token on that means something. One that names no day (2月30号) is passed over whole. */
function stepAt(said: Said, at: number, spoken: Spoken): Step {
  const readings = expressionsAt(said, at);
  for (const { node, next } of readings) {
    const value = resolve(node, spoken);
    const from = said.tokens[at]?.from;
    const to = said.tokens[next - 1]?.to;
    if (value !== null && from !== undefined && to !== undefined)
      return { found: { expression: node, value, from, to, parts: [{ from, to }] }, next };
  }
  return { found: null, next: readings[0]?.next ?? at + 1 };
}

function every(said: Said, spoken: Spoken): readonly Placed[] {
  const found: Placed[] = [];
  let tries = 0;
  for (let at = 0; at < said.tokens.length && found.length < mostTimes && tries < mostTries;) {
    if (!mayBegin(said.tokens, at)) {
      at++;
      continue;
    }
    tries++;
    const step = stepAt(said, at, spoken);
    if (step.found !== null) found.push(step.found);
    at = step.next;
  }
  return found;
}

const valued = (place: Placed, expression: Expression | null, spoken: Spoken): Placed | null => {
  const value = expression === null ? null : resolve(expression, spoken);
  return expression === null || value === null ? null : { ...place, expression, value };
};

const merged = (first: Placed, second: Placed): Placed => ({
  ...first,
  to: second.to,
  parts: [...first.parts, ...second.parts],
});

/** Joins a start with its length or end, though words stand between them, and lends the day to a second hour. */
function joined(found: readonly Placed[], text: string, spoken: Spoken): readonly Placed[] {
  const result: Placed[] = [];
  for (const own of found) {
    const next = valued(own, inherited(result, own, text), spoken) ?? own;
    const last = result.at(-1);
    const both =
      last === undefined ? null : valued(merged(last, next), bridged(last, next, text), spoken);
    if (both === null) result.push(next);
    else result[result.length - 1] = both;
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
): readonly FoundTime[] {
  // 元月 is January; the character stands for no number elsewhere.
  const folded = lowered(fold(text)).replaceAll('元月', '1月');
  const said: Said = { tokens: tokenize(folded), text: folded };
  // Nothing else need be prepared where no time begins.
  if (!said.tokens.some((_, at) => mayBegin(said.tokens, at))) return [];
  const spoken: Spoken = {
    now: () => now.toPlainDateTime(),
    today: now.toPlainDate(),
    isWorkday: calendar.isWorkday ?? mondayToFriday,
    start: null,
  };
  return joined(every(said, spoken), folded, spoken).map(({ value, from, to, parts }) => ({
    value,
    words: text.slice(from, to),
    from,
    to,
    parts,
  }));
}
