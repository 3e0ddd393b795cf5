import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOffice, type Reply, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice(); // Tuesday, 3 March 2026, 10:00
});
afterEach(() => office.stop());

/** The room and the local beginning of every booking of a request that stands, in order. */
async function booked(request = 1): Promise<readonly string[]> {
  const rows = await office.app.db
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['room.name', 'booking.starts_at'])
    .where('request_id', '=', request)
    .where('state', 'in', ['held', 'booked'])
    .orderBy('starts_at')
    .execute();
  return rows.map(
    ({ name, starts_at }) =>
      `${name} ${starts_at.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString().slice(5, 16)}`,
  );
}

/** Until a transaction of this office waits for another: the tap has come as far as the booking that is not committed yet. */
async function untilSomebodyWaits(): Promise<void> {
  const until = performance.now() + 20_000;
  for (;;) {
    const { rows } = await sql`select from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock'`.execute(office.app.db);
    if (rows.length > 0) return;
    if (performance.now() > until) throw new Error('nobody waited');
  }
}

const FIVE_MONDAYS = '每周一上午10点到11点订黄山，共5次，主题周会，参会人：王磊';

describe('a room again and again', () => {
  test('one sentence: the rule in words, how many dates, the first and the last, days off left out', async () => {
    await office.says('陈晨', '每周一上午10点到11点到年底订10人会议室');
    const draft = await office.last('陈晨');
    expect(draft).toContain('重复：每周一，到 12月31日（周四） 10:00–11:00');
    expect(draft).toContain('次数：40 次，首次 3月9日（周一），末次 12月28日（周一）');
    expect(draft).toContain('遇休息日不订：4月6日（周一）');
    expect(draft).toContain('珠峰（3楼·10人');
    expect(draft).toContain('无需审批');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0001');
    const card = await office.last('陈晨');
    expect(card).toContain('会议室预订 ROOM-26-0001 #已预订');
    expect(card).toContain('下一次：3月9日（周一）10:00–11:00 珠峰');
    expect(await booked()).toHaveLength(40);
    expect(await booked()).not.toContain('珠峰 04-06T10:00');
    const meetings = await office.app.db.selectFrom('meeting').select('id').execute();
    expect(meetings).toHaveLength(40);
  });

  test('every other week so many times, the nth weekday of a month, every working day with the Saturday of 调休, and English', async () => {
    await office.says('陈晨', '每两周周三下午2点到3点，共8次，订珠峰');
    expect(await office.last('陈晨')).toContain('重复：每两周的周三，共 8 次 14:00–15:00');
    expect(await office.last('陈晨')).toContain('8 次，首次 3月4日（周三），末次 6月10日（周三）');
    await office.says('陈晨', '每月第一个周五上午9点到10点订黄山');
    expect(await office.last('陈晨')).toContain('到什么时候为止？');
    await office.says('陈晨', '到年底');
    expect(await office.last('陈晨')).toContain(
      '重复：每月第一个周五，到 12月31日（周四） 09:00–10:00',
    );
    expect(await office.last('陈晨')).toContain(
      '次数：8 次，首次 3月6日（周五），末次 12月4日（周五）',
    );
    await office.says('陈晨', '每个工作日9点到9点半站会订黄山到5月10日');
    const daily = await office.last('陈晨');
    expect(daily).toContain('重复：每个工作日，到 5月10日（周日） 09:00–09:30');
    expect(daily).toContain('末次 5月9日（周六）');
    await office.says('王磊', 'please reply in English');
    await office.says('王磊', 'every Monday 10 to 11 until the end of the year');
    expect(await office.last('王磊')).toContain(
      'Repeats：every Monday until Thu 12-31, 10:00–11:00',
    );
  });

  test('a clash on some dates: another room for those only, or without them; nothing else moves', async () => {
    await office.submits('罗敏', '3月16日上午10点到11点订黄山');
    await office.submits('罗敏', '3月30日上午10点半到11点半订黄山');
    await office.says('陈晨', FIVE_MONDAYS);
    const draft = await office.last('陈晨');
    expect(draft).toContain('有 2 次黄山已被预订：3月16日（周一）、3月30日（周一）');
    expect(draft).toContain('[这 2 次改用珠峰] [跳过这 2 次]');
    expect((await office.taps('陈晨', '提交')).toast).toContain('还差');
    await office.taps('陈晨', '这 2 次改用');
    expect(await office.last('陈晨')).toContain('其中：3月16日（周一） 珠峰；3月30日（周一） 珠峰');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0003');
    expect(await booked(3)).toEqual([
      '黄山 03-09T10:00',
      '珠峰 03-16T10:00',
      '黄山 03-23T10:00',
      '珠峰 03-30T10:00',
      '黄山 04-13T10:00',
    ]);
    await office.says('王磊', '每周一上午10点半到11点半订黄山，共6次');
    await office.taps('王磊', '跳过这');
    expect(await office.last('王磊')).toContain('次数：1 次，4月20日（周一）');
  });

  test('somebody was quicker on one date: nothing at all is booked, and the card says which date', async () => {
    await office.says('陈晨', FIVE_MONDAYS);
    await office.submits('罗敏', '3月23日上午10点到11点订黄山');
    expect((await office.taps('陈晨', '提交')).toast).toContain('还差下面这些');
    expect(await office.last('陈晨')).toContain('有 1 次黄山已被预订：3月23日（周一）');
    expect(await booked(2)).toEqual([]);
  });

  test('in the same moment: the database refuses the one date, and with it all; the card says which', async () => {
    await office.submits('罗敏', '明天上午10点到11点订珠峰');
    await office.says('陈晨', FIVE_MONDAYS);
    const { db } = office.app;
    const room = await db
      .selectFrom('room')
      .select('id')
      .where('name', '=', '黄山')
      .executeTakeFirstOrThrow();
    let tapped: Promise<Reply> | undefined;
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('booking')
        .values({
          request_id: 1,
          room_id: room.id,
          starts_at: Temporal.Instant.from('2026-03-23T10:30:00+08:00'),
          ends_at: Temporal.Instant.from('2026-03-23T11:30:00+08:00'),
          state: 'booked',
        })
        .execute();
      tapped = office.taps('陈晨', '提交');
      await untilSomebodyWaits();
    });
    expect((await tapped)?.toast).toContain('3月23日（周一）刚刚被别人订走了，一次都没有订');
    expect(await office.last('陈晨')).toContain('有 1 次黄山已被预订：3月23日（周一）');
    const numbers = await db.selectFrom('request').select('number').execute();
    expect(numbers).toHaveLength(1);
    await office.taps('陈晨', '跳过这 1 次');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0002');
    expect(await booked(3)).toHaveLength(4);
  });

  test('each date is a meeting of its own: told the day before, answered, checked in to', async () => {
    await office.submits('陈晨', '每天上午10点到10点半订黄山，共3次，参会人：王磊');
    // From Wednesday on: the first is told of at once.
    const [first] = await office.sees('王磊');
    expect(first).toContain('明天 3月4日（周三）10:00 黄山');
    await office.taps('王磊', '确认参加');
    expect(await office.last('陈晨')).toContain('参加 1（王磊）');
    await office.later('1d');
    const notices = (await office.sees('王磊')).filter((each) => each.includes('#会议通知'));
    expect(notices.length).toBeGreaterThanOrEqual(2);
    expect(notices.at(-1)).toContain('3月5日（周四）10:00 黄山');
    const answers = await office.app.db
      .selectFrom('attendance')
      .innerJoin('meeting', 'meeting.id', 'attendance.meeting_id')
      .select('attendance.answer')
      .orderBy('meeting.starts_at')
      .execute();
    expect(answers.map(({ answer }) => answer)).toEqual(['coming', 'none', 'none']);
  });

  test('its dates page by page', async () => {
    await office.submits('陈晨', '每周一上午10点到11点订黄山，共7次');
    await office.taps('陈晨', '全部日期');
    const dates = await office.last('陈晨');
    expect(dates).toContain('ROOM-26-0001 的日期');
    expect(dates).toContain('3月9日（周一）10:00–11:00 | 黄山 | 已预订');
    expect(dates).toContain('第 1–5 项，共 7 项');
    await office.taps('陈晨', '还有 2 项');
    expect(await office.last('陈晨')).toContain('4月27日（周一）10:00–11:00 | 黄山 | 已预订');
    await office.taps('陈晨', '返回');
    expect(await office.last('陈晨')).toContain('会议室预订 ROOM-26-0001 #已预订');
  });
});

