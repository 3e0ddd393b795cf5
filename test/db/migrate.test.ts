import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { isMigrated, migrate } from '../../db/migrate.ts';
import { migrations } from '../../db/migrations/index.ts';
import { exitCodes, StartRefusal } from '../../src/start-refusal.ts';
import { emptyDatabase, type FreshDatabase } from '../office/database.ts';

let fresh: FreshDatabase;
let db: Db;
beforeEach(async () => {
  fresh = await emptyDatabase();
  db = await openDatabase(fresh);
});
afterEach(async () => {
  await db.destroy();
  await fresh.drop();
});

/** A migration that runs these statements. */
const step = (...statements: readonly string[]) => ({
  up: async (on: Kysely<unknown>) => {
    for (const statement of statements) await sql.raw(statement).execute(on);
  },
});

async function tables(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name not like 'kysely%' order by 1`.execute(db);
  return rows.map((row) => row.name);
}

describe('an empty database', () => {
  test('gets every table of ours, once', async () => {
    expect(await isMigrated(db)).toBe(false);
    expect(await migrate(db)).toEqual(Object.keys(migrations));
    expect(await isMigrated(db)).toBe(true);
    expect(await tables()).toContain('request');
    expect(await migrate(db)).toEqual([]);
  });

  test('and two programs that start together: one does the work, the other waits for it', async () => {
    const second = await openDatabase(fresh);
    const slow = { '0001': step('select pg_sleep(0.2)', 'create table room (id int)') };
    const ran = await Promise.all([migrate(db, slow), migrate(second, slow)]);
    await second.destroy();
    expect(ran.toSorted((a, b) => a.length - b.length)).toEqual([[], ['0001']]);
  });
});

describe('a step that fails', () => {
  const first = { '0001': step('create table room (id int)') };
  const then = {
    ...first,
    '0002': step('create table item (id int)'),
    '0003': step('create table draft (id int)', 'select 1/0'),
  };

  test('undoes the whole run, and says which in one line', async () => {
    await migrate(db, first);
    const error = await migrate(db, then).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StartRefusal);
    expect(error).toMatchObject({ exitCode: exitCodes.configuration });
    expect(String(error)).toMatch(/0003.*division by zero/);
    expect(await tables()).toEqual(['room']);
  });

  test('can be mended and run again', async () => {
    await migrate(db, then).catch(() => 'as above');
    const mended = { ...then, '0003': step('create table draft (id int)') };
    expect(await migrate(db, mended)).toEqual(['0001', '0002', '0003']);
    expect(await tables()).toEqual(['draft', 'item', 'room']);
  });
});

describe('a database to which a newer program has been', () => {
  const older = { '0001': step('create table room (id int)') };
  const floors = { '0002-floors.adds': step('alter table room add column floor int') };

  test('is worked on by the older one again, as long as it was only added to', async () => {
    await migrate(db, { ...older, ...floors });
    expect(await migrate(db, older)).toEqual([]);
    expect(await isMigrated(db, older)).toBe(true);
    await sql`insert into room (id) values (1)`.execute(db);
  });

  test('is left alone when something in it was changed, whatever was added afterwards', async () => {
    const names = { '0003-names': step('alter table room rename id to number') };
    const more = { '0004-more.adds': step('create table item (id int)') };
    await migrate(db, { ...older, ...floors, ...names, ...more });
    await expect(migrate(db, older)).rejects.toThrow(/升级程序/);
  });

  test('is left alone by a program that has steps of its own for it', async () => {
    await migrate(db, { ...older, ...floors });
    const other = { ...older, '0001-other': step('create table item (id int)') };
    await expect(migrate(db, other)).rejects.toThrow(/升级程序/);
    expect(await tables()).toEqual(['room']);
  });
});

describe('time limits', () => {
  const limits = async <T>(on: Kysely<T>) =>
    (
      await sql`select current_setting('statement_timeout') as statement,
      current_setting('lock_timeout') as lock`.execute(on)
    ).rows[0];

  test('are longer for a migration, and back to the usual afterwards', async () => {
    const one = await openDatabase({ ...fresh, max: 1 }); // so that the same connection comes back
    let within: unknown;
    await migrate(one, { '0001': { up: async (on) => void (within = await limits(on)) } });
    expect(within).toEqual({ statement: '10min', lock: '10s' });
    expect(await one.connection().execute((on) => limits(on))).toEqual({
      statement: '5s',
      lock: '1500ms',
    });
    await one.destroy();
  });
});
