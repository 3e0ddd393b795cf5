/** Writing off by word: with a reason, at what it had cost, and with a second person of the office where it had cost much. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerRows } from '../../src/supplies/ledger-table.ts';
import { buttonsOf, openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const WU = 'ou_office_1';
const ZHENG = 'ou_office_2';
const mice = async (): Promise<number> => {
  const { on_hand } = await office.app.db
    .selectFrom('item')
    .select('on_hand')
    .where('name', '=', '鼠标')
    .executeTakeFirstOrThrow();
  return on_hand;
};
const lastRow = async () => {
  const rows = await office.app.db.transaction().execute((tx) => ledgerRows(tx, 'Asia/Shanghai'));
  return rows.at(-1);
};
const offs = () => office.app.db.selectFrom('write_off').select('id').execute();

describe('little: one person alone', () => {
  test('报废 with its reason in the sentence; nothing leaves before it is confirmed', async () => {
    await office.says(WU, '报废 2个坏鼠标');
    const card = await office.last(WU);
    expect(card).toContain('报废：鼠标 2 个');
    expect(card).toContain('原因：坏了');
    expect(card).toContain('成本：¥118');
    expect(await mice()).toBe(12);
    expect((await office.taps(WU, '确认报废', { why: '坏了' })).toast).toBe('已报废出账');
    expect(await mice()).toBe(10);
    expect(await lastRow()).toEqual({
      日期: '2026-03-03',
      物品: '鼠标',
      类型: '报损',
      数量: -2,
      单位: '个',
      单价: 59,
      金额: -118,
      结存: 10,
      经手人: '吴婷',
      单号: null,
      事由: '坏了',
      旧件: null,
    });
  });

  test('without a reason it is asked for', async () => {
    await office.says(WU, '核销鼠标1个');
    expect(await office.last(WU)).not.toContain('原因：');
    expect((await office.taps(WU, '确认报废')).toast).toBe('请写明报废原因');
    expect(await mice()).toBe(10);
    await office.taps(WU, '确认报废', { why: '进水' });
    expect(await lastRow()).toMatchObject({ 结存: 9, 事由: '进水' });
  });

  test('how many is asked for, too; more than there are cannot be', async () => {
    await office.says(WU, '报废坏鼠标');
    expect(await office.last(WU)).toContain('「鼠标」要报废多少？');
    await office.says(WU, '把50个坏鼠标报废');
    expect(await office.last(WU)).toContain('库存只有 9 个');
    expect(await offs()).toHaveLength(2);
  });

  test('what is promised to somebody cannot be written off', async () => {
    await office.submits('陈晨', '领3个鼠标');
    await office.says(WU, '报废 7个鼠标，受潮');
    await office.taps(WU, '请另一位同意', { why: '受潮' });
    expect((await office.taps(ZHENG, '同意报废')).toast).toContain('库存刚刚不够了');
    expect(await mice()).toBe(9);
    await office.taps(WU, '不报废了');
  });
});

describe('much: a second person of the office', () => {
  test('agrees before it leaves; who asked cannot', async () => {
    await office.says(WU, '报废 4个鼠标，老化');
    expect(await office.last(WU)).toContain('超过 ¥200，要另一位行政同意后才出账');
    expect((await office.taps(WU, '请另一位同意', { why: '老化' })).toast).toBe(
      '已请另一位行政同意',
    );
    expect(await mice()).toBe(9);
    const card = await office.card(ZHENG);
    const [agree] = buttonsOf(card);
    expect((await office.forges(WU, agree?.value)).toast).toContain('您是提出人');
    await office.says('何佳', '帮助');
    expect((await office.forges('何佳', agree?.value)).toast).toBe('没有找到，或不归您办理');
    await office.taps(ZHENG, '同意报废');
    expect(await mice()).toBe(5);
    expect(await lastRow()).toMatchObject({
      类型: '报损',
      金额: -236,
      经手人: '吴婷',
      事由: '老化（郑强同意）',
    });
    expect(await office.last(WU)).toContain('同意人：郑强');
    expect((await office.forges(ZHENG, agree?.value)).toast).toBe('已经办过了');
    expect(await mice()).toBe(5);
  });

  test('or does not: then nothing leaves, and who asked is told by whom', async () => {
    await office.says(WU, '报废 1个硒鼓，过期');
    await office.taps(WU, '请另一位同意', { why: '过期' });
    await office.taps(ZHENG, '不同意');
    expect(await office.last(WU)).toContain('不同意：郑强');
    expect(await lastRow()).toMatchObject({ 物品: '鼠标' });
  });
});

test('what an employee says of their own things is no write-off', async () => {
  const before = await offs();
  await office.says('陈晨', '报废 2个坏鼠标');
  expect(await offs()).toEqual(before);
});

test('the month’s report has it on a line of its own', async () => {
  await office.says(WU, '本月各部门用了多少办公用品');
  const report = await office.last(WU);
  expect(report).toContain(
    '报损：¥413：鼠标 2 个（坏了）、鼠标 1 个（进水）、鼠标 4 个（老化（郑强同意））',
  );
  expect(report).not.toContain('研发部 | 鼠标');
});
