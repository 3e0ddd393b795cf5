import { type Kysely, sql } from 'kysely';

/** How many messages came from a person, or in a group, in the minute that began with the first of them: replicas count together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table message_count (
    who text primary key,
    since timestamptz not null,
    messages integer not null,
    told_at timestamptz) with (fillfactor = 70)`,
];
