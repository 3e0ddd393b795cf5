/** Meeting rooms of Feishu itself: booked with ours, their answer awaited and shown; one that refuses goes back to its host with what is free. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

let office: FeishuOffice;
let everest: string;
let yellow: string;
beforeAll(async () => {
  office = await openFeishuOffice({
    rules: (rules) => ({ ...rules, feishu: { ...rules.feishu, calendar: true } }),
  }); // Tuesday, 3 March 2026, 10:00
  everest = office.feishu.calendar.addRoom({ name: '珠峰' });
  yellow = office.feishu.calendar.addRoom({ name: '黄山', capacity: 6 });
  for (const [name, id] of [
    ['珠峰', everest],
    ['黄山', yellow],
  ] as const)
    await office.app.db
      .updateTable('room')
      .set({ feishu_room: id })
      .where('name', '=', name)
      .execute();
});
afterAll(() => office.stop());

const calendarOf = (person: string): readonly string[] =>
  office.feishu.calendar.events(idIn(person)).map(({ summary }) => summary);

const rooms = (): readonly (readonly [string, string])[] =>
  office.feishu.calendar
    .events()
    .flatMap(({ attendees }) =>
      attendees.flatMap(({ room, rsvp }) =>
        room === undefined ? [] : [[room === everest ? '珠峰' : '黄山', rsvp] as const],
      ),
    );

const onDay = (day: string, from: string, to: string) => {
  const ms = (time: string): number =>
    Temporal.Instant.from(`2026-03-${day}T${time}:00+08:00`).epochMilliseconds;
  return { from: ms(from), to: ms(to) };
};

const later = async (by: Temporal.DurationLike): Promise<void> => {
  office.later(by);
  await office.tick();
};

/** The newest card of a person about a booking. */
const card = (person: string, number: string): string =>
  office.sees(person).findLast((each) => each.startsWith(`会议室预订 ${number}`)) ?? '';

