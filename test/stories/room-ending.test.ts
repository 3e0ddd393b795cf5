/** A meeting under way is lengthened or ended early; a room whose time is over is no longer approved. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice(); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

const booked = async (number: string): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .select(['booking.starts_at', 'booking.ends_at'])
    .where('request.number', '=', number)
    .where('booking.state', '=', 'booked')
    .execute();
  return rows.map((each) =>
    [each.starts_at, each.ends_at]
      .map((at) => at.toZonedDateTimeISO('Asia/Shanghai').toPlainTime().toString().slice(0, 5))
      .join('–'),
  );
};

describe('a meeting under way', () => {
  test('延长半小时: the room is free, so it is theirs', async () => {
    await office.submits('陈晨', '今天11点到12点订珠峰，主题评审，参会人：王磊');
    await office.submits('何佳', '今天下午1点到2点订珠峰');
    await office.later('1h'); // 11:00
    await office.says('陈晨', '签到');
    await office.later('15m');
    const seen = (await office.sees('王磊')).length;
    await office.says('陈晨', '延长半小时');
    expect(await office.last('陈晨')).toContain('已延长：珠峰用到 今天 3月3日（周二）12:30');
    // Who sits in it has the new end on their card, and no message that calls them out of it.
    expect(await office.sees('王磊')).toHaveLength(seen);
    expect(await office.last('王磊')).toContain('11:00–12:30');
    expect(await booked('ROOM-26-0001')).toEqual(['11:00–12:30']);
  });

  test('who is there stays checked in, and nobody is asked anew', async () => {
    const meeting = await office.app.db
      .selectFrom('meeting')
      .select(['ends_at', 'checked_in_at', 'release_at'])
      .where('request_id', '=', 1)
      .executeTakeFirstOrThrow();
    expect(meeting.checked_in_at).not.toBeNull();
    expect(meeting.release_at).toBeNull();
    expect(meeting.ends_at.toString()).toBe('2026-03-03T04:30:00Z');
  });

  test('somebody has it next: told who, until when, and what else is free', async () => {
    await office.says('陈晨', '延长到2点');
    const told = await office.last('陈晨');
    expect(told).toContain('珠峰接下来是何佳的会');
    expect(told).toContain('最晚可以用到 今天 3月3日（周二）13:00');
    expect(told).toContain('那时空着的：');
    expect(await booked('ROOM-26-0001')).toEqual(['11:00–12:30']);
  });

  test('who sits in no meeting says something else with it', async () => {
    await office.says('林晓', '延长半小时');
    expect(await office.last('林晓')).not.toContain('已延长');
  });

  test('会开完了: the rest is free at once, for who waits first', async () => {
    await office.says('林晓', '今天12点到12点半订珠峰');
    await office.taps('林晓', '排队');
    await office.says('陈晨', '会开完了');
    expect(await office.last('陈晨')).toContain('珠峰剩下的时间已让出');
    expect(await booked('ROOM-26-0001')).toEqual(['11:00–11:15']);
    expect(await office.last('林晓')).toContain('#轮到您了');
    await office.taps('林晓', '订下');
    expect(await office.last('林晓')).toContain('#已预订');
  });

  test('the meeting is over with it', async () => {
    await office.later('15m');
    const { state } = await office.app.db
      .selectFrom('meeting')
      .select('state')
      .where('request_id', '=', 1)
      .executeTakeFirstOrThrow();
    expect(state).toBe('over');
    await office.says('陈晨', '会开完了');
    expect(await office.last('陈晨')).not.toContain('剩下的时间已让出');
  });

  test('longer than may be booked without asking anybody is refused', async () => {
    await office.submits('罗敏', '今天12点到下午4点订衡山');
    await office.later('1h');
    await office.says('罗敏', '延长半小时');
    expect(await office.last('罗敏')).toContain('延长这么久需要审批');
  });
});

describe('a room whose time is over', () => {
  test('is no longer approved: why, and what next', async () => {
    await office.submits('王磊', '今天下午2点到3点订泰山');
    const manager = office.roleHolder('office-manager');
    await office.later('4h'); // past its end
    const { toast } = await office.taps(manager, '同意');
    expect(toast).toContain('会议时间已经过了，不能再同意');
    expect(toast).toContain('请驳回或退回修改');
    const states = await office.app.db
      .selectFrom('request')
      .innerJoin('booking', 'booking.request_id', 'request.id')
      .select(['request.state', 'booking.state as booking'])
      .innerJoin('room', 'room.id', 'booking.room_id')
      .where('room.name', '=', '泰山')
      .execute();
    expect(states).toEqual([{ state: 'pending', booking: 'held' }]);
  });

  test('what next works: rejected, the room is given back', async () => {
    const manager = office.roleHolder('office-manager');
    const { toast } = await office.taps(manager, '驳回', { comment: '时间过了，请重新订' });
    expect(toast).toContain('已驳回');
  });
});
