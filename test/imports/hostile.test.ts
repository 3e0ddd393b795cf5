import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { readRooms } from '../../src/imports/rooms.ts';
import { utf8, zipOf } from './files.ts';

async function told(bytes: Uint8Array): Promise<string> {
  const read = await readRooms(bytes, 'rooms.csv');
  return read.ok ? 'imported' : read.mistakes.join('\n');
}

const HEADER = '名称,楼层,容量,设备,需审批';
const roomLine = (row: number): string => `房间${row},3,10,,否`;
const many = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, row) => roomLine(row));

describe('a file that is not a table', () => {
  test.each([
    ['nothing at all', new Uint8Array(), '文件是空的'],
    ['an old Excel file', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), '旧版或加密的 Excel'],
    ['Unicode text', Uint8Array.from([0xff, 0xfe, 0x0d, 0x54]), '文字编码应为 UTF-8 或 GBK'],
    [
      'a picture',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0xff, 0xff]),
      '文字编码应为 UTF-8 或 GBK',
    ],
    ['a zip cut short', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), '文件已损坏'],
    [
      'a zip of something else',
      zipOf([{ name: 'a.txt', content: Buffer.from('hello') }]),
      '文件已损坏',
    ],
    ['a quote without end', utf8(HEADER, '"珠峰,3,10,,否'), 'rooms.csv:2 引号没有结束'],
    ['text after a quote', utf8(HEADER, '"珠峰"x,3,10,,否'), 'rooms.csv:2 引号后面有多余的文字'],
  ])('%s', async (_, bytes, says) => {
    expect(await told(bytes)).toContain(says);
  });
});

describe('limits', () => {
  test('20,000 rows and no more', async () => {
    expect(await told(utf8(HEADER, ...many(20_000)))).toBe('imported');
    expect(await told(utf8(HEADER, ...many(20_001)))).toContain('超过 20000 行');
  });

  test('5 MB and no more', async () => {
    expect(await told(utf8(HEADER, 'x'.repeat(5 * 1024 * 1024)))).toBe('rooms.csv: 文件超过 5 MB');
  });

  test('an archive that unpacks to more than 60 MB, whatever size it states', async () => {
    const content = Buffer.alloc(61 * 1024 * 1024);
    for (const claims of [content.length, 100]) {
      const bomb = zipOf([{ name: 'xl/worksheets/sheet1.xml', content, claims }]);
      expect(bomb.length).toBeLessThan(100_000);
      expect(await told(bomb)).toContain('解压后超过 60 MB');
    }
    const small = { content: Buffer.alloc(16 * 1024 * 1024) };
    const parts = [1, 2, 3, 4].map((part) => ({ ...small, name: `xl/${part}.xml` }));
    expect(await told(zipOf(parts))).toContain('解压后超过 60 MB');
  });

  test('rows of a workbook', async () => {
    const rows = [HEADER.split(','), ...many(20_001).map((line) => line.split(','))];
    expect(await told(await writeXlsx({ sheets: [{ name: 'A', rows }] }))).toContain(
      '超过 20000 行',
    );
  });

  test('a lone cell at the far end of a sheet', async () => {
    const far = [HEADER.split(','), [...Array<null>(5_000).fill(null), 'x']];
    expect(await told(await writeXlsx({ sheets: [{ name: 'A', rows: far }] }))).toBe(
      'rooms.csv:2 列太多（超过 100 列）',
    );
  });
});

test('a cell that a spreadsheet turned into a date is not guessed at', async () => {
  const rows = [HEADER.split(','), ['珠峰', new Date(Date.UTC(2026, 2, 10)), 10, '', '否']];
  expect(await told(await writeXlsx({ sheets: [{ name: 'A', rows }] }))).toBe(
    'rooms.csv:2 第 2 列是日期；请把这一列设为文本',
  );
});

test('whatever bytes come, there is an answer', async () => {
  const good = await writeXlsx({
    sheets: [{ name: 'A', rows: [HEADER.split(','), roomLine(1).split(',')] }],
  });
  const damaged = fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
    .map((changes) => {
      const bytes = Uint8Array.from(good);
      for (const [place, byte] of changes) bytes[place] = byte;
      return bytes;
    });
  const text = fc
    .string({ unit: fc.constantFrom('"', ',', '\n', '\r', '名', "'", '=') })
    .map((each) => utf8(HEADER, each));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged, text), async (bytes) => {
      const read = await readRooms(bytes, 'rooms.csv');
      expect(read.ok || read.mistakes.length > 0).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
