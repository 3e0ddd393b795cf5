/** Who leads whom, as one transaction sees it: read once, unless the transaction itself changes it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db, openDatabase, type Tx } from '../../db/database.ts';
import { demoCompany } from '../../db/demo.ts';
import { inWork, type Work } from '../../db/work.ts';
import { noteAbsence } from '../../src/directory/absences.ts';
import { type Organisation, readOrganisation } from '../../src/directory/organisation.ts';
import { applyLeft, applySnapshot } from '../../src/directory/sync.ts';
import { defaultRules } from '../../src/settings/index.ts';
import { freshDatabase, type FreshDatabase } from '../office/database.ts';

const clock = { now: () => Temporal.Instant.from('2026-03-03T02:00:00Z') };
const { roles } = defaultRules;

let fresh: FreshDatabase;
let db: Db;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = await openDatabase(fresh);
  await working((work) => applySnapshot(work, 'simulator', demoCompany));
});
afterAll(async () => {
  await db.destroy();
  await fresh.drop();
});

const working = <T>(act: (work: Work) => Promise<T>): Promise<T> =>
  inWork({ db, clock }, { actor: 'system' }, act);

const called = async (tx: Tx, name: string): Promise<number> =>
  (await tx.selectFrom('person').select('id').where('name', '=', name).executeTakeFirstOrThrow())
    .id;

const seen = (work: Work): Promise<Organisation> => readOrganisation(work.tx, roles, work.now);

describe('the organisation, in one transaction', () => {
  test('is the same however often it is asked for', () =>
    working(async (work) => {
      expect(await seen(work)).toBe(await seen(work));
    }));

  test('is another at another moment, and in another transaction', async () => {
    const [first, later] = await working(async (work) => [
      await seen(work),
      await readOrganisation(work.tx, roles, work.now.add({ hours: 1 })),
    ]);
    expect(later).not.toBe(first);
    expect(await working(seen)).not.toBe(first);
  });

  test('tells who is away from now on, and who has left, to whom said so', () =>
    working(async (work) => {
      const person = await called(work.tx, '王磊');
      expect((await seen(work)).absent.has(person)).toBe(false);
      const until = work.now.add({ hours: 8 });
      await noteAbsence(work, { person, delegate: null, since: work.now, until, source: 'said' });
      expect((await seen(work)).absent.has(person)).toBe(true);
      expect((await seen(work)).people.get(person)?.active).toBe(true);
      const id = demoCompany.people.find(({ name }) => name === '王磊')?.id ?? '';
      await applyLeft(work, 'simulator', id);
      expect((await seen(work)).people.get(person)?.active).toBe(false);
    }));
});
