import type { HeardAs, SlotSort } from './lexicon.ts';
import { measureIn } from './english/words.ts';
import { matchesOf } from './matches.ts';
import type { Found, ItemAsked, Slots, SlotValue } from './meaning.ts';
import { holding } from './sentence.ts';
import type { Sentence } from './sentence.ts';
import { findCounts } from './slots/counts.ts';
import { findCodes, findMoney } from './slots/codes.ts';
import { findHeadcounts } from './slots/headcount.ts';
import { findLegs, findNightly } from './slots/legs.ts';
import { isOwn } from './slots/item-names.ts';
import { findItems } from './slots/items.ts';
import { findOrganisations } from './slots/organisations.ts';
import { findPersons } from './slots/persons.ts';
import { findFloors } from './slots/floors.ts';
import { findPlaces } from './slots/places.ts';
import { findRooms } from './slots/rooms.ts';
import { findDestinations, findOrigins } from './slots/routes.ts';
import { findDeeds } from './slots/deeds.ts';
import { findTerms, findWords } from './slots/terms.ts';
import { findPurposes, findRest, findTopics } from './slots/texts.ts';
import { findThings, findTroubles } from './slots/troubles.ts';
import { wholeTime } from './slots/when.ts';

type Value = Found<SlotValue>;

/** Several found values as one list, each value once. */
function listed(unordered: readonly Found<string>[]): Value | undefined {
  const found = unordered.toSorted((a, b) => a.from - b.from);
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return {
    ...first,
    value: [...new Set(found.map((f) => f.value))],
    words: found.map((f) => f.words).join('、'),
  };
}

const oneOrMany = (found: readonly Found<string>[]): Value | undefined => {
  const list = listed(found);
  const [only] = found;
  return list !== undefined &&
    Array.isArray(list.value) &&
    list.value.length === 1 &&
    only !== undefined
    ? only
    : list;
};

/** What fills one slot of a sort; undefined when the sentence does not say. */
function filled(sentence: Sentence, sort: SlotSort): Value | undefined {
  switch (sort.sort) {
    case 'when':
      return wholeTime(sentence, sort.shape).when ?? undefined;
    case 'length':
      return lengthOf(sentence);
    case 'headcount':
      return holding(sentence, findHeadcounts(sentence, sort));
    case 'term': {
      const found = findTerms(sentence, sort.of, sort.denied);
      const several = new Set(found.map((f) => f.value)).size > 1;
      if (sort.only === true && several && sentence.correction === null) return undefined;
      return found.find((f) => sort.prefer?.includes(f.value)) ?? holding(sentence, found);
    }
    case 'terms':
      return listed(findTerms(sentence, sort.of));
    case 'flag': {
      const word = findWords(sentence, sort.words).at(0);
      return word === undefined ? undefined : { ...word, value: true };
    }
    case 'room':
      return (
        (sort.moved === true ? movedTo(sentence) : undefined) ??
        holding(sentence, findRooms(sentence))
      );
    case 'floor':
      return holding(sentence, findFloors(sentence));
    case 'place':
      return findPlaces(sentence, sort.nouns).at(0);
    case 'items':
      return findItems(sentence, sort).at(0);
    case 'thing':
      return holding(sentence, findThings(sentence, sort));
    case 'count':
      return holding(sentence, findCounts(sentence, sort));
    case 'trouble':
      return findTroubles(sentence, sort.words).at(0);
    case 'destinations':
      return findDestinations(sentence).at(0);
    case 'legs':
      return findLegs(sentence, sort.of).at(0);
    case 'nightly':
      return holding(sentence, findNightly(sentence));
    case 'origin':
      return holding(sentence, findOrigins(sentence));
    case 'person':
      return holding(sentence, findPersons(sentence, sort));
    case 'persons':
      return listed(findPersons(sentence, sort));
    case 'organisation':
      return holding(sentence, findOrganisations(sentence));
    case 'code':
      return sort.many === true
        ? oneOrMany(findCodes(sentence, sort.pattern))
        : holding(sentence, findCodes(sentence, sort.pattern));
    case 'money':
      return holding(sentence, findMoney(sentence));
    case 'topic':
      return holding(sentence, findTopics(sentence, sort));
    case 'deed':
      return holding(sentence, findDeeds(sentence, sort.without, sort.givenTo));
    case 'purpose':
      return holding(sentence, findPurposes(sentence, sort));
    case 'rest':
      return holding(sentence, findRest(sentence, sort));
  }
}

