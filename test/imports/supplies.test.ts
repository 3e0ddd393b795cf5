import { expect, test } from 'vitest';
import { writeTable } from '../../src/exports/table.ts';
import { readSupplies } from '../../src/imports/supplies.ts';
import { utf8 } from './files.ts';

const HEADER = '名称,分类,单位,单价,库存,预警线,别名';

async function supplies(...lines: readonly string[]) {
  const read = await readSupplies(utf8(HEADER, ...lines), 'supplies.csv');
  return read.ok ? read.rows : read.mistakes;
}

test('the store room’s list', async () => {
  expect(
    await supplies('A4纸,纸品,包,25,120,20,复印纸;打印纸', '墨水,耗材,瓶,12.50,3.5,0,'),
  ).toEqual([
    {
      name: 'A4纸',
      category: '纸品',
      unit: '包',
      price: 25,
      stock: 120,
      lowMark: 20,
      aliases: ['复印纸', '打印纸'],
    },
    {
      name: '墨水',
      category: '耗材',
      unit: '瓶',
      price: 12.5,
      stock: 3.5,
      lowMark: 0,
      aliases: [],
    },
  ]);
});

test.each([
  '-1',
  '1,000',
  '￥25',
  '25元',
  '1e3',
  '0x10',
  '２５',
  '2.555',
  ' . ',
  '',
  'NaN',
  '99999999999',
])('a price of %j is refused', async (price) => {
  const told = await supplies(`A4纸,纸品,包,"${price}",120,20,`);
  expect(told).toEqual([
    expect.stringMatching(/^supplies\.csv:2 单价: 应为 0–10000000 的数，最多 2 位小数，现在是/),
  ]);
});

test('what our own export made harmless is read back as it was', async () => {
  const columns = HEADER.split(',').map((title) => ({ key: title, title }));
  const row = {
    名称: '-18号胶',
    分类: '耗材',
    单位: '支',
    单价: 3,
    库存: 1,
    预警线: 0,
    别名: null,
  };
  for (const format of ['csv', 'xlsx'] as const) {
    const read = await readSupplies(await writeTable(columns, [row], format), `supplies.${format}`);
    expect(read.ok && read.rows[0]?.name).toBe('-18号胶');
  }
});
