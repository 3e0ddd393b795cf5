/**
 * A card as data: what people see, before any platform draws it.
 *
 * - block: one visible part of a card, from top to bottom.
 * - facts: label and value pairs, the body of most cards.
 * - form: inputs that are sent together by one of its buttons.
 * - button value: a wish, never an authority; who may do it is asked at the tap.
 * - preview: the one line the chat list shows.
 *
 * Texts are plain: no markup is ever read out of them, ours or people's. Renderers escape.
 */
import type { Text } from './words.ts';

/** State by colour, never by colour alone: grey over, orange waiting, blue in work, green done, red refused, carmine late. */
export type CardColor = 'grey' | 'orange' | 'blue' | 'green' | 'red' | 'carmine';

/** A short word in the card's head, at most three a card. */
export type Tag = { readonly text: Text; readonly color: CardColor };

export type Card = {
  readonly title: Text;
  readonly subtitle?: Text;
  readonly color: CardColor;
  readonly tags?: readonly Tag[];
  readonly preview: Text;
  readonly blocks: readonly Block[];
};

export type Block =
  | TextBlock
  | FactsBlock
  | TableBlock
  | StepsBlock
  | ImageBlock
  | ChartBlock
  | StripBlock
  | FoldBlock
  | ButtonsBlock
  | FormBlock
  | { readonly block: 'line' };

/** A paragraph; line feeds are kept. */
export type TextBlock = {
  readonly block: 'text';
  readonly text: Text;
  readonly look?: 'normal' | 'quiet' | 'strong' | 'warning';
};

/** `guessed`: filled in by us, shown as such; `missing`: still to be given; `changed`: differs from what the reader saw before. */
export type Fact = {
  readonly label: Text;
  readonly value: Text;
  readonly mark?: 'guessed' | 'missing' | 'changed';
};
export type FactsBlock = { readonly block: 'facts'; readonly facts: readonly Fact[] };

/** Rows by column key. At most 20 rows; the maker of the card says how many were left out. Never inside a form or a fold. */
export type TableBlock = {
  readonly block: 'table';
  readonly columns: readonly {
    readonly key: string;
    readonly label: Text;
    readonly align?: 'left' | 'right';
  }[];
  readonly rows: readonly { readonly [key: string]: Text }[];
};

/** Where a request stands: one line a step. */
export type StepLine = {
  readonly title: Text;
  readonly state: 'done' | 'open' | 'waiting' | 'refused' | 'skipped';
  readonly who: Text;
  readonly note?: Text;
};
export type StepsBlock = { readonly block: 'steps'; readonly steps: readonly StepLine[] };

/** A picture people sent. `file` is our attachment id; each channel knows how to show it. */
export type ImageBlock = { readonly block: 'image'; readonly file: string; readonly alt: Text };

/**
 * Figures as bars or lines, a point each; null: nothing is known there. `alt` says in words what is seen. Made by `chartOf`, at most
 * 12 points and 3 series, for a phone's width.
 */
export type ChartBlock = {
  readonly block: 'chart';
  readonly kind: 'bar' | 'line';
  readonly title: Text;
  readonly unit?: '%';
  readonly series: readonly {
    readonly name: Text;
    readonly points: readonly { readonly label: Text; readonly value: number | null }[];
  }[];
  readonly alt: Text;
};

/** What a stretch of a strip is: free, not to be had, the reader's own, or past. */
export type StripCell = 'free' | 'taken' | 'mine' | 'past';

/**
 * A day of several things, a row each, cut into stretches of half an hour from the clock time `from` on (minutes after midnight). What is
 * drawn is told in words beside it (`told`), for whoever does not see it. At most 48 cells a row.
 */
export type StripBlock = {
  readonly block: 'strip';
  readonly from: number;
  readonly rows: readonly {
    readonly name: Text;
    readonly cells: readonly StripCell[];
    readonly told: Text;
  }[];
};

/** Folded away until tapped; holds texts and facts only. */
export type FoldBlock = {
  readonly block: 'fold';
  readonly title: Text;
  readonly blocks: readonly (TextBlock | FactsBlock | StepsBlock)[];
};

/** What a button wishes for: flat, small, versioned by `v`. Read back with a schema, never trusted. */
export type ButtonValue = { readonly v: 1; readonly a: string } & {
  readonly [key: string]: string | number;
};

export type Button = {
  readonly label: Text;
  readonly look: 'primary' | 'plain' | 'danger';
  readonly value: ButtonValue;
  /** A convenience question before the tap is sent; platforms may leave it out, so never a safety check. */
  readonly confirm?: { readonly title: Text; readonly text: Text };
};
export type ButtonsBlock = { readonly block: 'buttons'; readonly buttons: readonly Button[] };

/** `name` is unique in the card; letters, digits and `_`. All buttons of a form send its answers along. */
export type FormBlock = {
  readonly block: 'form';
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly buttons: readonly Button[];
};

type InputBase = {
  readonly name: string;
  readonly label: Text;
  readonly required?: boolean;
  readonly hint?: Text;
};
export type Option = { readonly value: string; readonly label: Text };

/**
 * One input of a form. Values are what the answer would be:
 * text and number as text; `date` YYYY-MM-DD; `time` HH:MM; `moment` YYYY-MM-DDTHH:MM in the office's zone.
 */
export type Input =
  | (InputBase & {
      readonly input: 'text';
      readonly lines: 'one' | 'many';
      readonly value?: string;
      readonly longest?: number;
    })
  | (InputBase & { readonly input: 'number'; readonly value?: string })
  | (InputBase & {
      readonly input: 'select';
      readonly options: readonly Option[];
      readonly value?: string;
    })
  | (InputBase & {
      readonly input: 'choices';
      readonly options: readonly Option[];
      readonly values?: readonly string[];
    })
  | (InputBase & { readonly input: 'date' | 'time' | 'moment'; readonly value?: string })
  | (InputBase & { readonly input: 'check'; readonly value?: boolean });

/** What a person answered: input name → text, list (`choices`) or yes/no (`check`). Unfilled inputs are left out. */
export type Answers = { readonly [name: string]: string | readonly string[] | boolean };

/** A short message over the card after a tap. */
export type Toast = {
  readonly look: 'info' | 'success' | 'warning' | 'error';
  readonly text: Text;
};
