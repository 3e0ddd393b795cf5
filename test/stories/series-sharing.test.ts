/** A room booked again and again, and what is shared: one of its dates is lengthened, ended or moved away, the others stand. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice(); // Tuesday, 3 March 2026, 10:00
});
afterEach(() => office.stop());

/** Room, day and hours of every booking of a request that stands, in order. */
const booked = async (number: string): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .select(['room.name', 'booking.starts_at', 'booking.ends_at'])
    .where('request.number', '=', number)
    .where('booking.state', 'in', ['held', 'booked'])
    .orderBy('booking.starts_at')
    .execute();
  const local = (at: Temporal.Instant): string =>
    at.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString();
  return rows.map(
    ({ name, starts_at: from, ends_at: to }) =>
      `${name} ${local(from).slice(5, 16)}–${local(to).slice(11, 16)}`,
  );
};

const TUESDAYS = '每周二上午11点到12点订珠峰，共3次，主题周会，参会人：王磊';
const LATER = ['珠峰 03-10T11:00–12:00', '珠峰 03-17T11:00–12:00'];

test('the date under way is lengthened and ended early; the others keep their hours', async () => {
  await office.submits('陈晨', TUESDAYS);
  await office.later('1h'); // 11:00
  await office.says('陈晨', '签到');
  await office.later('15m');
  await office.says('陈晨', '延长半小时');
  expect(await office.last('陈晨')).toContain('已延长：珠峰用到 今天 3月3日（周二）12:30');
  expect(await booked('ROOM-26-0001')).toEqual(['珠峰 03-03T11:00–12:30', ...LATER]);
  expect(await office.last('王磊')).toContain('11:00–12:30');
  await office.says('林晓', '今天12点到12点半订珠峰');
  await office.taps('林晓', '排队');
  await office.says('陈晨', '会开完了');
  expect(await office.last('陈晨')).toContain('珠峰剩下的时间已让出');
  expect(await booked('ROOM-26-0001')).toEqual(['珠峰 03-03T11:00–11:15', ...LATER]);
  expect(await office.last('林晓')).toContain('#轮到您了');
});

test('a series is neither exchanged nor given away as a whole: it is said, and nothing moves', async () => {
  await office.submits('陈晨', TUESDAYS);
  await office.submits('何佳', '下周二上午11点到12点订黄山');
  await office.says('何佳', '我和陈晨换一下');
  expect(await office.last('何佳')).toContain('陈晨没有还没开始的单次会议室预订');
  await office.says('何佳', '陈晨的珠峰能让给我吗，客户来访');
  expect(await office.last('何佳')).toContain('陈晨没有还没开始的单次会议室预订');
  expect(await office.app.db.selectFrom('room_swap').select('id').execute()).toEqual([]);
  expect(await office.app.db.selectFrom('room_bump').select('id').execute()).toEqual([]);
  expect(await booked('ROOM-26-0001')).toEqual(['珠峰 03-03T11:00–12:00', ...LATER]);
});

test('a closure is in the way of one date: that date is told, and one tap moves it alone', async () => {
  await office.submits('陈晨', TUESDAYS);
  await office.says('吴婷', '珠峰3月10日装修停用');
  const card = await office.last('吴婷');
  expect(card).toContain('影响：5 间中的 1 间，1 场预订');
  expect(card).toContain('陈晨：珠峰 3月10日（周二）11:00–12:00');
  await office.taps('吴婷', '停用');
  const told = await office.last('陈晨');
  expect(told).toContain('您的 ROOM-26-0001（珠峰 3月10日（周二）11:00–12:00）要换地方');
  expect(told).toContain('[衡山 3月10日（周二）11:00–12:00]');
  await office.taps('陈晨', '衡山 3月10日');
  expect(await office.last('陈晨')).not.toContain('要换地方');
  expect(await booked('ROOM-26-0001')).toEqual([
    '珠峰 03-03T11:00–12:00',
    '衡山 03-10T11:00–12:00',
    '珠峰 03-17T11:00–12:00',
  ]);
  expect(await office.last('王磊')).not.toContain('取消');
});

test('the projector fails in one date: its host moves that date alone while it runs', async () => {
  await office.app.db.updateTable('room').set({ needs_approval: false }).execute();
  await office.submits('陈晨', TUESDAYS);
  await office.later('15m');
  await office.later('15m');
  await office.later('15m');
  await office.later('15m'); // 11:00, it has begun
  await office.says('陈晨', '签到');
  const told = await office.taps('陈晨', '投影坏了');
  expect(told.toast).toContain('空着的会议室');
  const card = await office.last('陈晨');
  expect(card).toContain('珠峰的投影坏了 #可换会议室');
  expect(card).toContain('会议：珠峰 今天 3月3日（周二）11:00–12:00');
  const [, room = ''] = /\[(\S+) 今天 3月3日（周二）11:00–12:00\]/.exec(card) ?? [];
  await office.says('罗敏', '帮助');
  const strangers = await office.forges('罗敏', { v: 1, a: 'spare-move', g: 1, n: 1, o: '1:1' });
  expect(strangers.toast).toBe('没有找到您的这件事');
  expect((await office.taps('陈晨', `${room} 今天`)).toast).toBe('ROOM-26-0001 已改好');
  expect(await office.last('王磊')).toContain(`${room}`);
  expect(await booked('ROOM-26-0001')).toEqual([`${room} 03-03T11:00–12:00`, ...LATER]);
  const meeting = await office.app.db
    .selectFrom('meeting')
    .select(['place', 'checked_in_at'])
    .where('ends_at', '<=', Temporal.Instant.from('2026-03-03T12:00:00+08:00'))
    .executeTakeFirstOrThrow();
  // Who is there stays checked in.
  expect(meeting).toEqual({ place: room, checked_in_at: expect.anything() });
  expect(await office.sees('陈晨').then((all) => all.join('\n'))).toContain('#已换会议室');
});

test('the projector fails as people come in: the date moves before it begins, and the series knows', async () => {
  await office.stop();
  office = await openOffice({ start: Temporal.Instant.from('2026-03-03T10:51:00+08:00') });
  await office.app.db.updateTable('room').set({ needs_approval: false }).execute();
  await office.submits('陈晨', TUESDAYS);
  // Somebody invited tells it; the rooms are the host's to choose from.
  await office.taps('王磊', '投影坏了');
  expect(await office.last('陈晨')).toContain('珠峰的投影坏了 #可换会议室');
  expect((await office.taps('陈晨', '泰山 今天')).toast).toBe('ROOM-26-0001 已改好');
  expect(await booked('ROOM-26-0001')).toEqual(['泰山 03-03T11:00–12:00', ...LATER]);
  expect((await office.sees('陈晨')).join('\n')).toContain('其中：3月3日（周二） 泰山');
});
