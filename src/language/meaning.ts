/**
 * What a sentence means: the words of this folder.
 *
 * - time value: one time expression, resolved against the moment of speaking. Local wall-clock times as ISO text
 *   without offset; the zone is that of the moment of speaking. A range of days includes both ends.
 * - found: a value together with the words it came from.
 * - reading: one possible meaning of a piece of a message: an intent, its slots, how sure we are and why.
 * - piece: a part of a message that asks for one thing; 「订个会议室，再领两盒A4」 has two.
 * - lexicon: the company's own names (rooms, items, people, cities) and what each intent sounds like.
 */

/** A named part of the day. No clock hours belong to it here; the one who books decides them. */
export type DayPart = 'dawn' | 'am' | 'noon' | 'pm' | 'evening';

/** One time expression. Dates `YYYY-MM-DD`, clock times `HH:MM:SS`, moments `YYYY-MM-DDTHH:MM:SS`, lengths ISO 8601. */
export type TimeValue =
  | { readonly type: 'date'; readonly start: string; readonly part?: DayPart }
  | { readonly type: 'time'; readonly start?: string; readonly part?: DayPart }
  | { readonly type: 'datetime'; readonly start: string }
  | { readonly type: 'daterange'; readonly start: string | null; readonly end: string | null }
  | { readonly type: 'timerange'; readonly start: string | null; readonly end: string | null }
  | { readonly type: 'datetimerange'; readonly start: string | null; readonly end: string | null }
  | { readonly type: 'duration'; readonly value: string }
  | {
      readonly type: 'set';
      readonly every: string;
      readonly weekdays?: readonly number[];
      readonly monthdays?: readonly number[];
      /** With `weekdays` and a month: which of them, -1 the last (每月第一个周一). */
      readonly nth?: number;
      readonly time?: string;
      readonly end?: string;
      readonly part?: DayPart;
    };

/** An amount: a bare number or money with its ISO 4217 currency. */
export type NumberValue =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'money'; readonly value: number; readonly currency: string };

/** A value and the words it came from: `text.slice(from, to) === words`. */
export type Found<T> = {
  readonly value: T;
  readonly words: string;
  readonly from: number;
  readonly to: number;
};

/** One thing of a list of things asked for. `quantity` null: the text gives no number. */
export type ItemAsked = {
  readonly name: string;
  readonly qty: number | null;
  readonly unit?: string;
};

/** One leg of a journey: where to, on which day (ISO), and where it begins and how it is travelled, where that was said. */
export type LegAsked = {
  readonly from?: string;
  readonly to: string;
  readonly date: string;
  readonly transport?: string;
};

/** Slot values as they are spoken of in the data of the language tests: text, numbers, lists, times, items. */
export type SlotValue =
  | string
  | number
  | boolean
  | TimeValue
  | readonly string[]
  | readonly ItemAsked[]
  | readonly LegAsked[];

/** Slots by name: `when`, `people`, `items`, `to`, … */
export type Slots = { readonly [slot: string]: SlotValue };

/** One possible meaning. `confidence` 0 to 1; `words` tells for each slot which words gave it. */
export type Reading = {
  readonly intent: string;
  readonly confidence: number;
  readonly slots: Slots;
  readonly words: { readonly [slot: string]: string };
  readonly reasons: readonly string[];
};

/** A part of a message that asks for one thing, with its readings, best first (never empty; the last resort is `other`). */
export type Piece = { readonly text: string; readonly readings: readonly Reading[] };
