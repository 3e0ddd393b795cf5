import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const stock = (name: string) =>
  office.app.db
    .selectFrom('item')
    .select(['on_hand', 'reserved'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();

describe('asking for supplies', () => {
  test('two things in one sentence, matched to the catalogue with its prices', async () => {
    await office.says('陈晨', '领两盒A4纸和5支黑色签字笔');
    const draft = await office.last('陈晨');
    expect(draft).toContain('A4纸 | 2 包 | ¥25');
    expect(draft).toContain('黑色签字笔 | 5 支 | ¥2.50');
    expect(draft).toContain('合计：¥62.50');
    expect(draft).toContain('「A4纸」按包领用');
    expect(draft).toContain('无需审批');
  });

  test('submitted, the things are promised and the office is told to hand them over', async () => {
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 SUP-26-0001');
    expect(await stock('A4纸')).toEqual({ on_hand: 120, reserved: 2 });
    for (const officer of ['ou_office_1', 'ou_office_2']) {
      expect(await office.last(officer)).toContain('SUP-26-0001 #处理中');
    }
  });

  test('one of the office hands over: stock leaves, the requester is asked to sign, the colleague’s card has no button left', async () => {
    expect((await office.taps('ou_office_1', '发放')).toast).toBe('已完成 SUP-26-0001');
    expect(await stock('A4纸')).toEqual({ on_hand: 118, reserved: 0 });
    expect(await office.last('陈晨')).toContain('[签收]');
    expect(await office.last('ou_office_2')).not.toContain('[发放]');
    expect((await office.taps('陈晨', '签收')).toast).toBe('已完成 SUP-26-0001');
    expect(await office.last('陈晨')).toContain('#已完成');
  });

  test('short stock says how many there are and offers fewer or a purchase', async () => {
    await office.says('王磊', '申领10个硒鼓');
    const draft = await office.last('王磊');
    expect(draft).toContain('「硒鼓」只剩 6 个，您要 10 个');
    expect(draft).toContain('[改领 6 个] [10 个都请行政采购]');
    await office.taps('王磊', '改领 6 个');
    expect(await office.last('王磊')).toContain('合计：¥1920');
  });

  test('the dearer, the more must agree: up to 2000 yuan the manager', async () => {
    expect(await office.last('王磊')).toContain('提交后审批：李伟（直属上级）');
    await office.taps('王磊', '提交');
    expect(await stock('硒鼓')).toEqual({ on_hand: 6, reserved: 6 });
    expect(await office.last('李伟')).toContain('SUP-26-0002 #待审批');
  });

  test('withdrawn, everything is free again', async () => {
    expect((await office.taps('王磊', '撤回')).toast).toBe('已撤回 SUP-26-0002');
    expect(await stock('硒鼓')).toEqual({ on_hand: 6, reserved: 0 });
    expect(await office.last('李伟')).toContain('#已撤回');
    expect(
      (await office.app.db.selectFrom('task').select('id').where('state', '=', 'open').execute())
        .length,
    ).toBe(0);
  });

  test('beyond 2000 yuan the manager, then the office manager and finance together', async () => {
    await office.says('王磊', '领90包A4纸');
    expect(await office.last('王磊')).toMatch(
      /审批：李伟（直属上级） → .+（行政主管） \+ .+（财务）/u,
    );
    await office.taps('王磊', '提交');
    await office.taps('李伟', '同意');
    const [manager, finance] = [office.roleHolder('office-manager'), office.roleHolder('finance')];
    await office.taps(manager, '同意');
    expect(await office.last('王磊')).toContain('#待审批');
    await office.taps(finance, '同意');
    expect(await office.last('王磊')).toContain('#处理中');
  });

  test('below the mark the office is told, once', async () => {
    await office.says('刘洋@研发部', '领6个硒鼓');
    await office.taps('刘洋@研发部', '提交');
    await office.taps('李伟', '同意');
    await office.taps('ou_office_1', '发放');
    const told = (await office.sees('ou_office_1')).filter((each) =>
      each.includes('库存预警：「硒鼓」'),
    );
    expect(told).toEqual([
      '库存预警：「硒鼓」只剩 0 个，建议买 5 个，已列入采购清单。说「采购清单」处理',
    ]);
  });

  test('a thing that is not in the catalogue goes to the office to be bought', async () => {
    await office.says('何佳', '领一台碎纸机');
    expect(await office.last('何佳')).toContain('物品目录里没有「碎纸机」');
    await office.taps('何佳', '请行政采购');
    await office.taps('何佳', '提交');
    expect(await office.last('ou_office_2')).toContain('碎纸机（采购）');
  });

  test('stock is the sum of its movements', async () => {
    const sums = await office.app.db
      .selectFrom('item')
      .innerJoin('movement', 'movement.item_id', 'item.id')
      .select((q) => [
        'item.on_hand',
        'item.reserved',
        q.fn.sum<number>('movement.on_hand_change').as('moved'),
        q.fn.sum<number>('movement.reserved_change').as('promised'),
      ])
      .groupBy(['item.id'])
      .execute();
    expect(sums.length).toBe(6);
    for (const item of sums)
      expect([item.moved, item.promised]).toEqual([item.on_hand, item.reserved]);
  });
});
