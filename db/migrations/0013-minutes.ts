import { type Kysely, sql } from 'kysely';

/**
 * Minutes of meetings and the action items made of them. `minutes.next_at` is when its host is next spoken to; `follow_up` holds
 * who is still to get the card of a week. An item has its number from the moment it is handed out.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table minutes (
    id bigint generated always as identity primary key,
    request_id bigint unique references request, host_id bigint not null references person,
    title text not null, held_at timestamptz not null, channel text not null,
    state text not null check (state in ('asked', 'drafted', 'confirmed', 'waived')),
    due_at timestamptz, next_at timestamptz, reminders integer not null default 0,
    text text, decisions jsonb not null default '[]', attendees jsonb not null default '[]',
    attachment_id bigint references attachment, fetch_at timestamptz,
    confirmed_at timestamptz, version integer not null default 1, created_at timestamptz not null)`,
  `create index minutes_next on minutes (next_at) where next_at is not null`,
  `create index minutes_fetch on minutes (fetch_at) where fetch_at is not null`,
  `create index minutes_host on minutes (host_id, held_at)`,
  `create table action_item (
    id bigint generated always as identity primary key,
    minutes_id bigint not null references minutes, number text unique,
    what text not null, standard text, owner_id bigint references person, owner_said text,
    due date, first_due date, asked_by bigint not null references person,
    state text not null check (state in ('draft', 'open', 'doing', 'done', 'postponed', 'refused', 'dropped')),
    reason text, opened_at timestamptz, done_at timestamptz, escalated_at timestamptz,
    version integer not null default 1,
    check (state in ('draft', 'dropped') or (number is not null and opened_at is not null)))`,
  `create index action_item_minutes on action_item (minutes_id, id)`,
  `create index action_item_owner on action_item (owner_id) where state in ('open', 'doing', 'postponed')`,
  `create index action_item_asked on action_item (asked_by) where state in ('open', 'doing', 'postponed')`,
  `create index action_item_due on action_item (first_due)`,
  `create table follow_up (
    week date not null, person_id bigint not null references person,
    sort text not null check (sort in ('owner', 'asker')), told boolean not null default false,
    primary key (week, person_id, sort))`,
  `create index follow_up_open on follow_up (week) where not told`,
  `create index booking_ends on booking (ends_at) where state = 'booked'`,
];
