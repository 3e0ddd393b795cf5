import { type Kysely, sql } from 'kysely';

/**
 * Repairs: `asset` is the register of things that have a number; `watcher` whoever met the same fault and is told how it goes on (`left_at`:
 * no more); `repair_part` what was taken from stock for one, at what it had come in for (fen); `vendor_link` a link by which a firm from outside
 * says that it came and that it is done; `major_fault` one whose progress is told every day; `replacement` that a thing which breaks
 * again and again was suggested to be replaced; `round_ticket` the repair that a failed step of recurring work opened.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table asset (
    id bigint generated always as identity primary key,
    number text not null unique check (number = upper(number)), name text not null, place text not null,
    model text, bought date, warranty_until date, supplier text, supplier_contact text,
    active boolean not null default true)`,
  `create table watcher (
    request_id bigint not null references request (id), person_id bigint not null references person (id),
    joined_at timestamptz not null, left_at timestamptz,
    primary key (request_id, person_id))`,
  `create table repair_part (
    id bigint generated always as identity primary key,
    request_id bigint not null references request (id), item_id bigint not null references item (id),
    name text not null, unit text not null, quantity numeric not null check (quantity > 0), cost bigint not null,
    at timestamptz not null, person_id bigint not null references person (id))`,
  `create index repair_part_request on repair_part (request_id)`,
  `create table vendor_link (
    id bigint generated always as identity primary key,
    request_id bigint not null references request (id), vendor text not null,
    made_by bigint not null references person (id), made_at timestamptz not null, expires_at timestamptz not null,
    revoked_at timestamptz, arrived_at timestamptz, done_at timestamptz)`,
  `create index vendor_link_request on vendor_link (request_id)`,
  `create table major_fault (
    request_id bigint primary key references request (id),
    since timestamptz not null, asked_on date, told_on date)`,
  `create table replacement (
    about text not null, request_id bigint not null references request (id), told_at timestamptz not null,
    primary key (about, request_id))`,
  `create table round_ticket (
    round_id bigint not null references round (id), item text not null,
    request_id bigint not null references request (id),
    primary key (round_id, item))`,
  `create index round_ticket_request on round_ticket (request_id)`,
  `create index request_repair_asset on request ((form->>'asset')) where kind = 'repair'`,
  `create index request_repair_open on request (submitted_at) where kind = 'repair' and closed_at is null`,
];
