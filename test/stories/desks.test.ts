/** Desks, quiet booths and parking spaces: booked by the day or the hour, never in a meeting room's place, and fixed desks that are somebody's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import { readRooms } from '../../src/imports/rooms.ts';
import { importRooms, roomMistakes } from '../../src/requests/room/import.ts';
import { defaultRules } from '../../src/settings/index.ts';
import { usualSpace } from '../../src/settings/space-rules.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

const HEADER = '名称,楼层,容量,设备,需审批,类型,使用人';
const LIST = `${HEADER}
A11,3,1,,否,工位,
A12,3,1,显示器,否,工位,
A21,5,1,,否,工位,
A01,3,1,,否,工位,黄静
静音舱1,3,1,,否,静音舱,
静音舱2,5,1,,否,静音舱,
P1,B1,1,,否,车位,
`;

const SPACES = {
  ...defaultRules.spaces,
  车位: { ...usualSpace, called: ['停车位'], by: 'day' as const },
};

let office: TestOffice;
beforeAll(async () => {
  // Tuesday, 3 March 2026, 10:00
  office = await openOffice({
    env: { PUBLIC_URL: 'https://office.example.com' },
    rules: (rules) => ({ ...rules, spaces: SPACES }),
  });
  await imports(LIST);
});
afterAll(() => office.stop());

/** What an office offers somebody who asks what there is. */
async function offered(by: TestOffice): Promise<string> {
  await by.says('马超', '帮助');
  return by.last('马超');
}

async function imports(list: string): Promise<readonly string[]> {
  const read = await readRooms(new TextEncoder().encode(list), 'rooms.csv');
  if (!read.ok) throw new Error(read.mistakes.join());
  const clock = { now: office.app.now };
  return inWork({ db: office.app.db, clock }, { actor: 'system' }, async (work) => {
    const mistakes = await roomMistakes(work.tx, read.rows, { ...defaultRules, spaces: SPACES });
    if (mistakes.length === 0) await importRooms(work, read.rows);
    return mistakes;
  });
}

/** What a person has booked and not given back: 「A11 03-04 09:00–18:00」. */
const booked = async (person: string): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .innerJoin('person', 'person.id', 'request.requester_id')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['room.name', 'booking.starts_at', 'booking.ends_at'])
    .where('person.name', '=', person)
    .where('booking.state', '=', 'booked')
    .orderBy('booking.starts_at')
    .execute();
  const local = (at: Temporal.Instant): string =>
    at
      .toZonedDateTimeISO('Asia/Shanghai')
      .toPlainDateTime()
      .toString()
      .slice(5, 16)
      .replace('T', ' ');
  return rows.map(
    ({ name, starts_at: from, ends_at: to }) => `${name} ${local(from)}–${local(to).slice(6)}`,
  );
};

test('an office that has none to book offers none', async () => {
  const without = await openOffice();
  try {
    expect(await offered(without)).toContain('领两盒A4纸');
    expect(await offered(without)).not.toContain('工位');
  } finally {
    await without.stop();
  }
  expect(await offered(office)).toContain('明天订个工位');
});

