/** Somebody needs a room that another has booked: by consent, or by authority with a reason; its host has alternatives first. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice(); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

/** Who has a room at a time, by what is held or booked: requests' numbers, or `hold`. */
const rows = async (room: string): Promise<readonly string[]> => {
  const found = await office.app.db
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .leftJoin('request', 'request.id', 'booking.request_id')
    .select(['request.number', 'booking.starts_at'])
    .where('room.name', '=', room)
    .where('booking.state', 'in', ['held', 'booked'])
    .orderBy('booking.starts_at')
    .execute();
  return found.map(
    (each) =>
      `${each.number ?? 'hold'} ${each.starts_at.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString().slice(5, 16)}`,
  );
};

describe('asked for by consent', () => {
  test('with a reason, and confirmed by who asks', async () => {
    await office.submits('陈晨', '明天下午3点到4点订珠峰，参会人：王磊');
    await office.says('何佳', '陈晨那个会能让给我吗');
    expect(await office.last('何佳')).toContain('请写上原因');
    await office.says('何佳', '陈晨那个会能让给我吗，有急事');
    expect(await office.last('何佳')).toContain('请陈晨让会议室 #待确认');
    expect((await office.sees('陈晨')).join()).not.toContain('需要您的会议室');
    await office.taps('何佳', '去问陈晨');
  });

  test('the host sees who, why and where to; nothing has moved', async () => {
    const card = await office.last('陈晨');
    expect(card).toContain('何佳需要您的会议室 #待答复');
    expect(card).toContain('原因：有急事');
    expect(card).toContain('[衡山 明天 3月4日（周三）15:00–16:00]');
    expect(card).toContain('[取消我的，让出] [不让]');
    expect(await rows('珠峰')).toEqual(['ROOM-26-0001 03-04T15:00']);
  });

  test('one tap moves the host, and the room is the asker’s; who waits in line does not get between', async () => {
    await office.says('林晓', '明天下午3点到4点订珠峰');
    await office.taps('林晓', '排队');
    await office.taps('陈晨', '衡山');
    expect(await rows('珠峰')).toEqual(['ROOM-26-0002 03-04T15:00']);
    expect(await rows('衡山')).toEqual(['ROOM-26-0001 03-04T15:00']);
    expect(await office.last('林晓')).toContain('#排队中');
    expect((await office.sees('何佳')).join('\n')).toContain('已订给您 ROOM-26-0002');
  });

  test('kept: the asker is told what next', async () => {
    await office.says('王磊', '何佳的珠峰能让给我吗，客户来访');
    await office.taps('王磊', '去问何佳');
    await office.taps('何佳', '不让');
    expect(await office.last('王磊')).toContain('何佳不方便让，可以排队或换一间');
    expect(await rows('珠峰')).toEqual(['ROOM-26-0002 03-04T15:00']);
  });

  test('given away: the host’s is cancelled', async () => {
    await office.says('王磊', '何佳的珠峰能让给我吗，客户来访');
    await office.taps('王磊', '去问何佳');
    await office.taps('何佳', '取消我的');
    expect(await rows('珠峰')).toEqual(['ROOM-26-0003 03-04T15:00']);
    const { state } = await office.app.db
      .selectFrom('request')
      .select('state')
      .where('number', '=', 'ROOM-26-0002')
      .executeTakeFirstOrThrow();
    expect(state).toBe('cancelled');
  });
});

describe('taken by authority', () => {
  test('is not for everybody', async () => {
    await office.says('何佳', '征用王磊的珠峰，客户来访');
    expect(await office.last('何佳')).toContain('征用要由行政主管办理');
  });

  test('needs a reason, and is confirmed', async () => {
    const manager = office.roleHolder('office-manager');
    await office.says(manager, '征用王磊的珠峰');
    expect(await office.last(manager)).toContain('请写上原因');
    await office.says(manager, '征用王磊的珠峰，市领导临时到访');
    expect(await office.last(manager)).toContain('原因会告诉对方并记录在案');
  });

  test('counts at once: its host is told why, and alternatives are held for them', async () => {
    const manager = office.roleHolder('office-manager');
    await office.taps(manager, '征用');
    expect(await rows('珠峰')).toContain('ROOM-26-0004 03-04T15:00');
    const card = (await office.sees('王磊')).findLast((each) => each.includes('需要您的会议室'));
    expect(card).toContain('#已征用');
    expect(card).toContain('市领导临时到访');
    expect(card).toContain('抱歉');
    const holds = await office.app.db
      .selectFrom('booking')
      .select('id')
      .where('bump_id', 'is not', null)
      .execute();
    expect(holds).toHaveLength(2);
    // What is held for the host is nobody else's.
    expect(await rows('泰山')).toEqual(['hold 03-04T15:00']);
  });

  test('one tap, and the host has one of them; the other is free again', async () => {
    await office.taps('王磊', '泰山');
    const holds = await office.app.db
      .selectFrom('booking')
      .select('id')
      .where('bump_id', 'is not', null)
      .execute();
    expect(holds).toEqual([]);
    expect(await rows('泰山')).toEqual(['ROOM-26-0003 03-04T15:00']);
  });

  test('it is on record: who, whose, and the reason in its row', async () => {
    const entries = await office.app.db
      .selectFrom('audit')
      .select(['actor', 'subject'])
      .where('act', '=', 'room.bumped')
      .execute();
    expect(entries).toHaveLength(1);
    expect(entries[0]?.subject).toBe('request:3');
    const { reason } = await office.app.db
      .selectFrom('room_bump')
      .select('reason')
      .where('authority', '=', true)
      .executeTakeFirstOrThrow();
    expect(reason).toBe('市领导临时到访');
  });

  test('a host who does not choose loses what was held when it begins', async () => {
    await office.submits('林晓', '后天上午10点到11点订黄山');
    const manager = office.roleHolder('office-manager');
    await office.says(manager, '征用林晓的黄山，临时面试');
    await office.taps(manager, '征用');
    await office.later('1d');
    await office.later('1d');
    await office.later('1h');
    const holds = await office.app.db
      .selectFrom('booking')
      .select('id')
      .where('bump_id', 'is not', null)
      .execute();
    expect(holds).toEqual([]);
  });
});
