/** The code at a room's door: a page that tells whether it is free, and three sentences that do what they say, for whoever says them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from '../cli/command-line.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({ env: { PUBLIC_URL: 'https://office.example.com' } }); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

const doorOf = async (name: string): Promise<string> => {
  const row = await office.app.db
    .selectFrom('room')
    .select('door')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return row.door;
};

const page = async (name: string, language = 'zh-CN'): Promise<string> => {
  const url = `/room/${await doorOf(name)}`;
  const headers = { accept: 'text/html', 'accept-language': language };
  const response = await office.app.server.inject({ url, headers });
  expect(response.statusCode).toBe(200);
  expect(response.headers['cache-control']).toBe('no-store');
  return response.body;
};

/** The hours for which a request's room is booked, in the office's time. */
const booked = async (number: string): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['booking.starts_at', 'booking.ends_at', 'room.name'])
    .where('request.number', '=', number)
    .where('booking.state', '=', 'booked')
    .execute();
  const clock = (at: Temporal.Instant): string =>
    at.toZonedDateTimeISO('Asia/Shanghai').toPlainTime().toString().slice(0, 5);
  return rows.map((each) => `${each.name} ${clock(each.starts_at)}–${clock(each.ends_at)}`);
};

describe('现在用珠峰30分钟', () => {
  test('the page tells that it is free, and which sentence takes it', async () => {
    const told = await page('珠峰');
    expect(told).toContain('空着，今天没有别的预订');
    expect(told).toContain('现在用珠峰30分钟');
    expect(told).toContain('签到 珠峰');
    expect(told).toContain('珠峰的设备坏了');
    expect(await page('珠峰', 'en-GB')).toContain('Free for the rest of the day');
  });

  test('one tap, and it is theirs from now on for half an hour', async () => {
    await office.says('陈晨', '现在用珠峰30分钟');
    expect(await office.last('陈晨')).toContain('今天 3月3日（周二）10:00–10:30');
    await office.taps('陈晨', '提交');
    expect(await booked('ROOM-26-0001')).toEqual(['珠峰 10:00–10:30']);
  });

  test('the page says until when it is booked, and neither whose it is nor offers it', async () => {
    const told = await page('珠峰');
    expect(told).toContain('有预订，10:30 空出来');
    expect(told).not.toContain('现在用珠峰');
    expect(told).not.toContain('陈晨');
  });

  test('nearer than that somebody has it: until then, and that is said', async () => {
    await office.submits('罗敏', '今天10点20到11点订黄山，主题机密评审');
    const told = await page('黄山');
    expect(told).toContain('空着，到 10:20');
    expect(told).not.toMatch(/罗敏|机密/);
    await office.says('林晓', '现在用黄山1小时');
    expect((await office.sees('林晓')).at(-2)).toBe('黄山只空到 10:20，先订到 10:20');
    await office.taps('林晓', '提交');
    expect(await booked('ROOM-26-0003')).toEqual(['黄山 10:00–10:20']);
  });

  test('somebody has it now: what is free instead', async () => {
    await office.says('何佳', '现在用珠峰');
    expect(await office.last('何佳')).toContain('珠峰这个时段已被预订');
    expect(await office.last('何佳')).toContain('[衡山 今天 3月3日（周二）10:00–10:30]');
    await office.says('何佳', '算了');
  });

  test('in English, and by another name of the room', async () => {
    await office.says('马超', 'use 衡山 now for 45 minutes');
    await office.taps('马超', '提交');
    expect(await booked('ROOM-26-0004')).toEqual(['衡山 10:00–10:45']);
    await office.says('黄静', '现在用小会议室');
    await office.taps('黄静', '提交');
    expect(await booked('ROOM-26-0005')).toEqual(['华山 10:00–10:30']);
  });
});