describe('a desk', () => {
  test('for a day: the working day, one tap, and nothing of a meeting', async () => {
    await office.says('陈晨', '明天订个工位');
    const draft = await office.last('陈晨');
    expect(draft).toContain('工位：A11（3楼）（推测）');
    expect(draft).toContain('日期：3月4日（周三）');
    expect(draft).toContain('时间：09:00–18:00（推测）');
    expect(draft).not.toMatch(/参会|议程|设备|签到/);
    await office.taps('陈晨', '提交');
    expect(await office.last('陈晨')).toContain('已预订');
    expect(await booked('陈晨')).toEqual(['A11 03-04 09:00–18:00']);
    expect(await office.app.db.selectFrom('meeting').select('id').execute()).toEqual([]);
  });

  test('for half a day, and by its name', async () => {
    await office.submits('王磊', '明天下午订A12工位');
    expect(await booked('王磊')).toEqual(['A12 03-04 13:30–18:00']);
  });

  test('for several days: one booking a day, days off left out', async () => {
    await office.submits('马超', '周四到下周一订A12工位');
    expect(await booked('马超')).toEqual([
      'A12 03-05 09:00–18:00',
      'A12 03-06 09:00–18:00',
      'A12 03-09 09:00–18:00',
    ]);
  });

  test('taken on one of the days: which one, and what is free on all of them', async () => {
    await office.says('何佳', '周三到周五订A12工位');
    const draft = await office.last('何佳');
    expect(draft).toContain('A12在3月4日（周三）、3月5日（周四）、3月6日（周五）已被预订或停用');
    expect(draft).toContain('[A21（5楼）]');
    expect(draft).not.toContain('[A11（3楼）]');
    await office.taps('何佳', 'A21');
    await office.taps('何佳', '提交');
    expect(await booked('何佳')).toHaveLength(3);
  });

  test('two want the last one in one moment: one has it', async () => {
    await office.says('罗敏', '下周三订A12工位');
    await office.says('林晓', '下周三订A12工位');
    await office.taps('罗敏', '提交');
    await office.taps('林晓', '提交');
    expect(await booked('罗敏')).toEqual(['A12 03-11 09:00–18:00']);
    expect(await booked('林晓')).toEqual([]);
    expect(await office.last('林晓')).toContain('A12这个时段已被预订或停用');
    await office.says('林晓', '算了');
  });

  test('changed by a word, cancelled by a word', async () => {
    await office.says('罗敏', '工位改到下周四');
    await office.taps('罗敏', '提交');
    expect(await booked('罗敏')).toEqual(['A12 03-12 09:00–18:00']);
    await office.says('罗敏', '取消下周四的工位');
    expect(await booked('罗敏')).toEqual([]);
    await office.says('罗敏', '撤销');
    expect(await booked('罗敏')).toEqual(['A12 03-12 09:00–18:00']);
  });

  test('no desk of that name: no other one is taken for it', async () => {
    await office.says('林晓', '明天订A99工位');
    expect(await office.last('林晓')).toContain('没有叫「A99」的工位');
    await office.says('林晓', '算了');
  });

  test('no more than one may have: said before it is submitted', async () => {
    await office.says('陈晨', '明天上午订个工位');
    await office.taps('陈晨', '提交');
    await office.says('陈晨', '明天下午订个工位');
    expect(await office.last('陈晨')).toContain('每人每天最多订 2 场');
    await office.says('陈晨', '算了');
  });

  test('in English', async () => {
    await office.says('林晓', 'book a desk for Friday');
    expect(await office.last('林晓')).toContain('Desk：A11 (floor 3)');
    await office.says('林晓', 'never mind');
    await office.says('林晓', '用中文');
  });
});

describe('desks and rooms', () => {
  test('whoever asks for a room gets no desk, however few they are', async () => {
    await office.says('林晓', '明天下午3点到4点订个1人的会议室');
    expect(await office.last('林晓')).toContain('会议室：华山');
    await office.says('林晓', '明天哪些会议室有空');
    expect(await office.last('林晓')).not.toMatch(/A11|静音舱/);
  });

  test('还有哪些工位: a strip of desks, without those that are somebody’s', async () => {
    await office.says('林晓', '明天还有哪些工位');
    const card = await office.last('林晓');
    expect(card).toContain('工位空闲情况：3月4日（周三）');
    expect(card).toMatch(/A21（5楼）/);
    expect(card).not.toMatch(/A01|珠峰|静音舱/);
    await office.taps('林晓', '订 A12');
    await office.taps('林晓', '提交');
    expect(await booked('林晓')).toEqual(['A12 03-04 12:00–13:30']);
  });

  test('a chair that is broken at a desk is a repair', async () => {
    await office.says('林晓', '我工位的椅子坏了');
    expect(await office.last('林晓')).toContain('报修');
    await office.says('林晓', '算了');
  });
});

