import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerRows } from '../../src/supplies/ledger-table.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const stock = (name: string) =>
  office.app.db
    .selectFrom('item')
    .select(['on_hand', 'value_fen'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();

const recorded = async (act: string): Promise<number> =>
  (await office.app.db.selectFrom('audit').select('act').where('act', '=', act).execute()).length;

describe('the store room by word', () => {
  test('anybody asks what is left of a thing, by any of its names', async () => {
    await office.says('陈晨', '签字笔还有多少');
    expect(await office.last('陈晨')).toContain('黑色签字笔：可领 300 支');
    await office.says('陈晨', '复印纸还剩几包？');
    expect(await office.last('陈晨')).toContain('A4纸：可领 120 包');
    await office.says('陈晨', '硒鼓库存');
    expect(await office.last('陈晨')).toContain('硒鼓：可领 6 个');
  });

  test('a delivery by word is inspected first; only then it counts, at its price', async () => {
    await office.says('ou_office_1', '入库 A4纸 50包 每包22元 得力');
    const card = await office.last('ou_office_1');
    expect(card).toContain('到货验收');
    expect(card).toContain('A4纸 50 包');
    expect(await stock('A4纸')).toEqual({ on_hand: 120, value_fen: 300_000 });
    const found = { quantity: '48', damaged: '2', yuan: '1056', supplier: '得力' };
    expect((await office.taps('ou_office_1', '确认入库', found)).toast).toBe(
      '请给供应商打分（1–5）',
    );
    await office.taps('ou_office_1', '确认入库', { ...found, score: '4' });
    expect(await stock('A4纸')).toEqual({ on_hand: 168, value_fen: 405_600 });
    const done = await office.last('ou_office_1');
    expect(done).toContain('48 包 × ¥22 = ¥1,056');
    expect(done).toContain('2 包，未入库');
    expect(done).toContain('得力 · 4/5');
  });

  test('a second tap takes nothing in again, and somebody else cannot', async () => {
    await office.says('ou_office_1', '入库 订书机 共100.01元 3个');
    const [card] = [await office.card('ou_office_1')];
    const form = card.blocks.find((block) => block.block === 'form');
    const value = form?.block === 'form' ? form.buttons[0]?.value : undefined;
    const found = { quantity: '3', yuan: '100.01' };
    expect((await office.forges('陈晨', value, found)).toast).toBe('没有找到，或不归您办理');
    expect(await recorded('refused.supplies')).toBe(1);
    await office.taps('ou_office_1', '确认入库', found);
    expect((await office.forges('ou_office_1', value, found)).toast).toBe('已经办过了');
    expect(await stock('订书机')).toEqual({ on_hand: 13, value_fen: 28_001 });
    await office.says('陈晨', '入库 A4纸 5包');
    expect(await office.last('陈晨')).toContain('库存由行政管理');
  });

  test('a count that no store room holds is asked for again', async () => {
    await office.says('ou_office_1', '入库 A4纸 99999999999999999包');
    expect(await office.last('ou_office_1')).toContain('「A4纸」到了多少？');
  });

  test('what is handed out costs what the oldest of it cost', async () => {
    await office.says('陈晨', '领12个订书机');
    await office.taps('陈晨', '提交');
    await office.taps('李伟', '同意');
    await office.taps('ou_office_1', '发放');
    // Ten at 18 yuan, then two of three that came for 100.01 together.
    expect(await stock('订书机')).toEqual({ on_hand: 1, value_fen: 28_001 - 18_000 - 6_667 });
  });

  test('the office gets the ledger as a workbook', async () => {
    await office.says('ou_office_1', '导出库存台账');
    const [row] = await office.app.db
      .selectFrom('simulator_message')
      .select('body')
      .where('person', '=', 'ou_office_1')
      .orderBy('place', 'desc')
      .limit(1)
      .execute();
    expect(JSON.stringify(row?.body).slice(0, 200)).toContain('库存台账-2026-03-03.xlsx');
    const rows = await office.app.db.transaction().execute((tx) => ledgerRows(tx, 'Asia/Shanghai'));
    expect(rows.filter((each) => each['物品'] === '订书机').at(-1)).toEqual({
      日期: '2026-03-03',
      物品: '订书机',
      类型: '领用',
      数量: -12,
      单位: '个',
      单价: 20.5558,
      金额: -246.67,
      结存: 1,
      经手人: '吴婷',
      单号: 'SUP-26-0001',
      事由: null,
      旧件: null,
    });
  });
});

describe('a stock-take in the chat', () => {
  test('one thing after another, by tap or typed, without being told what should be there', async () => {
    await office.says('ou_office_1', '数一下文具');
    expect(await office.last('ou_office_1')).toContain('第 1/3 项');
    expect(await office.last('ou_office_1')).toContain('黑色签字笔 有多少支？');
    expect(await office.last('ou_office_1')).not.toContain('300');
    await office.taps('ou_office_1', '记下', { counted: '296' });
    expect(await office.last('ou_office_1')).toContain('笔记本 有多少本？');
    await office.says('ou_office_1', '80本');
    expect(await office.last('ou_office_1')).toContain('订书机 有多少个？');
  });

  test('it is left and gone on with later; nothing changes before a second person agrees', async () => {
    await office.says('ou_office_1', '继续盘点');
    await office.says('ou_office_1', '2');
    expect(await office.last('ou_office_1')).toContain('2 项有差异，等另一位行政同意');
    expect((await stock('黑色签字笔')).on_hand).toBe(300);
    const asked = await office.last('ou_office_2');
    expect(asked).toContain('黑色签字笔 | 300 | 296 支 | -4');
    expect(asked).toContain('订书机 | 1 | 2 个 | +1');
  });

  test('who counted cannot agree; another of the office does, and the ledger is corrected by the differences', async () => {
    const card = await office.card('ou_office_2');
    const row = card.blocks.find((block) => block.block === 'buttons');
    const value = row?.block === 'buttons' ? row.buttons[0]?.value : undefined;
    expect((await office.forges('ou_office_1', value)).toast).toContain('您是盘点人');
    // Handed out between counting and agreeing: the difference stays what it was.
    await office.says('陈晨', '领10支黑色签字笔');
    await office.taps('陈晨', '提交');
    await office.taps('ou_office_1', '发放');
    expect((await office.taps('ou_office_2', '同意调整')).toast).toBe('盘点完成');
    expect((await stock('黑色签字笔')).on_hand).toBe(286);
    expect((await stock('订书机')).on_hand).toBe(2);
    expect(await office.last('ou_office_1')).toContain('2 项已按实数调整');
  });

  test('who is counting something else is sent back to what differed when that is done', async () => {
    await office.says('ou_office_1', '数一下A4纸');
    await office.says('ou_office_1', '100');
    await office.says('ou_office_1', '数一下订书机');
    expect((await office.taps('ou_office_2', '请重数')).toast).toContain('盘点人正在盘点别的');
    await office.taps('ou_office_1', '放弃盘点');
    await office.taps('ou_office_2', '请重数');
    expect(await office.last('ou_office_1')).toContain('A4纸 有多少包？');
  });
});
