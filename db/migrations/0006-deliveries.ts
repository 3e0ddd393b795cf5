import { type Kysely, sql } from 'kysely';

/**
 * Owed messages are looked for by when they are due, not by how much they matter: with the old index every sweep read all that lie ahead
 * (a million of them took 400 ms every five seconds). Who comes first of what is due is sorted out of the few that are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `drop index delivery_due`,
  `drop index delivery_lane`,
  `create index delivery_due on delivery (due) where state = 'waiting'`,
  `create index delivery_sending on delivery (lease_until) where state = 'sending'`,
  `create index delivery_lane on delivery (lane, due) where state in ('waiting', 'sending')`,
];
