/** The store room in Feishu: what runs low is bought, inspected as it comes, and lent. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

const KEEPER = 'ou_office_1';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice(); // Tuesday, 3 March 2026, 10:00
  await office.app.db
    .updateTable('item')
    .set({ loanable: true, aliases: ['投影仪'] })
    .where('name', '=', '鼠标')
    .execute();
  // The first sentence of a process loads what it reads with: on a busy machine longer than the platform waits.
  await office.says('吴婷', '帮助').catch(() => undefined);
});
afterAll(() => office.stop());

const item = (name: string) =>
  office.app.db
    .selectFrom('item')
    .select(['on_hand', 'reserved', 'value_fen'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();

describe('what runs low is bought', () => {
  test('handed out and signed for; below its mark it is on the purchase list, told once', async () => {
    await office.says('陈晨', '领5个硒鼓');
    await office.taps('陈晨', '提交');
    await office.taps('李伟', '同意');
    await office.taps(KEEPER, '发放');
    await office.taps('陈晨', '签收');
    expect((await item('硒鼓')).on_hand).toBe(1);
    for (let minute = 0; minute < 2; minute++) {
      office.later({ minutes: 1 });
      await office.tick();
    }
    const warnings = office.sees(KEEPER).filter((each) => each.includes('库存预警：「硒鼓」'));
    expect(warnings).toHaveLength(1);
    await office.says(KEEPER, '采购清单');
    expect(office.last(KEEPER)).toMatch(/硒鼓 \d+ 个 · 待询价 · 报价 0 家 · 库存不足/u);
  });

  test('quotes by word and by form; ordered with the reason why they are so few', async () => {
    await office.says(KEEPER, '报价 硒鼓 得力 200元');
    await office.taps(KEEPER, '加报价', { supplier: '晨光', price: '210.5' });
    const { id: quote } = await office.app.db
      .selectFrom('quote')
      .select('id')
      .where('price_fen', '=', 20_000)
      .executeTakeFirstOrThrow();
    const asked = { quote: String(quote) };
    expect((await office.taps(KEEPER, '下单', asked)).toast?.content).toContain('还差 1 家');
    const ordered = await office.taps(KEEPER, '下单', { ...asked, waiver: '只有两家有货' });
    expect(ordered.toast?.content).toContain('已下单');
  });

  test('inspected and scored, it is in stock at what it cost, and shelved', async () => {
    await office.taps(KEEPER, '到货验收');
    const found = { quantity: '3', damaged: '1', yuan: '600', supplier: '得力', score: '4' };
    await office.taps(KEEPER, '确认入库', found);
    // One of before at 320, three that came for 600.
    expect(await item('硒鼓')).toMatchObject({ on_hand: 4, value_fen: 92_000 });
    await office.taps(KEEPER, '已上架');
    expect(office.sees(KEEPER).join('\n')).toContain('得力 · 4/5');
  });
});

describe('lending', () => {
  test('asked for until a day, handed over, brought back: it counts when the office has it', async () => {
    await office.says('王磊', '借一台投影仪到周四');
    expect((await office.taps('王磊', '确认借用')).toast?.content).toContain('已告诉行政');
    await office.taps(KEEPER, '借出');
    expect(await item('鼠标')).toMatchObject({ on_hand: 11, reserved: 0 });
    await office.taps('王磊', '我已归还');
    expect((await item('鼠标')).on_hand).toBe(11);
    await office.taps(KEEPER, '确认收回');
    expect((await item('鼠标')).on_hand).toBe(12);
  });

  test('nobody else looks into the store room', async () => {
    await office.says('王磊', '采购清单');
    expect(office.last('王磊')).toContain('库存由行政管理');
  });

  test('Feishu refused nothing', () => {
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});
