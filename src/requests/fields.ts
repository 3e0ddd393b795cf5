/**
 * Form fields: one declaration feeds validation, card inputs, slot filling, the ledger and the export.
 * A field's value is what is stored as JSON in the request's form.
 */
import type { z } from 'zod';
import type { Answers, Input, Option } from '../../cards/card.ts';
import type { Watch } from '../../cards/times.ts';
import type { Text, Words } from '../../cards/words.ts';
import type { Slots } from '../language/meaning.ts';

/** When and where something is heard: the moment of speaking in the office's zone, and the zone of who speaks where it is another. */
export type Hearing = Watch;

/** `R` tells whether a request cannot be submitted without it. */
export type Field<T, R extends boolean = boolean> = {
  readonly label: Words;
  readonly required: R;
  readonly schema: z.ZodType<T>;
  /** What understood slots say for it. */
  hears(slots: Slots, at: Hearing): T | undefined;
  /** What a correction makes of a value that is there (改到4点 keeps the day and the length); without it, what is heard replaces it. */
  amends?(old: T, slots: Slots, at: Hearing): T | undefined;
  /** How it is asked for on a card; nothing where it keeps its value whatever is filled in there. `options` come from the company's own data, where the kind offers some. */
  inputs(
    name: string,
    value: T | undefined,
    options: readonly Option[],
    at: Hearing,
  ): readonly Input[];
  /** What a person answered. Undefined: nothing. Throws Refusal when it cannot be read. */
  reads(name: string, answers: Answers, at: Hearing): T | undefined;
  shows(value: T, options: readonly Option[], at: Hearing): Text;
  /** What is left of it when words are no longer kept; nothing: undefined. Without it, it is numbers, times and choices, which stay. */
  keeps?(value: T): T | undefined;
};

/** Stands where a person's words were, in what cannot be without. */
export const CLEARED = '—';

export type Fields = { readonly [name: string]: Field<unknown> };

/** A complete form: required fields have values. */
export type FormOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T, infer R>
    ? R extends true
      ? T
      : T | undefined
    : never;
};
/** A form on its way: anything may still be missing. */
export type DraftOf<F extends Fields> = {
  readonly [K in keyof F]?: (F[K] extends Field<infer T> ? T : never) | undefined;
};

/** What every field says of itself. */
export type Common<R extends boolean> = {
  readonly label: Words;
  readonly required: R;
  readonly hint?: Words;
  /** The slot of the language module that fills it. */
  readonly slot?: string;
};
