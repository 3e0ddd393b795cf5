import { type Kysely, sql } from 'kysely';

/**
 * Messages and files. A message that is recalled takes back what it had begun: the draft made of it, the files that came with it;
 * both are looked for by the platform's id of the message. A file is looked at after it came (`look_at`: when next; null once that is
 * settled), and what the office takes is stored with it. What was sent as minutes of a meeting belongs to no request.
 */
export async function up<T>(db: Kysely<T>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table draft add column message text`,
  `create index draft_message on draft (message) where message is not null`,
  `create index attachment_message on attachment (message)`,
  `alter table attachment add column look_at timestamptz, add column minutes_id bigint references minutes`,
  `create index attachment_look on attachment (look_at) where look_at is not null`,
  `create table attachment_content (
    attachment_id bigint primary key references attachment on delete cascade, bytes bytea not null)`,
];