describe('a fixed desk', () => {
  test('whose it is', async () => {
    await office.says('黄静', '我的工位在哪');
    expect(await office.last('黄静')).toBe('您的固定工位：A01（3楼）');
    await office.says('陈晨', '黄静坐哪');
    expect(await office.last('陈晨')).toBe('黄静的固定工位：A01（3楼）');
    await office.says('陈晨', '我的工位在哪');
    expect(await office.last('陈晨')).toContain('您没有固定工位');
  });

  test('nobody else has it, until its owner does not need it', async () => {
    await office.says('马超', '后天订A01工位');
    expect(await office.last('马超')).toContain('A01是同事的固定工位');
    await office.says('黄静', '我后天出差，工位可以给别人用');
    expect(await office.last('黄静')).toContain('A01在3月5日（周四）可以给别人订了');
    await office.says('吴婷', '后天订A01工位');
    await office.taps('吴婷', '提交');
    expect(await booked('吴婷')).toEqual(['A01 03-05 09:00–18:00']);
  });

  test('had back, except where somebody has it', async () => {
    await office.says('黄静', '我的工位周五可以给别人用');
    await office.says('黄静', '我的工位周四到周五自己用');
    expect(await office.last('黄静')).toContain('A01在3月5日（周四）已经有同事订了');
    await office.says('马超', '周五订A01工位');
    expect(await office.last('马超')).toContain('A01是同事的固定工位');
    await office.says('马超', '算了');
  });
});

describe('a booth', () => {
  test('by the hour, with check-in, released when nobody comes', async () => {
    await office.says('陈晨', '帮我订三楼的静音舱，下午2点到3点');
    const draft = await office.last('陈晨');
    expect(draft).toContain('静音舱：静音舱1（3楼）');
    expect(draft).toContain('时间：14:00–15:00');
    expect(draft).toContain('开始后 15 分钟内请签到');
    await office.taps('陈晨', '提交');
    await office.submits('王磊', '今天下午2点到3点订静音舱2');
    await office.later('4h'); // 14:00
    expect(await office.last('陈晨')).toContain('请在 14:15 前签到：说「签到 静音舱1」');
    await office.says('陈晨', '签到 静音舱1');
    expect(await office.last('陈晨')).toBe('已签到，静音舱1为您保留');
    await office.later('15m');
    expect(await office.last('王磊')).toBe('没有人签到，静音舱2已经让给别人。还要用就再订一次');
    expect(await booked('陈晨')).toContain('静音舱1 03-03 14:00–15:00');
    expect(await booked('王磊')).toEqual(['A12 03-04 13:30–18:00']);
  });

  test('at its door: what the code says, and 现在用', async () => {
    const { door } = await office.app.db
      .selectFrom('room')
      .select('door')
      .where('name', '=', '静音舱2')
      .executeTakeFirstOrThrow();
    const page = await office.app.server.inject({ url: `/room/${door}` });
    expect(page.body).toContain('签到 静音舱2');
    expect(page.body).toContain('>现在用静音舱2<');
    await office.says('王磊', '现在用静音舱2');
    await office.taps('王磊', '提交');
    expect((await booked('王磊'))[0]).toBe('静音舱2 03-03 14:15–15:15');
  });
});

describe('the office', () => {
  test('a sort of its own is booked by its own word', async () => {
    await office.submits('何佳', '下周二订个停车位');
    expect(await booked('何佳')).toContain('P1 03-10 09:00–18:00');
  });

  test('desks closed for works: nobody books them, who has one is told', async () => {
    await office.says('吴婷', '5楼工位明天装修停用');
    await office.taps('吴婷', '停用');
    expect(await office.last('何佳')).toContain('A21 明天 3月4日（周三）09:00–18:00');
    await office.says('马超', '明天订A21工位');
    expect(await office.last('马超')).toContain('A21这个时段已被预订或停用');
    await office.says('马超', '算了');
  });

  test('a list with a sort or a person that nobody knows changes nothing', async () => {
    const wrong = `${HEADER}\nA12,3,1,,否,会义室,\nA13,3,1,,否,工位,没有此人\n`;
    const mistakes = await imports(wrong);
    expect(mistakes[0]).toContain('A12 类型: 没有 “会义室”；可用：会议室、工位、静音舱');
    expect(mistakes[1]).toContain('通讯录里没有 “没有此人”');
    const rows = await office.app.db
      .selectFrom('room')
      .select('name')
      .where('name', '=', 'A13')
      .execute();
    expect(rows).toEqual([]);
  });
});
