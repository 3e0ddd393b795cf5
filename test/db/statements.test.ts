/** Statements that stay prepared, while another replica changes the tables under them. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { inWork } from '../../db/work.ts';
import { type FreshDatabase, freshDatabase } from '../office/database.ts';

let fresh: FreshDatabase;
let db: Db;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = await openDatabase(fresh);
});
afterAll(async () => {
  await db.destroy();
  await fresh.drop();
});

const clock = { now: () => Temporal.Instant.from('2026-03-09T06:30:00Z') };
let tries = 0;

/** All rooms with all their columns, as one unit of work. */
const rooms = (): Promise<readonly string[]> =>
  inWork({ db, clock }, { actor: 'system' }, async ({ tx }) => {
    tries++;
    const rows = await tx.selectFrom('room').selectAll().orderBy('id').execute();
    return rows.map(({ name }) => name);
  });

const prepared = async (): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) from pg_prepared_statements where statement like '%"room"%'`.execute(db);
  return Number(rows[0]?.count);
};

test('a new column, added while everybody works, is noticed by nobody', async () => {
  await sql`insert into room (name, floor, capacity, equipment, needs_approval, aliases)
    values ('黄山', '3', 10, '{}', false, '{}')`.execute(db);
  for (let time = 0; time < 5; time++) expect(await rooms()).toEqual(['黄山']);
  expect(await prepared()).toBe(1);
  // Four at once, so that several connections hold the plan.
  await Promise.all([rooms(), rooms(), rooms(), rooms()]);

  const other = await openDatabase(fresh);
  await sql`alter table room add column colour text`.execute(other);
  await other.destroy();

  tries = 0;
  expect(await rooms()).toEqual(['黄山']);
  expect(tries, 'the first met the old plan and was done again').toBe(2);
  tries = 0;
  const all = await Promise.all(Array.from({ length: 8 }, rooms));
  expect(all).toEqual(Array.from({ length: 8 }, () => ['黄山']));
  expect(tries, 'and no other connection uses the old plan').toBe(8);
});

test('several statements in one, said night after night, are not kept: only one can be', async () => {
  for (let night = 0; night < 5; night++)
    await inWork({ db, clock }, { actor: 'system' }, async ({ tx }) => {
      await sql.raw(`set local timezone = 'UTC'; set local lock_timeout = '1s'`).execute(tx);
      const { rows } = await sql<{ zone: string }>`
        select current_setting('timezone') as zone`.execute(tx);
      expect(rows).toEqual([{ zone: 'UTC' }]);
    });
});
