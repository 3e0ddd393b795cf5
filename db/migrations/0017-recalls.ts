import { type Kysely, sql } from 'kysely';

/**
 * A message that is recalled takes back what it had begun: the draft made of it, the files that came with it. Both are looked for by the
 * platform's id of the message.
 */
export async function up<T>(db: Kysely<T>): Promise<void> {
  await sql`alter table draft add column message text`.execute(db);
  await sql`create index draft_message on draft (message) where message is not null`.execute(db);
  await sql`create index attachment_message on attachment (message)`.execute(db);
}
