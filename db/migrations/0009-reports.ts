import { type Kysely, sql } from 'kysely';

/** Which digests and monthly reports were owed: a row each, so that two processes and a restart send one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table report (
        sort text not null check (sort in ('digest', 'monthly')), period text not null,
        owed_at timestamptz not null, primary key (sort, period))`,
    )
    .execute(db);
}
