import { type Kysely, sql } from 'kysely';

/**
 * Quiet time. A message that may have to wait is marked `ask` when it is owed, `waits` when its person is not to be disturbed now, else `go`; what
 * waited together carries the number of its bundle. What a person wishes of it is their `preference`: without a row, the office's hours.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table delivery add column quiet text check (quiet in ('ask', 'waits', 'go')), add column bundle bigint`,
  `create index delivery_quiet on delivery (due) where state = 'waiting' and quiet in ('ask', 'waits')`,
  `create index delivery_bundle on delivery (bundle) where bundle is not null`,
  `create table preference (
    person_id bigint primary key references person,
    quiet text not null check (quiet in ('office', 'own', 'none')), quiet_from text, quiet_to text,
    days_off boolean not null,
    check ((quiet = 'own') = (quiet_from is not null)), check ((quiet_from is null) = (quiet_to is null)))`,
];
