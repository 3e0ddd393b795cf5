/** 撤销 of what people do around a meeting: 签到, 会开完了, action items. */
import { afterEach, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
afterEach(() => office.stop());

const meeting = () =>
  office.app.db
    .selectFrom('meeting')
    .select(['checked_in_at', 'release_at', 'ends_at', 'state'])
    .executeTakeFirstOrThrow();

describe('in a meeting', () => {
  test('签到 by mistake: nobody is there, and the room is released if nobody comes', async () => {
    office = await openOffice();
    await office.submits('陈晨', '今天11点到12点订珠峰，主题评审，参会人：王磊');
    await office.later('1h'); // 11:00
    const before = await meeting();
    await office.taps('陈晨', '签到');
    expect((await meeting()).checked_in_at).not.toBeNull();
    expect((await office.taps('陈晨', '撤销')).toast).toBe('已撤销「签到」：珠峰');
    expect(await meeting()).toEqual(before);
    expect(await office.last('陈晨')).toContain('[签到]');
  });

  test('会开完了 too early: it goes on until when it was to last, unless somebody has the room', async () => {
    office = await openOffice();
    await office.submits('陈晨', '今天11点到12点订珠峰，主题评审');
    await office.later('1h');
    await office.says('陈晨', '签到');
    const before = await meeting();
    await office.later('15m');
    await office.says('陈晨', '会开完了');
    expect((await meeting()).ends_at.equals(before.ends_at)).toBe(false);
    await office.app.tick(); // The clock finds it over.
    await office.says('陈晨', '撤销');
    expect(await meeting()).toEqual(before);
    await office.says('陈晨', '会开完了');
    await office.submits('何佳', '今天11点半到12点订珠峰');
    await office.says('陈晨', '撤销');
    expect(await office.last('陈晨')).toContain('这个时段刚刚被别人订走了');
  });
});

describe('a room that needs approval', () => {
  const stands = async () => {
    const booking = await office.app.db.selectFrom('booking').select('state').execute();
    const planned = await office.app.db.selectFrom('meeting').select('state').execute();
    return [...booking, ...planned].map(({ state }) => state);
  };

  test('the approval taken back, the room is only held and nothing takes place; given again, it does', async () => {
    office = await openOffice();
    const manager = office.roleHolder('office-manager');
    await office.submits('陈晨', '明天上午9点到下午3点订珠峰，主题评审，参会人：王磊');
    await office.taps(manager, '同意');
    expect(await stands()).toEqual(['booked', 'planned']);
    await office.taps(manager, '撤销');
    expect(await stands()).toEqual(['held', 'cancelled']);
    await office.taps(manager, '同意');
    expect(await stands()).toEqual(['booked', 'planned']);
    expect(await office.last('王磊')).toContain('[确认参加]');
    await office.taps('陈晨', '取消');
    expect(await office.last('王磊')).toContain('会议已取消');
  });
});

describe('action items', () => {
  const MINUTES =
    '会议纪要：研发周会\n行动项：\n1. 王磊 3月6日前 提交测试报告\n2. 陈晨 3月10日前 更新接口文档';

  const items = () =>
    office.app.db
      .selectFrom('action_item')
      .select(['number', 'state', 'due', 'owner_id', 'reason'])
      .orderBy('id')
      .execute();

  test('完成, 延期, 不是我: each is as it was, and the host hears of what they had heard', async () => {
    office = await openOffice();
    await office.says('李伟', MINUTES);
    await office.taps('李伟', '确认');
    const before = await items();
    await office.taps('王磊', '完成');
    expect((await items())[0]?.state).toBe('done');
    expect((await office.taps('王磊', '撤销')).toast).toContain('已撤销「完成」');
    expect(await items()).toEqual(before);
    await office.taps('王磊', '不是我');
    await office.taps('王磊', '交回主持人', { reason: '测试归质量部' });
    expect((await items())[0]?.state).toBe('refused');
    await office.taps('王磊', '撤销');
    expect(await items()).toEqual(before);
    expect(await office.last('李伟')).toContain('王磊撤销了刚才的「交回」');
    expect(await office.last('王磊')).toContain('[完成]');
  });
});
