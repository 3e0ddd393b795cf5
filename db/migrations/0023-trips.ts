import { type Kysely, sql } from 'kysely';

/**
 * Journeys that were approved, with what they commit and spend of a department's trip budget (fen; the row of `trip_budget` is locked by
 * whoever changes them), who goes along, and the lines of expense claims: an invoice number is claimed once in the whole office.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table trip_budget (
    department text not null, period text not null, primary key (department, period))`,
  `create table trip (
    request_id bigint primary key references request, person_id bigint not null references person,
    starts date not null, ends date not null,
    state text not null check (state in ('approved', 'cancelled')),
    department text, period text,
    committed bigint not null check (committed >= 0), spent bigint not null check (spent >= 0),
    reminded date, claim_asked boolean not null default false)`,
  `create index trip_budget_used on trip (department, period)`,
  `create index trip_starts on trip (ends, starts) where state = 'approved'`,
  `create table companion (
    request_id bigint not null references request, person_id bigint not null references person,
    state text not null check (state in ('asked', 'confirmed', 'declined')),
    answered_at timestamptz, primary key (request_id, person_id))`,
  `create table expense_line (
    id bigint generated always as identity primary key,
    request_id bigint not null references request, person_id bigint not null references person,
    sort text not null, fen bigint not null check (fen > 0), invoice text, day date, at timestamptz not null)`,
  `create unique index expense_line_invoice on expense_line (invoice) where invoice is not null`,
  `create index expense_line_request on expense_line (request_id)`,
  `create table expense (
    request_id bigint primary key references request, trip_id bigint references request)`,
  `create unique index expense_trip on expense (trip_id) where trip_id is not null`,
];
