import { type Kysely, sql } from 'kysely';

/** What one person has booked from a day on is found by their requests, however many bookings there are of others and of old. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create index booking_of on booking (request_id, starts_at)`,
  `drop index booking_request`,
];
