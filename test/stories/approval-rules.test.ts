/** Rules that depend on who asks, where to, for what and for how much; and what who decides sees of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Rules } from '../../src/settings/index.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

const leader = { needs: 'any', voices: ['manager'] } as const;
const director = { needs: 'any', voices: ['director'] } as const;
const finance = { needs: 'any', voices: ['finance'] } as const;

const officeStaff = { needs: 'any', voices: ['office'] } as const;
const repairsOrFinance = { needs: 'any', voices: ['repair', 'finance'] } as const;

const withConditions = (rules: Rules): Rules => ({
  ...rules,
  approvals: {
    ...rules.approvals,
    trip: [
      { when: { city: ['澳门'] }, by: [officeStaff, repairsOrFinance, leader] },
      { when: { city: ['香港'] }, by: [leader, director] },
      { when: { overStandard: true }, by: [leader, finance] },
      { upTo: 3, when: { department: ['市场部'] }, by: [] },
      { by: [leader] },
    ],
    supply: [
      { when: { overBudget: true }, by: [director] },
      { upTo: 200, by: [] },
      { by: [leader] },
    ],
  },
  budgets: { supply: { departments: { 研发部: 400 }, others: 10_000 } },
  travel: { transport: ['高铁', '火车'] },
});

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({ rules: withConditions });
});
afterAll(() => office.stop());

test('the draft says who will be asked before it is submitted: by city, means of transport, department', async () => {
  await office.says('陈晨', '下周二去香港出差一天，坐高铁，见客户');
  expect(await office.last('陈晨')).toContain('李伟（直属上级） → 周敏（办公室主任）');
  await office.says('陈晨', '改成去上海，坐飞机');
  expect(await office.last('陈晨')).toContain('李伟（直属上级） → 钱芳（财务）');
  await office.says('陈晨', '改坐高铁');
  expect(await office.last('陈晨')).toMatch(/提交后审批：李伟（直属上级）$/m);
  await office.says('林晓', '下周二去上海出差一天，坐高铁，见客户');
  expect(await office.last('林晓')).toContain('无需审批，提交即生效');
});

test('whether the second step is asked hangs on who of the first decides: the draft says so, and so it is', async () => {
  for (const [day, agrees] of [
    ['二', '郑强'],
    ['三', '吴婷'],
  ] as const) {
    await office.says('陈晨', `下周${day}去澳门出差一天，坐高铁，见客户`);
    expect(await office.last('陈晨')).toContain(
      '提交后审批：吴婷/郑强（行政） → 郑强（维修） / 钱芳（财务），郑强上一步同意则不再问 → 李伟（直属上级）',
    );
    await office.taps('陈晨', '提交');
    const number = /TRIP-26-\d{4}/.exec(await office.last('陈晨'))?.[0] ?? 'none';
    await office.says(agrees, `同意 ${number}`);
    const seen = (await office.sees(agrees === '郑强' ? '李伟' : '钱芳')).join();
    expect(seen).toContain(number);
    const notYet = (await office.sees(agrees === '郑强' ? '钱芳' : '李伟')).join();
    expect(notYet).not.toContain(number);
  }
});

test('over the budget of the department’s month: another approver, who sees what is used and how often it was asked', async () => {
  await office.says('王磊', '领6包A4纸');
  expect(await office.last('王磊')).toContain('无需审批');
  await office.says('王磊', '提交');
  await office.says('陈晨', '领12包A4纸');
  expect(await office.last('陈晨')).toContain('周敏（办公室主任）');
  await office.says('陈晨', '提交');
  const card = await office.last('周敏');
  expect(card).toContain('本月预算：研发部：已用 ¥150，本次 ¥300，共 ¥400，超出');
  expect(card).toContain('近 90 天：同类申请另有 0 次');
  expect(await office.last('陈晨')).not.toContain('本月预算');
});
