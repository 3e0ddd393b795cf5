import { type Kysely, sql } from 'kysely';

/**
 * Rooms shared fairly. What holds a room is a booking, whether of a request, of a wish in the waiting line or in place of a room that was
 * given away: one exclusion constraint refuses two that overlap, and counts the time a room stays empty after each.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table room_wish (
    id bigint generated always as identity primary key,
    person_id bigint not null references person, channel text not null, room_id bigint references room,
    starts_at timestamptz not null, ends_at timestamptz not null check (ends_at > starts_at),
    form jsonb not null,
    state text not null check (state in ('waiting', 'offered', 'booked', 'left', 'lapsed', 'over')),
    offered_room bigint references room, hold_until timestamptz, request_id bigint references request,
    version int not null, queued_at timestamptz not null,
    check ((state = 'offered') = (hold_until is not null)))`,
  `create index room_wish_line on room_wish (queued_at, id) where state in ('waiting', 'offered')`,
  `create table room_swap (
    id bigint generated always as identity primary key,
    asker_id bigint not null references person, other_id bigint not null references person,
    asker_request bigint not null references request, other_request bigint not null references request,
    asker_version int not null, other_version int not null,
    state text not null check (state in ('draft', 'asked', 'done', 'refused', 'withdrawn', 'over')),
    version int not null, at timestamptz not null)`,
  `create index room_swap_open on room_swap (asker_request, other_request) where state = 'asked'`,
  `create table room_bump (
    id bigint generated always as identity primary key,
    asker_id bigint not null references person, host_id bigint not null references person,
    request_id bigint not null references request, request_version int not null,
    reason text not null, authority boolean not null, form jsonb not null,
    state text not null check (state in ('draft', 'asked', 'done', 'refused', 'withdrawn', 'over')),
    asker_request bigint references request, version int not null, at timestamptz not null)`,
  `create index room_bump_open on room_bump (request_id) where state = 'asked'`,
  `create table room_closure (
    id bigint generated always as identity primary key,
    person_id bigint not null references person, rooms bigint[] not null,
    starts_at timestamptz not null, ends_at timestamptz not null check (ends_at > starts_at),
    sort text not null check (sort in ('closed', 'block')), reason text not null,
    state text not null check (state in ('draft', 'asked', 'in-force', 'refused', 'dropped', 'reopened', 'over')),
    told bigint[] not null default '{}', decided_by bigint references person, version int not null, at timestamptz not null)`,
  `create index room_closure_open on room_closure (ends_at) where state in ('asked', 'in-force')`,

  `alter table booking alter column request_id drop not null`,
  `alter table booking add column wish_id bigint references room_wish`,
  `alter table booking add column bump_id bigint references room_bump`,
  `alter table booking add column blocked_until timestamptz check (blocked_until >= ends_at)`,
  `alter table booking add constraint booking_of_one check (num_nonnulls(request_id, wish_id, bump_id) = 1)`,
  `alter table booking drop constraint booking_room_id_tstzrange_excl`,
  `alter table booking add constraint booking_apart
    exclude using gist (room_id with =, tstzrange(starts_at, coalesce(blocked_until, ends_at)) with &&)
      where (state in ('held', 'booked'))`,
  `create index booking_wish on booking (wish_id) where wish_id is not null`,
  `create index booking_bump on booking (bump_id) where bump_id is not null`,
];
