import { type Kysely, sql } from 'kysely';

/**
 * Rooms booked again and again: one request, and for each of its dates (`day`, as the rule names it; null for a single booking) a booking,
 * a meeting and minutes of its own. A series that nobody comes to is questioned once for each last date of its that nobody came to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table booking add column day date`,
  `alter table meeting add column day date`,
  `alter table meeting drop constraint meeting_request_id_key`,
  `create unique index meeting_request_day on meeting (request_id, day) nulls not distinct`,
  `alter table minutes add column day date`,
  `alter table minutes drop constraint minutes_request_id_key`,
  `create unique index minutes_request_day on minutes (request_id, day) nulls not distinct where request_id is not null`,
  `create table series_question (
    id bigint generated always as identity primary key,
    request_id bigint not null references request, day date not null, host_id bigint not null references person,
    missed int not null, asked_at timestamptz not null, due_at timestamptz,
    answer text check (answer in ('keep', 'end')), answered_at timestamptz,
    unique (request_id, day))`,
  `create index meeting_series_missed on meeting (starts_at) where day is not null and state = 'released'`,
  `create index series_question_due on series_question (due_at) where due_at is not null`,
];
