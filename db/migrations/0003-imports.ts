import { type Kysely, sql } from 'kysely';

/**
 * The count a supplies file gave last: what the same file is compared with when it is imported again. And an index by which
 * the sealer finds what is not sealed yet without reading the whole record.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table item add column imported_stock numeric`,
  `create index audit_tx on audit (tx, seq)`,
];
