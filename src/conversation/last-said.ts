import { z } from 'zod';
import { BULK_ACTS, type BulkAct } from '../../cards/bulk.ts';
import type { Tx } from '../../db/database.ts';
import type { StoredForm } from '../requests/kind.ts';
import type { AddedPlace } from '../workflow/workflow.ts';
import type { Talk } from './talk.ts';

/** A question of ours that waits for an answer: which request is meant, or whom to hand one over to. */
export type Asked =
  | {
      readonly asked: 'which';
      readonly act: string;
      readonly requests: readonly number[];
      /** The sentence whose change it is, for the act `change`; the reason, for a decision. */
      readonly said?: string | undefined;
    }
  | {
      readonly asked: 'whom';
      readonly request: number;
      readonly people: readonly number[];
      readonly act: 'transfer' | 'add' | 'copy';
      readonly place?: AddedPlace | undefined;
    }
  /** Whether to do this with all of these, each as it was listed. */
  | {
      readonly asked: 'bulk';
      readonly act: BulkAct;
      readonly requests: readonly { readonly id: number; readonly version: number }[];
    };

/** What was made of a sentence: what it was taken for, the draft it began or changed, what we asked back. */
export type Led = {
  readonly as?: string;
  readonly draft?: number;
  readonly before?: StoredForm;
  readonly asked?: Asked;
};

/** The last thing somebody said in a chat. */
export type LastSaid = {
  readonly said: string;
  readonly tried: readonly string[];
  readonly draft: number | undefined;
  readonly before: StoredForm | undefined;
  readonly asked: Asked | undefined;
  readonly misreading: number | undefined;
  readonly at: Temporal.Instant;
};

/** After this many minutes 「不是」 no longer means what was said before. */
const MINUTES = 30;

const asked = z.discriminatedUnion('asked', [
  z.object({
    asked: z.literal('which'),
    act: z.string(),
    requests: z.array(z.number()),
    said: z.string().optional(),
  }),
  z.object({
    asked: z.literal('whom'),
    request: z.number(),
    people: z.array(z.number()),
    act: z.enum(['transfer', 'add', 'copy']).default('transfer'),
    place: z.enum(['before', 'after', 'beside']).optional(),
  }),
  z.object({
    asked: z.literal('bulk'),
    act: z.enum(BULK_ACTS).default('approve'),
    requests: z.array(z.object({ id: z.number(), version: z.number() })),
  }),
]);

/** What this person said last in this chat, if that was a short while ago. */
export async function recall(talk: Talk): Promise<LastSaid | undefined> {
  const row = await theirs(talk.work.tx, talk)
    .where('at', '>', talk.work.now.subtract({ minutes: MINUTES }))
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    said: row.said,
    tried: row.tried,
    draft: row.draft_id ?? undefined,
    before: row.before ?? undefined,
    asked: row.asked === null ? undefined : asked.parse(row.asked),
    misreading: row.misreading_id ?? undefined,
    at: row.at,
  };
}

const theirs = (tx: Tx, { person, address, chat }: Talk) =>
  tx
    .selectFrom('last_said')
    .selectAll()
    .where('person_id', '=', person.id)
    .where('channel', '=', address.channel)
    .where('chat', '=', chat);

/** Keeps what was said and what came of it in place of what was said before. */
export async function remember(
  { work, person, address, chat }: Talk,
  last: Omit<LastSaid, 'at'> & { readonly at?: Temporal.Instant },
): Promise<void> {
  const row = {
    said: last.said,
    tried: JSON.stringify(last.tried),
    draft_id: last.draft ?? null,
    before: last.before === undefined ? null : JSON.stringify(last.before),
    asked: last.asked === undefined ? null : JSON.stringify(last.asked),
    misreading_id: last.misreading ?? null,
    at: last.at ?? work.now,
  };
  await work.tx
    .insertInto('last_said')
    .values({ person_id: person.id, channel: address.channel, chat, ...row })
    .onConflict((at) => at.columns(['person_id', 'channel', 'chat']).doUpdateSet(row))
    .execute();
}

/** What is remembered of a sentence that led to this. */
export const lastSaid = (said: string, led: Led): Omit<LastSaid, 'at'> => ({
  said,
  tried: led.as === undefined ? [] : [led.as],
  draft: led.draft,
  before: led.before,
  asked: led.asked,
  misreading: undefined,
});
