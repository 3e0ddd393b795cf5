import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';
import { commandLine } from './command-line.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
  await office.says('陈晨', '明天下午3点到5点订珠峰会议室，8个人，讨论预算');
  await office.taps('陈晨', '提交');
  await office.says('王磊', '领两包A4纸');
  await office.taps('王磊', '提交');
  await office.says('林晓', '下周二到周四去上海出差，坐高铁，见客户');
  await office.taps('林晓', '提交');
  await sql`update department set name = '=市场部' where name = '市场部'`.execute(office.app.db);
});
afterAll(() => office.stop());

const line = () => commandLine(office.app.db);
const exported = async (...args: readonly string[]) => (await line()).runHere(['export', ...args]);
const rowsOf = (csv: string): readonly string[] =>
  csv
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n');

describe('export', () => {
  test('requests: whose, what, where it stands, on the office’s clock', async () => {
    const { code, out } = await exported('requests');
    expect(code).toBe(0);
    expect(out.startsWith('\uFEFF')).toBe(true); // spreadsheets take it for GBK without
    const [header, ...rows] = rowsOf(out);
    expect(header).toBe('单号,类型,申请人,部门,状态,摘要,提交时间,结束时间,计量');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(
      /^ROOM-26-0001,会议室预订,陈晨,研发部,已预订,珠峰 2026年3月4日（周三）15:00–17:00,2026-03-03 10:00,.*,2$/,
    );
    expect(rows[1]).toMatch(
      /^SUP-26-0001,物资申领,王磊,研发部,处理中,A4纸 2 包,2026-03-03 10:00,,50$/,
    );
  });

  test('a department that is called like a formula is none in the file', async () => {
    const rows = rowsOf((await exported('requests')).out);
    expect(rows[3]).toMatch(/^TRIP-26-0001,出差申请,林晓,'=市场部,待审批,/);
  });

  test('a ledger: the columns every request has, then those of its kind', async () => {
    const [header, ...rows] = rowsOf((await exported('ledger', 'room')).out);
    expect(header).toBe(
      '单号,类型,申请人,部门,状态,摘要,提交时间,结束时间,计量,会议室,开始,结束,人数,设备,主题,重复',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(',珠峰,2026-03-04 15:00,2026-03-04 17:00,8,');
    const trips = rowsOf((await exported('ledger', 'trip')).out);
    expect(trips[0]).toContain('目的地,出发,返回,天数');
    expect(trips[1]).toContain(',上海,2026-03-10,2026-03-12,3,高铁,见客户,');
    expect(rowsOf((await exported('ledger', 'repair')).out)).toHaveLength(1); // its header
  });

  test('bookings and stock', async () => {
    expect(rowsOf((await exported('bookings')).out).slice(1)).toEqual([
      '珠峰,3,2026-03-04 15:00,2026-03-04 17:00,已预订,ROOM-26-0001,陈晨,研发部',
    ]);
    const stock = rowsOf((await exported('stock')).out);
    expect(stock).toContain('A4纸,纸品,包,25,120,2,118,20,否,复印纸;打印纸');
  });

  test('a workbook into a file: whole, readable by us only, texts as texts and numbers as numbers', async () => {
    const desk = await line();
    const out = join(desk.folder, 'requests.xlsx');
    const ended = await desk.run(['export', 'requests', '--format', 'xlsx', '--out', out]);
    expect(ended.out).toContain('3 行');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const { sheets } = await readXlsx(readFileSync(out));
    const cells = sheets[0]?.rows ?? [];
    expect(cells[3]?.[3]).toBe('=市场部');
    expect(cells[2]?.[8]).toBe(50);
    const nowhere = await desk.run(['export', 'stock', '--out', join(desk.folder, 'no', 'x.csv')]);
    expect(nowhere.code).toBe(1);
    expect(nowhere.err).toContain('写不了这个文件（ENOENT）');
  });

  test('the monthly report, a figure a line; a month has to be one', async () => {
    const desk = await line();
    const out = join(desk.folder, '2026-03.xlsx');
    const ended = await desk.run([
      'export',
      'monthly',
      '2026-03',
      '--format',
      'xlsx',
      '--out',
      out,
    ]);
    expect(ended.code).toBe(0);
    const { sheets } = await readXlsx(readFileSync(out));
    const rows = (sheets[0]?.rows ?? []).map((cells) => cells.map((cell) => cell ?? ''));
    expect(rows[0]).toEqual(['月份', '类别', '项目', '数值', '单位', '目标或预算']);
    expect(rows[1]?.slice(0, 5)).toEqual(['2026-03', '总览', '新收申请', 3, '件']);
    expect(rows.filter((cells) => cells[2] === '新收申请').map((cells) => cells[0])).toEqual([
      '2026-03',
      '2026-02',
      '2026-01',
      '2025-12',
      '2025-11',
      '2025-10',
    ]);
    expect(rows.some((cells) => cells[1] === '会议室使用率' && cells[2] === '珠峰')).toBe(true);
    for (const wrong of [['2026-13'], ['三月'], []])
      expect((await exported('monthly', ...wrong)).err).toContain('要写月份，如 2026-10');
  });

  test('how rooms were used: a line a room, cut and never rounded up', async () => {
    const rows = rowsOf((await exported('room-use', '2026-03')).out);
    expect(rows[0]).toContain('月份,类别,名称,可订小时,订出小时,使用率%,签到小时');
    expect(rows.filter((row) => row.startsWith('2026-03,会议室,'))).toHaveLength(5);
    expect(rows.some((row) => row.startsWith('2026-03,会议室,珠峰,'))).toBe(true);
    expect((await exported('room-use', '三月')).err).toContain('export room-use: 要写月份');
  });

  test('a form of before its kind changed does not keep the others from being exported', async () => {
    await office.says('何佳', '会议室投影仪坏了，在珠峰');
    await office.taps('何佳', '提交');
    await sql`update request set form = '{}' where kind = 'repair'`.execute(office.app.db);
    const rows = rowsOf((await exported('requests')).out);
    expect(rows[4]).toMatch(/^FIX-26-0001,[^,]*,何佳,销售部,处理中,,2026/);
    expect((await exported('ledger', 'repair')).code).toBe(0);
  });

  test('who took what is on record', async () => {
    await exported('bookings');
    const noted = await office.app.db
      .selectFrom('audit')
      .select(['actor', 'after', 'cause'])
      .where('act', '=', 'export.bookings')
      .execute();
    expect(noted.at(-1)).toEqual({ actor: 'system', after: { rows: 1 }, cause: 'cli:export' });
  });
});
