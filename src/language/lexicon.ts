import type { Slots } from './meaning.ts';

/** Words parted by white space, as a list; `_` stands for a space inside one (meeting_room). */
export const said = (words: string): readonly string[] =>
  words
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', ' '));

/** A name people use for a thing of the company, with its id: a room, an item, a person. */
export type Named = {
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What tells two of the same name apart: the department of a person, the floor of a room. */
  readonly hint?: string;
};

/** Values of a closed vocabulary, each with the words people use for it. Words under '' look like one of them and mean nothing. */
export type Terms = { readonly [value: string]: readonly string[] };

/**
 * How the times of a piece become one: `days` whole days, from the first named to the last (a trip); `loan` taken one day
 * and given back another; `onset` since when; `past` the nearest that is over; `now` 现在 counts; `any` also the time
 * of something only mentioned (我上周申请的…); `new` what follows 改到, 换成. Without a shape: the moment or range asked for.
 */
export type WhenShape = 'days' | 'loan' | 'onset' | 'past' | 'now' | 'any' | 'new';

/**
 * What sort of phrase fills a slot.
 *
 * - when: the time asked for, in one of the shapes above.
 * - length: a duration, only given when no start is known. `shift`: a length by which something moves (推迟半小时).
 * - headcount: a number of people.
 * - term, terms: one or several values of a closed vocabulary. flag: true when one of the words is there.
 * - room, floor, place: a named or numbered room; a storey; a spot in the building in people's own words.
 * - items: things with counts and units. thing: one thing, known by its noun. count: the number that goes with a thing.
 * - trouble: what is wrong with a thing, to the end of its clause.
 * - destinations, origin: cities gone to, the city left from.
 * - person, persons: names of people, next to the words given or anywhere they are certain.
 * - organisation: a company or authority.
 * - code: letters and digits of a fixed form.
 * - money: an amount with currency, as text `3000 CNY`.
 * - topic: what a meeting or a document is about. purpose: what a journey is for.
 * - deed: what is to be done: a clause without its times and without the words that only ask for it.
 * - rest: what follows one of the words, to the end of the clause (`whole`: of the piece); words of `apart` only with punctuation behind them.
 */
export type SlotSort =
  | { readonly sort: 'when'; readonly shape?: WhenShape }
  | { readonly sort: 'length'; readonly shift?: readonly string[] }
  | { readonly sort: 'headcount'; readonly bare?: boolean; readonly guests?: boolean }
  | {
      readonly sort: 'term' | 'terms';
      readonly of: Terms;
      readonly prefer?: readonly string[];
      /** What is said not to be wanted counts too (不要会议室了 takes back a room). */
      readonly denied?: boolean;
      /** Two different values leave the slot open: 高铁去飞机回. */
      readonly only?: boolean;
    }
  | { readonly sort: 'flag'; readonly words: readonly string[] }
  | { readonly sort: 'floor' | 'origin' | 'organisation' | 'money' }
  /** `moved`: the room behind a word of moving wins (桃园厅太吵，挪到杏林厅). */
  | { readonly sort: 'room'; readonly moved?: boolean }
  | { readonly sort: 'place'; readonly nouns: readonly string[] }
  | { readonly sort: 'items'; readonly known: readonly string[]; readonly strict?: boolean }
  | {
      readonly sort: 'thing';
      readonly known: readonly string[];
      /** Longer words that hold a thing and are none (合同 in 合同章). */
      readonly not?: readonly string[];
      readonly trouble?: readonly string[];
      readonly places?: readonly string[];
      /** Last words of names nobody listed: 工程签证|单. */
      readonly endings?: readonly string[];
      /** A thing nobody listed is known by its count or by 那台, 这把. */
      readonly unlisted?: boolean;
    }
  | { readonly sort: 'count'; readonly of: readonly string[]; readonly units?: readonly string[] }
  | { readonly sort: 'trouble'; readonly words: readonly string[] }
  | { readonly sort: 'destinations'; readonly known?: boolean }
  /** The legs of a journey through several cities; `of` are the means of transport. */
  | { readonly sort: 'legs'; readonly of: Terms }
  /** What a night may cost, yuan. */
  | { readonly sort: 'nightly' }
  | {
      readonly sort: 'person' | 'persons';
      readonly after?: readonly string[];
      readonly before?: readonly string[];
      readonly anywhere?: boolean;
      /** The name stands right behind the word: behind a comma comes something else (驳回，金额有误). */
      readonly close?: boolean;
    }
  | { readonly sort: 'code'; readonly pattern: RegExp; readonly many?: boolean }
  | {
      readonly sort: 'topic';
      readonly heads: readonly string[];
      readonly after?: readonly string[];
    }
  | {
      readonly sort: 'purpose';
      readonly verbs: readonly string[];
      readonly after: readonly string[];
    }
  | {
      readonly sort: 'deed';
      readonly without: readonly string[];
      readonly givenTo: readonly string[];
    }
  | {
      readonly sort: 'rest';
      readonly after: readonly string[];
      readonly apart?: readonly string[];
      readonly whole?: boolean;
      /** What stands in 《》 comes first. */
      readonly quoted?: boolean;
    };

/**
 * A weighed sign that an intent is meant. All needs, parted by spaces, must hold:
 * `group` a word of that group is in the piece; `^group` the piece begins with one; `group$` it ends with one;
 * `a>b` one of `a` stands shortly before one of `b`; `@fact` a fact of every sentence (`@time`, `@city`, `@how`, …, see facts.ts);
 * `!need` the need does not hold.
 */
export type Cue = readonly [weight: number, needs: string];

/** How an intent sounds: its words by group, its weighed signs, its slots and what people would say. */
export type HeardAs = {
  readonly intent: string;
  readonly words: { readonly [group: string]: readonly string[] };
  readonly cues: readonly Cue[];
  readonly slots: { readonly [slot: string]: SlotSort };
  /** May stand beside another wish in one message (a request does, a greeting does not). */
  readonly wish: boolean;
  readonly examples: readonly { readonly says: string; readonly means: Slots }[];
};

/** The company's own names and what each intent sounds like. */
export type Lexicon = {
  readonly intents: readonly HeardAs[];
  /** Meeting rooms. */
  readonly rooms: readonly Named[];
  /** Desks, booths and whatever else is booked, by its sort; their names are looked for in sentences about one only. */
  readonly spaces?: readonly (Named & { readonly sort: string })[];
  readonly items: readonly Named[];
  readonly people: readonly Named[];
  readonly cities: readonly string[];
};
