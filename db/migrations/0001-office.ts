import { type Kysely, sql } from 'kysely';

/** The first tables: directory, requests, tasks, deliveries, record, rooms, stock. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create extension if not exists btree_gist`,

  `create table department (
    id bigint generated always as identity primary key,
    channel text not null, external_id text not null, name text not null,
    parent_id bigint references department, leader_id bigint,
    unique (channel, external_id))`,
  `create table person (
    id bigint generated always as identity primary key,
    name text not null, name_en text, email text, employee_no text, job_title text,
    department_id bigint references department, leader_id bigint references person,
    active boolean not null default true,
    language text not null default 'zh' check (language in ('zh', 'en')),
    greeted_at timestamptz)`,
  `alter table department add foreign key (leader_id) references person`,
  `create table address (
    channel text not null, external_id text not null, person_id bigint not null references person,
    primary key (channel, external_id))`,
  `create index address_person on address (person_id)`,

  `create table inbound (
    key text primary key, kind text not null, chat text, received_at timestamptz not null, answer jsonb)`,
  `create index inbound_received on inbound (received_at)`,
  `create table set_aside (
    id bigint generated always as identity primary key,
    key text not null, reason text not null, body text not null, at timestamptz not null)`,

  `create table draft (
    id bigint generated always as identity primary key,
    person_id bigint not null references person, channel text not null, chat text not null,
    kind text not null, form jsonb not null, guessed jsonb not null,
    state text not null check (state in ('open', 'submitted', 'cancelled', 'expired')),
    version int not null, changes_request_id bigint,
    created_at timestamptz not null, updated_at timestamptz not null)`,
  `create unique index draft_open on draft (person_id, channel, chat, kind) where state = 'open'`,

  `create table request (
    id bigint generated always as identity primary key,
    number text not null unique, kind text not null, requester_id bigint not null references person,
    state text not null check (state in
      ('pending', 'approved', 'rejected', 'withdrawn', 'working', 'done', 'cancelled', 'booked')),
    form jsonb not null, measure numeric not null, workflow jsonb not null, outcome jsonb not null,
    stars smallint check (stars between 1 and 5),
    version int not null, channel text not null, chat text not null,
    submitted_at timestamptz not null, updated_at timestamptz not null, closed_at timestamptz,
    urged_at timestamptz)`,
  `create index request_requester on request (requester_id, submitted_at desc)`,
  `alter table draft add foreign key (changes_request_id) references request`,

  `create table task (
    id bigint generated always as identity primary key,
    request_id bigint not null references request, step_id text not null,
    person_id bigint not null references person,
    sort text not null check (sort in ('approval', 'task')),
    state text not null check (state in ('open', 'done', 'cancelled')),
    opened_at timestamptz not null, due_at timestamptz, closed_at timestamptz,
    reminders int not null default 0, next_reminder_at timestamptz)`,
  `create unique index task_open on task (request_id, step_id, person_id) where state = 'open'`,
  `create index task_person on task (person_id) where state = 'open'`,
  `create index task_reminder on task (next_reminder_at) where state = 'open'`,

  `create table counter (kind text not null, year int not null, last int not null, primary key (kind, year))`,

  `create table audit (
    seq bigint generated always as identity primary key,
    at timestamptz not null, actor text not null, act text not null, subject text not null,
    before jsonb, after jsonb, cause text, tx xid8 not null default pg_current_xact_id())`,
  `create index audit_subject on audit (subject)`,
  `create table audit_seal (
    place bigint primary key, seq bigint not null unique references audit, hash text not null)`,
  `create function refuse_change() returns trigger language plpgsql as $$
    begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$`,
  `create trigger audit_append_only before update or delete on audit
    for each row execute function refuse_change()`,
  `create trigger audit_no_truncate before truncate on audit
    for each statement execute function refuse_change()`,

  `create table delivery (
    id uuid primary key, seq bigint generated always as identity,
    what text not null unique, lane text not null, person_id bigint references person,
    channel text not null, address text not null, view jsonb not null,
    attention boolean not null, priority smallint not null,
    state text not null default 'waiting'
      check (state in ('waiting', 'sending', 'sent', 'unknown', 'dropped', 'dead')),
    due timestamptz not null, not_after timestamptz,
    generation smallint not null default 0, attempts int not null default 0,
    lease_until timestamptz, first_unknown timestamptz,
    platform_message text, last_error text, created_at timestamptz not null)`,
  `create index delivery_due on delivery (priority, due) where state in ('waiting', 'sending')`,
  `create index delivery_lane on delivery (lane, priority, seq) where state in ('waiting', 'sending')`,

  `create table shown_card (
    person_id bigint not null references person, subject text not null,
    channel text not null, message text not null, version int not null, shown_at timestamptz not null,
    primary key (person_id, subject))`,
  `create index shown_card_message on shown_card (channel, message)`,
  `create table pace (name text primary key, tokens numeric not null, refilled_at timestamptz not null)`,
  `create table lease (name text primary key, holder text not null, until timestamptz not null)`,

  `create table room (
    id bigint generated always as identity primary key,
    name text not null unique, floor text not null, capacity int not null check (capacity > 0),
    equipment text[] not null, needs_approval boolean not null, aliases text[] not null,
    active boolean not null default true)`,
  `create table booking (
    id bigint generated always as identity primary key,
    request_id bigint not null references request, room_id bigint not null references room,
    starts_at timestamptz not null, ends_at timestamptz not null check (ends_at > starts_at),
    state text not null check (state in ('held', 'booked', 'released')),
    exclude using gist (room_id with =, tstzrange(starts_at, ends_at) with &&)
      where (state in ('held', 'booked')))`,
  `create index booking_request on booking (request_id)`,
  `create index booking_time on booking (starts_at) where state in ('held', 'booked')`,

  `create table item (
    id bigint generated always as identity primary key,
    name text not null unique, category text not null, unit text not null,
    price numeric not null check (price >= 0),
    on_hand numeric not null check (on_hand >= 0),
    reserved numeric not null check (reserved >= 0), check (reserved <= on_hand),
    low_mark numeric not null, aliases text[] not null,
    active boolean not null default true, low_told_at timestamptz)`,
  `create table movement (
    id bigint generated always as identity primary key,
    item_id bigint not null references item, request_id bigint references request,
    sort text not null check (sort in ('import', 'reserve', 'release', 'issue', 'receive', 'correct')),
    on_hand_change numeric not null, reserved_change numeric not null,
    at timestamptz not null, person_id bigint references person)`,
  `create index movement_item on movement (item_id, id)`,
  `create index movement_request on movement (request_id)`,

  `create table attachment (
    id bigint generated always as identity primary key,
    person_id bigint not null references person, channel text not null, chat text not null,
    request_id bigint references request, draft_id bigint references draft,
    message text not null, file_key text not null, name text not null,
    sort text not null check (sort in ('image', 'file')), path text, at timestamptz not null)`,
  `create index attachment_loose on attachment (person_id, at) where request_id is null`,
  `create index attachment_request on attachment (request_id)`,
  `create table note (
    id bigint generated always as identity primary key,
    request_id bigint not null references request, person_id bigint not null references person,
    text text not null, at timestamptz not null)`,
  `create index note_request on note (request_id, id)`,
  `create table setting (name text primary key, value text not null)`,
];
