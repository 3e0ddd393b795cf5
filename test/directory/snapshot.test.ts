/** A whole reading of the directory becomes people and departments of ours. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { inWork } from '../../db/work.ts';
import type { DirectoryPerson, DirectorySnapshot } from '../../src/channels/channel.ts';
import { applySnapshot } from '../../src/directory/sync.ts';
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
const read = (snapshot: DirectorySnapshot) =>
  inWork({ db, clock }, { actor: 'system' }, (work) => applySnapshot(work, 'feishu', snapshot));

const person = (index: number, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id: `ou_${index}`,
  name: `员工${index}`,
  departments: [`od_${index % 40}`],
  active: true,
  ...more,
});
const company = (people: readonly DirectoryPerson[]): DirectorySnapshot => ({
  departments: Array.from({ length: 40 }, (_, index) => ({
    id: `od_${index}`,
    name: `部门${index}`,
    leader: `ou_${index}`,
    ...(index === 0 ? {} : { parent: 'od_0' }),
  })),
  people,
});

/** Whom a row says it was last written by, person by person: the same when nobody touched it. */
const written = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: number; by: string }>`
    select id, xmin::text as by from person order by id`.execute(db);
  return rows.map(({ id, by }) => `${id}:${by}`);
};

const told = async (id: string) =>
  db
    .selectFrom('address')
    .innerJoin('person', 'person.id', 'address.person_id')
    .leftJoin('department', 'department.id', 'person.department_id')
    .leftJoin('address as leads', 'leads.person_id', 'person.leader_id')
    .select(['person.name', 'person.email', 'person.active', 'department.name as department'])
    .select('leads.external_id as leader')
    .where('address.external_id', '=', id)
    .executeTakeFirstOrThrow();

test('3,000 people and their leaders; read again the next night, nobody is written anew', async () => {
  const all = company(Array.from({ length: 3_000 }, (_, index) => person(index)));
  expect(await read(all)).toMatchObject({ synced: true, people: 3_000, left: [] });
  for (const index of [7, 41, 2_999])
    expect(await told(`ou_${index}`)).toMatchObject({
      name: `员工${index}`,
      department: `部门${index % 40}`,
      leader: index < 40 ? 'ou_0' : `ou_${index % 40}`,
    });
  const before = await written();
  expect(await read(all)).toMatchObject({ synced: true, people: 3_000, left: [] });
  expect(await written()).toEqual(before);
});

test('who is named on two pages is as the last says; who changed is changed, and nobody else', async () => {
  const before = await written();
  const people = Array.from({ length: 3_000 }, (_, index) => person(index));
  const renamed = person(41, { name: '王芳', email: 'wang.fang@example.com', leader: 'ou_8' });
  const all = company([...people.with(41, person(41, { name: '王方' })), renamed]);
  expect(
    await read({ ...all, departments: [...all.departments, ...all.departments] }),
  ).toMatchObject({ synced: true, people: 3_000 });
  expect(await told('ou_41')).toEqual({
    name: '王芳',
    email: 'wang.fang@example.com',
    active: true,
    department: '部门1',
    leader: 'ou_8',
  });
  const after = await written();
  expect(after.filter((each, index) => each !== before[index])).toHaveLength(1);
});

test('somebody comes back: active again', async () => {
  const people = Array.from({ length: 3_000 }, (_, index) => person(index));
  await read(company(people.toSpliced(2_999, 1)));
  expect(await told('ou_2999')).toMatchObject({ active: false });
  await read(company(people));
  expect(await told('ou_2999')).toMatchObject({ active: true });
});
