import { type Kysely, sql } from 'kysely';

/**
 * Which digests and monthly reports were owed: a row each, so that two processes and a restart send one. The figures ask for what came in,
 * fell due and ended in a time: with 90,000 requests a digest read all of them five times over.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table report (
    sort text not null check (sort in ('digest', 'monthly')), period text not null,
    owed_at timestamptz not null, primary key (sort, period))`,
  `create index request_submitted on request (submitted_at)`,
  `create index request_closed on request (closed_at) where closed_at is not null`,
  `create index task_due on task (due_at) where due_at is not null`,
  `create index task_closed on task (closed_at) where closed_at is not null`,
];
