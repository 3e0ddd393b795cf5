/** Budgets of departments for supplies: told while drafting, kept to at the approval, spent at the hand-over. */
import { afterEach, describe, expect, test } from 'vitest';
import { issuesIn } from '../../src/reports/supplies.ts';
import type { Rules } from '../../src/settings/index.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

/** A4纸 is 25 yuan: up to 200 needs no approval, beyond it the leader's. */
const withBudget =
  (budget: Partial<Rules['supplies']['budget']> = {}) =>
  (rules: Rules): Rules => ({
    ...rules,
    budgets: { supply: { departments: { 研发部: 400 } } },
    supplies: { ...rules.supplies, budget: { ...rules.supplies.budget, ...budget } },
  });

let office: TestOffice;
afterEach(() => office.stop());

const OFFICE = 'ou_office_1';
const promises = () =>
  office.app.db
    .selectFrom('supply_promise')
    .select(['department', 'period', 'promised', 'spent'])
    .orderBy('request_id')
    .execute();

describe('a hard budget', () => {
  test('two that fit one by one: the second is refused at the moment of approving, with what to do next', async () => {
    office = await openOffice({ rules: withBudget() });
    await office.submits('王磊', '领6包A4纸'); // 150, approved at once
    await office.says('陈晨', '领10包A4纸'); // 250: exactly what is left
    expect(await office.last('陈晨')).not.toContain('预算');
    await office.taps('陈晨', '提交');
    await office.says('刘洋@研发部', '领10包A4纸'); // nothing of 250 is promised yet
    expect(await office.last('刘洋@研发部')).not.toContain('预算');
    await office.taps('刘洋@研发部', '提交');
    expect(await office.last('李伟')).toContain('本月预算：研发部：已用 ¥150，本次 ¥250，共 ¥400');
    await office.says('李伟', '同意 SUP-26-0002');
    await office.says('李伟', '同意 SUP-26-0003');
    const refused = await office.last('李伟');
    expect(refused).toContain('研发部本月的物资预算是 ¥400，还剩 ¥0，这次 ¥250，超出 ¥250');
    expect(refused).toContain('请减少数量，或请办公室主任也批');
    expect(await office.last('刘洋@研发部')).toContain('#待审批');
    expect((await promises()).map(({ promised }) => promised)).toEqual([15_000, 25_000]);
  });

  test('the approver brings in whoever lets more through; then it passes', async () => {
    office = await openOffice({ rules: withBudget() });
    await office.submits('陈晨', '领9包A4纸'); // 225, waits for 李伟
    await office.submits('王磊', '领8包A4纸'); // 200, approved at once
    await office.says('李伟', '同意 SUP-26-0001');
    expect(await office.last('李伟')).toContain('还剩 ¥200，这次 ¥225，超出 ¥25');
    await office.replies('李伟', 'SUP-26-0001', '加签周敏');
    await office.says('周敏', '同意 SUP-26-0001');
    expect(await office.last('陈晨')).toContain('#待审批');
    await office.says('李伟', '同意 SUP-26-0001');
    expect(await office.last('陈晨')).not.toContain('#待审批');
    expect((await promises()).map(({ promised }) => promised)).toEqual([22_500, 20_000]);
  });

  test('what goes beyond it is told while drafting, and the director is asked by itself', async () => {
    office = await openOffice({ rules: withBudget() });
    await office.submits('王磊', '领8包A4纸');
    await office.submits('陈晨', '领7包A4纸');
    await office.says('刘洋@研发部', '领2包A4纸');
    const draft = await office.last('刘洋@研发部');
    expect(draft).toContain(
      '研发部本月的物资预算是 ¥400，还剩 ¥25，这次 ¥50，超出 ¥25；超预算要办公室主任也批',
    );
    expect(draft).toContain('提交后审批：周敏（办公室主任）');
    await office.taps('刘洋@研发部', '提交');
    expect(await office.last('周敏')).toContain('共 ¥400，超出');
    await office.taps('周敏', '同意');
    expect(await office.last('刘洋@研发部')).not.toContain('#待审批');
    await office.says('何佳', '领20包A4纸'); // another department has no budget
    expect(await office.last('何佳')).not.toContain('预算');
  });

  test('what is taken back is free again; what is handed over counts at what it had cost', async () => {
    office = await openOffice({ rules: withBudget() });
    await office.submits('王磊', '领8包A4纸');
    await office.submits('陈晨', '领8包A4纸');
    await office.taps('陈晨', '撤回');
    expect((await promises()).map(({ promised }) => promised)).toEqual([20_000, 0]);
    await office.app.db.updateTable('item').set({ price: 40 }).where('name', '=', 'A4纸').execute();
    await office.submits('刘洋@研发部', '领5包A4纸'); // at the catalogue's 40 each: all that is left
    expect((await promises()).at(-1)).toMatchObject({ promised: 20_000, spent: 0 });
    await office.taps(OFFICE, '发放');
    expect((await promises()).at(-1)).toEqual({
      department: '研发部',
      period: '2026-03',
      promised: 0,
      spent: 12_500, // they had come for 25 each
    });
    await office.says('陈晨', '领2包A4纸'); // 80 of the 75 that are left
    expect(await office.last('陈晨')).toContain('还剩 ¥75，这次 ¥80，超出 ¥5');
  });
});

