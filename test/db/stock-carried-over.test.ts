/** Migration 0022 on a database that already holds stock: what was there becomes the ledger's opening, item by item. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import { migrations } from '../../db/migrations/index.ts';
import { inWork } from '../../db/work.ts';
import { issuesIn } from '../../src/reports/supplies.ts';
import { takeFromStock } from '../../src/requests/supply/stock.ts';
import { ledgerRows } from '../../src/supplies/ledger-table.ts';
import { emptyDatabase, type FreshDatabase } from '../office/database.ts';

const then = Temporal.Instant.from('2026-02-10T10:00:00+08:00');
const now = Temporal.Instant.from('2026-03-03T10:00:00+08:00');

/** As an office had them: price, on hand, promised, and the movements that were written down (not of every item: a demo had none). */
const HELD = [
  {
    name: 'A4纸',
    price: 25.5,
    onHand: 115,
    reserved: 5,
    moved: [
      ['import', 150, 0],
      ['reserve', 0, 35],
      ['issue', -30, -30],
      ['correct', -5, 0],
    ],
  },
  { name: '茶叶', price: 0.29, onHand: 0.5, reserved: 0, moved: [['import', 0.5, 0]] },
  { name: '订书机', price: 18, onHand: 10, reserved: 2, moved: [] },
  {
    name: '墨盒',
    price: 99.99,
    onHand: 0,
    reserved: 0,
    moved: [
      ['import', 3, 0],
      ['issue', -3, 0],
    ],
  },
] as const;

let fresh: FreshDatabase;
let db: Db;
beforeAll(async () => {
  fresh = await emptyDatabase();
  db = await openDatabase(fresh);
  const released = Object.entries(migrations).filter(([name]) => name < '0020');
  await migrate(db, Object.fromEntries(released));
  await sql`insert into person (name) values ('王磊')`.execute(db);
  for (const { name, price, onHand, reserved, moved } of HELD) {
    await sql`insert into item (name, category, unit, price, on_hand, reserved, low_mark, aliases)
      values (${name}, '文具', '包', ${price}, ${onHand}, ${reserved}, 0, '{}')`.execute(db);
    for (const [sort, change, promised] of moved)
      await sql`insert into movement (item_id, sort, on_hand_change, reserved_change, at, person_id)
        select item.id, ${sort}, ${change}, ${promised}, ${then.toString()}::timestamptz, person.id
        from item, person where item.name = ${name}`.execute(db);
  }
  await migrate(db);
});
afterAll(async () => {
  await db.destroy();
  await fresh.drop();
});

/** An item beside the sums of its movements and of its lots. */
const sums = async () =>
  (
    await sql<{ readonly name: string; readonly [sum: string]: number | string }>`
      select item.name, item.on_hand, item.reserved, item.value_fen,
        m.on_hand as moved, m.reserved as promised, m.value as worth,
        coalesce(l.rest, 0) as rest, coalesce(l.value, 0) as lots
      from item
      left join (select item_id, sum(on_hand_change) as on_hand, sum(reserved_change) as reserved,
        sum(value_change) as value from movement group by item_id) m on m.item_id = item.id
      left join (select item_id, sum(rest) as rest, sum(value_fen) as value from lot group by item_id) l
        on l.item_id = item.id
      order by item.id`.execute(db)
  ).rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, key === 'name' ? value : Number(value)]),
    ),
  );

describe('stock that was there before the ledger', () => {
  test('is in one lot at the catalogue’s price, and every number is the sum of its movements', async () => {
    const fen = [293_250, 15, 18_000, 0]; // 14.5 fen of tea, half up
    expect(await sums()).toEqual(
      HELD.map(({ name, onHand, reserved }, place) => ({
        name,
        on_hand: onHand,
        moved: onHand,
        rest: onHand,
        reserved,
        promised: reserved,
        value_fen: fen[place],
        worth: fen[place],
        lots: fen[place],
      })),
    );
  });

  test('is handed out at what it was carried over for, and nothing changes past the ledger', async () => {
    const [paper] = await db.selectFrom('item').select('id').where('name', '=', 'A4纸').execute();
    const [who] = await db.selectFrom('person').select('id').execute();
    const taking = { item: paper?.id ?? 0, who: who?.id ?? 0, quantity: 10, why: '维修' };
    const clock = { now: () => now };
    expect(
      await inWork({ db, clock }, { actor: 'system' }, (work) => takeFromStock(work, taking)),
    ).toEqual({ cost: 25_500, left: 105 });
    expect((await sums())[0]).toMatchObject({ moved: 105, rest: 105, worth: 267_750 });
    await expect(sql`update item set on_hand = 1`.execute(db)).rejects.toThrow('movements only');
  });

  test('stands in the exported ledger with its value, and what was handed out before counts at the catalogue’s price', async () => {
    const rows = await db.transaction().execute((tx) => ledgerRows(tx, 'Asia/Shanghai'));
    const paper = rows.filter((row) => row['物品'] === 'A4纸');
    expect(paper.at(-1)?.['结存']).toBe(105);
    expect(paper.reduce((sum, row) => sum + Number(row['金额'] ?? 0), 0)).toBe(2_677.5);
    expect(paper.find((row) => row['类型'] === '期初')).toMatchObject({ 数量: 0, 单价: null });
    const february = { from: then, to: then.add({ hours: 1 }) };
    const before = await db.transaction().execute((tx) => issuesIn(tx, february));
    expect(before.map(({ item, quantity, fen }) => [item, quantity, fen])).toEqual([
      ['A4纸', 30, 76_500],
      ['墨盒', 3, 29_997],
    ]);
  });
});
