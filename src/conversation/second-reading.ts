/**
 * A second reading: what a language model makes of a piece that the rules are unsure of. Asked for before the message's
 * transaction begins, never in it. Without a model none of this happens.
 */
import { inWork, type Office } from '../../db/work.ts';
import type { IncomingMessage } from '../channels/channel.ts';
import { personAt } from '../directory/people.ts';
import type { Lexicon } from '../language/lexicon.ts';
import type { Piece, Reading } from '../language/meaning.ts';
import { understand } from '../language/understand.ts';
import type { Model } from '../model/index.ts';
import { kinds } from '../requests/index.ts';
import type { Names } from './names.ts';
import { disagreement } from './next-reading.ts';
import { SURE } from './sure.ts';
import { hearingAt } from './talk.ts';

/** What was made of the piece with this text. */
export type SecondReading = { readonly text: string; readonly reading: Reading };

/** Whoever listens for a model's word: where to look, whom to ask. */
type Around = {
  readonly office: Office;
  readonly names: Names;
  readonly zone: string;
  readonly model: Model | undefined;
  readonly log: (what: string, about: object) => void;
};

/** Handles a message, with a second reading if there is one. */
export type Listen = (
  incoming: IncomingMessage,
  act: (second: SecondReading | undefined) => Promise<void>,
) => Promise<void>;

/**
 * With a model, the messages of one person take turns here: what is said while an earlier message waits for the model must
 * not overtake it. One that had to wait is not asked about itself, so nobody waits longer than one question (this process's
 * turns only; between two processes the database's lock keeps the order of those that reached it).
 */
export function createListening(around: Around): Listen {
  const { model } = around;
  if (!model) return (_incoming, act) => act(undefined);
  const turns = new Map<string, Promise<void>>();
  return async (incoming, act) => {
    const { id } = incoming.from;
    const before = turns.get(id);
    const turn = Promise.withResolvers<void>();
    turns.set(id, turn.promise);
    try {
      await before;
      await act(before ? undefined : await secondReading(around, model, incoming));
    } finally {
      turn.resolve();
      if (turns.get(id) === turn.promise) turns.delete(id);
    }
  };
}

/** The pieces of a message with the second reading in front of the rules' own, where it belongs. */
export const withSecond = (
  pieces: readonly Piece[],
  second: SecondReading | undefined,
): readonly Piece[] =>
  pieces.map((piece) =>
    second && piece.text === second.text && isUnsure(piece)
      ? { ...piece, readings: [second.reading, ...others(piece, second.reading)] }
      : piece,
  );

/** The rules' own readings of other intents: the next best ones. */
const others = (piece: Piece, { intent }: Reading): readonly Reading[] =>
  piece.readings.filter((each) => each.intent !== intent);

async function secondReading(
  around: Around,
  model: Model,
  incoming: IncomingMessage,
): Promise<SecondReading | undefined> {
  const seen = await glance(around, incoming);
  if (!seen) return undefined;
  const { lexicon, person } = seen;
  const { now } = hearingAt(incoming.sentAt, around.zone);
  const piece = understand(incoming.text, lexicon, now).find(isUnsure);
  if (!piece) return undefined;
  const reading = await model.reading({ text: piece.text, lexicon, now }, person);
  // Just enough to be shown as a draft, never enough to count as clearly meant.
  return reading && { text: piece.text, reading: { ...reading, confidence: SURE + 0.05 } };
}

type Seen = { readonly person: number; readonly lexicon: Lexicon };

/** A short look at the office, over before anybody is asked. Undefined when the message is none to ask about. */
async function glance(around: Around, incoming: IncomingMessage): Promise<Seen | undefined> {
  const { repliesTo, text } = incoming;
  if (repliesTo !== undefined || text.trim().length < FEWEST || disagreement(text) !== undefined)
    return undefined;
  try {
    return await inWork(around.office, { actor: 'system' }, async ({ tx }) => {
      const person = await personAt(tx, incoming.from);
      if (!person) return undefined;
      const known = await tx
        .selectFrom('inbound')
        .select('key')
        .where('key', '=', incoming.key)
        .executeTakeFirst();
      // What is said while a draft is open is about it, and a guess must not push it aside.
      const draft = await tx
        .selectFrom('draft')
        .select('id')
        .where('person_id', '=', person.id)
        .where('channel', '=', incoming.from.channel)
        .where('chat', '=', incoming.group && incoming.chat ? incoming.chat : 'private')
        .where('state', '=', 'open')
        .executeTakeFirst();
      if (known || draft) return undefined;
      return { person: person.id, lexicon: await around.names.lexicon(tx) };
    });
  } catch (error) {
    // The message's own transaction meets the same trouble next and answers for it.
    around.log('model.glance', { error: error instanceof Error ? error.name : 'unknown' });
    return undefined;
  }
}

/** Shorter texts are no requests, characters. */
const FEWEST = 4;
/** So sure is the reader when it is not asked again whether a sentence is ours: confidence, 0 to 1. */
const NOT_OURS = 0.8;

/** Whether a piece is left open: nothing clear enough to act upon, and not surely talk or a question about rules. */
function isUnsure({ text, readings: [best] }: Piece): boolean {
  if (!best || text.trim().length < FEWEST) return false;
  if (best.intent === 'other') return best.confidence < NOT_OURS;
  const answered = kinds.some((kind) => kind.answersIntents.includes(best.intent));
  return !answered && best.confidence < SURE;
}
