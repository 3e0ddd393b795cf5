import { type Kysely, sql } from 'kysely';

/**
 * Calendars that are fetched by a secret link, of a person or of a room, one in force each. The link is made of `seed` by a key that is not in
 * the database; of the link itself only the hash is kept, so that whoever reads the database cannot open a calendar.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table calendar_feed (
    id bigint generated always as identity primary key,
    person_id bigint references person, room_id bigint references room,
    seed text not null unique, token_hash text not null unique,
    made_by bigint not null references person, made_at timestamptz not null, revoked_at timestamptz,
    check (num_nonnulls(person_id, room_id) = 1))`,
  `create unique index calendar_feed_person on calendar_feed (person_id) where revoked_at is null`,
  `create unique index calendar_feed_room on calendar_feed (room_id) where revoked_at is null`,
];
