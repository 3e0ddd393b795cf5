import { readXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { writeTable } from '../../src/exports/table.ts';

const columns = [
  { key: 'number', title: '单号' },
  { key: 'note', title: '备注' },
  { key: 'price', title: '金额' },
];

/** What people type to make a spreadsheet run something. */
const HOSTILE = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://x")',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
];

const csv = async (note: string): Promise<string> => {
  const bytes = await writeTable(columns, [{ number: 'SUP-26-0001', note, price: 12.5 }], 'csv');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
};

describe('CSV', () => {
  test('opens in a spreadsheet with its Chinese whole, numbers being numbers', async () => {
    expect(await csv('两包，"急"')).toBe(
      '\uFEFF单号,备注,金额\r\nSUP-26-0001,"两包，""急""",12.5\r\n',
    );
  });

  test.each(HOSTILE)('%j is no formula', async (note) => {
    const field = (await csv(note)).split('SUP-26-0001,')[1];
    expect(field).toMatch(/^"?'/);
  });

  test('negative numbers are not escaped, empty cells are empty', async () => {
    const bytes = await writeTable(columns, [{ number: null, price: -3 }], 'csv');
    expect(new TextDecoder().decode(bytes)).toBe('单号,备注,金额\r\n,,-3\r\n');
  });
});

describe('a workbook', () => {
  test('keeps texts as texts and numbers as numbers, and has no formula', async () => {
    const rows = [...HOSTILE, '000123', '2026-10-08'].map((note) => ({
      number: 'X',
      note,
      price: 2,
    }));
    const { sheets } = await readXlsx(await writeTable(columns, rows, 'xlsx'));
    const read = sheets[0]?.rows ?? [];
    expect(read.slice(1).map((row) => row[1])).toEqual(rows.map(({ note }) => note));
    expect(read[1]?.[2]).toBe(2);
    const formulas = [...(sheets[0]?.cells?.values() ?? [])].filter(
      (cell) => cell.formula !== undefined,
    );
    expect(formulas).toEqual([]);
  });

  test('opens whatever characters people wrote, and however long', async () => {
    const note = `a\u0000b\u0001\uD800c${'长'.repeat(40_000)}`;
    const bytes = await writeTable(columns, [{ number: 'X', note, price: 1 }], 'xlsx');
    const { sheets } = await readXlsx(bytes);
    const cell = String(sheets[0]?.rows[1]?.[1]);
    expect(cell.startsWith('ab\uFFFDc长')).toBe(true);
    expect(cell).toHaveLength(32_767);
  });
});
