import { type Kysely, sql } from 'kysely';

/**
 * Meetings: what a booked room is for. Who takes part and what they answered, what is read beforehand, what the office prepares.
 * What is to be done by the clock stands in columns: notice, question, check-in, release. `noticed_revision` is the newest revision
 * of a meeting that somebody was told of, 0: none yet.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table meeting (
    id bigint generated always as identity primary key,
    request_id bigint not null unique references request, host_id bigint not null references person,
    channel text not null, starts_at timestamptz not null, ends_at timestamptz not null,
    place text not null, title text, revision int not null,
    state text not null check (state in ('planned', 'cancelled', 'released', 'over')),
    notice_at timestamptz, ask_at timestamptz, check_in_at timestamptz, release_at timestamptz,
    checked_in_at timestamptz, checked_in_by bigint references person,
    check (ends_at > starts_at))`,
  `create index meeting_planned on meeting (ends_at) where state = 'planned'`,
  `create table attendance (
    meeting_id bigint not null references meeting, person_id bigint not null references person,
    answer text not null check (answer in ('none', 'coming', 'away')), reason text, answered_at timestamptz,
    noticed_revision int not null default 0, primary key (meeting_id, person_id))`,
  `create index attendance_person on attendance (person_id)`,
  `create table preparation (
    meeting_id bigint not null references meeting, sort text not null check (sort in ('setup', 'test', 'presence')),
    tell_at timestamptz, remind_at timestamptz, due_at timestamptz not null, told boolean not null default false,
    round int not null, done_at timestamptz, done_by bigint references person, primary key (meeting_id, sort))`,
  `create table material (
    id bigint generated always as identity primary key,
    request_id bigint not null references request, person_id bigint not null references person,
    name text not null, attachment_id bigint references attachment,
    weight text check (weight in ('decision', 'discussion')), at timestamptz not null)`,
  `create index material_request on material (request_id, id)`,
];
