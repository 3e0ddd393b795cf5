/** Meetings that nobody is asked to check in to: their rooms stay booked, and no card of theirs asks for it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rules } from '../../src/settings/index.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

/** 珠峰 needs no check-in, nor does the director; the rest is as office.yaml has it. */
const rules = (given: Rules): Rules => {
  const { checkIn } = given.rooms;
  if (!checkIn) throw new Error('the demo office checks in');
  return {
    ...given,
    rooms: {
      ...given.rooms,
      perRoom: { 珠峰: { checkIn: false } },
      checkIn: { ...checkIn, exempt: ['director'], unlessBookedWithin: '30m' },
    },
  };
};

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice({ rules }); // Tuesday, 3 March 2026, 10:00
});
afterEach(() => office.stop());

/** What became of the booking of that room. */
const stateOf = async (place: string): Promise<readonly string[]> => {
  const rows = await office.app.db
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select('booking.state')
    .where('room.name', '=', place)
    .orderBy('booking.state')
    .execute();
  return rows.map(({ state }) => state);
};

const asked = async (person: string): Promise<boolean> =>
  (await office.sees(person)).some((each) => each.includes('[签到]'));

const quarters = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await office.later('15m');
};

describe('nobody is asked, and nothing is released', () => {
  test('in a room that needs none, while the room beside it is asked and released', async () => {
    await office.submits('陈晨', '今天11点到12点订珠峰，参会人：王磊');
    await office.submits('罗敏', '今天11点到12点订黄山');
    await quarters(4); // 11:00
    expect(await asked('陈晨')).toBe(false);
    expect(await asked('王磊')).toBe(false);
    expect(await asked('罗敏')).toBe(true);
    await quarters(1); // 11:15
    expect([await stateOf('珠峰'), await stateOf('黄山')]).toEqual([['booked'], ['released']]);
    await office.says('陈晨', '签到');
    expect(await office.last('陈晨')).toBe('这场会不用签到，会议室会一直留着');
  });

  test('of a host whose role needs none', async () => {
    await office.submits(office.roleHolder('director'), '今天11点到12点订黄山');
    await quarters(5);
    expect(await asked(office.roleHolder('director'))).toBe(false);
    expect(await stateOf('黄山')).toEqual(['booked']);
  });

  test('longer than four hours; four hours are asked', async () => {
    await office.submits('陈晨', '今天11点到下午3点半订黄山');
    await office.taps(office.roleHolder('office-manager'), '同意');
    await office.submits('罗敏', '今天11点到下午3点订衡山');
    await quarters(4);
    expect([await asked('陈晨'), await asked('罗敏')]).toEqual([false, true]);
    await quarters(1);
    expect([await stateOf('黄山'), await stateOf('衡山')]).toEqual([['booked'], ['released']]);
  });

  test('booked half an hour before or less', async () => {
    await office.submits('陈晨', '今天10点25到11点半订黄山');
    await office.submits('罗敏', '今天10点35到11点半订衡山');
    await quarters(3); // 10:45
    expect([await asked('陈晨'), await asked('罗敏')]).toEqual([false, true]);
    await quarters(1);
    expect([await stateOf('黄山'), await stateOf('衡山')]).toEqual([['booked'], ['released']]);
  });
});

describe('when it changes before it was asked', () => {
  test('moved into a room that is asked, it is asked; made long, it is not', async () => {
    await office.submits('陈晨', '今天下午2点到3点订珠峰');
    await office.says('陈晨', 'ROOM-26-0001 换到黄山');
    await office.taps('陈晨', '提交');
    await office.submits('罗敏', '今天下午2点到3点订衡山');
    await office.says('罗敏', 'ROOM-26-0002 改到下午2点到7点');
    await office.taps('罗敏', '提交');
    await office.taps(office.roleHolder('office-manager'), '同意');
    await office.later('4h'); // 14:00
    expect([await asked('陈晨'), await asked('罗敏')]).toEqual([true, false]);
    await quarters(1);
    expect([await stateOf('黄山'), await stateOf('衡山')]).toEqual([
      ['released'],
      ['booked', 'released'],
    ]);
  });
});

describe('every date of a series by itself', () => {
  test('those in a room that needs none are not asked', async () => {
    await office.submits('陈晨', '每天上午11点到12点订珠峰，共3次');
    await office.later('1h');
    await quarters(2);
    expect(await asked('陈晨')).toBe(false);
    const rows = await office.app.db
      .selectFrom('meeting')
      .select(['release_at', 'state'])
      .execute();
    expect(rows.map(({ release_at: release }) => release)).toEqual([null, null, null]);
    expect(rows.some(({ state }) => state === 'released')).toBe(false);
  });
});
