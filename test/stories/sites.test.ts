/** People who work elsewhere: what they owe is counted on their own clock. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

/** Sunday to Thursday from eight to twelve and one to five, an hour behind Shanghai; China's holidays are no holidays there. */
const bangkok = {
  departments: ['研发部'],
  timeZone: 'Asia/Bangkok',
  workingHours: {
    days: ['sun', 'mon', 'tue', 'wed', 'thu'] as const,
    hours: [{ from: '08:00', to: '12:00' } as const, { from: '13:00', to: '17:00' } as const],
  },
  holidays: [],
  extraWorkdays: [],
  chineseHolidays: false,
};

let office: TestOffice;
/** The Friday before 清明, 16:00 in Shanghai. */
const start = Temporal.Instant.from('2026-04-03T16:00:00+08:00');
beforeAll(async () => {
  office = await openOffice({ start, rules: (rules) => ({ ...rules, sites: { 曼谷: bangkok } }) });
});
afterAll(() => office.stop());

async function dueOf(person: string, said: string): Promise<string | undefined> {
  await office.says(person, said);
  await office.says(person, '提交');
  const number = /TRIP-26-\d{4}/.exec(await office.last(person))?.[0] ?? 'none';
  const row = await office.app.db
    .selectFrom('task')
    .innerJoin('request', 'request.id', 'task.request_id')
    .select('due_at')
    .where('request.number', '=', number)
    .where('task.state', '=', 'open')
    .executeTakeFirst();
  return row?.due_at?.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString().slice(0, 16);
}

test('who works elsewhere reads their own time beside the office’s; their colleagues do not', async () => {
  await office.says('陈晨', '4月8日下午3点到5点订个10人的会议室');
  expect(await office.last('陈晨')).toContain('15:00–17:00（您当地 14:00–16:00）');
  await office.says('陈晨', '提交');
  expect(await office.last('陈晨')).toContain('15:00–17:00（您当地 14:00–16:00）');
  await office.says('陈晨', '我的申请');
  expect(await office.last('陈晨')).toMatch(/今天 4月3日（周五）16:\d\d（您当地 15:\d\d）/);
  await office.says('何佳', '4月8日上午9点到10点订个10人的会议室');
  expect(await office.last('何佳')).toContain('09:00–10:00');
  expect(await office.last('何佳')).not.toContain('您当地');
});

describe('a deadline of a working day', () => {
  test('of a leader in Shanghai passes over 清明: Friday 16:00 to Tuesday 16:00', async () => {
    expect(await dueOf('何佳', '4月20日去上海出差一天，见客户')).toBe('2026-04-07T16:00');
  });

  test('of a leader in Bangkok, who is off on Friday and works on Sunday, ends that Sunday at five there', async () => {
    expect(await dueOf('陈晨', '4月20日去上海出差一天，见客户')).toBe('2026-04-05T18:00');
  });

  test('is explained on their clock', async () => {
    await office.says('陈晨', '4月22日去上海出差一天，见客户');
    await office.says('陈晨', '提交');
    const number = /TRIP-26-\d{4}/.exec(await office.last('陈晨'))?.[0] ?? 'none';
    await office.says('陈晨', `${number} 为什么是这个时间`);
    const told = await office.last('陈晨');
    expect(told).toContain('4月5日（周日）');
    expect(told).not.toContain('清明');
  });
});
