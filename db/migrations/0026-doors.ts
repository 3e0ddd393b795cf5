import { type Kysely, sql } from 'kysely';

/**
 * Rooms at their door: each has a word in the address of its page that nobody guesses (`door`), and keeps it when it is renamed. A meeting
 * whose card gets its buttons as it begins says when (`begin_at`). What was set up is put back: one preparation more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table room add column door text not null default replace(gen_random_uuid()::text, '-', '')`,
  `alter table room add constraint room_door_key unique (door)`,
  `alter table meeting add column begin_at timestamptz`,
  `alter table preparation drop constraint preparation_sort_check`,
  `alter table preparation add constraint preparation_sort_check check (sort in ('setup', 'test', 'presence', 'restore'))`,
];
