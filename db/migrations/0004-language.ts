import { type Kysely, sql } from 'kysely';

/**
 * What a conversation remembers: the last thing each person said (so that 「不是这个意思」 has something to mean), the sentence
 * a draft was made of, and what was misread, without whose it was. And an index by which a quoted message is found.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table last_said (
    person_id bigint not null references person, channel text not null, chat text not null,
    said text not null, tried jsonb not null, draft_id bigint, before jsonb, asked jsonb,
    misreading_id bigint, at timestamptz not null,
    primary key (person_id, channel, chat))`,
  `create table misreading (
    id bigint generated always as identity primary key,
    text text not null, reading text not null, correction text not null, at timestamptz not null)`,
  `alter table draft add column said text`,
  `create index delivery_message on delivery (channel, platform_message) where platform_message is not null`,
];