describe('a meeting room of Feishu', () => {
  test('while it is asked nobody is told; then it is confirmed, and everybody invited', async () => {
    await office.says('陈晨', '今天下午3点到5点订珠峰，主题产品评审，参会人：王磊、林晓');
    await office.taps('陈晨', '提交');
    await office.tick();
    expect(card('陈晨', 'ROOM-26-0001')).toContain('飞书会议室　确认中');
    expect(rooms()).toEqual([['珠峰', 'needs_action']]);
    expect(calendarOf('王磊')).toEqual([]);
    expect(office.sees('王磊').join()).not.toContain('会议通知');
    await later({ seconds: 3 });
    expect(card('陈晨', 'ROOM-26-0001')).toContain('飞书会议室　已确认');
    expect(calendarOf('王磊')).toEqual(['产品评审']);
    expect(office.last('王磊')).toContain('【会议通知】');
  });

  test('moved to a time when somebody else has it: nobody hears of that time, the host chooses anew', async () => {
    office.feishu.calendar.takesRoom(everest, onDay('03', '18:00', '20:00'));
    const heard = office.sees('王磊').length;
    await office.says('陈晨', '产品评审改到今天下午6点');
    await office.taps('陈晨', '提交');
    await office.tick();
    expect(card('陈晨', 'ROOM-26-0001')).toContain('飞书会议室　确认中');
    await later({ seconds: 3 });
    expect(card('陈晨', 'ROOM-26-0001')).toContain('没有订到：已被别人占用');
    await later({ minutes: 4 });
    expect(office.sees('王磊').slice(heard)).toEqual([]);
    await office.says('陈晨', '改到下午3点');
    await office.taps('陈晨', '提交');
    await office.tick();
    await later({ seconds: 3 });
    expect(card('陈晨', 'ROOM-26-0001')).toContain('飞书会议室　已确认');
  });

  test('who answers for the room is the host', () => {
    const [event] = office.feishu.calendar.events();
    const room = event?.attendees.find((each) => each.room === everest);
    expect(room?.responsible).toBe(idIn('陈晨'));
  });

  test('taken by somebody in Feishu: the booking goes back to its host, with what is free instead', async () => {
    office.feishu.calendar.takesRoom(yellow, onDay('04', '10:00', '12:00'));
    await office.says('王磊', '明天上午10点到11点订黄山，主题周会，参会人：林晓');
    await office.taps('王磊', '提交');
    await office.tick();
    await later({ seconds: 3 });
    expect(card('王磊', 'ROOM-26-0002')).toContain('没有订到：已被别人占用');
    expect(office.last('王磊')).toContain('飞书没有给黄山这个时段');
    expect(calendarOf('林晓')).toEqual(['产品评审']);
    expect(rooms()).toEqual([['珠峰', 'accept']]);
  });

  test('one tap on an alternative, and the meeting takes place there', async () => {
    await office.taps('王磊', '衡山');
    await office.taps('王磊', '提交');
    await office.tick();
    expect(card('王磊', 'ROOM-26-0002')).toContain('衡山');
    expect(calendarOf('林晓')).toEqual(['产品评审', '周会']);
  });

  test('a room with limits of its own, or one that needs approval, is told apart from one that is taken', async () => {
    office.feishu.calendar.changeRoom(yellow, { needsApproval: true });
    await office.says('林晓', '明天下午3点到4点订黄山，主题面谈');
    await office.taps('林晓', '提交');
    await office.tick();
    await later({ seconds: 3 });
    expect(card('林晓', 'ROOM-26-0003')).toContain('要审批的会议室机器人订不了');
    office.feishu.calendar.changeRoom(yellow, { needsApproval: false });
  });

  test('its host may try the same room once more', async () => {
    await office.taps('林晓', '重新提交');
    await office.tick();
    await later({ seconds: 3 });
    expect(rooms()).toContainEqual(['黄山', 'accept']);
  });

  test('a room that says nothing for two minutes: its host is told, the meeting stands', async () => {
    office.feishu.calendar.changeRoom(everest, { answersMs: null });
    await office.says('陈晨', '后天上午10点到11点订珠峰，主题排期');
    await office.taps('陈晨', '提交');
    for (let seconds = 0; seconds < 260; seconds += 40) await later({ seconds: 40 });
    expect(office.sees('陈晨').join()).toContain('飞书会议室「珠峰」还没有答复');
    expect(card('陈晨', 'ROOM-26-0004')).toContain('还没有答复');
    const asked = office.feishu.calls.filter(({ path }) => path.endsWith('/attendees'));
    expect(asked.length).toBeLessThan(30);
    office.feishu.calendar.changeRoom(everest, { answersMs: 2_000 });
  });

  test('taken away by an administrator later: noticed at the next look, and given back', async () => {
    const event = office.feishu.calendar.events().find(({ summary }) => summary === '产品评审');
    office.feishu.calendar.takesRoomFrom(event?.id ?? '');
    await later({ hours: 4 });
    expect(card('陈晨', 'ROOM-26-0001')).toContain('会议室被管理员收回');
  });

  test('the one that kept silent accepts after all: seen at the next look', async () => {
    const event = office.feishu.calendar.events().find(({ summary }) => summary === '排期');
    office.feishu.calendar.acceptsLate(event?.id ?? '');
    await later({ hours: 4 });
    await office.settle();
    expect(card('陈晨', 'ROOM-26-0004')).toContain('飞书会议室　已确认');
  });

  test('cancelled, the room is free for others', async () => {
    await office.says('林晓', '取消 ROOM-26-0003');
    await office.tick();
    expect(rooms().map(([room]) => room)).not.toContain('黄山');
    await office.says('何佳', '明天下午3点到4点订黄山，主题复盘');
    await office.taps('何佳', '提交');
    await office.tick();
    await later({ seconds: 3 });
    expect(rooms()).toContainEqual(['黄山', 'accept']);
  });

  test('Feishu refused nothing', () => {
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});
