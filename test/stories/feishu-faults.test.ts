/** Something fails in a meeting: one tap calls a repairer, another room is offered, and somebody higher hears when nobody comes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allButtons } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice(); // Tuesday, 3 March 2026, 10:00
  // The first sentence of a process loads what it reads with: on a busy machine longer than the platform waits.
  await office.says('吴婷', '帮助').catch(() => undefined);
  const training = office.app.db.updateTable('room').set({ needs_approval: false });
  await training.where('name', '=', '泰山').execute();
  await office.says('陈晨', '今天上午11点到12点订珠峰，要投影，主题产品评审，参会人：王磊、林晓');
  await office.taps('陈晨', '提交');
});
afterAll(() => office.stop());

const repairs = () =>
  office.app.db.selectFrom('request').select('number').where('kind', '=', 'repair').execute();

/** The newest card of a person with this in it. */
const card = (person: string, what: string): string =>
  office.sees(person).findLast((each) => each.includes(what)) ?? '';

describe('the projector fails in a meeting', () => {
  test('before people are in the room there is nothing to tap', () => {
    expect(allButtons(office.feishu, '陈晨', '投影坏了')).toEqual([]);
    expect(allButtons(office.feishu, '王磊', '投影坏了')).toEqual([]);
  });

  test('one tap: the repairer is called at once, the host is offered a room with one', async () => {
    office.later({ minutes: 51 });
    await office.tick();
    const tapped = await office.taps('陈晨', '投影坏了');
    expect(tapped.toast?.content).toContain('已报修 FIX-26-0001');
    expect(tapped.toast?.content).toContain('空着的会议室');
    expect(tapped.text).toContain('设备故障　投影（FIX-26-0001）');
    expect(tapped.text).not.toContain('[投影坏了]');
    expect(card('郑强', 'FIX-26-0001')).toContain('会议正在进行，请马上到场');
    expect(card('陈晨', '珠峰的投影正在维修')).toContain('今天 3月3日（周二）11:00–12:00');
  });

  test('somebody else in the room tells the same: it stays one repair', async () => {
    await office.says('王磊', '签到');
    office.later({ minutes: 1 });
    await office.tick();
    const value = { v: 1, a: 'fault', m: 1, n: 1, o: '投影' };
    const told = await office.callsBack({ person: '王磊', value });
    expect(told.toast?.content).toContain('已有人报修（FIX-26-0001）');
    expect(await repairs()).toHaveLength(1);
  });

  test('who is not invited, and what is not in the room, is refused', async () => {
    const value = { v: 1, a: 'fault', m: 1, n: 1, o: '投影' };
    const stranger = await office.callsBack({ person: '罗敏', value });
    expect(stranger.toast?.content).toContain('没有找到您的这个会议');
    const odd = await office.callsBack({ person: '陈晨', value: { ...value, o: '咖啡机' } });
    expect(odd.toast?.content).toContain('没有登记这种设备');
    expect(await repairs()).toHaveLength(1);
  });

  test('five minutes and nobody has taken it: the office manager is called, and who told it knows', async () => {
    office.later({ minutes: 5 });
    await office.tick();
    const manager = office.feishu
      .inbox('ou_office_manager')
      .filter(({ text }) => text.includes('FIX-26-0001 5 分钟没人接'));
    expect(manager).toHaveLength(1);
    expect(office.sees('陈晨').join()).toContain('FIX-26-0001 还没人接，已请行政主管马上安排');
    office.later({ minutes: 5 });
    await office.tick();
    expect(
      office.feishu.inbox('ou_office_manager').filter(({ text }) => text.includes('没人接')),
    ).toHaveLength(1);
  });

  test('the host takes the other room, and everybody hears where', async () => {
    const [offer] = office
      .sees('陈晨')
      .findLast((each) => each.includes('珠峰的投影正在维修'))
      ?.match(/\[[^\]]* 今天 3月3日（周二）11:00–12:00\]/) ?? [''];
    await office.taps('陈晨', offer.slice(1, -1));
    await office.taps('陈晨', '提交');
    expect(office.last('林晓')).toContain('【会议改期】');
    expect(office.last('林晓')).toContain('原定：今天 3月3日（周二）11:00–12:00 珠峰');
  });

  test('while it is repaired nobody is offered the room for a projector; without one it may be booked', async () => {
    await office.says('林晓', '明天上午10点到11点订珠峰，要投影');
    expect(card('林晓', '珠峰的投影正在维修')).not.toBe('');
    await office.says('林晓', '取消');
    await office.says('林晓', '明天上午10点到11点订珠峰');
    expect(office.last('林晓')).not.toContain('正在维修');
    await office.says('林晓', '取消');
  });

  test('put right, it is offered again', async () => {
    await office.taps('郑强', '接单');
    await office.taps('郑强', '完成');
    await office.taps('陈晨', '验收');
    await office.says('林晓', '明天上午10点到11点订珠峰，要投影');
    expect(office.last('林晓')).not.toContain('正在维修');
  });

  test('the platform refused nothing', () => {
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});

describe('来龙去脉', () => {
  test('of the repair: it begins with the booking, and goes on to what was prepared', async () => {
    await office.replies('陈晨', 'FIX-26-0001', '这事的来龙去脉');
    const told = office.last('陈晨').split('\n');
    expect(told[0]).toBe('FIX-26-0001 的来龙去脉');
    expect(told[1]).toContain('会议室预订 ROOM-26-0001 · 已预订');
    expect(told.join('\n')).toContain('└ 设备测试 · 待办');
    expect(told.join('\n')).toContain('└ ▶ 报修 FIX-26-0001 · 已完成');
    expect(told.join('\n')).toContain('珠峰投影：会议正在进行');
  });

  test('of the booking, from the other end: the same, with a button to the repair', async () => {
    await office.says('陈晨', 'ROOM-26-0001的来龙去脉');
    expect(office.last('陈晨')).toContain('▶ 会议室预订 ROOM-26-0001');
    const opened = await office.taps('陈晨', '查看 FIX-26-0001');
    expect(opened.error).toBeUndefined();
    await office.settle();
    expect(office.last('陈晨')).toContain('报修 FIX-26-0001');
  });

  test('the repairer sees the booking it came from, and not what it is about', async () => {
    await office.says('郑强', 'FIX-26-0001的来龙去脉');
    expect(office.last('郑强')).toContain('会议室预订 ROOM-26-0001 · 已预订');
    expect(office.last('郑强')).not.toContain('泰山');
    expect(office.last('郑强')).not.toContain('设备测试');
  });

  test('of somebody else’s matter: not found', async () => {
    await office.says('罗敏', 'ROOM-26-0001的来龙去脉');
    expect(office.last('罗敏')).toContain('没有找到');
  });

  test('of nothing: how to ask', async () => {
    await office.says('罗敏', '这事的来龙去脉');
    expect(office.last('罗敏')).toContain('您还没有申请');
  });
});
