import { type Kysely, sql } from 'kysely';

/**
 * What approvals need besides: a request may be sent back to be mended (`returned`), and people may be absent, with somebody who
 * stands in for them. One row an absence; `until` is excluded; a row that was ended early has its `until` moved.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table request drop constraint request_state_check`,
  `alter table request add constraint request_state_check check (state in
    ('pending', 'approved', 'rejected', 'returned', 'withdrawn', 'working', 'done', 'cancelled', 'booked'))`,
  `create table absence (
    id bigint generated always as identity primary key,
    person_id bigint not null references person, delegate_id bigint references person,
    since timestamptz not null, until timestamptz not null,
    source text not null check (source in ('said', 'trip')), request_id bigint references request,
    begun boolean not null default false, said_at timestamptz not null,
    check (until > since), check (delegate_id is distinct from person_id))`,
  `create index absence_person on absence (person_id, until)`,
  `create index absence_begins on absence (since) where not begun`,
];
