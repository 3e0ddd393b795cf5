import type { Named } from '../language/lexicon.ts';

/** An action item as the minutes word it. `owner` are their words, `due` is an ISO date; null where they tell none. */
export type Drafted = {
  readonly what: string;
  readonly owner: string | null;
  readonly due: string | null;
  /** 做到什么程度. */
  readonly standard: string | null;
};

/** What a reader of minutes knows: the moment, and who works here. */
export type Reader = { readonly now: Temporal.ZonedDateTime; readonly people: readonly Named[] };

/** Without the signs that are left at its ends. */
export const trimmed = (part: string): string =>
  part
    .replace(/^[\s：:、。.,，;；\-—–（(【[]+(?![^（(【[]*[）)\]】])|^[\s：:、。.,，;；\-—–]+/u, '')
    .replace(/[\s：:、。.,，;；\-—–（(【[]+$/u, '')
    .replace(/[（(]\s*[）)]/gu, '')
    .trim();
