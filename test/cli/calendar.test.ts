import { expect, test } from 'vitest';
import { commandLine } from './command-line.ts';

test('calendar: the year by these rules, without a database', async () => {
  const office = await commandLine();
  const year = await office.run(['calendar', '2026']);
  expect(year.code).toBe(0);
  expect(year.out).toContain('每月 5 日，遇休息日提前 09:00 · 行政');
  expect(year.out).toContain('2026-09-30  考勤报表 · 行政'); // 5 October is a holiday
  expect(year.out).toContain('2026-12-01  档案普查 · 行政');

  const rules = office.file(
    'moved.yaml',
    'rounds: { archive-census: off, attendance-report: { every: month, on: 3, ifOff: after } }',
  );
  const moved = await office.runHere(['calendar', '2026'], { env: { OFFICE_CONFIG: rules } });
  expect(moved.out).toContain('2026-10-08  考勤报表');
  expect(moved.out).not.toContain('档案普查');

  const file = await office.runHere(['calendar', '2026', '--ics']);
  expect(file.out).toContain('UID:attendance-report-2026-10@banshi\r\n');
  expect(file.out).toContain('DTSTART;VALUE=DATE:20260930\r\n');
  expect(file.out.endsWith('END:VCALENDAR\r\n')).toBe(true);

  const none = office.file('none.yaml', 'rounds: off');
  expect((await office.runHere(['calendar'], { env: { OFFICE_CONFIG: none } })).out).toContain(
    '没有例行工作',
  );
  expect((await office.runHere(['calendar', 'soon'])).code).toBe(2);
});
