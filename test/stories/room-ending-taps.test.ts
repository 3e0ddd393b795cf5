/** A meeting under way is lengthened or ended by a tap on its card, or on that of its booking. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  // Tuesday, 3 March 2026, 10:00. The clock of a story moves by quarters, so check-in opens one before.
  office = await openOffice({
    rules: ({ rooms, ...rest }) => ({
      ...rest,
      rooms: { ...rooms, checkIn: rooms.checkIn && { ...rooms.checkIn, from: '15m' } },
    }),
  });
});
afterAll(() => office.stop());

/** The newest card of a person with this in it. */
const card = async (person: string, what: string): Promise<string> =>
  (await office.sees(person)).findLast((each) => each.includes(what)) ?? '';

const until = async (request: number): Promise<string> => {
  const { ends_at: ends } = await office.app.db
    .selectFrom('booking')
    .select('ends_at')
    .where('request_id', '=', request)
    .where('state', '=', 'booked')
    .executeTakeFirstOrThrow();
  return ends.toZonedDateTimeISO('Asia/Shanghai').toPlainTime().toString().slice(0, 5);
};

describe('on the card of the meeting', () => {
  test('who has checked in has both; who has not, and who is only invited, has none', async () => {
    await office.submits('陈晨', '今天11点到12点订珠峰，主题评审，参会人：王磊');
    await office.submits('何佳', '今天下午1点到2点订珠峰');
    await office.later('1h'); // 11:00
    expect(await card('陈晨', '[签到]')).not.toContain('[延长');
    await office.taps('陈晨', '签到');
    const mine = await card('陈晨', '评审');
    expect(mine).toContain('[延长 30 分钟]');
    expect(mine).toContain('[提前结束]');
    expect((await office.sees('王磊')).join()).not.toContain('[提前结束]');
  });

  test('one tap: half an hour longer, and the card says so', async () => {
    const { toast } = await office.taps('陈晨', '延长 30 分钟');
    expect(toast).toBe('已延长：珠峰用到 今天 3月3日（周二）12:30');
    expect(await until(1)).toBe('12:30');
    expect(await card('王磊', '评审')).toContain('11:00–12:30');
  });

  test('a tap that was meant for what it was before changes nothing more', async () => {
    const { toast } = await office.forges('陈晨', { v: 1, a: 'extend', m: 1, n: 1 });
    expect(toast).toBe('刚刚已经改过，请看最新的时间');
    expect(await until(1)).toBe('12:30');
  });

  test('who is only invited, or nobody of it, moves nothing, whatever they send', async () => {
    for (const a of ['extend', 'end-early']) {
      const value = { v: 1, a, m: 1, n: 2 };
      expect((await office.forges('王磊', value)).toast).toContain('主持人和签到的人可以改');
      await office.says('马超', '帮助');
      expect((await office.forges('马超', value)).toast).toBe('没有找到您的这个会议');
    }
    expect(await until(1)).toBe('12:30');
  });

  test('taken meanwhile: looked up again at the tap, told who is next, and the button goes', async () => {
    await office.taps('陈晨', '延长 30 分钟'); // 13:00
    expect(await until(1)).toBe('13:00');
    const value = { v: 1, a: 'extend', m: 1, n: 3 };
    const { toast } = await office.forges('陈晨', value);
    expect(toast).toContain('珠峰接下来是何佳的会');
    expect(await until(1)).toBe('13:00');
    const mine = await card('陈晨', '评审');
    expect(mine).not.toContain('[延长');
    expect(mine).toContain('[提前结束]');
  });

  test('提前结束: the rest is free at once, for who waits first', async () => {
    await office.says('林晓', '今天12点到13点订珠峰');
    await office.taps('林晓', '排队');
    await office.later('15m');
    const { toast } = await office.taps('陈晨', '提前结束');
    expect(toast).toContain('珠峰剩下的时间已让出');
    expect(await until(1)).toBe('11:15');
    expect(await office.last('林晓')).toContain('#轮到您了');
    expect(await card('陈晨', '评审')).not.toContain('[提前结束]');
    const again = await office.forges('陈晨', { v: 1, a: 'end-early', m: 1, n: 4 });
    expect(again.toast).toContain('现在没在进行');
  });
});

describe('checked in before it began', () => {
  test('the card gets its buttons as it begins', async () => {
    await office.submits('罗敏', '今天12点半到13点订黄山，主题周会');
    for (let i = 0; i < 4; i++) await office.later('15m'); // 12:15
    await office.taps('罗敏', '签到');
    expect(await card('罗敏', '周会')).not.toContain('[提前结束]');
    await office.later('15m'); // 12:30
    expect(await card('罗敏', '周会')).toContain('[延长 30 分钟] [提前结束]');
  });
});

describe('of a host who is asked no check-in', () => {
  test('they stand on the card of the booking', async () => {
    await office.submits('马超', '今天12点40到13点半订衡山，主题临时会');
    expect(await card('马超', '临时会')).not.toContain('[提前结束]');
    await office.later('15m'); // 12:45
    expect(await card('马超', '临时会')).toContain('[延长 30 分钟]');
    expect((await office.taps('马超', '延长 30 分钟')).toast).toContain(
      '衡山用到 今天 3月3日（周二）14:00',
    );
    expect((await office.taps('马超', '提前结束')).toast).toContain('衡山剩下的时间已让出');
    expect(await until(4)).toBe('12:45');
  });
});
