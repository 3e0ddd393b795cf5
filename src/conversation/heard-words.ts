import { fold } from '../language/fold.ts';
import type { Lexicon } from '../language/lexicon.ts';
import type { Reading } from '../language/meaning.ts';
import { requestNumber } from '../language/slots/codes.ts';

/** A sentence on its way to being carried out: how it was read, its words, and the names of the company. */
export type Heard = {
  readonly reading: Reading;
  readonly said: string;
  readonly lexicon: Lexicon;
};

/** A whole sentence as it is compared with ours: full-width signs as the plain ones, without what `ends` it. */
export const plainSentence = (text: string, ends = /[。.!?]+$/u): string =>
  text.normalize('NFKC').trim().replace(ends, '');

/** What ends a sentence that orders something: a question orders nothing. */
export const ORDER_ENDS = /[。.!]+$/u;

/** The number of a request that the sentence holds, in capitals; also where its intent has no slot for one. */
export function requestNumberIn(heard: Heard): string | undefined {
  const [found] = fold(heard.said).match(requestNumber) ?? [];
  return slotText(heard, 'id') ?? found?.toUpperCase();
}

/** The text in a slot; undefined when there is none. */
export function slotText({ reading }: Heard, slot: string): string | undefined {
  const value = reading.slots[slot];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
