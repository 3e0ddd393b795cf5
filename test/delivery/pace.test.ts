import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { takePace } from '../../src/delivery/pace.ts';
import { freshDatabase, type FreshDatabase } from '../office/database.ts';

let database: FreshDatabase;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  db = await openDatabase(database);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const pace = {
  lane: { perSecond: 3, holds: 2 },
  app: { perSecond: 40, holds: 8 },
  appMinute: { perSecond: 15.84, holds: 45 },
};
const start = Temporal.Instant.from('2026-03-03T02:00:00Z');

test('whatever comes, no second holds more than five to one person, and who waits as told gets through', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 5, maxLength: 25 }),
      async (gaps) => {
        run += 1;
        const channel = `c${run}`;
        const take = async (at: number): Promise<number | undefined> => {
          const [wait] = await db
            .transaction()
            .execute((tx) =>
              takePace(
                tx,
                channel,
                [{ lane: `${channel}:ou_1`, priority: 0 }],
                pace,
                start.add({ milliseconds: at }),
              ),
            );
          return wait;
        };
        const sent: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const wait = (await take(now)) ?? 0;
          if (wait > 0) {
            now += wait;
            expect(await take(now)).toBe(0);
          }
          sent.push(now);
        }
        for (const at of sent)
          expect(sent.filter((each) => each >= at && each < at + 1_000).length).toBeLessThanOrEqual(
            5,
          );
      },
    ),
    // Once found by chance: after the wait that was told, the sum of fractions came to a hair under one.
    { numRuns: 15, examples: [[[0, 0, 0, 382, 2]]] },
  );
});

test('reminders leave the last fifth of the app’s allowance to answers', async () => {
  const take = async (priority: number, ...lanes: readonly string[]): Promise<readonly number[]> =>
    db.transaction().execute((tx) =>
      takePace(
        tx,
        'app',
        lanes.map((lane) => ({ lane, priority })),
        pace,
        start,
      ),
    );
  const reminders = Array.from({ length: 9 }, (_, place) => `app:${place}`);
  const waits = await take(6, ...reminders);
  expect(waits.map((wait) => wait === 0)).toEqual([
    ...Array.from({ length: 6 }, () => true),
    ...Array.from({ length: 3 }, () => false),
  ]);
  // Once the app has no more, everybody is told the same.
  expect(new Set(waits.slice(6)).size).toBe(1);
  expect(await take(0, 'app:one', 'app:two', 'app:three')).toEqual([0, 0, 25]);
});

test('whom their own lane keeps waiting keeps nobody else waiting', async () => {
  const lanes = ['own:1', 'own:1', 'own:1', 'own:2'];
  const waits = await db.transaction().execute((tx) =>
    takePace(
      tx,
      'own',
      lanes.map((lane) => ({ lane, priority: 0 })),
      pace,
      start,
    ),
  );
  expect(waits).toEqual([0, 0, 334, 0]);
});
