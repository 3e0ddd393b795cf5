import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

const withQuotas = (start?: Temporal.Instant): Promise<TestOffice> =>
  openOffice({
    ...(start ? { start } : {}),
    rules: (rules) => ({
      ...rules,
      supplies: { ...rules.supplies, quotas: { 研发部: { A4纸: 10, 黑色签字笔: 4, 硒鼓: 4 } } },
    }),
  });

let office: TestOffice;
beforeAll(async () => {
  office = await withQuotas();
});
afterAll(() => office.stop());

test('a quota is told while drafting, counts colleagues, and holds at the approval', async () => {
  await office.says('王磊', '领8包A4纸');
  expect(await office.last('王磊')).not.toContain('配额');
  await office.taps('王磊', '提交');
  await office.says('刘洋@研发部', '领9包A4纸');
  expect(await office.last('刘洋@研发部')).toContain(
    '研发部本月的「A4纸」配额是 10 包，已领 8 包，这次 9 包，超出 7 包',
  );
  await office.taps('刘洋@研发部', '提交');
  expect(await office.last('李伟')).toContain('#待审批');
  expect((await office.taps('李伟', '同意')).toast).toContain('请减少数量');
  expect(await office.last('刘洋@研发部')).toContain('#待审批');
});

test('where nobody has to approve it holds at once; other departments have no quota', async () => {
  await office.says('王磊', '领3包A4纸');
  expect((await office.taps('王磊', '提交')).toast).toContain('配额');
  await office.says('何佳', '领3包A4纸');
  expect((await office.taps('何佳', '提交')).toast).toContain('已提交');
});

test('one thing on two lines is counted as their sum', async () => {
  await office.says('王磊', '领1支黑色签字笔');
  await office.taps('王磊', '修改');
  const twice = { items: '黑色签字笔 3支\n黑色签字笔 3支', purpose: '' };
  expect((await office.taps('王磊', '提交', twice)).toast).toContain('这次 6 支，超出 2 支');
});

test('what is given back of last month leaves no more for this one', async () => {
  const month = await withQuotas(Temporal.Instant.from('2026-02-27T10:00:00+08:00'));
  try {
    await month.says('王磊', '领6个硒鼓');
    await month.taps('王磊', '提交');
    for (let day = 0; day < 3; day++) await month.later('1d');
    expect((await month.taps('王磊', '撤回')).toast).toContain('已撤回');
    await month.says('刘洋@研发部', '领5个硒鼓');
    expect(await month.last('刘洋@研发部')).toContain('已领 0 个，这次 5 个，超出 1 个');
  } finally {
    await month.stop();
  }
});
