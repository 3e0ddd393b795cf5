import { z } from 'zod';
import type { HeardAs, SlotSort } from '../language/lexicon.ts';

/**
 * Sorts of slots a model may point words out for, and what it is told about them. Persons, codes, urgency and what is
 * counted apart are not among them: whom a request concerns is never for a model to say, the rest only the rules read.
 */
export const POINTABLE: { readonly [sort in SlotSort['sort']]?: string } = {
  when: 'words that tell when',
  length: 'words that tell how long',
  headcount: 'words that tell how many people',
  terms: 'words for what it should have',
  term: 'words for which sort',
  flag: 'words that ask for it',
  room: 'the name of a room',
  floor: 'words that tell the floor',
  place: 'words that tell where in the building',
  items: 'each thing wanted, with its number and unit; one string a thing',
  thing: 'the thing it is about',
  trouble: 'words that tell what is wrong with it',
  destinations: 'each city travelled to; one string a city',
  origin: 'the city travelled from',
  money: 'words that tell an amount of money',
  topic: 'words that tell what the meeting is about',
  purpose: 'words that tell what the journey is for',
  rest: 'words that tell what it is for',
};

/** The slots of an intent that a model may point words out for. */
export const pointableSlots = (heard: HeardAs): readonly (readonly [string, SlotSort])[] =>
  Object.entries(heard.slots).filter(([, { sort }]) => POINTABLE[sort] !== undefined);

/** What a model answers: an intent among those offered or `other`, and for each slot words of the sentence, never values. */
export type Answer = {
  readonly intent: string;
  readonly slots: { readonly [slot: string]: readonly string[] | undefined };
};

export type AnswerSchema = {
  /** As it is sent: everything required and nothing else allowed, which engines that constrain their output ask for. */
  readonly json: object;
  /** Reads an answer; undefined when it is not of this shape. A slot may be left out. */
  readonly read: (value: unknown) => Answer | undefined;
};

/** The closed schema of answers about these intents. */
export function answerSchema(offered: readonly HeardAs[]): AnswerSchema {
  const names = new Set(offered.flatMap((heard) => pointableSlots(heard).map(([slot]) => slot)));
  const slots = z.strictObject(
    Object.fromEntries([...names].map((name) => [name, z.array(z.string())] as const)),
  );
  const intent = z.enum([...offered.map((heard) => heard.intent), 'other']);
  const lenient = z.strictObject({ intent, slots: slots.partial() });
  return {
    json: z.toJSONSchema(z.strictObject({ intent, slots })),
    read: (value) => lenient.safeParse(value).data,
  };
}
