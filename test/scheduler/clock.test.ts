/** The clock of the machine jumps, or is not that of the database: nothing twice, nothing skipped, and it is told. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { skewOf } from '../../src/scheduler/readiness.ts';
import { openOffice, TUESDAY, type TestOffice } from '../office/office.ts';

let ahead = Temporal.Duration.from({ minutes: 0 });
let office: TestOffice;
beforeAll(async () => {
  const opened = performance.now();
  office = await openOffice({
    rounds: true,
    clock: {
      now: () =>
        TUESDAY.add(ahead).add({ microseconds: Math.round((performance.now() - opened) * 1_000) }),
    },
  });
  await office.submits('陈晨', '下周五去上海出差一天，高铁，见客户');
});
afterAll(() => office.stop());

const owed = async (): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('delivery')
    .select('what')
    .where('state', '<>', 'dropped')
    .orderBy('seq')
    .execute();
  return rows.map(({ what }) => what);
};
const reminders = async (): Promise<readonly string[]> =>
  (await owed()).flatMap((what) => /:reminder:\d+:p\d+|reminder:\d+/.exec(what)?.[0] ?? []);
const rounds = async (): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('round')
    .select(['name', 'period'])
    .orderBy('id')
    .execute();
  return rows.map(({ name, period }) => `${name} ${period}`);
};

async function jumps(by: Temporal.DurationLike): Promise<void> {
  ahead = ahead.add(by);
  await office.app.tick();
  await office.app.tick();
  await office.settle();
}

test('a day forward: what fell due in it is done once, and the day’s recurring work is there', async () => {
  await office.app.tick();
  const before = await rounds();
  await jumps({ hours: 24 });
  expect(await reminders()).toEqual([expect.stringContaining('reminder:1')]);
  const after = await rounds();
  expect(after.length).toBeGreaterThan(before.length);
  expect(new Set(after).size).toBe(after.length);
});

test('an hour back, and the same hour again: nothing is done twice', async () => {
  const before = [await owed(), await rounds()];
  await jumps({ hours: -1 });
  expect([await owed(), await rounds()]).toEqual(before);
  await jumps({ minutes: 59 });
  expect([await owed(), await rounds()]).toEqual(before);
});

test('and what falls due after that is not skipped', async () => {
  await jumps({ hours: 24 });
  expect((await reminders()).join()).toContain('reminder:2');
  const all = await owed();
  expect(new Set(all).size).toBe(all.length);
});

test('more than two minutes away from the database is told, both ways; less is not', async () => {
  const machine = (seconds: number) => ({ now: () => Temporal.Now.instant().add({ seconds }) });
  const { db } = office.app;
  expect(await skewOf(db, machine(0))).toBeUndefined();
  expect(await skewOf(db, machine(110))).toBeUndefined();
  expect(await skewOf(db, machine(125))).toContain('differs from the database');
  expect(await skewOf(db, machine(-125))).toContain('differs from the database');
});
