/** Rooms booked again and again, and rooms that hosts share, as they go in Feishu: one date moved, an exchange, a room given away, a closure. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice(); // Tuesday, 3 March 2026, 10:00
  // The first sentence of a process loads what it reads with: on a busy machine longer than the platform waits.
  await office.says('吴婷', '帮助').catch(() => undefined);
});
afterAll(() => office.stop());

const books = async (person: string, sentence: string): Promise<void> => {
  await office.says(person, sentence);
  await office.taps(person, '提交');
};

/** Room and local beginning of what is booked under a number. */
const booked = async (number: string): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .select(['room.name', 'booking.starts_at'])
    .where('request.number', '=', number)
    .where('booking.state', '=', 'booked')
    .orderBy('booking.starts_at')
    .execute();
  return rows.map(
    ({ name, starts_at }) =>
      `${name} ${starts_at.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString().slice(5, 16)}`,
  );
};

describe('a room again and again', () => {
  test('one sentence books all of its dates; a date that is taken is shown, and one tap gives it another room', async () => {
    await books('罗敏', '3月17日上午11点到12点订珠峰');
    await office.says('陈晨', '每周二上午11点到12点订珠峰，共4次，主题周会，参会人：王磊');
    expect(office.last('陈晨')).toContain('有 1 次珠峰已被预订：3月17日（周二）');
    await office.taps('陈晨', '这 1 次改用');
    expect((await office.taps('陈晨', '提交')).toast?.content).toBe('已提交 ROOM-26-0002');
    expect(await booked('ROOM-26-0002')).toEqual([
      '珠峰 03-03T11:00',
      '珠峰 03-10T11:00',
      '衡山 03-17T11:00',
      '珠峰 03-24T11:00',
    ]);
    // The first is today: who takes part is told at once.
    expect(office.last('王磊')).toContain('【会议通知】');
  });

  test('one date is moved by a sentence, and one cancelled by a tap; the others stand', async () => {
    await office.says('陈晨', '3月10日那次改到下午2点');
    expect(office.last('陈晨')).toContain('改动范围　只改这次');
    await office.taps('陈晨', '提交');
    await office.taps('陈晨', '全部日期');
    await office.taps('陈晨', '改 3月24日');
    const tapped = await office.taps('陈晨', '只取消这次');
    expect(tapped.toast?.content).toBe('ROOM-26-0002 已取消 1 次');
    expect(await booked('ROOM-26-0002')).toEqual([
      '珠峰 03-03T11:00',
      '珠峰 03-10T14:00',
      '衡山 03-17T11:00',
    ]);
  });
});

describe('hosts among themselves', () => {
  test('an exchange: the one confirms, the other agrees, both have moved', async () => {
    await books('林晓', '明天上午10点到11点订黄山');
    await books('何佳', '明天上午10点到11点订衡山');
    await office.says('林晓', '我和何佳换一下');
    await office.taps('林晓', '去问何佳');
    expect(office.last('何佳')).toContain('和林晓换会议室');
    await office.taps('何佳', '同意换');
    expect(await booked('ROOM-26-0003')).toEqual(['衡山 03-04T10:00']);
    expect(await booked('ROOM-26-0004')).toEqual(['黄山 03-04T10:00']);
    expect(office.sees('林晓').join('\n')).toContain('【已交换】');
  });

  test('a room is asked for with a reason: one tap moves its host, and it is the asker’s', async () => {
    await office.says('罗敏', '林晓的衡山能让给我吗，客户来访');
    await office.taps('罗敏', '去问林晓');
    expect(office.last('林晓')).toContain('原因　客户来访');
    await office.taps('林晓', '珠峰');
    expect(await booked('ROOM-26-0003')).toEqual(['珠峰 03-04T10:00']);
    expect(await booked('ROOM-26-0005')).toEqual(['衡山 03-04T10:00']);
    expect(office.sees('罗敏').join('\n')).toContain('已订给您 ROOM-26-0005');
  });

  test('the office closes a room: of a series only the date in its way is told, and moves by one tap', async () => {
    const keeper = office.roleHolder('office');
    await office.says(keeper, '珠峰3月10日装修停用');
    expect(office.last(keeper)).toContain('1 场预订');
    await office.taps(keeper, '停用');
    expect(office.last('陈晨')).toContain('珠峰 3月10日（周二）14:00–15:00');
    await office.taps('陈晨', '衡山 3月10日');
    expect(await booked('ROOM-26-0002')).toEqual([
      '珠峰 03-03T11:00',
      '衡山 03-10T14:00',
      '衡山 03-17T11:00',
    ]);
  });

  test('Feishu refused nothing', () => {
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});
