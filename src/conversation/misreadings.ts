import { clean } from '../../cards/clean.ts';
import type { Work } from '../../db/work.ts';
import { activePeople } from '../directory/people.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { mask } from '../model/mask.ts';

/** A sentence, what we took it for, and what its speaker made of it ('' while unknown). */
type Misreading = { readonly text: string; readonly reading: string; readonly correction: string };

/** The longest text of it that is kept; office sentences are shorter. */
const LONGEST = 300;

/**
 * Keeps a misreading for the office to look at (`npm run office -- language review`): names of people and phone numbers
 * masked, and not whose it was. Returns its id, so that a later correction can be added.
 */
export async function keepMisreading(
  work: Work,
  { text, reading, correction }: Misreading,
): Promise<number> {
  const mask = await maskFor(work);
  const { id } = await work.tx
    .insertInto('misreading')
    .values({
      text: mask(text),
      reading: mask(reading),
      correction: mask(correction),
      at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What the person said next, after nothing of ours had fitted. */
export async function keepCorrection(work: Work, id: number, correction: string): Promise<void> {
  const mask = await maskFor(work);
  await work.tx
    .updateTable('misreading')
    .set({ correction: mask(correction) })
    .where('id', '=', id)
    .where('correction', '=', '')
    .execute();
}

/** Masked as for everybody outside the house (model/mask.ts). */
async function maskFor({ tx, now }: Work): Promise<(text: string) => string> {
  const people = (await activePeople(tx)).map(({ id, name }) => ({ id: String(id), name }));
  const lexicon: Lexicon = { intents: [], rooms: [], items: [], people, cities: [] };
  const at = now.toZonedDateTimeISO('UTC'); // masking asks where times stand, not which they are
  return (text) => mask(clean(text, LONGEST), lexicon, at).text;
}