describe('changing a series', () => {
  test('which dates is asked where the sentence does not say', async () => {
    await office.submits('陈晨', FIVE_MONDAYS);
    await office.says('陈晨', '改到下午2点');
    const draft = await office.last('陈晨');
    expect(draft).toContain('修改 ROOM-26-0001');
    expect(draft).toContain('3月9日（周一）14:00–15:00');
    expect(draft).toContain('改哪几次？');
    expect(draft).toContain('[只改这次 3月9日（周一）] [这次及以后（5 次）] [全部（5 次）]');
    await office.taps('陈晨', '只改这次');
    expect(await office.last('陈晨')).toContain('改动范围：只改这次');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0001');
    expect(await booked()).toEqual([
      '黄山 03-09T14:00',
      '黄山 03-16T10:00',
      '黄山 03-23T10:00',
      '黄山 03-30T10:00',
      '黄山 04-13T10:00',
    ]);
    expect(await office.last('陈晨')).toContain('其中：3月9日（周一） 14:00–15:00');
  });

  test('this and later, by its date; what was before stays', async () => {
    await office.submits('陈晨', FIVE_MONDAYS);
    await office.says('陈晨', '3月23日那次及以后都换到珠峰');
    expect(await office.last('陈晨')).toContain('改动范围：这次及以后');
    await office.taps('陈晨', '提交');
    expect(await booked()).toEqual([
      '黄山 03-09T10:00',
      '黄山 03-16T10:00',
      '珠峰 03-23T10:00',
      '珠峰 03-30T10:00',
      '珠峰 04-13T10:00',
    ]);
  });

  test('all: the rule moves with them, and the past is never touched', async () => {
    await office.submits('陈晨', FIVE_MONDAYS);
    for (let day = 0; day < 7; day++) await office.later('1d'); // Tuesday, 10 March
    await office.says('陈晨', '全部改到周二下午3点');
    await office.taps('陈晨', '提交');
    expect(await booked()).toEqual([
      '黄山 03-09T10:00',
      '黄山 03-17T15:00',
      '黄山 03-24T15:00',
      '黄山 03-31T15:00',
      '黄山 04-14T15:00',
    ]);
    const past = await office.app.db
      .selectFrom('meeting')
      .select(['starts_at', 'state'])
      .orderBy('starts_at')
      .limit(1)
      .execute();
    expect(past.map(({ starts_at }) => starts_at.toString())).toEqual(['2026-03-09T02:00:00Z']);
    expect(await office.last('陈晨')).toContain('每周二');
  });

  test('people of one date only', async () => {
    await office.submits('陈晨', FIVE_MONDAYS);
    await office.says('陈晨', '3月16日那次加上林晓');
    await office.taps('陈晨', '提交');
    const rows = await office.app.db
      .selectFrom('attendance')
      .innerJoin('person', 'person.id', 'attendance.person_id')
      .innerJoin('meeting', 'meeting.id', 'attendance.meeting_id')
      .select(['person.name', 'meeting.starts_at'])
      .where('person.name', '=', '林晓')
      .execute();
    expect(rows.map(({ starts_at }) => starts_at.toString())).toEqual(['2026-03-16T02:00:00Z']);
  });

  test('a change that clashes on some dates leaves those as they are', async () => {
    await office.submits('陈晨', FIVE_MONDAYS);
    await office.submits('罗敏', '3月23日下午2点到3点订黄山');
    await office.says('陈晨', 'ROOM-26-0001 全部改到下午2点');
    expect(await office.last('陈晨')).toContain('有 1 次黄山已被预订：3月23日（周一）');
    await office.taps('陈晨', '这 1 次不改');
    await office.taps('陈晨', '提交');
    expect(await booked()).toEqual([
      '黄山 03-09T14:00',
      '黄山 03-16T14:00',
      '黄山 03-23T10:00',
      '黄山 03-30T14:00',
      '黄山 04-13T14:00',
    ]);
  });

  test('cancelling one leaves the rest; who was told hears it', async () => {
    await office.submits('陈晨', FIVE_MONDAYS);
    await office.says('陈晨', '取消3月23日那次');
    expect((await office.sees('陈晨')).at(-2)).toBe('ROOM-26-0001 已取消 1 次');
    expect(await booked()).toHaveLength(4);
    await office.says('陈晨', '取消周会');
    expect(await office.last('陈晨')).toContain('取消哪几次？');
    await office.taps('陈晨', '取消这次及以后（4 次）');
    expect(await booked()).toEqual([]);
    expect(await office.last('陈晨')).toContain('#已取消');
  });

  test('by taps: one date of the list is changed or cancelled', async () => {
    await office.submits('陈晨', FIVE_MONDAYS);
    await office.taps('陈晨', '全部日期');
    await office.taps('陈晨', '改 3月16日');
    expect(await office.last('陈晨')).toContain('[改这次] [改这次及以后（4 次）]');
    expect((await office.taps('陈晨', '只取消这次')).toast).toBe('ROOM-26-0001 已取消 1 次');
    expect(await booked()).not.toContain('黄山 03-16T10:00');
    expect(await booked()).toHaveLength(4);
    await office.opens('王磊');
    const strangers = await office.forges('王磊', {
      v: 1,
      a: 'date-cancel',
      r: 1,
      o: '2026-03-23',
      l: 'one',
    });
    expect(strangers.toast).toBeDefined();
    expect(await booked()).toHaveLength(4);
  });
});

