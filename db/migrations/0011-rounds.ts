import { type Kysely, sql } from 'kysely';

/**
 * Recurring work. One row an occurrence, once a period however often it is looked for; what was found wrong is a rectification of its own
 * until it is put right. `round_kept`: since when an office does a piece of recurring work, so that nothing from before is made up for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table round_kept (name text primary key, since timestamptz not null)`,
  `create table round (
    id bigint generated always as identity primary key,
    name text not null, period text not null, date date not null, owner text not null,
    state text not null check (state in ('open', 'done', 'missed', 'dropped')),
    opened_at timestamptz not null, due_at timestamptz not null, closed_at timestamptz,
    claimed_by bigint references person, done_by bigint references person,
    results jsonb not null default '{}', score numeric,
    version integer not null default 1,
    reminders integer not null default 0, next_reminder_at timestamptz,
    unique (name, period),
    check ((state = 'open') = (closed_at is null)))`,
  `create index round_open on round (due_at) where state = 'open'`,
  `create index round_reminder on round (next_reminder_at) where state = 'open'`,
  `create index round_of_kind on round (name, date)`,
  `create table rectification (
    id bigint generated always as identity primary key,
    round_id bigint not null references round, item text not null, note text not null, owner text not null,
    state text not null check (state in ('open', 'done')),
    opened_at timestamptz not null, due_at timestamptz not null, closed_at timestamptz,
    done_by bigint references person, answer text,
    version integer not null default 1,
    reminders integer not null default 0, next_reminder_at timestamptz,
    unique (round_id, item),
    check ((state = 'open') = (closed_at is null)))`,
  `create index rectification_reminder on rectification (next_reminder_at) where state = 'open'`,
];
