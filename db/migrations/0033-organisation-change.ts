import { type Kysely, sql } from 'kysely';

/**
 * Which transactions changed people, departments, addresses or absences: whoever keeps the organisation in memory sees by these few rows whether it is still the same.
 * A row a transaction, so that nobody waits for another's; those of transactions that had ended go with the next. Columns that say nothing
 * about who stands where (greetings, chats) change nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table organisation_change (transaction bigint primary key)`,
  `create function note_organisation_change() returns trigger language plpgsql as $$
  begin
    insert into organisation_change values (pg_current_xact_id()::text::bigint) on conflict do nothing;
    if found then
      delete from organisation_change where transaction in (
        select transaction from organisation_change
        where transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        for update skip locked);
    end if;
    return null;
  end $$`,
  ...(
    [
      ['person', 'active, leader_id, department_id, email, employee_no'],
      ['department', 'name, parent_id, leader_id'],
      ['address', 'external_id, person_id'],
      ['absence', 'person_id, delegate_id, since, until, said_at'],
    ] as const
  ).map(
    ([table, columns]) =>
      `create trigger organisation_changed after insert or delete or truncate or update of ${columns} on ${table}
       for each statement execute function note_organisation_change()`,
  ),
];
