import type { Lexicon } from '../language/lexicon.ts';
import type { Reading } from '../language/meaning.ts';

/** A sentence on its way to being carried out: how it was read, its words, and the names of the company. */
export type Heard = {
  readonly reading: Reading;
  readonly said: string;
  readonly lexicon: Lexicon;
};

/** The text in a slot; undefined when there is none. */
export function slotText({ reading }: Heard, slot: string): string | undefined {
  const value = reading.slots[slot];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
