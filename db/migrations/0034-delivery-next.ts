import { type Kysely, sql } from 'kysely';

/** What goes out next is found without looking at all that waits: by priority, what is due longest; and when what was held back may go. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create index delivery_next on delivery (priority, due) where state = 'waiting'`,
  `create index delivery_held on delivery (lease_until) where state = 'waiting' and lease_until is not null`,
];