/** 桃园厅太吵，挪到杏林厅: the room behind the word of moving. */
const moving = /(?:换|挪|改|移|搬|调)[^，,。；;]{0,6}?[到成为去在至用]/g;

function movedTo(sentence: Sentence): Value | undefined {
  const last = matchesOf(sentence.text, moving).at(-1);
  return last === undefined
    ? undefined
    : findRooms(sentence).find((room) => room.from >= last.index + last[0].length);
}

const lengthOf = (sentence: Sentence): Value | undefined => {
  const { length } = wholeTime(sentence);
  return length?.value.type === 'duration' ? { ...length, value: length.value.value } : undefined;
};

type Filled = { readonly slots: Slots; readonly words: { readonly [slot: string]: string } };

/** Sorts of slots that keep what people wrote; of an English sentence that is not the Chinese we read it as. */
const quoted: ReadonlySet<SlotSort['sort']> = new Set([
  'topic',
  'rest',
  'deed',
  'purpose',
  'trouble',
]);

/** Sorts of slots that name a thing, a place or a person as people call it; never the word of a closed vocabulary. */
const called: ReadonlySet<SlotSort['sort']> = new Set([
  ...quoted,
  'thing',
  'place',
  'room',
  'person',
  'organisation',
]);

/** What stands before a name in English and is no part of it. */
const lead =
  /^(?:(?:on|in|at|of|for|to|from|by|with|the|an?|my|our|this|that|some|and|is|are|was|were|there|has|have|got)\s+)+(?=\S)/i;

/** A filled slot with the speaker's own words: 影印机, though we read 复印机; laptop, though we read 笔记本电脑. */
function asSaid(sentence: Sentence, { sort }: SlotSort, found: Value): Value {
  const english = sentence.tongue === 'en';
  if (english && sort === 'items') return { ...found, ...itemsAsSaid(sentence, found) };
  const words = sentence.originally(found.from, found.to);
  if (words === found.words) return found;
  // A name that was looked up (a room of the company, a person) has a value of its own; what was quoted always has the words.
  const isQuoted =
    (english && quoted.has(sort)) || (called.has(sort) && found.value === found.words);
  if (!isQuoted) return { ...found, words };
  return { ...found, words, value: english ? words.replace(lead, '') : words };
}

/** The things of an English sentence in its own words, as far as they are no articles of the company. */
function itemsAsSaid(sentence: Sentence, found: Value): Pick<Value, 'words' | 'value'> {
  const words = sentence.originally(found.from, found.to);
  if (!isItems(found.value)) return { words, value: found.value };
  let behind = found.from;
  const value = found.value.map((item) => {
    if (isOwn(sentence, item.name)) return item;
    const from = sentence.said.indexOf(item.name, behind);
    if (from < 0) return item;
    behind = from + item.name.length;
    const { unit, ...counted } = item;
    const measure = unit === undefined ? undefined : measureIn(words, unit);
    const name = sentence.originally(from, behind).replace(lead, '');
    return { ...counted, name, ...(measure === undefined ? {} : { unit: measure }) };
  });
  return { words, value };
}

const isItems = (value: SlotValue): value is readonly ItemAsked[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'object' && 'name' in item);

const isInside = (a: Found<unknown>, b: Found<unknown>): boolean => b.from < a.to && a.to <= b.to;

/** Slots that keep people's own words; a time inside them is part of a title (国庆放假的通知). */
const isWritten = ({ sort }: SlotSort): boolean =>
  sort === 'topic' || sort === 'rest' || sort === 'deed';

/** All slots of an intent that the sentence fills, and the words that did. */
export function fillSlots(sentence: Sentence, heard: HeardAs): Filled {
  const found: { readonly slot: string; readonly sort: SlotSort; readonly value: Value }[] = [];
  for (const slot of Object.keys(heard.slots)) {
    const sort = heard.slots[slot];
    const value = sort === undefined ? undefined : filled(sentence, sort);
    if (sort !== undefined && value !== undefined)
      found.push({ slot, sort, value: asSaid(sentence, sort, value) });
  }
  // Filled one by one: building objects from lists of entries costs as much as a search.
  const slots: { [slot: string]: SlotValue } = {};
  const words: { [slot: string]: string } = {};
  for (const { slot, value } of found) {
    const isInTitle =
      slot === 'when' &&
      found.some(
        (other) => other.slot !== slot && isInside(value, other.value) && isWritten(other.sort),
      );
    if (isInTitle) continue;
    slots[slot] = value.value;
    words[slot] = value.words;
  }
  return { slots, words };
}
