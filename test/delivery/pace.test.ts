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
        const message = { channel: `c${run}`, lane: `c${run}:ou_1`, priority: 0 };
        const sent: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const { ms: wait } = await db
            .transaction()
            .execute((tx) => takePace(tx, message, pace, start.add({ milliseconds: now })));
          if (wait > 0) {
            now += wait;
            const { ms: again } = await db
              .transaction()
              .execute((tx) => takePace(tx, message, pace, start.add({ milliseconds: now })));
            expect(again).toBe(0);
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
  const take = async (priority: number, lane: string): Promise<number> => {
    const { ms } = await db
      .transaction()
      .execute((tx) => takePace(tx, { channel: 'app', lane, priority }, pace, start));
    return ms;
  };
  let reminders = 0;
  while ((await take(6, `app:${reminders}`)) === 0) reminders += 1;
  expect(reminders).toBe(6);
  expect(await take(0, 'app:answer')).toBe(0);
});
