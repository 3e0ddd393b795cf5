import { type Kysely, sql } from 'kysely';

/** More sorts of counterparts: the list that our tasks are on, and the forms of our approvals in the platform's approval centre. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table counterpart drop constraint counterpart_sort_check`,
  `alter table counterpart add constraint counterpart_sort_check
    check (sort in ('event', 'task', 'task-list', 'approval', 'approval-form'))`,
];
