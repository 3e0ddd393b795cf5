import { type Kysely, sql } from 'kysely';

/**
 * What is owed a first human answer, one row an item: a request while the office has to act on it, or a question handed to the
 * office. `response_line` is what was asked back and replied. `cause` is the inbound key that asked, so that a repeat asks once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table response (
    id bigint generated always as identity primary key,
    request_id bigint unique references request, question text,
    asked_by bigint not null references person, role text not null,
    channel text not null, thread text, reopens_id bigint unique references response, cause text unique,
    state text not null check (state in ('running', 'paused', 'answered', 'over')),
    asked_at timestamptz not null, within text not null,
    used_minutes double precision not null default 0, running_since timestamptz, paused_at timestamptz,
    due_at timestamptz not null, told integer not null default 0, next_at timestamptz,
    answered_at timestamptz, answered_by bigint references person, in_time boolean,
    version integer not null default 1,
    check ((request_id is null) <> (question is null)),
    check ((state = 'running') = (running_since is not null)),
    check ((state = 'answered') = (answered_at is not null and answered_by is not null and in_time is not null)),
    check (next_at is null or state = 'running'))`,
  `create index response_next on response (next_at) where next_at is not null`,
  `create index response_asked on response (asked_at)`,
  `create index response_thread on response (thread) where thread is not null`,
  `create table response_line (
    id bigint generated always as identity primary key,
    response_id bigint not null references response, person_id bigint not null references person,
    sort text not null check (sort in ('answer', 'asked-back', 'reply')), text text not null, at timestamptz not null)`,
  `create index response_line_of on response_line (response_id)`,
];
