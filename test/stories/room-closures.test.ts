/** Rooms closed for works or kept for something: everybody affected is told with what else there is, and again when they are open. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice(); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

const placeOf = async (number: string): Promise<string> => {
  const row = await office.app.db
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .select(['room.name', 'booking.starts_at'])
    .where('request.number', '=', number)
    .where('booking.state', '=', 'booked')
    .executeTakeFirstOrThrow();
  return `${row.name} ${row.starts_at.toZonedDateTimeISO('Asia/Shanghai').toPlainTime().toString().slice(0, 5)}`;
};

describe('a room closed for works', () => {
  test('only the office closes rooms', async () => {
    await office.says('何佳', '珠峰下周一到周三装修停用');
    expect(await office.last('何佳')).toContain('停用会议室由行政办理');
    expect(await office.app.db.selectFrom('room_closure').select('id').execute()).toEqual([]);
  });

  test('shown with whom it affects before it counts', async () => {
    await office.submits('陈晨', '下周二上午10点到11点订珠峰，参会人：王磊');
    await office.submits('何佳', '下周四上午10点到11点订珠峰');
    await office.says('吴婷', '珠峰下周一到周三装修停用');
    const card = await office.last('吴婷');
    expect(card).toContain('会议室停用：珠峰 #待确认');
    expect(card).toContain('原因：装修');
    expect(card).toContain('影响：5 间中的 1 间，1 场预订');
    expect(card).toContain('陈晨：珠峰 3月10日（周二）10:00–11:00');
    expect((await office.sees('陈晨')).join()).not.toContain('会议室停用');
  });

  test('closed: whoever is affected is told with alternatives, nobody else is', async () => {
    await office.taps('吴婷', '停用');
    const card = await office.last('陈晨');
    expect(card).toContain('会议室停用：珠峰 #已生效');
    expect(card).toContain('要换地方，点一下就改好');
    expect(card).toContain('[衡山 3月10日（周二）10:00–11:00]');
    expect((await office.sees('何佳')).join()).not.toContain('会议室停用：');
  });

  test('it is not offered meanwhile, and why is said', async () => {
    await office.says('罗敏', '下周二下午2点到3点订珠峰');
    const draft = await office.last('罗敏');
    expect(draft).toContain('珠峰这段时间停用：装修');
    expect(draft).not.toContain('[排队]');
    await office.says('罗敏', '下周二下午2点到3点订个10人的会议室');
    expect(await office.last('罗敏')).toContain('衡山');
    await office.says('罗敏', '算了');
  });

  test('one tap moves', async () => {
    await office.taps('陈晨', '衡山 3月10日');
    expect(await placeOf('ROOM-26-0001')).toBe('衡山 10:00');
    expect(await office.last('陈晨')).not.toContain('要换地方');
  });

  test('reopened early by a word: whoever was told is told again', async () => {
    await office.says('吴婷', '珠峰可以用了');
    await office.taps('吴婷', '提前开放');
    expect(await office.last('陈晨')).toContain('珠峰提前重新开放，可以预订了');
    await office.says('罗敏', '下周二下午2点到3点订珠峰');
    expect(await office.last('罗敏')).toContain('无需审批');
    await office.says('罗敏', '算了');
  });

  test('only the office reopens, whatever is sent', async () => {
    await office.says('吴婷', '黄山明天维修停用');
    await office.taps('吴婷', '停用');
    const { id } = await office.app.db
      .selectFrom('room_closure')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    await office.forges('何佳', { v: 1, a: 'closure-reopen', g: id, n: 2 });
    await office.says('何佳', '明天上午10点到11点订黄山');
    expect(await office.last('何佳')).toContain('黄山这段时间停用：维修');
    await office.says('何佳', '算了');
  });

  test('when its time is over it is open by itself', async () => {
    await office.later('1d');
    await office.later('1d');
    const states = await office.app.db
      .selectFrom('room_closure')
      .select('state')
      .orderBy('id')
      .execute();
    expect(states.map(({ state }) => state)).toEqual(['reopened', 'over']);
  });
});

describe('rooms kept for something', () => {
  test('anybody may ask; the office manager sees what it costs and allows it', async () => {
    await office.submits('何佳', '下周三下午2点到3点订黄山');
    await office.says('林晓', '把3楼会议室下周都留作招聘面试间');
    const card = await office.last('林晓');
    expect(card).toContain('#待确认');
    expect(card).toContain('招聘面试间');
    expect(card).toContain('影响：5 间中的 2 间');
    await office.taps('林晓', '预留');
    const manager = office.roleHolder('office-manager');
    expect(await office.last(manager)).toContain('#待同意');
    // Until then everything can be booked.
    await office.says('王磊', '下周五下午2点到3点订珠峰');
    expect(await office.last('王磊')).toContain('无需审批');
    await office.says('王磊', '算了');
    await office.taps(manager, '同意');
    expect(await office.last('林晓')).toContain('#已生效');
    expect((await office.sees('何佳')).join('\n')).toContain('要换地方');
    await office.says('王磊', '下周五下午2点到3点订珠峰');
    expect(await office.last('王磊')).toContain('珠峰这段时间停用：招聘面试间');
  });

  test('refused, nothing is kept', async () => {
    await office.says('罗敏', '把衡山下周五留作培训教室');
    await office.taps('罗敏', '预留');
    await office.taps(office.roleHolder('office-manager'), '不同意');
    expect(await office.last('罗敏')).toContain('#未同意');
    await office.says('王磊', '下周五下午2点到3点订衡山');
    expect(await office.last('王磊')).toContain('无需审批');
  });
});
