import { type Kysely, sql } from 'kysely';

/** What people did by a tap or a sentence, kept a short while with what it takes to take it back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table deed (
    id bigint generated always as identity primary key,
    person_id bigint not null references person, subject text not null, act text not null, version integer not null,
    before jsonb not null, owed jsonb not null, cause text, at timestamptz not null, undone_at timestamptz)`,
  `create index deed_of on deed (person_id, id)`,
];