describe('签到 珠峰', () => {
  test('before it opens: when; with no meeting there: that, and how to have the room', async () => {
    await office.submits('王磊', '今天11点到12点订泰山，参会人：陈晨');
    await office.taps(office.roleHolder('office-manager'), '同意');
    await office.submits('王磊', '今天11点到12点订珠峰，参会人：马超');
    await office.says('马超', '签到 珠峰');
    expect(await office.last('马超')).toContain(
      '还没到签到时间：珠峰的会议 今天 3月3日（周二）10:50',
    );
    await office.says('黄静', '签到 珠峰');
    expect(await office.last('黄静')).toBe('您在珠峰没有要签到的会议');
    await office.later('15m');
    await office.later('15m'); // 10:30, nobody has it
    await office.says('黄静', '签到珠峰');
    expect(await office.last('黄静')).toContain('它现在空着，要用就说「现在用珠峰30分钟」');
  });

  test('of two meetings that wait, the one behind this door', async () => {
    await office.later('15m');
    await office.later('15m'); // 11:00
    await office.says('王磊', '签到 泰山');
    expect(await office.last('王磊')).toBe('已签到，泰山为您保留');
    const rows = await office.app.db
      .selectFrom('meeting')
      .select(['place', 'checked_in_by'])
      .where('checked_in_at', 'is not', null)
      .execute();
    expect(rows.map(({ place }) => place)).toEqual(['泰山']);
    await office.says('马超', '签到 珠峰');
    expect(await office.last('马超')).toBe('已签到，珠峰为您保留');
  });

  test('one after the other in one room: the one that waits, not the one that is about to end', async () => {
    await office.submits('何佳', '今天11点15到11点50订黄山');
    await office.submits('何佳', '今天11点50到12点订黄山');
    await office.later('15m'); // 11:15
    await office.says('何佳', '签到 黄山');
    await office.later('15m');
    await office.later('15m'); // 11:45, the first still going on
    await office.says('何佳', '签到 黄山');
    expect(await office.last('何佳')).toBe('已签到，黄山为您保留');
    const there = await office.app.db
      .selectFrom('meeting')
      .select('id')
      .where('place', '=', '黄山')
      .where('checked_in_at', 'is not', null)
      .execute();
    expect(there).toHaveLength(2);
  });

  test('whoever is not invited checks nobody in', async () => {
    await office.submits('陈晨', '今天12点到13点订黄山');
    await office.later('15m'); // 12:00
    await office.says('何佳', '签到 黄山');
    expect(await office.last('何佳')).toBe('您在黄山没有要签到的会议');
    const waiting = await office.app.db
      .selectFrom('meeting')
      .select('checked_in_at')
      .where('place', '=', '黄山')
      .where('state', '=', 'planned')
      .executeTakeFirstOrThrow();
    expect(waiting.checked_in_at).toBeNull();
  });

  test('late at the door, the room released: its host has it back', async () => {
    await office.later('15m'); // 12:15: released
    await office.says('陈晨', '签到 黄山');
    expect(await office.last('陈晨')).toBe('已收回，黄山继续为您保留');
  });
});

describe('珠峰的设备坏了', () => {
  test('by somebody who sits in it: urgent, and for this meeting', async () => {
    await office.says('陈晨', '黄山的设备坏了');
    expect(await office.last('陈晨')).toContain('已报修 FIX-26-0001');
    expect(await office.last('郑强')).toContain('会议正在进行，请马上到场');
  });

  test('by anybody else: a repair like any other, with its place', async () => {
    await office.says('何佳', '珠峰的设备坏了');
    const draft = await office.last('何佳');
    expect(draft).toContain('地点：珠峰');
    expect(draft).toContain('物品：会议室设备');
    await office.taps('何佳', '提交');
    expect(await office.last('何佳')).toContain('FIX-26-0002');
  });
});

describe('the page', () => {
  test('tells what is being repaired, that it is closed, and nothing of why', async () => {
    await office.says('陈晨', '黄山的大屏坏了');
    expect(await office.last('陈晨')).toContain('已报修 FIX-26-0003');
    expect(await page('黄山')).toContain('维修中：大屏<');
    const manager = office.roleHolder('office-manager');
    await office.says(manager, '衡山今天到明天装修停用');
    await office.taps(manager, '停用');
    const told = await page('衡山');
    expect(told).toContain('今天停用');
    expect(told).not.toContain('装修');
  });

  test('a word that nobody guesses: anything else is no page, and a room out of use neither', async () => {
    const get = async (path: string): Promise<number> =>
      (await office.app.server.inject({ url: path })).statusCode;
    expect(await get('/room/1')).toBe(404);
    expect(await get(`/room/${encodeURIComponent('珠峰')}`)).toBe(404);
    expect(await get(`/room/${'0'.repeat(32)}`)).toBe(404);
    const door = await doorOf('珠峰');
    expect(await get(`/room/${door}`)).toBe(200);
    await office.app.db
      .updateTable('room')
      .set({ active: false })
      .where('name', '=', '珠峰')
      .execute();
    expect(await get(`/room/${door}`)).toBe(404);
  });

  test('is not asked for without end from one address', async () => {
    const door = await doorOf('黄山');
    const codes: number[] = [];
    for (let i = 0; i < 31; i++)
      codes.push((await office.app.server.inject({ url: `/room/${door}` })).statusCode);
    expect(codes.at(-1)).toBe(429);
  });
});

describe('the labels', () => {
  test('one a room in use, with its floor, seats and sentence, names made harmless', async () => {
    const line = await commandLine();
    expect((await line.run(['rooms', 'qr'])).err).toContain('还没有会议室');
    const one = { equipment: [], needs_approval: false, aliases: [], active: true };
    await line.db
      .insertInto('room')
      .values([
        { ...one, name: '珠峰', floor: '3', capacity: 12 },
        { ...one, name: '<b>小间</b>', floor: '5', capacity: 4 },
        { ...one, name: '旧间', floor: '5', capacity: 4, active: false },
      ])
      .execute();
    const { out } = await line.run(['rooms', 'qr']);
    expect(out.match(/<svg/g)).toHaveLength(2);
    expect(out).toContain('3楼 · 12 人');
    expect(out).toContain('签到 珠峰');
    expect(out).not.toContain('<b>小间</b>');
  });
});
