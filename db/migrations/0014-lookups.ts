import { type Kysely, sql } from 'kysely';

/**
 * What a year of an office of 300 showed (`npm run bench -- year`): every change of a request asks who sees its card, and every reading of the
 * company who is away. Both looked through all that ever was.
 */
export async function up<T>(db: Kysely<T>): Promise<void> {
  await sql`create index shown_card_subject on shown_card (subject)`.execute(db);
  await sql`create index absence_until on absence (until)`.execute(db);
}
