import { type Kysely, sql } from 'kysely';

/**
 * Counterparts: what stands on a platform for something of ours, such as an event in its calendar for a booked meeting. `wanted` is how it
 * shall stand (null: not at all) and `wanted_revision` grows with it; `kept_revision` is the one that the platform has. `tried`: what a
 * try asked for whose outcome is unknown. What is to be done has a `due_at`; what was given up, a `dead_at`.
 * A room may be a meeting room of Feishu, which may refuse a booking.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table counterpart (
    id bigint generated always as identity primary key,
    channel text not null, sort text not null check (sort in ('event', 'task', 'approval')),
    about_kind text not null, about_id bigint not null,
    wanted jsonb, wanted_revision int not null, kept_revision int not null default 0,
    external_id text, external jsonb, tried jsonb, generation int not null default 0,
    due_at timestamptz, tries int not null default 0, failing_since timestamptz, trouble text, dead_at timestamptz,
    lease_holder text, lease_until timestamptz, created_at timestamptz not null,
    unique (channel, sort, about_kind, about_id),
    check (kept_revision <= wanted_revision), check (dead_at is null or due_at is null))`,
  `create index counterpart_due on counterpart (due_at) where due_at is not null`,
  `alter table room add column feishu_room text unique`,
  `alter table booking add column refused text check (refused in ('taken', 'rules', 'removed', 'unknown'))`,
  `create index counterpart_dead on counterpart (id) where dead_at is not null`,
];
