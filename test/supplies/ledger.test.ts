import { sql } from 'kysely';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../cards/refusal.ts';
import { inWork } from '../../db/work.ts';
import { enter, type Entry } from '../../src/requests/supply/ledger.ts';
import { takeFromStock } from '../../src/requests/supply/stock.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
let items: readonly number[];
beforeAll(async () => {
  office = await openOffice();
  items = (await office.app.db.selectFrom('item').select('id').orderBy('id').execute()).map(
    ({ id }) => id,
  );
});
afterAll(() => office.stop());

const here = () => ({ db: office.app.db, clock: { now: () => office.app.now() } });

/** Whether it was written down. */
async function tries(entry: Entry): Promise<boolean> {
  try {
    await inWork(here(), { actor: 'system' }, (work) => enter(work, entry));
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** What must hold after whatever happened: numbers, value and lots of each item are the sums of its movements. */
async function balances(): Promise<void> {
  const { rows } = await sql<{ readonly wrong: string }>`
    select item.name as wrong from item
    left join lateral (select sum(on_hand_change) as on_hand, sum(reserved_change) as reserved,
      sum(value_change) as value from movement where item_id = item.id) m on true
    left join lateral (select sum(rest) as rest from lot where item_id = item.id) l on true
    where item.on_hand <> m.on_hand or item.reserved <> m.reserved or item.value_fen <> m.value
      or item.on_hand <> coalesce(l.rest, 0) or item.on_hand < 0 or item.reserved < 0 or item.reserved > item.on_hand`.execute(
    office.app.db,
  );
  expect(rows).toEqual([]);
}

const quantity = fc.integer({ min: 1, max: 60_000 }).map((thousand) => thousand / 1_000);
const entries = fc.array(
  fc.record({
    which: fc.nat({ max: 1 }),
    sort: fc.constantFrom('receive', 'reserve', 'release', 'issue', 'lend', 'write-off', 'count'),
    quantity,
    value: fc.integer({ min: 0, max: 1_000_000 }),
    up: fc.boolean(),
  }),
  { minLength: 10, maxLength: 40 },
);

describe('the ledger of the store room', () => {
  test('random histories: never negative, sums agree, value is receipts less issues, cost is first in first out', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (history) => {
        for (const { which, sort, quantity: units, value, up } of history) {
          const item = items[which] ?? 0;
          const entry: Entry =
            sort === 'receive' || (sort === 'count' && up)
              ? { item, sort, onHand: units, value }
              : sort === 'reserve'
                ? { item, sort, reserved: units }
                : sort === 'release'
                  ? { item, sort, reserved: -units }
                  : { item, sort, onHand: -units };
          if (sort === 'release' && !(await isPromised(item, units))) continue;
          const cost = await naiveCost(item, entry.onHand ?? 0);
          const before = await valueOf(item);
          if (await tries(entry)) {
            const after = await valueOf(item);
            expect(after - before).toBe((entry.onHand ?? 0) > 0 ? value : 0 - cost);
          } else expect(await valueOf(item)).toBe(before);
        }
        await balances();
      }),
      { numRuns: 8 },
    );
  });

  test('two who take the last ones at once: one gets them, the other is told', async () => {
    const item = items[5] ?? 0;
    const taking = { item, quantity: 10, who: await anybody(), why: '维修' };
    const both = await Promise.allSettled(
      [1, 2].map(() => inWork(here(), { actor: 'system' }, (work) => takeFromStock(work, taking))),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'fulfilled')).toMatchObject({
      value: { cost: 18_000, left: 0 },
    });
    await balances();
  });

  test('a movement cannot be changed or taken out, and numbers cannot be set past the ledger', async () => {
    const { db } = office.app;
    await expect(sql`update movement set on_hand_change = 99`.execute(db)).rejects.toThrow(
      'append-only',
    );
    await expect(sql`delete from movement`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`update item set on_hand = 1000`.execute(db)).rejects.toThrow('movements only');
    await balances();
  });
});

const anybody = async (): Promise<number> =>
  (await office.app.db.selectFrom('person').select('id').limit(1).executeTakeFirstOrThrow()).id;

const isPromised = async (item: number, units: number): Promise<boolean> => {
  const { reserved } = await office.app.db
    .selectFrom('item')
    .select('reserved')
    .where('id', '=', item)
    .executeTakeFirstOrThrow();
  return reserved >= units;
};

const valueOf = async (item: number): Promise<number> =>
  (
    await office.app.db
      .selectFrom('item')
      .select('value_fen')
      .where('id', '=', item)
      .executeTakeFirstOrThrow()
  ).value_fen;

/** Reads the whole history again: what came in stands in a queue, what went out took from its front, at exact fractions of a fen. */
async function naiveCost(item: number, change: number): Promise<number> {
  if (change >= 0) return 0;
  const moved = await office.app.db
    .selectFrom('movement')
    .select(['on_hand_change', 'value_change'])
    .where('item_id', '=', item)
    .where('on_hand_change', '!=', 0)
    .orderBy('id')
    .execute();
  const queue: { whole: number; rest: number; value: number }[] = [];
  const take = (units: number): number => {
    let left = Math.round(units * 1_000);
    let cost = 0;
    for (const lot of queue) {
      const taken = Math.min(left, lot.rest);
      const worth = (rest: number): number => Math.round((lot.value * rest) / lot.whole);
      cost += worth(lot.rest) - worth(lot.rest - taken);
      lot.rest -= taken;
      left -= taken;
    }
    return cost;
  };
  for (const { on_hand_change: by, value_change: value } of moved) {
    const whole = Math.round(by * 1_000);
    if (by > 0) queue.push({ whole, rest: whole, value: value ?? 0 });
    else take(-by);
  }
  return take(-change);
}
