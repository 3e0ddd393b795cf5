/** What a claim does to the budget of its journey, and what finance is told of it. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Rules } from '../../src/settings/rules.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

const FINANCE = 'ou_finance';

const withBudget = (rules: Rules): Rules => ({
  ...rules,
  trips: { ...rules.trips, budgets: { 研发部: { per: 'quarter', yuan: 8_000 } } },
});

const budgetOf = ({ app }: TestOffice) =>
  app.db.selectFrom('trip').select(['committed', 'spent']).orderBy('request_id').execute();

async function days(office: TestOffice, count: number): Promise<void> {
  for (let day = 0; day < count; day++) await office.later('1d');
}

const heard = async (office: TestOffice, person: string): Promise<string> =>
  (await office.sees(person)).join('\n');

describe('a claim for a journey', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openOffice({ rules: withBudget });
  });
  afterAll(() => office.stop());

  test('what a journey has promised stays promised until it has begun', async () => {
    await office.says('王磊', '明天去上海出差，坐高铁，见客户');
    await office.taps('王磊', '提交');
    await office.taps('李伟', '同意');
    await office.says('王磊', 'TRIP-26-0001 没有费用');
    expect(await budgetOf(office)).toEqual([{ committed: 100_000, spent: 0 }]);
  });

  test('one that is taken back after both have signed gives its journey back', async () => {
    await days(office, 1);
    await office.says('王磊', '报销 TRIP-26-0001：高铁 553 发票24312000');
    await office.taps('王磊', '提交');
    await office.taps('李伟', '同意');
    await office.taps(FINANCE, '同意');
    expect(await budgetOf(office)).toEqual([{ committed: 0, spent: 55_300 }]);
    await office.says('王磊', '撤回 EXP-26-0001');
    expect(await budgetOf(office)).toEqual([{ committed: 55_300, spent: 0 }]);
    await office.says('王磊', '报销 TRIP-26-0001：高铁 500 发票24312000');
    await office.taps('王磊', '提交');
    await office.taps('李伟', '同意');
    await office.taps(FINANCE, '同意');
    expect(await budgetOf(office)).toEqual([{ committed: 0, spent: 50_000 }]);
  });

  test('receipts beyond the most are refused, none is left out without a word', async () => {
    await office.says('陈晨', '报销：高铁 553');
    const lines = Array.from({ length: 41 }, (_, index) => `打车 ${index + 1}`).join('\n');
    await office.taps('陈晨', '修改');
    expect((await office.taps('陈晨', '提交', { lines })).toast).toContain('最多 40 笔');
    await office.taps('陈晨', '取消');
  });
});

test('the ledger marks a day off, nearly the same amount twice, and what was beyond the standard', async () => {
  const office = await openOffice();
  onTestFinished(() => office.stop());
  await office.says('王磊', '报销：打车 88 3月1日；打车 88.5 3月2日；餐费 120 3月2日');
  await office.taps('王磊', '提交');
  await office.says('林晓', '明天去上海出差，坐商务座，见客户');
  await office.taps('林晓', '提交', { reason: '二等座没票' });
  await office.taps('黄静', '同意');
  await office.taps(office.roleHolder('director'), '同意');
  await days(office, 1);
  await office.says('林晓', '报销 TRIP-26-0001：高铁 1748 3月4日');
  await office.taps('林晓', '提交');
  await office.says(FINANCE, '本月报销台账');
  const told = await heard(office, FINANCE);
  expect(told).toContain('EXP-26-0001 王磊 交通 ¥88：休息日、相近金额 ¥88');
  expect(told).toContain('EXP-26-0001 王磊 交通 ¥88.50：相近金额 ¥88.50');
  expect(told).not.toContain('王磊 餐饮');
  expect(told).toContain('EXP-26-0002 林晓 交通 ¥1,748：超标准（二等座没票）');
});

test('the ledger of a month that ends in holidays comes on the first working day after', async () => {
  const office = await openOffice({
    start: Temporal.Instant.from('2026-04-29T10:00:00+08:00'),
    rules: (rules) => ({
      ...rules,
      expenses: { ...rules.expenses, ledger: { ...rules.expenses.ledger, day: 1 } },
    }),
  });
  onTestFinished(() => office.stop());
  await office.says('王磊', '报销：打车 88');
  await office.taps('王磊', '提交');
  await days(office, 5);
  expect(await heard(office, FINANCE)).not.toContain('报销台账');
  await days(office, 5);
  expect(await heard(office, FINANCE)).toContain('2026年4月报销台账');
});

test('a journey that is to be booked anew is not booked on the evening before', async () => {
  const office = await openOffice();
  onTestFinished(() => office.stop());
  await office.says('王磊', '后天去上海出差，坐高铁，见客户');
  await office.taps('王磊', '提交');
  await office.taps('李伟', '同意');
  await office.taps('ou_office_1', '完成', { tickets: 'G1 北京南 09:00' });
  await office.says('王磊', 'TRIP-26-0001 事由改成验收');
  await office.taps('王磊', '提交');
  await days(office, 1);
  for (let hours = 0; hours < 3; hours++) await office.later('4h');
  expect(await heard(office, '王磊')).toContain('明天出行 TRIP-26-0001：上海 高铁。票还没有订好');
  expect(await heard(office, 'ou_office_1')).toContain('TRIP-26-0001 还没有订票');
});

test('a tier for what is beyond the standard holds also for seats and hotels', async () => {
  const office = await openOffice({
    rules: (rules) => ({
      ...rules,
      approvals: {
        ...rules.approvals,
        trip: [
          { when: { overStandard: true }, by: [{ needs: 'any', voices: ['director'] }] },
          { by: [{ needs: 'any', voices: ['manager'] }] },
        ],
      },
    }),
  });
  onTestFinished(() => office.stop());
  await office.says('林晓', '明天去上海出差，坐商务座，见客户');
  await office.taps('林晓', '提交', { reason: '二等座没票' });
  expect(await office.last('周敏')).toContain('TRIP-26-0001');
  expect((await office.sees('黄静')).join('\n')).not.toContain('TRIP-26-0001');
  await office.says('林晓', '3月20日去上海出差，坐高铁，见客户');
  expect(await office.last('林晓')).toMatch(/提交后审批：[^→\n]*（直属上级）$/mu);
});
