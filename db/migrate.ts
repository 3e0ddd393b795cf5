import { isDeepStrictEqual } from 'node:util';
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { type Migration, type MigrationResultSet, Migrator } from 'kysely/migration';
import { StartRefusal } from '../src/start-refusal.ts';
import { migrations } from './migrations/index.ts';

/** Migrations by name; they run in the order of their names. */
export type Migrations = { readonly [name: string]: Migration };

/**
 * What the name of a migration ends with that only adds (tables, columns that may stay empty or fill themselves, indexes): a program of before it goes on
 * working beside it, and may be gone back to. One that changes or takes away what is there has a name without it.
 */
export const ADDS = '.adds';

/**
 * Brings the tables up to date and returns the names of the migrations that ran now. Two programs starting together are
 * fine: the second waits for the first and finds nothing to do. A failing step undoes the whole run. A newer program may have
 * been here, as long as it only added.
 * Throws StartRefusal (78) naming the step that failed, or when the database was changed by a newer program.
 */
export async function migrate<T>(
  db: Kysely<T>,
  list: Migrations = migrations,
): Promise<readonly string[]> {
  if (isAllThere(await ranIn(db), Object.keys(list).toSorted())) return [];
  return db.connection().execute(async (connection) => {
    await sql.raw(longLimits).execute(connection);
    const result = await migratorOf(connection, list).migrateToLatest();
    await sql.raw(usualLimits).execute(connection);
    return namesOf(result);
  });
}

/** Whether all that this program knows has run, and after it at most what only adds. Both in order. */
function isAllThere(ran: readonly string[], known: readonly string[]): boolean {
  const later = ran.slice(known.length);
  return (
    isDeepStrictEqual(ran.slice(0, known.length), known) &&
    later.every((name) => name.endsWith(ADDS))
  );
}

/** Whether every migration this program knows has run: part of being ready. */
export async function isMigrated<T>(
  db: Kysely<T>,
  list: Migrations = migrations,
): Promise<boolean> {
  const ran = new Set(await ranIn(db));
  return Object.keys(list).every((name) => ran.has(name));
}

/**
 * Names of those that ran, in order. Asked without the migrator, which reads the whole catalogue for the same answer: 60 ms of each start and of
 * each look at whether we are ready.
 */
export async function ranIn(db: QueryExecutorProvider): Promise<readonly string[]> {
  const asked = await sql<{ name: string | null }>`
    select to_regclass('kysely_migration')::text as name`.execute(db);
  if (asked.rows[0]?.name === null) return [];
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name collate "C"`.execute(db);
  return rows.map(({ name }) => name);
}

const migratorOf = <T>(db: Kysely<T>, list: Migrations): Migrator =>
  new Migrator({ db, provider: { getMigrations: async () => ({ ...list }) } });

/**
 * A step may fill many rows, and a second program waits for the first: ten minutes. It must not hang behind a long reader,
 * though, with every other query queueing behind it: ten seconds for a lock.
 */
const longLimits = `set statement_timeout = '10min'; set lock_timeout = '10s';
  set idle_in_transaction_session_timeout = '10min'`;

/** Back to what the pool asked for, since the connection returns to it. */
const usualLimits = `reset statement_timeout; reset lock_timeout;
  reset idle_in_transaction_session_timeout`;

function namesOf(result: MigrationResultSet): readonly string[] {
  const failed = result.results?.find((step) => step.status === 'Error');
  if (result.error !== undefined) throw refusal(failed?.migrationName, result.error);
  return (result.results ?? []).map((step) => step.migrationName);
}

function refusal(step: string | undefined, error: unknown): StartRefusal {
  const why = error instanceof Error ? error.message : String(error);
  if (why.includes('corrupted migrations'))
    return new StartRefusal(
      `数据库来自更新或不同的版本，本程序不认识它的结构：请升级程序，或恢复旧备份（${why}）`,
      78,
      error,
    );
  return new StartRefusal(`数据库升级 ${step ?? ''} 失败，已全部撤销：${why}`, 78, error);
}
