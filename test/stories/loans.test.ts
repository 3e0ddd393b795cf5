import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
  // Of the twelve mice one lends, rather than gives away.
  await office.app.db
    .updateTable('item')
    .set({ loanable: true, aliases: ['投影仪'] })
    .where('name', '=', '鼠标')
    .execute();
});
afterAll(() => office.stop());

const mice = () =>
  office.app.db
    .selectFrom('item')
    .select(['on_hand', 'reserved', 'value_fen'])
    .where('name', '=', '鼠标')
    .executeTakeFirstOrThrow();

describe('lending', () => {
  test('asked for with a day, confirmed, handed over', async () => {
    await office.says('陈晨', '借一台投影仪');
    expect(await office.last('陈晨')).toContain('借「鼠标」到什么时候？');
    await office.says('陈晨', '借一台投影仪到周四');
    expect(await office.last('陈晨')).toContain('归还期限：');
    expect(await office.last('陈晨')).toContain('3月5日（周四）18:00');
    expect((await office.taps('陈晨', '确认借用')).toast).toContain('已告诉行政');
    expect(await mice()).toEqual({ on_hand: 12, reserved: 1, value_fen: 70_800 });
    await office.taps('ou_office_2', '借出');
    expect(await mice()).toEqual({ on_hand: 11, reserved: 0, value_fen: 64_900 });
    expect(await office.last('陈晨')).toContain('[我已归还]');
  });

  test('reminded the day before, told overdue once, to the office as well', async () => {
    const cards = async () => (await office.sees('陈晨')).length;
    const before = await cards();
    await office.later('1d');
    await office.later('4h');
    await office.later('4h');
    expect(await cards()).toBe(before + 1);
    await office.later('1d');
    await office.later('1h');
    await office.later('1h');
    const told = (await office.sees('ou_office_1')).filter((each) => each.includes('还没有归还'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('陈晨借的 鼠标 1 个');
    expect(await office.last('陈晨')).toContain('已逾期');
  });

  test('brought back by tap, which counts when the office has it; it comes back at what it left with', async () => {
    await office.taps('陈晨', '我已归还');
    expect((await mice()).on_hand).toBe(11);
    await office.taps('ou_office_1', '没收到');
    expect(await office.last('陈晨')).toContain('[我已归还]');
    await office.taps('陈晨', '我已归还');
    await office.taps('ou_office_1', '确认收回');
    expect(await mice()).toEqual({ on_hand: 12, reserved: 0, value_fen: 70_800 });
    await office.says('陈晨', '我借的东西');
    expect(await office.last('陈晨')).toContain('没有借用中的物品');
  });
});

describe('asking and picking up', () => {
  test('改成2盒 changes the count of the one thing in the draft', async () => {
    await office.says('王磊', '领5包A4纸');
    await office.says('王磊', '改成2盒');
    expect(await office.last('王磊')).toContain('A4纸 | 2 包 | ¥25');
    await office.taps('王磊', '提交');
  });

  test('who comes for what, for the office only', async () => {
    await office.says('ou_office_1', '今天谁来领？');
    expect(await office.last('ou_office_1')).toContain('1 份等着领');
    expect(await office.last('ou_office_1')).toContain('王磊 · 研发部：A4纸 2 包');
    await office.taps('ou_office_1', '去发放');
    await office.taps('ou_office_1', '发放');
    await office.says('ou_office_1', '待领清单');
    expect(await office.last('ou_office_1')).toContain('没有人等着领东西');
    await office.says('王磊', '今天谁来领');
    expect(await office.last('王磊')).toContain('库存由行政管理');
  });
});
