import { fold } from '../language/fold.ts';
import type { HeardAs, Lexicon, Named, SlotSort } from '../language/lexicon.ts';
import type { ItemAsked, Reading, SlotValue } from '../language/meaning.ts';
import { matchName } from '../language/names.ts';
import { findNumbers, parseNumber } from '../language/numbers.ts';
import { readAs } from '../language/understand.ts';
import { pointableSlots, type Answer } from './schema.ts';

/** The sentence an answer is about, with what the rules need to read it. */
export type About = {
  readonly text: string;
  readonly lexicon: Lexicon;
  readonly now: Temporal.ZonedDateTime;
};

/** Sorts that the rules read better in the whole sentence (明天…到5点) than in words cut out of it. */
const RULES_FIRST: ReadonlySet<string> = new Set(['when', 'length', 'headcount']);
/** A name pointed at means a known one when it is at least so near (0 to 1), and no other is as near. */
const NEAR = 0.6;
/** More words for one slot are no answer to anything. */
const MOST_WORDS = 20;
/** The longest text kept in a person's own words, characters. */
const LONGEST = 200;

/**
 * What is left of an answer when the rules have read it again. Words that are not in the sentence are dropped; from those that
 * are, the rules make the value (times, numbers, names), so no value is ever the model's. What it did not point at is filled
 * as the rules read the whole sentence for that intent. Undefined for `other`, and when nothing it pointed at holds.
 */
export function checked(
  answer: Answer,
  about: About,
  offered: readonly HeardAs[],
): Reading | undefined {
  const heard = offered.find((each) => each.intent === answer.intent);
  if (!heard) return undefined;
  const pointed = pointableSlots(heard).flatMap(([slot, sort]) => {
    const words = inSentence(answer.slots[slot] ?? [], about.text);
    const value = words.length > 0 ? reread(words, slot, sort, heard, about) : undefined;
    return value === undefined ? [] : [{ slot, sort, value, words: words.join('、') }];
  });
  if (pointed.length === 0) return undefined;
  const rules = readAs(about.text, about.lexicon, about.now, heard.intent);
  const slots = Object.fromEntries(pointed.map((each) => [each.slot, each.value]));
  const words = Object.fromEntries(pointed.map((each) => [each.slot, each.words]));
  const first = pointed.filter(({ sort }) => RULES_FIRST.has(sort.sort)).map(({ slot }) => slot);
  return {
    intent: heard.intent,
    confidence: 0, // whoever uses it decides how far it goes
    slots: { ...rules.slots, ...slots, ...picked(rules.slots, first) },
    words: { ...rules.words, ...words, ...picked(rules.words, first) },
    reasons: ['model'],
  };
}

/** Of what the rules read in the whole sentence those slots that are there. */
const picked = <T>(
  from: { readonly [slot: string]: T },
  slots: readonly string[],
): { readonly [slot: string]: T } =>
  Object.fromEntries(Object.entries(from).filter(([slot]) => slots.includes(slot)));

const plain = (text: string): string => fold(text).toLowerCase().replaceAll(/\s/g, '');

/** Those of the words that the sentence really says, whatever width, case and spaces. */
function inSentence(words: readonly string[], text: string): readonly string[] {
  const said = plain(text);
  return words
    .slice(0, MOST_WORDS)
    .map((word) => word.trim())
    .filter((word) => word !== '' && said.includes(plain(word)));
}

/** The value of words pointed at: what the rules read in them alone, else what only such words mean. */
function reread(
  words: readonly string[],
  slot: string,
  sort: SlotSort,
  heard: HeardAs,
  { lexicon, now }: About,
): SlotValue | undefined {
  const read = (text: string): SlotValue | undefined =>
    readAs(text, lexicon, now, heard.intent).slots[slot];
  return read(words.join('，')) ?? MEANT[sort.sort]?.(words, lexicon);
}

type Meant = (words: readonly string[], lexicon: Lexicon) => SlotValue | undefined;

/** The person's own words, as they stand. */
const asSaid: Meant = (words) => words.join('，').slice(0, LONGEST);

/** Sorts whose words mean something without a sentence around them; times and closed vocabularies are left to the rules. */
const MEANT: { readonly [sort in SlotSort['sort']]?: Meant } = {
  headcount: ([first = '']) => peopleIn(first),
  room: ([first = ''], { rooms }) => nearest(first, rooms),
  destinations: (words, lexicon) => someOf(words.flatMap((word) => cityOf(word, lexicon) ?? [])),
  origin: ([first = ''], lexicon) => cityOf(first, lexicon),
  items: (words, lexicon) => someOf(words.flatMap((word) => itemOf(word, lexicon) ?? [])),
  place: asSaid,
  thing: asSaid,
  trouble: asSaid,
  topic: asSaid,
  purpose: asSaid,
  rest: asSaid,
};

const someOf = <T>(list: readonly T[]): readonly T[] | undefined =>
  list.length > 0 ? list : undefined;

/** 十个, 8位: nothing but a number of people. */
function peopleIn(word: string): number | undefined {
  const count = parseNumber(word.replace(/(?:个人|人|个|位|名)$/, ''));
  return count !== null && Number.isInteger(count) && count > 0 ? count : undefined;
}

/** The one known name that is near. */
function nearest(word: string, known: readonly Named[]): string | undefined {
  const [best, second] = matchName(word, known);
  if (!best || best.score < NEAR || second?.score === best.score) return undefined;
  return best.name;
}

const cityOf = (word: string, { cities }: Lexicon): string | undefined =>
  [fold(word), fold(word).replace(/市$/, '')].find((name) => cities.includes(name));

/** A thing of the store room; how many only when the words hold exactly one number. */
function itemOf(word: string, { items }: Lexicon): ItemAsked | undefined {
  const [count, another] = findNumbers(word);
  const name = nearest(count ? word.replace(count.words, '') : word, items);
  if (name === undefined) return undefined;
  return {
    name,
    qty: count && !another && count.value.type === 'number' ? count.value.value : null,
  };
}
