import type { Words } from '../../cards/words.ts';
import type { Piece, Reading } from '../language/meaning.ts';
import { kinds } from '../requests/index.ts';
import { askFromGroup } from './question-replies.ts';
import { answer, type Talk } from './talk.ts';

/** A second failure within this many minutes offers the office first. */
const AGAIN_MINUTES = 10;
/** How much of a sentence a button can carry. */
const LONGEST = 200;

/** Up to three guesses to tap, an example, a way to a human; the second time in a row the human comes first. */
export async function notUnderstood(talk: Talk, piece: Piece): Promise<void> {
  if (await askFromGroup(talk)) return;
  const since = talk.work.now.subtract({ minutes: AGAIN_MINUTES });
  const before = await talk.work.tx
    .selectFrom('delivery')
    .select('id')
    .where('person_id', '=', talk.person.id)
    .where('created_at', '>', since)
    .where('what', 'like', 'answer:%')
    .where((where) => where(where.ref('view', '->>').key('view'), '=', 'not-understood'))
    .executeTakeFirst();
  await answer(talk, {
    view: 'not-understood',
    said: piece.text.slice(0, LONGEST),
    guesses: guessesFor(piece.readings, []),
    again: before !== undefined,
  });
}

/** A kind that a sentence may be about, to be tapped: the sentence is read again as that. */
export type Guess = { readonly label: Words; readonly intent: string };

/** The kinds among the readings that were not tried yet, else simply the first kinds there are. */
export function guessesFor(
  readings: readonly Reading[],
  tried: readonly string[],
): readonly Guess[] {
  const open = kinds
    .map((kind) => ({ label: kind.title, intent: kind.heardAs.intent }))
    .filter(({ intent }) => !tried.includes(intent));
  const near = readings.flatMap(({ intent }) => open.find((each) => each.intent === intent) ?? []);
  return near.length > 0 ? near : open.slice(0, 3);
}
