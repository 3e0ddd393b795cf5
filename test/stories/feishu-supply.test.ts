import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type FeishuOffice,
  figures,
  openFeishuOffice,
  refusedCalls,
  tapLimit,
} from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const stock = (name: string) =>
  office.app.db
    .selectFrom('item')
    .select(['on_hand', 'reserved'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();

describe('asking for supplies in Feishu', () => {
  test('two things in one sentence, with the prices of the catalogue', async () => {
    await office.says('陈晨', '领两盒A4纸和5支黑色签字笔');
    const draft = office.last('陈晨');
    expect(draft).toContain('A4纸 | 2 包 | ¥25');
    expect(draft).toContain('黑色签字笔 | 5 支 | ¥2.50');
    expect(draft).toContain('合计　¥62.50');
    expect(draft).toContain('无需审批');
  });

  test('submitted, the things are promised and both of the office are told', async () => {
    expect((await office.taps('陈晨', '提交')).toast?.content).toBe('已提交 SUP-26-0001');
    expect(await stock('A4纸')).toEqual({ on_hand: 120, reserved: 2 });
    for (const officer of ['ou_office_1', 'ou_office_2']) {
      expect(office.last(officer)).toContain('SUP-26-0001');
      expect(office.last(officer)).toContain('[发放]');
    }
  });

  test('发放: stock leaves, the colleague’s card loses its button, the requester signs', async () => {
    expect((await office.taps('ou_office_1', '发放')).toast?.content).toBe('已完成 SUP-26-0001');
    expect(await stock('A4纸')).toEqual({ on_hand: 118, reserved: 0 });
    expect(office.last('ou_office_2')).not.toContain('[发放]');
    expect((await office.taps('陈晨', '签收')).text).toContain('【已完成】');
  });

  test('a tap on a card that has been overtaken says who did it and redraws', async () => {
    await office.says('陈晨', '领3个笔记本');
    await office.taps('陈晨', '提交');
    const stale = office.button('ou_office_2', '发放');
    await office.taps('ou_office_1', '发放');
    const card = office.feishu
      .cards('ou_office_2')
      .find(({ messageId }) => messageId === stale.message);
    const tapped = await office.feishu.taps(
      'ou_office_2',
      stale.message,
      { button: '发放' },
      { seen: (card?.states ?? 0) - 2 },
    );
    expect(tapped.toast).toMatchObject({ type: 'warning' });
    expect(tapped.toast?.content).toContain('吴婷');
    expect(tapped.text).not.toContain('[发放]');
    expect(await stock('笔记本')).toEqual({ on_hand: 77, reserved: 0 });
  });

  test('short stock offers fewer; dearer things go to the leader, who agrees', async () => {
    await office.says('王磊', '申领10个硒鼓');
    expect(office.last('王磊')).toContain('「硒鼓」只剩 6 个，您要 10 个');
    await office.taps('王磊', '改领 6 个');
    expect(office.last('王磊')).toContain('提交后审批：李伟（直属上级）');
    await office.taps('王磊', '提交');
    expect(await stock('硒鼓')).toEqual({ on_hand: 6, reserved: 6 });
    expect((await office.taps('李伟', '同意')).toast?.content).toMatch(/^已同意 SUP-26-/);
    await office.taps('ou_office_2', '发放');
    expect(await stock('硒鼓')).toEqual({ on_hand: 0, reserved: 0 });
    const told = office.sees('ou_office_1').filter((each) => each.includes('库存预警'));
    expect(told).toEqual([
      '库存预警：「硒鼓」只剩 0 个，建议买 5 个，已列入采购清单。说「采购清单」处理',
    ]);
  });

  test('withdrawn before anybody agreed, everything is free again', async () => {
    await office.says('王磊', '领10包A4纸');
    await office.taps('王磊', '提交');
    expect(await stock('A4纸')).toEqual({ on_hand: 118, reserved: 10 });
    await office.taps('王磊', '撤回');
    expect(await stock('A4纸')).toEqual({ on_hand: 118, reserved: 0 });
    expect(office.last('李伟')).toContain('【已撤回】');
  });

  test('a thing that is not in the catalogue is bought', async () => {
    await office.says('何佳', '领一台碎纸机');
    await office.taps('何佳', '请行政采购');
    await office.taps('何佳', '提交');
    expect(office.last('ou_office_2')).toContain('碎纸机（采购）');
  });

  test('every tap was answered in time, every card was taken by the platform', () => {
    console.log('supply taps, ms', figures(office.tapTimes));
    expect(figures(office.tapTimes).most).toBeLessThan(tapLimit());
    expect(refusedCalls(office.feishu)).toEqual([]);
  });
});

describe('two taps on one button', () => {
  test('the second does not sign for what was handed out, though the same person would have to', async () => {
    await office.says('ou_office_1', '领2个订书机');
    await office.taps('ou_office_1', '提交');
    const { message } = office.button('ou_office_1', '发放');
    const states =
      office.feishu.cards('ou_office_1').find((card) => card.messageId === message)?.states ?? 1;
    const before = states - 1;
    await office.feishu.taps('ou_office_1', message, { button: '发放' }, { seen: before });
    const again = await office.feishu.taps(
      'ou_office_1',
      message,
      { button: '发放' },
      { seen: before },
    );
    expect(again.toast).toMatchObject({
      type: 'warning',
      content: expect.stringContaining('吴婷已在'),
    });
    expect(again.text).toContain('[签收]');
  });
});
