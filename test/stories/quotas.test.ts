import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({
    rules: (rules) => ({
      ...rules,
      supplies: { ...rules.supplies, quotas: { 研发部: { A4纸: 10 } } },
    }),
  });
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
