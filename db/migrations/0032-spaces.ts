import { type Kysely, sql } from 'kysely';

/**
 * Desks, quiet booths and whatever else is booked: a room has a sort, and all that were there are meeting rooms. A fixed desk is somebody's
 * (`holder_id`); the days on which others may have it stand in `space_release`. A booking of such a space is checked in to by itself: no
 * meeting belongs to it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table room add column sort text not null default '会议室'`,
  `alter table room add column holder_id bigint references person`,
  `create index room_holder on room (holder_id) where holder_id is not null`,
  `create table space_release (
    room_id bigint not null references room, day date not null, at timestamptz not null, primary key (room_id, day))`,
  `alter table booking add column check_in_at timestamptz, add column release_at timestamptz, add column checked_in_at timestamptz`,
  `create index booking_check_in on booking (check_in_at) where check_in_at is not null`,
  `create index booking_release on booking (release_at) where release_at is not null`,
];
