import { sql } from 'kysely';
import { expect, onTestFinished } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { inWork } from '../../db/work.ts';
import { record } from '../../src/audit/record.ts';
import { sealEntries } from '../../src/audit/seal.ts';
import { Secret } from '../../src/secret.ts';
import { freshDatabase } from '../office/database.ts';

export const key = new Secret('5a'.repeat(32));

const clock = { now: () => Temporal.Instant.from('2026-03-02T09:00:00.123456Z') };

/** A database of one's own, closed and dropped after the test. */
export async function office(): Promise<Db> {
  const fresh = await freshDatabase();
  const db = await openDatabase({ connectionString: fresh.connectionString });
  onTestFinished(async () => {
    await db.destroy();
    await fresh.drop();
  });
  return db;
}

/** Writes so many entries, each in a transaction of its own. */
export async function write(db: Db, entries: number): Promise<void> {
  for (let number = 1; number <= entries; number++) {
    await inWork({ db, clock }, { actor: 'person:7', cause: `msg-${number}` }, (work) =>
      record(work, 'request.approved', `request:${number}`, {
        before: { state: 'pending', note: '原因，“急”' },
        after: { state: 'approved', price: 12.5 },
      }),
    );
  }
}

/** Seals until so many are sealed: tests of other files have transactions open on the same server, which hold the sealer up. */
export async function sealUpTo(db: Db, entries: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await sealEntries(db, key);
        const { rows } = await sql<{ n: number }>`select count(*) as n from audit_seal`.execute(db);
        return rows[0]?.n;
      },
      { timeout: 10_000 },
    )
    .toBe(entries);
}

/** What somebody with the database's own password can do: statements past the trigger and the foreign keys. */
export async function tamper(db: Db, ...statements: readonly string[]): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql.raw('set session_replication_role = replica').execute(connection);
    for (const statement of statements) await sql.raw(statement).execute(connection);
    await sql.raw('set session_replication_role = origin').execute(connection);
  });
}
