import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Card } from '../../../cards/card.ts';
import type { Language } from '../../../cards/words.ts';
import type { Db } from '../../../db/database.ts';
import type { SimulatorBody, SimulatorMessageTable } from '../../../db/tables.ts';

/** A stored message of the simulator's chat. */
export type SimulatorMessage = Selectable<SimulatorMessageTable>;

/** A message to be kept. `key` makes a repeat harmless: the same key is the same message. */
export type NewMessage = {
  readonly key: string;
  readonly person: string;
  readonly direction: 'in' | 'out';
  readonly body: SimulatorBody;
  readonly at: Temporal.Instant;
};

/** How many messages of one chat a page gets: more than anybody scrolls back in a demo. */
const HISTORY = 200;

/** Keeps a message; `repeated` when its key was there already. */
export async function keepMessage(
  db: Db,
  message: NewMessage,
): Promise<{ readonly message: SimulatorMessage; readonly repeated: boolean }> {
  const kept = await db
    .insertInto('simulator_message')
    .values({
      id: `sm_${randomBytes(9).toString('hex')}`,
      person: message.person,
      direction: message.direction,
      body: JSON.stringify(message.body),
      send_key: message.key,
      created_at: message.at,
      updated_at: message.at,
    })
    .onConflict((conflict) => conflict.column('send_key').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (kept) return { message: kept, repeated: false };
  const earlier = await findByKey(db, message.key);
  if (!earlier) throw new Error('the chats were forgotten while a message was being kept');
  return { message: earlier, repeated: true };
}

/** The message that was kept under this key. */
export const findByKey = (db: Db, key: string): Promise<SimulatorMessage | undefined> =>
  db.selectFrom('simulator_message').selectAll().where('send_key', '=', key).executeTakeFirst();

/**
 * Replaces what a message of the office shows; undefined when there is no such message. Without `language` the card stays in
 * that of the one before it.
 */
export async function replaceCard(
  db: Db,
  id: string,
  card: Card,
  at: Temporal.Instant,
  language?: Language,
): Promise<SimulatorMessage | undefined> {
  const kept = language ?? (await languageOf(db, id));
  return db
    .updateTable('simulator_message')
    .set({
      body: JSON.stringify({ card, language: kept }),
      updated_at: at,
      change: sql<number>`nextval('simulator_change')`,
    })
    .where('id', '=', id)
    .where('direction', '=', 'out')
    .returningAll()
    .executeTakeFirst();
}

async function languageOf(db: Db, id: string): Promise<Language | undefined> {
  const row = await db
    .selectFrom('simulator_message')
    .select('body')
    .where('id', '=', id)
    .executeTakeFirst();
  return row && 'language' in row.body ? row.body.language : undefined;
}

/** Whether this message of the office stands in this person's chat. */
export async function isShownTo(db: Db, id: string, person: string): Promise<boolean> {
  const found = await db
    .selectFrom('simulator_message')
    .select('id')
    .where('id', '=', id)
    .where('person', '=', person)
    .where('direction', '=', 'out')
    .executeTakeFirst();
  return found !== undefined;
}

/** The latest messages of one chat that changed after `change`, oldest first. */
export async function messagesSince(
  db: Db,
  person: string,
  change: number,
): Promise<readonly SimulatorMessage[]> {
  const newestFirst = await db
    .selectFrom('simulator_message')
    .selectAll()
    .where('person', '=', person)
    .where('change', '>', change)
    .orderBy('place', 'desc')
    .limit(HISTORY)
    .execute();
  return newestFirst.toReversed();
}

/** The place of the newest message of the office in each chat. */
export const newestPlaces = (
  db: Db,
): Promise<readonly { readonly person: string; readonly place: number }[]> =>
  db
    .selectFrom('simulator_message')
    .select(['person', (eb) => eb.fn.max<number>('place').as('place')])
    .where('direction', '=', 'out')
    .groupBy('person')
    .execute();

/** Forgets every chat and every picture. */
export async function forgetEverything(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('simulator_message').execute();
    await tx.deleteFrom('simulator_file').execute();
  });
}
