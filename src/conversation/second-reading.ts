/** A language model's reading of what the rules are unsure of: asked before the transaction, used as one more guess. */
import type { Office } from '../../db/work.ts';
import type { IncomingMessage } from '../channels/channel.ts';
import { personAt } from '../directory/people.ts';
import type { Lexicon } from '../language/lexicon.ts';
import type { Piece, Reading } from '../language/meaning.ts';
import { understand } from '../language/understand.ts';
import type { Model } from '../model/index.ts';
import type { Names } from './names.ts';
import { SURE } from './sure.ts';
import { hearingAt } from './talk.ts';

/** What the model made of the one piece of a message. */
export type SecondReading = Reading;

/** Shorter texts are answers and greetings; nothing is asked about them. Characters. */
const SHORTEST = 4;
/** Just sure enough to be shown as a draft, never as sure as the rules. */
const CONFIDENCE = SURE + 0.05;

type Listening = {
  readonly office: Office;
  readonly names: Names;
  readonly zone: string;
  readonly model: Model | undefined;
  readonly log: (what: string, about: object) => void;
};

/** Hands a message on, with the model's reading where the rules need one. No database transaction is open while it is asked. */
export function createListening(
  options: Listening,
): (
  incoming: IncomingMessage,
  act: (second: SecondReading | undefined) => Promise<void>,
) => Promise<void> {
  const { model } = options;
  if (!model) return (_incoming, act) => act(undefined);
  return async (incoming, act) => act(await secondReading(options, model, incoming));
}

/** Undefined when it need not be asked, has nothing to say, or anything goes wrong: the rules are enough then. */
async function secondReading(
  options: Listening,
  model: Model,
  { from, text, sentAt }: IncomingMessage,
): Promise<SecondReading | undefined> {
  if (text.trim().length < SHORTEST) return undefined;
  const { now } = hearingAt(sentAt, options.zone);
  try {
    const asked = await whoAsks(options, from);
    if (!asked || !isUnsure(understand(text, asked.lexicon, now))) return undefined;
    return await model.reading({ text, lexicon: asked.lexicon, now }, asked.person);
  } catch (error) {
    options.log('model.skipped', { error: error instanceof Error ? error.name : 'unknown' });
    return undefined;
  }
}

/** The person who speaks and the names of the office; undefined for strangers, and for who is filling in a draft. */
const whoAsks = (
  { office, names }: Listening,
  from: IncomingMessage['from'],
): Promise<{ readonly person: number; readonly lexicon: Lexicon } | undefined> =>
  office.db.transaction().execute(async (tx) => {
    const person = await personAt(tx, from);
    if (!person) return undefined;
    const draft = await tx
      .selectFrom('draft')
      .select('id')
      .where('person_id', '=', person.id)
      .where('channel', '=', from.channel)
      .where('state', '=', 'open')
      .executeTakeFirst();
    return draft ? undefined : { person: person.id, lexicon: await names.lexicon(tx) };
  });

/** One piece, read as nothing in particular. Small talk that the rules know for sure is left alone. */
function isUnsure(pieces: readonly Piece[]): boolean {
  const best = pieces.length === 1 ? pieces[0]?.readings[0] : undefined;
  if (!best) return false;
  return (
    best.confidence < SURE || (best.intent === 'other' && !best.reasons.includes('talk !work'))
  );
}

/** The pieces of a message with the model's reading first in the one piece it was asked about, if the rules still doubt it. */
export function withSecond(
  pieces: readonly Piece[],
  second: SecondReading | undefined,
): readonly Piece[] {
  const [piece] = pieces;
  if (!second || !piece || !isUnsure(pieces)) return pieces;
  const reading = { ...second, confidence: CONFIDENCE };
  const others = piece.readings.filter((each) => each.intent !== second.intent);
  return [{ ...piece, readings: [reading, ...others] }];
}
