/** Whatever is approved, cancelled and claimed in any order, also at once: a budget is never exceeded, and what is cancelled is free to the last fen. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { attempt, inWork, type Work } from '../../db/work.ts';
import { commit, free, spend, usedOf } from '../../src/requests/trip/budget.ts';
import { type FreshDatabase, freshDatabase } from '../office/database.ts';

const NOW = Temporal.Instant.from('2026-03-03T02:00:00Z');
const LIMIT = 10_000_00;
const JOURNEYS = 6;

let database: FreshDatabase;
let db: Db;
let person: number;
const requests: number[] = [];
let period = 0;

beforeAll(async () => {
  database = await freshDatabase();
  db = await openDatabase(database);
  ({ id: person } = await db
    .insertInto('person')
    .values({
      name: '陈晨',
      name_en: null,
      email: null,
      employee_no: null,
      job_title: null,
      department_id: null,
      leader_id: null,
      active: true,
      language: 'zh',
      greeted_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow());
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const inOne = <T>(act: (work: Work) => Promise<T>): Promise<T> =>
  inWork({ db, clock: { now: () => NOW } }, { actor: 'system' }, act);

/** Journeys of a new run; requests are never deleted, so each run has its own. */
async function newJourneys(): Promise<readonly number[]> {
  const rows = await db
    .insertInto('request')
    .values(
      Array.from({ length: JOURNEYS }, (_, index) => ({
        number: `TRIP-26-${String(requests.length + index + 1).padStart(4, '0')}`,
        kind: 'trip',
        requester_id: person,
        state: 'working' as const,
        form: '{}',
        measure: 1,
        workflow: '{}',
        outcome: '{}',
        stars: null,
        version: 1,
        channel: 'simulator',
        chat: 'private',
        submitted_at: NOW,
        updated_at: NOW,
        closed_at: null,
        urged_at: null,
      })),
    )
    .returning('id')
    .execute();
  const ids = rows.map(({ id }) => id);
  requests.push(...ids);
  return ids;
}

type Act = {
  readonly act: 'commit' | 'free' | 'spend';
  readonly journey: number;
  readonly fen: number;
};

const act: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom('commit' as const, 'commit' as const, 'free' as const, 'spend' as const),
  journey: fc.integer({ min: 0, max: JOURNEYS - 1 }),
  fen: fc.integer({ min: 0, max: LIMIT }),
});

async function carryOut(ids: readonly number[], of: string, { act: what, journey, fen }: Act) {
  const request = ids[journey] ?? 0;
  const budget = { department: '研发部', period: of, limit: LIMIT };
  const done = await inOne((work) =>
    attempt(work, async () => {
      if (what === 'free') return free(work, request);
      if (what === 'spend') return spend(work, request, fen, () => LIMIT);
      const days = { starts: '2026-03-09', ends: '2026-03-13' };
      return commit(work, { request, person, ...days, fen }, budget);
    }),
  );
  return 'done' in done;
}

const used = (of: string): Promise<number> =>
  inOne(({ tx }) => usedOf(tx, { department: '研发部', period: of }));

test('one after another: used is what was granted, a refusal changes nothing, cancelling frees exactly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 20 }), async (acts) => {
      const ids = await newJourneys();
      const of = `run-${(period += 1)}`;
      const holds = new Map<number, { committed: number; spent: number }>();
      const sum = (): number =>
        [...holds.values()].reduce((all, { committed, spent }) => all + committed + spent, 0);
      for (const each of acts) {
        const held = holds.get(each.journey);
        const others = sum() - (held ? held.committed + held.spent : 0);
        const fits = others + each.fen <= LIMIT;
        const granted = await carryOut(ids, of, each);
        if (each.act === 'free') {
          expect(granted).toBe(true);
          if (held) holds.set(each.journey, { ...held, committed: 0 });
        } else if (each.act === 'spend') {
          expect(granted).toBe(held === undefined || fits);
          if (held && fits) holds.set(each.journey, { committed: 0, spent: each.fen });
        } else {
          expect(granted).toBe(fits);
          if (fits) holds.set(each.journey, { committed: each.fen, spent: 0 });
        }
        expect(await used(of)).toBe(sum());
        expect(await used(of)).toBeLessThanOrEqual(LIMIT);
      }
    }),
    { numRuns: 40 },
  );
});

test('all at once: never more than the budget holds', async () => {
  for (let run = 0; run < 15; run++) {
    const ids = await newJourneys();
    const of = `run-${(period += 1)}`;
    const fen = 3_000_00;
    const granted = await Promise.all(
      ids.map((_, journey) => carryOut(ids, of, { act: 'commit', journey, fen })),
    );
    expect(granted.filter(Boolean)).toHaveLength(3);
    expect(await used(of)).toBe(9_000_00);
  }
});
