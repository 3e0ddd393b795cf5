/** Two hosts exchange their rooms: the asker confirms, the other agrees, both move together or neither does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice(); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

/** Room and time of what is booked under a number, and what it waits for. */
const booked = async (number: string): Promise<string> => {
  const row = await office.app.db
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['room.name', 'booking.starts_at', 'booking.state'])
    .where('request.number', '=', number)
    .where('booking.state', 'in', ['held', 'booked'])
    .executeTakeFirstOrThrow();
  const at = row.starts_at.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString();
  return `${row.name} ${at.slice(5, 16)} ${row.state}`;
};

describe('an exchange of rooms', () => {
  test('我和…换一下: shown to who asks first, and nothing has moved', async () => {
    await office.submits('陈晨', '明天上午10点到11点订黄山，参会人：王磊');
    await office.submits('何佳', '明天上午10点到11点订珠峰，8人');
    await office.says('陈晨', '我和何佳换一下');
    const card = await office.last('陈晨');
    expect(card).toContain('和何佳换会议室 #待确认');
    expect(card).toContain('您现在：黄山 明天 3月4日（周三）10:00–11:00');
    expect(card).toContain('换成：珠峰 明天 3月4日（周三）10:00–11:00');
    expect(await office.last('何佳')).not.toContain('换会议室');
  });

  test('confirmed, the other is asked, and told what does not suit', async () => {
    await office.taps('陈晨', '去问何佳');
    const card = await office.last('何佳');
    expect(card).toContain('和陈晨换会议室 #待同意');
    expect(card).toContain('换成：黄山');
    expect(card).toContain('黄山只能坐 6 人，原来要 8 人');
    expect(await booked('ROOM-26-0001')).toContain('黄山');
  });

  test('agreed: both move at once, the asker and who is invited are told', async () => {
    const told = (await office.sees('王磊')).length;
    await office.taps('何佳', '同意换');
    expect(await booked('ROOM-26-0001')).toBe('珠峰 03-04T10:00 booked');
    expect(await booked('ROOM-26-0002')).toBe('黄山 03-04T10:00 booked');
    expect(await office.last('何佳')).toContain('#已交换');
    expect((await office.sees('陈晨')).join('\n')).toContain('和何佳换会议室 #已交换');
    const news = (await office.sees('王磊')).slice(told).join('\n');
    expect(news).toContain('已改期，原定');
    expect(news).toContain('珠峰');
  });

  test('a second tap changes nothing', async () => {
    const { id } = await office.app.db
      .selectFrom('room_swap')
      .select('id')
      .executeTakeFirstOrThrow();
    await office.forges('何佳', { v: 1, a: 'swap-agree', g: id, n: 2 });
    expect(await booked('ROOM-26-0001')).toBe('珠峰 03-04T10:00 booked');
  });

  test('by room and time, also at different times', async () => {
    await office.submits('林晓', '后天上午10点到11点订衡山');
    await office.submits('林晓', '后天下午2点到3点订衡山');
    await office.submits('罗敏', '后天下午4点到5点订珠峰');
    await office.says('林晓', '我和罗敏换一下');
    expect(await office.last('林晓')).toContain('请说清楚换哪两场');
    await office.says('林晓', '把后天10点的衡山和罗敏的珠峰换一下');
    expect(await office.last('林晓')).toContain('换成：珠峰 后天 3月5日（周四）16:00–17:00');
    await office.taps('林晓', '去问罗敏');
    await office.taps('罗敏', '同意换');
    expect(await booked('ROOM-26-0003')).toBe('珠峰 03-05T16:00 booked');
    expect(await booked('ROOM-26-0005')).toBe('衡山 03-05T10:00 booked');
  });

  test('refused: nothing moves, and the asker is told', async () => {
    await office.says('林晓', '把珠峰和罗敏的衡山换一下');
    await office.taps('林晓', '去问罗敏');
    await office.taps('罗敏', '不换');
    expect(await office.last('林晓')).toContain('罗敏不方便换，您的预订不变');
    expect(await booked('ROOM-26-0003')).toBe('珠峰 03-05T16:00 booked');
  });

  test('moved meanwhile: what was agreed to is not what is there', async () => {
    await office.says('林晓', '把珠峰和罗敏的衡山换一下');
    await office.taps('林晓', '去问罗敏');
    await office.says('林晓', 'ROOM-26-0003 改到下午5点');
    await office.taps('林晓', '提交');
    await office.taps('罗敏', '同意换');
    expect(await office.last('罗敏')).toContain('#已失效');
    expect(await booked('ROOM-26-0005')).toBe('衡山 03-05T10:00 booked');
  });

  test('a room that needs approval: it is asked for, and held meanwhile; the other one stands', async () => {
    await office.submits('王磊', '大后天上午10点到11点订泰山');
    await office.taps(office.roleHolder('office-manager'), '同意');
    await office.submits('罗敏', '大后天上午10点到11点订珠峰');
    await office.says('罗敏', '把大后天的珠峰和王磊的泰山换一下');
    await office.taps('罗敏', '去问王磊');
    await office.taps('王磊', '同意换');
    expect(await booked('ROOM-26-0006')).toBe('珠峰 03-06T10:00 booked');
    expect(await booked('ROOM-26-0007')).toBe('泰山 03-06T10:00 held');
    expect(await office.last(office.roleHolder('office-manager'))).toContain('ROOM-26-0007');
  });

  test('a third person cannot agree for them', async () => {
    await office.says('陈晨', '我和何佳换一下');
    await office.taps('陈晨', '去问何佳');
    const { id } = await office.app.db
      .selectFrom('room_swap')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const { toast } = await office.forges('林晓', { v: 1, a: 'swap-agree', g: id, n: 2 });
    expect(toast).toContain('失效');
    expect(await booked('ROOM-26-0001')).toBe('珠峰 03-04T10:00 booked');
  });
});
