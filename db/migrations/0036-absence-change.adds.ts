import { type Kysely, sql } from 'kysely';

/**
 * Changes of absences alone are marked as such: an approved trip is one, and whoever keeps a company of thousands in memory then reads the absences again and not all its
 * people. A transaction takes away only what was of its own sort, so that of each sort the newest stays and a mark never comes back to what it was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table organisation_change add column only_absences boolean not null default false`,
  `create or replace function note_organisation_change() returns trigger language plpgsql as $$
  declare
    absences boolean := tg_table_name = 'absence';
  begin
    insert into organisation_change (transaction, only_absences) values (pg_current_xact_id()::text::bigint, absences)
      on conflict (transaction) do update set only_absences = false
      where organisation_change.only_absences and not excluded.only_absences;
    if found then
      delete from organisation_change where transaction in (
        select transaction from organisation_change
        where only_absences = absences and transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        for update skip locked);
    end if;
    return null;
  end $$`,
];
