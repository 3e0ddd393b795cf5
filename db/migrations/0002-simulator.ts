import { type Kysely, sql } from 'kysely';

/**
 * The simulator's own chat. `place` is where a message stands in its chat, `change` grows with every new or changed
 * message: what a page has seen is one number. `json`, not `jsonb`: cards may hold any text, also what jsonb refuses.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create sequence simulator_change`,
  `create table simulator_message (
    id text primary key, place bigint generated always as identity,
    change bigint not null default nextval('simulator_change'),
    person text not null, direction text not null check (direction in ('in', 'out')),
    body json not null, send_key text not null unique,
    created_at timestamptz not null, updated_at timestamptz not null)`,
  `create index simulator_message_person on simulator_message (person, place)`,
  `create table simulator_file (
    id text primary key, person text not null, name text not null, type text not null,
    bytes bytea not null, at timestamptz not null)`,
];
