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

const bookings = (request: number) =>
  office.app.db
    .selectFrom('booking')
    .select(['starts_at', 'state'])
    .where('request_id', '=', request)
    .orderBy('id')
    .execute();

describe('booking a meeting room in Feishu', () => {
  test('one sentence is enough: greeted once, then the smallest free room that fits', async () => {
    await office.says('陈晨', '明天下午3点到5点订个10人的会议室，要投影');
    const [welcome, draft, ...more] = office.sees('陈晨');
    expect(welcome).toContain('陈晨，您好，我是办事助手');
    expect(draft).toContain('会议室预订\n【草稿】');
    expect(draft).toContain('时间　明天 3月4日（周三）15:00–17:00');
    expect(draft).toContain('珠峰（3楼·10人·投影、白板）　推测');
    expect(draft).toContain('[提交]  [修改]  [取消]');
    expect(more).toEqual([]);
    expect(await bookings(1)).toEqual([]);
  });

  test('提交 books it, and the draft’s own message becomes the booking', async () => {
    const tapped = await office.taps('陈晨', '提交');
    expect(tapped.toast).toMatchObject({ type: 'success', content: '已提交 ROOM-26-0001' });
    expect(tapped.text).toContain('会议室预订 ROOM-26-0001');
    expect(tapped.text).toContain('【已预订】');
    expect(office.sees('陈晨')).toHaveLength(2);
    expect(await bookings(1)).toMatchObject([{ state: 'booked' }]);
  });

  test('the next who wants that room taps one of the three nearest alternatives', async () => {
    await office.says('王磊', '订珠峰，明天下午3点到5点');
    const draft = office.last('王磊');
    expect(draft).toContain('珠峰这个时段已被预订');
    const offers = draft.split('\n').find((line) => line.includes('[衡山'));
    expect(offers?.match(/\[/g)).toHaveLength(4); // and 排队
    expect((await office.taps('王磊', '衡山')).text).toContain('衡山（2楼·12人');
    expect((await office.taps('王磊', '提交')).toast?.content).toBe('已提交 ROOM-26-0002');
  });

  test('修改 opens a form on the card; what is said next changes that same form', async () => {
    await office.taps('陈晨', '修改');
    await office.says('陈晨', '改到4点');
    expect(office.last('陈晨')).toContain('16:00–18:00');
    expect((await office.taps('陈晨', '提交')).toast?.content).toBe('已提交 ROOM-26-0001');
    const times = (await bookings(1)).map(({ starts_at, state }) => [starts_at.toString(), state]);
    expect(times).toEqual([
      ['2026-03-04T07:00:00Z', 'released'],
      ['2026-03-04T08:00:00Z', 'booked'],
    ]);
  });

  test('a room that needs approval is held while it waits; the approver rejects with a reason', async () => {
    await office.says('陈晨', '后天上午10点到12点订泰山');
    await office.taps('陈晨', '提交');
    expect(office.last('陈晨')).toContain('【待审批】');
    expect(await bookings(3)).toMatchObject([{ state: 'held' }]);
    await office.says('王磊', '后天上午10点到11点订泰山');
    expect(office.last('王磊')).toContain('泰山这个时段已被预订');
    const manager = office.roleHolder('office-manager');
    expect(office.last(manager)).toContain('ROOM-26-0003');
    expect((await office.taps(manager, '驳回')).toast?.content).toContain('写明原因');
    expect(await bookings(3)).toMatchObject([{ state: 'held' }]);
    const rejected = await office.taps(manager, '驳回', { comment: '当天有客户来访' });
    expect(rejected.toast?.content).toBe('已驳回 ROOM-26-0003');
    expect(office.last('陈晨')).toContain('【已驳回】');
    expect(office.last('陈晨')).toContain('当天有客户来访');
    expect(await bookings(3)).toMatchObject([{ state: 'released' }]);
  });

  test('what is free today is answered as a strip for each room, with the words beside it', async () => {
    await office.says('陈晨', '今天哪些会议室有空');
    expect(office.last('陈晨')).toContain('会议室空闲情况：3月3日（周二）');
    expect(office.last('陈晨')).toContain('珠峰（3楼，10 人，投影、白板）');
    expect(office.last('陈晨')).toContain('9··▁▁▁▁12▁▁▁▁▁▁15▁▁▁▁▁▁18');
    expect(office.last('陈晨')).toContain('空闲 10:00–18:00');
  });

  test('a cancelled booking frees the room', async () => {
    await office.says('王磊', '取消衡山的会议室');
    expect(office.last('王磊')).toContain('ROOM-26-0002');
    expect(office.last('王磊')).toContain('【已取消】');
    await office.says('陈晨', '明天下午3点到5点订衡山');
    expect(office.last('陈晨')).not.toContain('已被预订');
  });

  test('every tap was answered in time, every card was taken by the platform', () => {
    console.log('room taps, ms', figures(office.tapTimes));
    expect(figures(office.tapTimes).most).toBeLessThan(tapLimit());
    expect(refusedCalls(office.feishu)).toEqual([]);
  });
});