describe('what is taken back within its seconds', () => {
  test('an approval promises nothing any more; given again it promises once', async () => {
    office = await openOffice({ rules: withBudget() });
    await office.submits('陈晨', '领10包A4纸');
    await office.taps('李伟', '同意');
    expect((await promises()).map(({ promised }) => promised)).toEqual([25_000]);
    await office.says('李伟', '撤销');
    expect((await promises()).map(({ promised }) => promised)).toEqual([0]);
    await office.says('李伟', '同意 SUP-26-0001');
    expect((await promises()).map(({ promised }) => promised)).toEqual([25_000]);
  });

  test('a hand-over: the sum is promised again, and nobody has used anything', async () => {
    office = await openOffice({ rules: withBudget() });
    await office.submits('王磊', '领2包A4纸');
    await office.taps(OFFICE, '发放');
    expect((await promises()).map(({ promised, spent }) => [promised, spent])).toEqual([
      [0, 5_000],
    ]);
    await office.says(OFFICE, '撤销');
    expect((await promises()).map(({ promised, spent }) => [promised, spent])).toEqual([
      [5_000, 0],
    ]);
    const month = {
      from: office.app.now().subtract({ hours: 1 }),
      to: office.app.now().add({ hours: 1 }),
    };
    const issues = await office.app.db.transaction().execute((tx) => issuesIn(tx, month));
    expect(issues.reduce((sum, { fen }) => sum + fen, 0)).toBe(0);
    expect(issues.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(0);
  });

  test('a withdrawal: it is promised again, unless the budget is another’s by now', async () => {
    office = await openOffice({ rules: withBudget() });
    await office.submits('王磊', '领8包A4纸');
    await office.says('王磊', '撤回 SUP-26-0001');
    expect((await promises()).map(({ promised }) => promised)).toEqual([0]);
    await office.says('王磊', '撤销');
    expect((await promises()).map(({ promised }) => promised)).toEqual([20_000]);
    await office.says('王磊', '撤回 SUP-26-0001');
    await office.submits('陈晨', '领10包A4纸');
    await office.taps('李伟', '同意');
    await office.says('王磊', '撤销');
    expect(await office.last('王磊')).toContain('还剩 ¥150，这次 ¥200，超出 ¥50');
    expect((await promises()).map(({ promised }) => promised)).toEqual([0, 25_000]);
  });
});

test('a soft budget is told and holds nobody', async () => {
  office = await openOffice({ rules: withBudget({ hold: 'soft' }) });
  await office.submits('王磊', '领8包A4纸');
  await office.submits('陈晨', '领8包A4纸');
  await office.says('刘洋@研发部', '领1包A4纸');
  const draft = await office.last('刘洋@研发部');
  expect(draft).toContain('还剩 ¥0，这次 ¥25，超出 ¥25');
  expect(draft).toContain('无需审批');
  expect((await office.taps('刘洋@研发部', '提交')).toast).toContain('已提交');
});

test('the months of a quarter may be one sum', async () => {
  office = await openOffice({ rules: withBudget({ per: 'quarter' }) });
  await office.submits('王磊', '领8包A4纸');
  await office.submits('陈晨', '领8包A4纸');
  await office.says('刘洋@研发部', '领40包A4纸'); // 400 of 1,200 are promised
  expect(await office.last('刘洋@研发部')).toContain(
    '研发部本季度的物资预算是 ¥1,200，还剩 ¥800，这次 ¥1,000，超出 ¥200',
  );
  expect((await promises()).map(({ period }) => period)).toEqual(['2026-Q1', '2026-Q1']);
});
