import { spelledOut } from '../sounds.ts';
import { numberPattern, worth } from './figures.ts';
import { formRules } from './forms.ts';
import { momentRules, placeRules, timeRules } from './times.ts';
import type { Rule } from './times.ts';
import { cityNames, measures, phrases, things } from './words.ts';

/** A stretch of an English text and how it is said in Chinese. */
type Bit = {
  readonly say: string;
  readonly from: number;
  readonly to: number;
  readonly sort: 'time' | 'word' | 'raw' | 'gap';
};

/** An English text in Chinese words, and where each of their characters came from. */
export type Rewritten = {
  readonly text: string;
  /** The stretch of the English text that the characters from `from` to `to` stand for. */
  readonly origin: (from: number, to: number) => { readonly from: number; readonly to: number };
};

const LONGEST_PHRASE = 5;
const wordAt = /[A-Za-z](?:[A-Za-z'/’]|-(?=[A-Za-z]))*/y;
const count = new RegExp(`(${numberPattern}|an?)\\s+`, 'iy');
const people = new RegExp(
  `(?:for\\s+|of\\s+)?(?:about\\s+|around\\s+)?(${numberPattern})\\s+(?:more\\s+|extra\\s+|additional\\s+)?(?:of\\s+us|of\\s+them|people|persons?|pax|ppl|guests?|visitors?|attendees|participants|colleagues|engineers|customers|clients)(?![a-z])`,
  'iy',
);
const forSome = new RegExp(
  `for\\s+(?:about\\s+)?(${numberPattern})(?=$|[\\s,.?!])(?!\\s+[a-z]*(?:hour|min|day(?!\\s+after)|week|month|box|pack))`,
  'iy',
);
const times = /x\s?(\d{1,4})(?![a-z0-9])/iy;
const bound = /(?:by|before|no later than|until|till|due(?: on| by)?|deadline(?: is|:)?)\s+/iy;
const soon = /(?:on|at|from|next|this|the)?\s*/iy;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** The words from `at` on, each with its end. */
function wordsFrom(
  text: string,
  at: number,
): readonly { readonly word: string; readonly to: number }[] {
  const words: { word: string; to: number }[] = [];
  for (let place = at; words.length < LONGEST_PHRASE;) {
    const found = matchAt(wordAt, text, place);
    if (found === null) break;
    const to = place + found[0].length;
    words.push({ word: found[0].toLowerCase().replaceAll('’', "'"), to });
    if (text.charAt(to) !== ' ') break;
    place = to + 1;
  }
  return words;
}

/** his is no plural of hi. */
const singular = (phrase: string): readonly string[] =>
  phrase.length < 4 ? [phrase] : [phrase, phrase.replace(/s$/, ''), phrase.replace(/es$/, '')];

/** Tom's, this morning's. */
const possessive = /['’]s(?![a-z])/iy;
/** What keeps its letters: numbers of requests, people with a title. */
const kept =
  /[A-Za-z]{1,6}-\d{2}-?\d{4,}|[A-Z]{1,6}-?\d{4,}(?:-\d{2,6})*|[A-Za-z]{1,4}-?\d{6,}(?:-\d{2,6})*|(?:Mr|Ms|Mrs|Dr)\.? [A-Z][a-z]+/y;

type Entry = { readonly say: string; readonly to: number };

/** Stretches that follow one another, each said by itself: a number with its measure, and the thing counted. */
type Entries = readonly (Entry & { readonly from: number; readonly sort: Bit['sort'] })[];

/** The phrases that begin at `at`, the longest first, each in the forms it may stand in a dictionary. */
function phrasesFrom(text: string, at: number): Phrases {
  const found: { readonly forms: readonly string[]; readonly to: number }[] = [];
  let phrase = '';
  for (const { word, to } of wordsFrom(text, at)) {
    phrase = phrase === '' ? word : `${phrase} ${word}`;
    found.unshift({ forms: singular(phrase), to });
  }
  return found;
}

type Phrases = readonly { readonly forms: readonly string[]; readonly to: number }[];

/** Each word is looked up in several dictionaries, one after the other. */
let last: { readonly text: string; readonly at: number; readonly phrases: Phrases } | null = null;

/** The longest phrase of a dictionary that begins at `at`. */
function entryAt(text: string, at: number, dictionary: ReadonlyMap<string, string>): Entry | null {
  if (last?.at !== at || last.text !== text) last = { text, at, phrases: phrasesFrom(text, at) };
  for (const { forms, to } of last.phrases)
    for (const form of forms) {
      const say = dictionary.get(form);
      if (say !== undefined) return { say, to };
    }
  return null;
}

/** A4, A3 and the like begin with a letter and go on with figures. */
const sized = /a[345](?:\s+paper)?(?![a-z0-9])/iy;
const thingAt = (text: string, at: number): Entry | null => {
  const size = matchAt(sized, text, at);
  if (size === null) return entryAt(text, at, things);
  const name = size[0].slice(0, 2).toUpperCase();
  return { say: size[0].length > 2 ? `${name}纸` : name, to: at + size[0].length };
};

const anyOf = new WeakMap<readonly Rule[], RegExp>();

/** One pattern for all rules together: at most words none holds, and one search tells so instead of dozens. */
function anyOfRules(rules: readonly Rule[]): RegExp {
  const known = anyOf.get(rules);
  if (known !== undefined) return known;
  const made = new RegExp(rules.map(({ pattern }) => `(?:${pattern.source})`).join('|'), 'iy');
  anyOf.set(rules, made);
  return made;
}

const byRule = (rules: readonly Rule[], text: string, at: number): Entry | null => {
  if (matchAt(anyOfRules(rules), text, at) === null) return null;
  for (const { pattern, say } of rules) {
    const match = matchAt(pattern, text, at);
    const said = match === null ? null : say(match);
    if (match !== null && said !== null) return { say: said, to: at + match[0].length };
  }
  return null;
};

/** by Friday: 周五前. */
function boundAt(text: string, at: number): Entry | null {
  const before = matchAt(bound, text, at);
  if (before === null) return null;
  const time = byRule(momentRules, text, at + before[0].length);
  return time === null ? null : { say: `${time.say}前`, to: time.to };
}

/** A full stop, no point: 3.5, a.m. and No. 3 go on. */
const endsSentence = /^\.(?:\s|$)/;

/** Words that are no thing, though a number stands before them: 12 or 13, 3 of them. */
const noThing =
  /(?:of|or|and|to|in|on|at|for|the|is|are|was|more|times?|people|persons?|pax|am|pm|x|by|per|each|with|from|will|that|if|please|pls|thanks|instead|then|but|not|rmb|yuan|cny|usd|k|hours?|hrs?|minutes?|mins?|days?|nights?|weeks?|months?|years?|st|nd|rd|th|f|floors?|rooms?|seats?|percent|o'clock)(?![a-z])/iy;
/** After these words a number is a name, no count: room 12, line 3. */
const numbered =
  /(?:room|rm|floor|line|building|block|no\.?|number|#|gate|unit|lab|tower|zone|desk|bay|dock|station|level|stock|version|phase|-)\s*$/i;
const thingWord = /[a-z][a-z-]+/y;

/** two boxes of A4, 3 pens, a notebook, a dozen pencils, 10 hard hats. */
function countedAt(text: string, at: number): Entries {
  const number = matchAt(count, text, at);
  if (number === null) return [];
  const place = at + number[0].length;
  const value = worth(number[1] ?? '');
  const bit = (say: string, from: number, to: number) => ({ say, from, to, sort: 'word' as const });
  const measure = entryAt(text, place, measures);
  if (measure !== null) {
    const counted = bit(`${value}${measure.say}`, at, measure.to);
    const from = measure.to + (matchAt(/\s+(?:of\s+)?/iy, text, measure.to)?.[0].length ?? 0);
    const thing = thingAt(text, from);
    return thing === null ? [counted] : [counted, bit(thing.say, from, thing.to)];
  }
  const from =
    place +
    (matchAt(/(?:more|new|old|spare|used|extra|additional|fresh)\s+/iy, text, place)?.[0].length ??
      0);
  const thing = thingAt(text, from);
  if (thing !== null) return [bit(`${value}个`, at, from), bit(thing.say, from, thing.to)];
  const isCount =
    /^(?:\d|[b-z]{2})/i.test(number[0]) &&
    !numbered.test(text.slice(0, at)) &&
    matchAt(noThing, text, from) === null &&
    matchAt(thingWord, text, from) !== null &&
    entryAt(text, from, phrases) === null;
  return isCount ? [bit(`${value}个`, at, from)] : [];
}

function headsAt(text: string, at: number): Entry | null {
  const found = matchAt(people, text, at) ?? matchAt(forSome, text, at);
  if (found === null) return null;
  const who = /(guest|visitor|engineer|customer|client)/i.exec(found[0]);
  const name = who === null ? '人' : `位${phrases.get(who[0].toLowerCase()) ?? '客人'}`;
  return { say: `${worth(found[1] ?? '')}${name}`, to: at + found[0].length };
}

const spelled = new Map<string, string>();
const spelledFor = new WeakSet<readonly string[]>();

/** A city by its English name or its pinyin. */
function cityAt(text: string, at: number, cities: readonly string[]): Entry | null {
  const named = entryAt(text, at, cityNames);
  if (named !== null) return named;
  const word = wordsFrom(text, at)[0];
  if (word === undefined || word.word.length < 4 || !/^[A-Z]/.test(text.charAt(at))) return null;
  if (!spelledFor.has(cities)) {
    for (const city of cities) spelled.set(spelledOut(city), city);
    spelledFor.add(cities);
  }
  const say = spelled.get(word.word);
  return say === undefined ? null : { say, to: word.to };
}

const toCity = /(to|from|in|via)\s+/iy;

/** to Shanghai: 去上海; from Nanjing: 从南京. */
function routeAt(text: string, at: number, cities: readonly string[]): Entry | null {
  const lead = matchAt(toCity, text, at);
  if (lead === null) return entryAt(text, at, cityNames);
  const city = cityAt(text, at + lead[0].length, cities);
  if (city === null) return null;
  return { say: `${lead[1]?.toLowerCase() === 'from' ? '从' : '去'}${city.say}`, to: city.to };
}

/** Between two times `to` is 到. */
function untilAt(text: string, at: number, last: Bit | undefined): Entry | null {
  const to = matchAt(/(?:to|until|till|-|–)\s*/iy, text, at);
  if (to === null || last?.sort !== 'time') return null;
  const place = at + to[0].length;
  const skip = matchAt(soon, text, place)?.[0].length ?? 0;
  const next = byRule(timeRules, text, place) ?? byRule(timeRules, text, place + skip);
  return next === null ? null : { say: `到${next.say}`, to: next.to };
}

/** What stands at a word, said in Chinese; a word nobody knows stays as it is. */
function bitsAt(
  text: string,
  at: number,
  last: Bit | undefined,
  cities: readonly string[],
): readonly Bit[] {
  const bit = (entry: Entry, sort: Bit['sort']): readonly Bit[] => [{ ...entry, from: at, sort }];
  const space = matchAt(/\s+/y, text, at);
  if (space !== null) return bit({ say: ' ', to: at + space[0].length }, 'gap');
  if (!/[A-Za-z0-9&–—'’-]/.test(text.charAt(at)))
    return bit(
      { say: endsSentence.test(text.slice(at, at + 2)) ? '。' : text.charAt(at), to: at + 1 },
      'raw',
    );
  if (matchAt(possessive, text, at) !== null) return bit({ say: '的', to: at + 2 }, 'word');
  const name = matchAt(kept, text, at);
  if (name !== null) return bit({ say: name[0], to: at + name[0].length }, 'raw');
  const time =
    boundAt(text, at) ??
    untilAt(text, at, last) ??
    bareClocksAt(text, at, last) ??
    byRule(timeRules, text, at);
  if (time !== null) return bit(time, 'time');
  const place =
    byRule(placeRules, text, at) ??
    headsAt(text, at) ??
    byRule(formRules, text, at) ??
    hourAt(text, at, last);
  if (place !== null) return bit(place, 'word');
  const counted = countedAt(text, at);
  if (counted.length > 0) return counted;
  const known = routeAt(text, at, cities) ?? thingOrPhrase(text, at);
  if (known !== null) return bit(known, 'word');
  const tally = matchAt(times, text, at);
  if (tally !== null) return bit({ say: `${tally[1] ?? ''}个`, to: at + tally[0].length }, 'word');
  const raw = matchAt(
    /[A-Za-z0-9](?:(?!['’]s\b)[\w'’.-]*?\w)?(?=['’]s\b|[^\w'’.-]|[.'’-]+(?:\W|$)|$)/y,
    text,
    at,
  );
  return bit({ say: raw?.[0] ?? text.charAt(at), to: at + (raw?.[0].length ?? 1) }, 'raw');
}

/** After 改到 a bare number is the hour: push it to 5. */
function hourAt(text: string, at: number, last: Bit | undefined): Entry | null {
  const hour =
    last?.say.endsWith('改到') === true
      ? matchAt(/\d{1,2}(?![\d:])(?!\s+[a-z]+s\b)/iy, text, at)
      : null;
  return hour === null || Number(hour[0]) > 24
    ? null
    : { say: `${hour[0]}点`, to: at + hour[0].length };
}

const bareClocks = /(\d{1,2}(?::\d{2})?)\s*[-–]\s*(\d{1,2}(?::\d{2})?)(?![\d\w:])/y;

/** After a day two bare numbers are its hours: tomorrow 2-4. */
function bareClocksAt(text: string, at: number, last: Bit | undefined): Entry | null {
  const hours = last?.sort === 'time' ? matchAt(bareClocks, text, at) : null;
  if (hours === null || hours.slice(1).some((hour) => Number.parseInt(hour, 10) > 24)) return null;
  const said = (hour: string): string => (hour.includes(':') ? hour : `${hour}点`);
  return { say: `${said(hours[1] ?? '')}到${said(hours[2] ?? '')}`, to: at + hours[0].length };
}

/** The longer one of a thing and a phrase; of one length, the phrase. */
function thingOrPhrase(text: string, at: number): Entry | null {
  const [thing, phrase] = [thingAt(text, at), entryAt(text, at, phrases)];
  if (thing === null || phrase === null) return thing ?? phrase;
  return thing.to > phrase.to ? thing : phrase;
}

const isLatin = (c: string): boolean => /[A-Za-z0-9]/.test(c);

/** A space only stays where it parts what would run together. */
function joined(bits: readonly Bit[]): readonly Bit[] {
  const said = bits.filter((bit) => bit.say !== '');
  return said.filter((bit, i) => {
    if (bit.sort !== 'gap') return true;
    const [before, after] = [said[i - 1], said[i + 1]];
    if (before === undefined || after === undefined || after.sort === 'gap') return false;
    if (before.sort === 'time' && after.sort === 'time') return false;
    return (
      isLatin(before.say.at(-1) ?? '') ||
      isLatin(after.say.charAt(0)) ||
      before.sort !== after.sort ||
      before.sort === 'word'
    );
  });
}

/** An English sentence in the Chinese words that the rest of this folder understands; unknown words stay. `text` is folded. */
export function rewritten(text: string, cities: readonly string[]): Rewritten {
  const bits: Bit[] = [];
  for (let at = 0; at < text.length;) {
    const last = bits.findLast((b) => b.sort !== 'gap' && b.say !== '');
    bits.push(...bitsAt(text, at, last, cities));
    at = bits.at(-1)?.to ?? text.length;
  }
  const kept = joined(bits);
  const owners = kept.flatMap((bit) => Array.from({ length: bit.say.length }, () => bit));
  return {
    text: kept.map((bit) => bit.say).join(''),
    origin: (from, to) => originOf(owners, from, to),
  };
}

/** Unknown words are cut where the reading cuts them; a rewritten phrase is taken whole. */
function originOf(
  owners: readonly Bit[],
  from: number,
  to: number,
): { readonly from: number; readonly to: number } {
  const [first, last] = [owners[from], owners[to - 1]];
  if (first === undefined || last === undefined) return { from: 0, to: 0 };
  const start = first.sort === 'raw' ? first.from + (from - owners.indexOf(first)) : first.from;
  const end = last.sort === 'raw' ? last.from + (to - owners.indexOf(last)) : last.to;
  return { from: start, to: end };
}
