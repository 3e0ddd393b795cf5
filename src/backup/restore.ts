import { CompiledQuery, sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { migrations } from '../../db/migrations/index.ts';
import { codeOf, Stop } from '../stop.ts';
import { differing, type Manifest, partsOf, type Tally, tallying } from './file.ts';
import { inserting, linesOf, prepare, quoted, type Table, tablesOf } from './tables.ts';

/**
 * Fills an empty database from a file whose manifest was checked, in the running transaction: all of it or nothing. What is
 * then in the tables is read back and must have the hashes of the manifest. Throws Stop when the database is not empty, is in
 * use, or its tables are not those of the backup.
 */
export async function restoreInto(tx: Tx, path: string, manifest: Manifest): Promise<void> {
  refuseOtherSchema(manifest);
  await prepare(tx);
  const tables = await tablesOf(tx);
  await takeAlone(tx, tables);
  const filled = await notEmpty(tx, tables);
  if (filled.length > 0) {
    throw new Stop(
      `数据库不是空的（${filled.join('、')}）：只能恢复到空数据库，请换新的 DATABASE_URL 或空的 DATA_DIR | the database is not empty`,
    );
  }
  await withoutOrder(tx, () => load(tx, path, tables));
  for (const [name, last] of Object.entries(manifest.sequences)) {
    if (last !== null) await sql`select setval(${quoted(name)}::regclass, ${last})`.execute(tx);
  }
  const wrong = differing(manifest.tables, await talliesOf(tx, tables));
  if (wrong.length > 0) throw new Error(`read back differently: ${wrong.join(', ')}`);
}

function refuseOtherSchema({ schema }: Manifest): void {
  const ours = Object.keys(migrations);
  if (schema.join() === ours.join()) return;
  const [theirs, mine] = [schema.at(-1) ?? '-', ours.at(-1) ?? '-'];
  throw new Stop(
    `备份的数据结构是 ${theirs}，本程序的是 ${mine}：请用备份时的程序版本恢复，再升级 | made by another version`,
  );
}

/** Nobody else reads or writes meanwhile; while the program runs, this cannot be had. */
async function takeAlone(tx: Tx, tables: readonly Table[]): Promise<void> {
  const names = tables.map(({ name }) => quoted(name)).join(', ');
  try {
    await sql.raw(`lock table ${names} in access exclusive mode`).execute(tx);
  } catch (error) {
    if (codeOf(error) !== '55P03') throw error;
    throw new Stop('数据库正在使用：请先停止程序再恢复 | the database is in use');
  }
}

async function notEmpty(tx: Tx, tables: readonly Table[]): Promise<readonly string[]> {
  const filled: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql.raw(`select 1 from ${quoted(name)} limit 1`).execute(tx);
    if (rows.length > 0) filled.push(name);
  }
  return filled;
}

type Link = { readonly table: string; readonly name: string };

/**
 * Runs `act` with references checked at its end instead of row by row: people and departments refer to each other, so no
 * order of tables would do.
 */
async function withoutOrder(tx: Tx, act: () => Promise<void>): Promise<void> {
  const { rows: links } = await sql<Link>`
    select conrelid::regclass::text as table, conname as name from pg_constraint
    where contype = 'f' and connamespace = current_schema()::regnamespace and not condeferrable`.execute(
    tx,
  );
  const alter = async (how: string): Promise<void> => {
    for (const { table, name } of links) {
      await sql.raw(`alter table ${table} alter constraint ${quoted(name)} ${how}`).execute(tx);
    }
  };
  await alter('deferrable initially deferred');
  await act();
  await sql`set constraints all immediate`.execute(tx);
  await alter('not deferrable');
}

/** As much as goes to the server in one statement, in characters. */
const BATCH = 1_000_000;

async function load(tx: Tx, path: string, tables: readonly Table[]): Promise<void> {
  const byName = new Map(tables.map((table) => [table.name, table]));
  let batch: { readonly table: Table; lines: string[]; size: number } | undefined;
  const flush = async (): Promise<void> => {
    if (!batch || batch.lines.length === 0) return;
    const { table, lines } = batch;
    batch = { table, lines: [], size: 0 };
    await tx.executeQuery(CompiledQuery.raw(inserting(table), [`[${lines.join(',')}]`]));
  };
  for await (const part of partsOf(path)) {
    if (part.part === 'row') {
      batch?.lines.push(part.line);
      if (batch && (batch.size += part.line.length) > BATCH) await flush();
      continue;
    }
    await flush();
    if (part.part === 'manifest') return;
    const table = byName.get(part.table);
    if (!table) throw new Stop(`${path}: 不认识的表 ${part.table} | unknown table`);
    batch = { table, lines: [], size: 0 };
  }
}

async function talliesOf(tx: Tx, tables: readonly Table[]): Promise<ReadonlyMap<string, Tally>> {
  const found = new Map<string, Tally>();
  for (const table of tables) {
    const tally = tallying();
    for await (const line of linesOf(tx, table)) tally.add(line);
    found.set(table.name, tally.result());
  }
  return found;
}
