import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

describe('booking a meeting room', () => {
  test('one sentence is enough: the smallest free room that fits, shown before it counts', async () => {
    await office.says('陈晨', '明天下午3点到5点订个10人的会议室，要投影');
    const [welcome, draft] = await office.sees('陈晨');
    expect(welcome).toContain('陈晨，您好');
    expect(draft).toContain('会议室预订 #草稿');
    expect(draft).toContain('时间：明天 3月4日（周三）15:00–17:00');
    expect(draft).toContain('珠峰（3楼·10人');
    expect(draft).toContain('（推测）');
    expect(draft).toContain('无需审批');
    expect(draft).toContain('[提交] [修改] [取消]');
  });

  test('提交 books it under a number people can say', async () => {
    expect(await office.taps('陈晨', '提交')).toEqual({
      status: 200,
      toast: '已提交 ROOM-26-0001',
    });
    const card = await office.last('陈晨');
    expect(card).toContain('会议室预订 ROOM-26-0001 #已预订');
    expect(card).toContain('[修改] [取消]');
    const bookings = await office.app.db.selectFrom('booking').select('state').execute();
    expect(bookings).toEqual([{ state: 'booked' }]);
  });

  test('the next who wants that room is offered the three nearest alternatives as buttons', async () => {
    await office.says('王磊', '订珠峰，明天下午3点到5点');
    const draft = await office.last('王磊');
    expect(draft).toContain('珠峰这个时段已被预订');
    const offers = draft.split('\n').find((line) => line.includes('衡山'));
    expect(offers?.match(/\[/g)).toHaveLength(4); // and 排队
    expect(offers).toContain('[排队]');
    expect(offers).toContain('珠峰 明天 3月4日（周三）');
    await office.taps('王磊', '衡山');
    expect(await office.last('王磊')).toContain('衡山（2楼·12人');
    expect((await office.taps('王磊', '提交')).toast).toBe('已提交 ROOM-26-0002');
  });

  test('a change of time keeps the number, and frees the old time for others', async () => {
    await office.says('陈晨', '改到4点');
    const draft = await office.last('陈晨');
    expect(draft).toContain('修改 ROOM-26-0001');
    expect(draft).toContain('16:00–18:00');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0001');
    const times = await office.app.db
      .selectFrom('booking')
      .select(['starts_at', 'state'])
      .where('request_id', '=', 1)
      .orderBy('id')
      .execute();
    expect(times.map(({ starts_at, state }) => [starts_at.toString(), state])).toEqual([
      ['2026-03-04T07:00:00Z', 'released'],
      ['2026-03-04T08:00:00Z', 'booked'],
    ]);
  });

  test('a room that needs approval is held while it waits, and given back when it is rejected', async () => {
    await office.says('陈晨', '后天上午10点到12点订泰山');
    expect(await office.last('陈晨')).toContain('提交后审批：');
    await office.taps('陈晨', '提交');
    expect(await office.last('陈晨')).toContain('#待审批');
    await office.says('王磊', '后天上午10点到11点订泰山');
    expect(await office.last('王磊')).toContain('泰山这个时段已被预订');
    const manager = office.roleHolder('office-manager');
    expect(await office.last(manager)).toContain('ROOM-26-0003 #待审批');
    expect((await office.taps(manager, '驳回')).toast).toContain('写明原因');
    expect((await office.taps(manager, '驳回', { comment: '当天有客户来访' })).toast).toBe(
      '已驳回 ROOM-26-0003',
    );
    expect(await office.last('陈晨')).toContain('#已驳回');
    expect(await office.last('陈晨')).toContain('当天有客户来访');
    const held = await office.app.db
      .selectFrom('booking')
      .select('state')
      .where('request_id', '=', 3)
      .execute();
    expect(held).toEqual([{ state: 'released' }]);
  });

  test('今天哪些会议室有空 is answered at once', async () => {
    await office.says('陈晨', '今天哪些会议室有空');
    const answer = await office.last('陈晨');
    expect(answer).toContain('会议室空闲情况：3月3日（周二）');
    expect(answer).toContain(
      '珠峰（3楼，10 人，投影、白板） 9··▁▁▁▁12▁▁▁▁▁▁15▁▁▁▁▁▁18 空闲 10:00–18:00',
    );
  });

  test('of hours that are named it is told which rooms are free then', async () => {
    await office.says('陈晨', '明天下午3点到5点哪些会议室有空');
    const answer = await office.last('陈晨');
    expect(answer).toContain('空闲会议室：明天 3月4日（周三）15:00–17:00');
    expect(answer).toContain('泰山（5楼） | 20 | 投影、视频会议、音响');
    expect(answer).not.toContain('珠峰（3楼）'); // booked from four on
  });

  test('a cancelled booking frees the room', async () => {
    await office.says('王磊', '取消衡山的会议室');
    expect(await office.last('王磊')).toContain('ROOM-26-0002 #已取消');
    await office.says('陈晨', '明天下午3点到5点订衡山');
    expect(await office.last('陈晨')).not.toContain('已被预订');
  });

  test('another end keeps the beginning: on a draft, of what is booked, and in English', async () => {
    await office.says('何佳', '后天上午9点到10点订衡山，主题复盘');
    await office.says('何佳', '改到11点结束');
    expect(await office.last('何佳')).toContain('后天 3月5日（周四）09:00–11:00');
    await office.taps('何佳', '提交');
    await office.says('何佳', '结束时间改到10点半');
    expect(await office.last('何佳')).toContain('后天 3月5日（周四）09:00–10:30');
    await office.says('何佳', '改到10点开始11点结束');
    expect(await office.last('何佳')).toContain('后天 3月5日（周四）10:00–11:00');
    await office.says('何佳', '改到9点');
    expect(await office.last('何佳')).toContain('后天 3月5日（周四）09:00–10:00');
    await office.says('何佳', 'make it end at 12:30');
    expect(await office.last('何佳')).toContain('Thu 03-05 09:00–12:30');
    await office.says('何佳', '算了');
    await office.says('林晓', '后天下午3点到5点订黄山');
    // In the afternoon eight is eight in the evening.
    await office.says('林晓', '改到8点结束');
    expect(await office.last('林晓')).toContain('后天 3月5日（周四）15:00–20:00');
  });
});
