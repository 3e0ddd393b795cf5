/** Who leads whom, as one transaction sees it: read once, unless the transaction itself changes it. */
import { sql } from 'kysely';
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

describe('the organisation, from one transaction to the next', () => {
  const gone = (name: string): Promise<boolean | undefined> =>
    working(async (work) => (await seen(work)).people.get(await called(work.tx, name))?.active);

  test('every change is seen by the next, whoever made it and however', async () => {
    expect(await gone('郑强')).toBe(true);
    const nowhere = sql`update person set active = false where name = '郑强'`;
    await nowhere.execute(db);
    expect(await gone('郑强')).toBe(false);
    const head = await working((work) => called(work.tx, '李伟'));
    await sql`update department set leader_id = ${head}`.execute(db);
    const { departments } = await working(seen);
    expect([...departments.values()].every(({ leader }) => leader === head)).toBe(true);
    await sql`update address set external_id = 'ou_known_by_it' where person_id = ${head}`.execute(
      db,
    );
    const { roles: holders } = await working((work) =>
      readOrganisation(work.tx, { office: ['ou_known_by_it'] }, work.now),
    );
    expect(holders.get('office')).toEqual([head]);
  });

  test('a change that is not committed is seen by nobody else, and by all once it is', async () => {
    const before = await gone('陈晨');
    const halfway = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const changing = working(async (work) => {
      await sql`update person set active = false where name = '陈晨'`.execute(work.tx);
      halfway.resolve();
      await goOn.promise;
    });
    await halfway.promise;
    // One that began later and ends first: what is left of it must not hide the one that ends last.
    await sql`update person set active = active where name = '王磊'`.execute(db);
    expect([before, await gone('陈晨')]).toEqual([true, true]);
    goOn.resolve();
    await changing;
    expect(await gone('陈晨')).toBe(false);
  });

  test('somebody who goes away changes nothing for all others: they are not read again', async () => {
    const person = await working((work) => called(work.tx, '王磊'));
    const until = clock.now().add({ hours: 9 });
    const before = await working(seen);
    await working((work) =>
      noteAbsence(work, { person, delegate: null, since: work.now, until, source: 'said' }),
    );
    const after = await working(seen);
    expect(after.absent.has(person)).toBe(true);
    // The very same map: it was kept, and not read.
    expect(after.people).toBe(before.people);
  });

  test('a change of people is not hidden by absences before it, after it, or in the same transaction', async () => {
    const person = await working((work) => called(work.tx, '王磊'));
    const away = (hours: number) =>
      working((work) =>
        noteAbsence(work, {
          person,
          delegate: null,
          since: work.now,
          until: work.now.add({ hours }),
          source: 'said',
        }),
      );
    const leaves = (name: string, active: boolean) =>
      sql`update person set active = ${active} where name = ${name}`.execute(db);
    await working(seen);
    await away(1);
    await leaves('郑强', true);
    await away(2);
    await away(3);
    expect(await gone('郑强')).toBe(true);
    await working(async (work) => {
      await sql`update absence set until = until where person_id = ${person}`.execute(work.tx);
      await sql`update person set active = false where name = '郑强'`.execute(work.tx);
      await sql`update absence set until = until where person_id = ${person}`.execute(work.tx);
    });
    await away(4);
    expect(await gone('郑强')).toBe(false);
  });

  test('who is away comes and goes by the clock alone', async () => {
    const person = await working((work) => called(work.tx, '李伟'));
    const [since, until] = [clock.now().add({ hours: 1 }), clock.now().add({ hours: 2 })];
    await working((work) =>
      noteAbsence(work, { person, delegate: null, since, until, source: 'said' }),
    );
    const away = [0, 1, 2, 1, 0].map((hours) =>
      working(async (work) =>
        (await readOrganisation(work.tx, roles, work.now.add({ hours }))).absent.has(person),
      ),
    );
    expect(await Promise.all(away)).toEqual([false, true, false, true, false]);
  });
});
