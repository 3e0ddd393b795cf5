/** 撤销 of what the office ticks: preparations of a room, rounds; and of a series of bookings that was cancelled whole. */
import { afterEach, describe, expect, test } from 'vitest';
import { roundNames } from '../../src/settings/round-rules.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
afterEach(() => office.stop());

const OFFICE = 'ou_office_1';
const OTHER = 'ou_office_2';

describe('preparations of a room', () => {
  const setup = () =>
    office.app.db
      .selectFrom('preparation')
      .select(['tell_at', 'remind_at', 'due_at', 'told', 'done_at', 'done_by'])
      .where('sort', '=', 'setup')
      .executeTakeFirstOrThrow();

  test('已完成 by mistake: it is to be done as before, for everybody of the office and for its host', async () => {
    office = await openOffice();
    await office.submits('陈晨', '后天下午3点到5点订珠峰，要投影');
    await office.later('1d');
    await office.later('4h');
    await office.later('1h'); // Wednesday 15:00
    const before = await setup();
    await office.taps('吴婷', '已完成');
    expect(await office.last('郑强')).toContain('#已完成');
    expect(await office.last('郑强')).not.toContain('[撤销]');
    expect((await office.taps('吴婷', '撤销')).toast).toBe('已撤销「已完成」：珠峰');
    expect(await setup()).toEqual(before);
    expect(await office.last('吴婷')).toContain('[已完成]');
    expect(await office.last('郑强')).toContain('[已完成]');
    expect(await office.last('陈晨')).toContain('会场布置 待办');
    expect((await office.taps('郑强', '已完成')).toast).toBe('会场布置已完成');
    expect(await office.last('吴婷')).toContain('经办人：郑强');
    await office.says('吴婷', '撤销');
    expect((await setup()).done_by).not.toBeNull();
  });

  test('the meeting is called off meanwhile: it stays, and that is said', async () => {
    office = await openOffice();
    await office.submits('陈晨', '后天下午3点到5点订珠峰，要投影');
    await office.later('1d');
    await office.later('4h');
    await office.later('1h');
    await office.taps('吴婷', '已完成');
    await office.taps('陈晨', '取消');
    await office.says('吴婷', '撤销');
    expect(await office.last('吴婷')).toContain('之后又有了变化，不能撤销了');
    expect((await setup()).done_by).not.toBeNull();
  });
});

describe('recurring work', () => {
  const FACILITY = ['air', 'lift', 'network', 'printer', 'light', 'water', 'plants'];
  const fine = Object.fromEntries(FACILITY.map((item) => [item, 'ok']));
  const round = () =>
    office.app.db
      .selectFrom('round')
      .select(['state', 'claimed_by', 'done_by', 'closed_at', 'results', 'next_reminder_at'])
      .executeTakeFirstOrThrow();

  const begins = async (): Promise<void> => {
    office = await openOffice({
      rounds: true,
      rules: (rules) => ({
        ...rules,
        rounds: Object.fromEntries(
          roundNames.map((name) => [name, name === 'facility-round' ? {} : ('off' as const)]),
        ),
      }),
    });
    await office.later('1d');
  };

  test('完成 by mistake, where all was in order: open again in the same hands; the other sees it', async () => {
    await begins();
    await office.taps(OFFICE, '我来做');
    const before = await round();
    await office.taps(OFFICE, '完成', fine);
    expect(await office.last(OTHER)).toContain('#已完成');
    expect((await office.taps(OFFICE, '撤销')).toast).toBe('已撤销「完成」：设施日常巡检');
    expect(await round()).toEqual(before);
    expect(await office.last(OTHER)).toContain('#处理中');
    expect((await office.taps(OFFICE, '完成', fine)).toast).toBe('已完成，全部正常');
  });

  test('我来做 by mistake: anybody’s again', async () => {
    await begins();
    const before = await round();
    await office.taps(OFFICE, '我来做');
    await office.says(OFFICE, '点错了');
    expect(await office.last(OFFICE)).toContain('已撤销「我来做」');
    expect(await round()).toEqual(before);
    expect((await office.taps(OTHER, '我来做')).toast).toContain('已接手');
  });

  test('what was found wrong is others’ work by now: nothing is taken back', async () => {
    await begins();
    await office.taps(OFFICE, '我来做');
    await office.taps(OFFICE, '完成', { ...fine, plants: 'bad', plants_note: '枯了' });
    expect(await office.last(OFFICE)).not.toContain('[撤销]');
    await office.says(OFFICE, '撤销');
    expect((await round()).state).toBe('done');
    expect(await office.last(OTHER)).toContain('整改：绿植 #待整改');
  });
});

describe('a series cancelled whole', () => {
  const WEEKLY = '每周一上午10点到11点订黄山，共5次，主题周会，参会人：王磊';
  const standing = async (): Promise<readonly string[]> => {
    const rows = await office.app.db
      .selectFrom('booking')
      .innerJoin('request', 'request.id', 'booking.request_id')
      .select(['booking.day', 'booking.state'])
      .where('request.number', '=', 'ROOM-26-0001')
      .where('booking.state', 'in', ['held', 'booked'])
      .orderBy('booking.day')
      .execute();
    const meetings = await office.app.db
      .selectFrom('meeting')
      .innerJoin('request', 'request.id', 'meeting.request_id')
      .select(['meeting.day', 'meeting.state'])
      .where('request.number', '=', 'ROOM-26-0001')
      .orderBy('meeting.day')
      .execute();
    return [...rows, ...meetings].map(({ day, state }) => `${day?.toString() ?? ''} ${state}`);
  };

  const cancelled = async (): Promise<readonly string[]> => {
    office = await openOffice();
    await office.submits('陈晨', WEEKLY);
    const before = await standing();
    expect(before.filter((each) => each.endsWith('booked'))).toHaveLength(5);
    await office.says('陈晨', '取消周会');
    await office.taps('陈晨', '全部取消');
    expect(await standing()).toEqual(
      before.slice(5).map((each) => each.replace('planned', 'cancelled')),
    );
    return before;
  };

  test('撤销: all dates are booked again, with their meetings', async () => {
    const before = await cancelled();
    await office.says('陈晨', '撤销');
    expect(await office.last('陈晨')).toContain('已预订');
    expect(await standing()).toEqual(before);
  });

  test('somebody took one date meanwhile: which one is said, and nothing is half done', async () => {
    await cancelled();
    const after = await standing();
    await office.submits('何佳', '下下周一上午10点半到11点订黄山');
    await office.says('陈晨', '撤销');
    expect(await office.last('陈晨')).toContain('3月16日（周一）刚刚被别人订走了，一次都没有订');
    expect(await standing()).toEqual(after);
  });
});
