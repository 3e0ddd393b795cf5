/** Whatever is approved, taken back and handed over in any order, also at once: what is promised of a hard budget is never more than it holds. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { attempt, inWork, type Work } from '../../db/work.ts';
import { free, promise, spend, usedOf } from '../../src/requests/supply/budget.ts';
import { defaultRules } from '../../src/settings/index.ts';
import { type FreshDatabase, freshDatabase } from '../office/database.ts';

const NOW = Temporal.Instant.from('2026-03-03T02:00:00Z');
const LIMIT = 1_000_00;
const REQUESTS = 6;

let database: FreshDatabase;
let db: Db;
let person: number;
let filed = 0;
let period = 0;

beforeAll(async () => {
  database = await freshDatabase();
  db = await openDatabase(database);
  ({ id: person } = await db
    .insertInto('person')
    .values({
      name: '王磊',
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

/** Requests of a run of its own. */
async function newRequests(): Promise<readonly number[]> {
  const rows = await db
    .insertInto('request')
    .values(
      Array.from({ length: REQUESTS }, () => ({
        number: `SUP-26-${String((filed += 1)).padStart(4, '0')}`,
        kind: 'supply',
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
  return rows.map(({ id }) => id);
}

type Act = {
  readonly act: 'promise' | 'free' | 'spend';
  readonly which: number;
  readonly fen: number;
};

const act: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom('promise' as const, 'promise' as const, 'free' as const, 'spend' as const),
  which: fc.integer({ min: 0, max: REQUESTS - 1 }),
  fen: fc.integer({ min: 0, max: LIMIT }),
});

async function carryOut(
  ids: readonly number[],
  of: string,
  { act: what, which, fen }: Act,
  most = true,
): Promise<boolean> {
  const request = ids[which] ?? 0;
  const budget = { department: '研发部', period: of, limit: LIMIT };
  const done = await inOne((work) =>
    attempt(work, async () => {
      if (what === 'free') return free(work, request);
      if (what === 'spend') return spend(work, request, fen, undefined);
      return promise(work, defaultRules, budget, { request, fen, most });
    }),
  );
  return 'done' in done;
}

const used = (of: string): Promise<number> =>
  inOne(({ tx }) => usedOf(tx, { department: '研发部', period: of }));

test('one after another: granted is what fits, a refusal changes nothing, taking back frees to the last fen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 20 }), async (acts) => {
      const ids = await newRequests();
      const of = `run-${(period += 1)}`;
      const holds = new Map<number, { promised: number; spent: number }>();
      const sum = (): number =>
        [...holds.values()].reduce((all, { promised, spent }) => all + promised + spent, 0);
      for (const each of acts) {
        const held = holds.get(each.which);
        const others = sum() - (held ? held.promised + held.spent : 0);
        const granted = await carryOut(ids, of, each);
        if (each.act === 'promise') {
          expect(granted).toBe(each.fen === 0 || others + each.fen <= LIMIT);
          if (granted) holds.set(each.which, { promised: each.fen, spent: 0 });
        } else {
          expect(granted).toBe(true);
          if (held && each.act === 'free') holds.set(each.which, { ...held, promised: 0 });
          if (held && each.act === 'spend') holds.set(each.which, { promised: 0, spent: each.fen });
        }
        expect(await used(of)).toBe(sum());
      }
    }),
    { numRuns: 40 },
  );
});

test('all at once: the promises are never more than the budget holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: LIMIT }), { minLength: REQUESTS, maxLength: REQUESTS }),
      async (prices) => {
        const ids = await newRequests();
        const of = `run-${(period += 1)}`;
        const granted = await Promise.all(
          prices.map((fen, which) => carryOut(ids, of, { act: 'promise', which, fen })),
        );
        const promised = prices.reduce((all, fen, which) => all + (granted[which] ? fen : 0), 0);
        expect(await used(of)).toBe(promised);
        expect(promised).toBeLessThanOrEqual(LIMIT);
        // Nobody was turned away for whom there is room in the end.
        for (const [which, fen] of prices.entries())
          if (granted[which] !== true) expect(promised + fen).toBeGreaterThan(LIMIT);
      },
    ),
    { numRuns: 15 },
  );
});

test('who is let through counts as well: what comes after them finds less', async () => {
  const ids = await newRequests();
  const of = `run-${(period += 1)}`;
  expect(await carryOut(ids, of, { act: 'promise', which: 0, fen: LIMIT + 1 }, false)).toBe(true);
  expect(await carryOut(ids, of, { act: 'promise', which: 1, fen: 1 })).toBe(false);
  expect(await used(of)).toBe(LIMIT + 1);
});