describe('a series that nobody comes to', () => {
  const nobodyComes = async (days: number): Promise<void> => {
    for (let day = 0; day < days; day++) {
      await office.later('1d');
      await office.later('15m');
      await office.app.tick();
    }
  };
  // Long enough that no jump of a day passes over one.
  const DAILY = '每天上午10点到下午1点订黄山，共9次';

  test('is questioned after three times, once; nothing is cancelled; without an answer the office is told', async () => {
    await office.submits('陈晨', DAILY);
    await nobodyComes(2); // Wednesday and Thursday
    expect((await office.sees('陈晨')).filter((each) => each.includes('还要吗'))).toEqual([]);
    await nobodyComes(1); // Friday
    const question = await office.last('陈晨');
    expect(question).toContain('这个周期预订还要吗？');
    expect(question).toContain('情况：连续 3 次没人签到');
    expect(question).toContain('以后还有：6 次');
    expect(question).toContain('[还要] [以后不开了]');
    await office.app.tick();
    expect((await office.sees('陈晨')).filter((each) => each.includes('还要吗？'))).toHaveLength(1);
    const officer = office.roleHolder('office');
    expect((await office.sees(officer)).join()).not.toContain('没有答复');
    for (let day = 0; day < 5; day++) await office.later('1d'); // two working days are over
    const told = (await office.sees(officer)).filter((each) => each.includes('没有答复'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('ROOM-26-0001');
    expect((await booked()).length).toBeGreaterThan(0);
  });

  test('还要 keeps it, and it is asked again only after three more; 以后不开了 frees what lies ahead', async () => {
    await office.submits('陈晨', DAILY);
    await nobodyComes(3);
    expect((await office.taps('陈晨', '还要')).toast).toBe('好的，照旧');
    expect(await booked()).toHaveLength(6);
    await nobodyComes(4); // a weekend, Monday and Tuesday
    const asked = async (): Promise<number> =>
      (await office.app.db.selectFrom('series_question').select('id').execute()).length;
    expect(await asked()).toBe(1);
    await nobodyComes(1);
    expect(await asked()).toBe(2);
    expect((await office.taps('陈晨', '以后不开了')).toast).toBe('ROOM-26-0001 以后不开了');
    expect(await booked()).toEqual([]);
    const states = await office.app.db.selectFrom('meeting').select('state').execute();
    expect(states.filter(({ state }) => state === 'released')).toHaveLength(6);
    expect(states.filter(({ state }) => state === 'cancelled')).toHaveLength(3);
  });
});
