/** The monthly report: February to the director on the first working day of March, once, with figures that can be counted by hand. */
import { afterEach, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
afterEach(() => office.stop());

const at = (local: string): Temporal.Instant => Temporal.Instant.from(`${local}+08:00`);
const reports = async (person: string): Promise<readonly string[]> =>
  (await office.sees(person)).filter((each) => each.includes('近六个月'));
const days = async (count: number): Promise<void> => {
  for (let day = 0; day < count; day++) await office.later('1d');
};

test('the first of March is a Sunday: on Monday at nine the director reads how February went', async () => {
  office = await openOffice({
    start: at('2026-02-24T10:00'),
    rules: (rules) => ({
      ...rules,
      budgets: { supply: { departments: { 研发部: 30, 市场部: 500 } } },
      supplies: { ...rules.supplies, budget: { ...rules.supplies.budget, hold: 'soft' } },
    }),
  });
  await office.says('王磊', '领两包A4纸'); // 50 yuan
  await office.taps('王磊', '提交');
  await office.taps('吴婷', '发放'); // in time
  await office.says('何佳', '3楼打印机卡纸了');
  await office.taps('何佳', '提交');
  await office.taps('郑强', '接单');
  await office.taps('郑强', '完成'); // in time
  await office.taps('何佳', '验收', { stars: '5' });
  await office.says('林晓', '4楼空调坏了');
  await office.taps('林晓', '提交'); // nobody does it: overdue on Friday
  await office.says('陈晨', '明天上午9点到12点订珠峰会议室，6个人，周会');
  await office.taps('陈晨', '提交');
  await days(5); // Sunday, the first of March, 10:00
  expect(await reports('周敏')).toEqual([]);
  await days(1);
  const [report, another] = await reports('周敏');
  expect(another).toBeUndefined();
  expect(report?.split('\n')[0]).toBe('2月 4 件，按时 66.6%，满意 100% #按时率未达标');
  expect(report).toContain('按时率：66.6%（2/3），目标 90%，未达标');
  expect(report).toContain('满意度：100%（1/1），目标 85%，达标，平均 5 星');
  expect(report).toContain('首次响应：66.6% 按时（2/3）'); // 王磊 and 何佳 in time, 林晓 never
  expect(report).toContain('决议执行率：本月没有');
  expect(report).toContain('申请：新收 4 件，办结 2 件');
  expect(report).toContain('物资支出 ¥50');
  expect(report).toContain('研发部：¥50，预算 ¥30，超 ¥20');
  expect(report).toContain('市场部：¥0，预算 ¥500，用了 0%');
  expect(report).toMatch(/珠峰：\d[\d.]*%，3 小时/);
  expect(report).toContain('A4纸：2 包');
  expect(report).toContain('按时率：9月 无，10月 无，11月 无，12月 无，1月 无，2月 66.6%');
  expect(report).toContain('2月 | 4 | 66.6% | 100%');
  expect(report).toContain('export monthly 2026-02');
  await days(1);
  expect(await reports('周敏')).toHaveLength(1);
  expect(await reports('孙丽')).toEqual([]);
  await office.says('周敏', '2月月报');
  expect((await office.last('周敏')).split('\n')[0]).toContain('2月 4 件');
  await office.says('周敏', '行政月报');
  expect((await office.last('周敏')).split('\n')[0]).toContain('2月 4 件');
  await office.says('周敏', '本月月报');
  expect((await office.last('周敏')).split('\n')[0]).toContain('3月 0 件');
  await office.says('周敏', '12月的月报');
  expect((await office.last('周敏')).split('\n')[0]).toContain('2025年12月 0 件');
  await office.says('孙丽', '行政月报');
  expect(await office.last('孙丽')).toContain('行政月报发给办公室主任');
});

test('an office that nobody had asked for anything by the end of the month has nothing to report', async () => {
  office = await openOffice({ start: at('2026-03-02T09:30') });
  await office.app.tick();
  await office.settle();
  expect(await reports('周敏')).toEqual([]);
});
