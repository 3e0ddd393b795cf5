import { type Kysely, sql } from 'kysely';

/**
 * Whether people can be reached. An address keeps its private chat, since when and why nothing arrives there, when that is tried again, and when
 * its person was last buzzed; a message, since when it fails by itself, and whether its person is buzzed when it has arrived;
 * a channel, when anything last got through.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table address add column chat text, add column unreachable_since timestamptz, add column unreachable_code text,
    add column try_at timestamptz, add column buzzed_at timestamptz,
    add check ((unreachable_since is null) = (unreachable_code is null)),
    add check ((unreachable_since is null) = (try_at is null))`,
  `create index address_unreachable on address (try_at) where unreachable_since is not null`,
  `alter table delivery add column failing_since timestamptz, add column buzz boolean not null default false`,
  `create table channel_through (channel text primary key, at timestamptz not null)`,
  `create index delivery_dead on delivery (lane, seq) where state = 'dead'`,
];
