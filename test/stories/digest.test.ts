/** The daily digest: at six on working days, to the office manager, once; conclusion first, what is late and whose, what waits for the reader. */
import { afterEach, expect, test } from 'vitest';
import { drawView } from '../../src/conversation/views.ts';
import { defaultRules, type Rules } from '../../src/settings/index.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
afterEach(() => office.stop());

const at = (local: string): Temporal.Instant => Temporal.Instant.from(`${local}+08:00`);
const digests = async (person: string): Promise<readonly string[]> =>
  (await office.sees(person)).filter((each) => each.includes('日报') || each.includes('新收'));

test('an ordinary Tuesday: at six the manager reads how the day went, and decides from the card', async () => {
  office = await openOffice();
  await office.says('陈晨', '明天下午3点到5点订珠峰会议室，8个人，要投影，主题是季度复盘');
  await office.taps('陈晨', '提交');
  await office.says('何佳', '明天9点到下午3点订黄山会议室，培训');
  await office.taps('何佳', '提交');
  await office.says('王磊', '领两包A4纸');
  await office.taps('王磊', '提交');
  await office.taps('吴婷', '发放');
  await office.later('4h');
  await office.later('1h');
  await office.later('1h');
  await office.later('1h');
  expect(await digests('孙丽')).toEqual([]); // ten past five
  await office.later('1h');
  const [digest, another] = await digests('孙丽');
  expect(another).toBeUndefined();
  expect(digest?.split('\n')[0]).toBe('今天 3 件，按时 100%，1 件要您处理 ');
  expect(digest).toContain('等您处理 1 件');
  expect(digest).toContain('会议室预订：ROOM-26-0002 · 何佳 · 黄山 明天 3月4日（周三）09:00–15:00');
  expect(digest).toContain('明天 3月4日（周三）会议 2 场');
  expect(digest).toContain('黄山：09:00–15:00 · 何佳 · 培训 · 待审批');
  expect(digest).toContain('珠峰：15:00–17:00 · 陈晨 · 季度复盘 · 准备投影');
  expect(digest).toContain('没有超时，库存都够');
  await office.taps('孙丽', '查看 ROOM-26-0002');
  await office.taps('孙丽', '同意');
  expect(await office.last('何佳')).toContain('已预订');
  await office.later('1h');
  expect(await digests('孙丽')).toHaveLength(1);
  expect(await digests('陈晨')).toEqual([]);
});

test('a day on which nothing happened is one line', async () => {
  office = await openOffice({ start: at('2026-03-04T17:30') });
  await office.later('1h');
  expect(await digests('孙丽')).toEqual([
    '日报 3月4日（周三）：没有新申请，没有等您处理的，明天 3月5日（周四）也没有会议',
  ]);
});

test('not on a Saturday; on a Saturday that is worked instead of a holiday, yes', async () => {
  office = await openOffice({ start: at('2026-03-07T17:30') });
  await office.later('1h');
  expect(await digests('孙丽')).toEqual([]);
  await office.stop();
  office = await openOffice({ start: at('2026-02-28T17:30') });
  await office.later('1h');
  expect(await digests('孙丽')).toHaveLength(1);
});

test('on a Friday the meetings of Monday are told, with their day', async () => {
  office = await openOffice({ start: at('2026-03-06T10:00') });
  await office.says('陈晨', '下周一上午9点到10点订珠峰会议室，6个人，周会');
  await office.taps('陈晨', '提交');
  await office.later('4h');
  await office.later('4h');
  const [digest] = await digests('孙丽');
  expect(digest).toContain('3月9日（周一）会议 1 场');
  expect(digest).toContain('珠峰：09:00–10:00 · 陈晨');
  expect(digest).toContain('没有要您处理的');
});

test('what is late stands first, with whose it is and how late it is in working time', async () => {
  office = await openOffice();
  await office.says('何佳', '3楼打印机卡纸了');
  await office.taps('何佳', '提交');
  for (let days = 0; days < 3; days++) await office.later('1d'); // due on Friday at 10:00
  await office.later('4h');
  await office.later('4h');
  const friday = (await digests('孙丽')).at(-1) ?? '';
  expect(friday.split('\n').slice(0, 3)).toEqual([
    '今天 0 件，按时 0%，没有要您处理的 #超时 1',
    '超时 1 件',
    '报修：郑强 · 超 6 小时 · FIX-26-0001',
  ]);
});

test('a digest missed while the program was down is sent late the same day, once; that of yesterday never, and none at night', async () => {
  office = await openOffice({ start: at('2026-03-03T20:00') });
  await Promise.all([office.app.tick(), office.app.tick()]);
  await office.app.tick();
  await office.settle();
  expect(await digests('孙丽')).toHaveLength(1);
  await office.stop();

  office = await openOffice({ start: at('2026-03-03T17:00') });
  await office.later('1d');
  expect(await digests('孙丽')).toEqual([]);
  await office.later('1h');
  expect(await digests('孙丽')).toHaveLength(1);
  await office.stop();

  office = await openOffice({ start: at('2026-03-03T21:30') });
  await office.app.tick();
  await office.settle();
  expect(await digests('孙丽')).toEqual([]);
});

test('a digest that could not be sent on its day is not sent the day after', async () => {
  office = await openOffice({ start: at('2026-03-03T17:30') });
  await office.later('1h');
  const unsent = { state: 'waiting', platform_message: null, generation: 1 } as const;
  const row = office.app.db.updateTable('delivery').where('what', 'like', 'digest:%');
  await row.set(unsent).execute();
  await office.later('1d'); // Wednesday 18:30: that day's own digest
  const told = await digests('孙丽');
  expect(told.filter((each) => each.includes('日报 3月3日'))).toHaveLength(1);
  expect(told.filter((each) => each.includes('日报 3月4日'))).toHaveLength(1);
});

test('whoever lost the role before it arrives does not read it; who reads English reads English', async () => {
  office = await openOffice({ start: at('2026-03-03T17:30') });
  const { db } = office.app;
  await db.updateTable('person').set({ language: 'en' }).where('name', '=', '孙丽').execute();
  await office.later('1h');
  expect(await office.last('孙丽')).toBe(
    'Daily digest, Tue 03-03: no requests, nothing waits for you, no meetings until Wed 03-04',
  );
  const { id } = await db
    .selectFrom('person')
    .select('id')
    .where('name', '=', '孙丽')
    .executeTakeFirstOrThrow();
  const drawnBy = (rules: Rules) =>
    db
      .transaction()
      .execute((tx) =>
        drawView(tx, { view: 'digest', date: '2026-03-03' }, id, rules, office.app.now()),
      );
  const roles = { ...defaultRules.roles, 'office-manager': ['ou_office_manager'] };
  expect(await drawnBy({ ...defaultRules, roles })).not.toBeNull();
  expect(await drawnBy(defaultRules)).toBeNull();
});

test('a room released because nobody came is told; one that was cancelled, or booked at another time, is not', async () => {
  office = await openOffice();
  for (const [who, room] of [
    ['陈晨', '珠峰'],
    ['何佳', '黄山'],
    ['林晓', '泰山'],
  ] as const) {
    await office.says(who, `今天下午2点到3点订${room}会议室，周会`);
    await office.taps(who, '提交');
  }
  await office.says('何佳', '取消黄山的会议室');
  await office.says('林晓', '改到4点');
  await office.taps('林晓', '提交');
  const ofChen = office.app.db
    .selectFrom('request')
    .innerJoin('person', 'person.id', 'requester_id')
    .select('request.id')
    .where('person.name', '=', '陈晨');
  await office.app.db
    .updateTable('booking')
    .set({ state: 'released' })
    .where('request_id', 'in', ofChen)
    .execute();
  const released = office.app.db.selectFrom('booking').select('id').where('state', '=', 'released');
  expect(await released.execute()).toHaveLength(3);
  await office.later('4h');
  await office.later('4h');
  const [digest] = await digests('孙丽');
  expect(digest).toContain('无人使用已释放 1 间\n珠峰：14:00–15:00 · 陈晨');
  expect(digest).not.toContain('黄山');
});

test('the day so far is told to who asks for it and may read it; others hear whom it is for', async () => {
  office = await openOffice();
  await office.says('何佳', '3楼打印机卡纸了');
  await office.taps('何佳', '提交');
  await office.says('孙丽', '看一下今天的日报');
  expect(await office.last('孙丽')).toContain('今天 1 件，没有要您处理的');
  await office.says('陈晨', '日报');
  expect(await office.last('陈晨')).toBe(
    '行政日报发给行政主管，里面有大家的申请，不便给其他人看。您自己的可以说「我的申请」',
  );
  await office.later('4h');
  await office.later('4h');
  expect(await digests('孙丽')).toHaveLength(2); // what was asked for is not instead of the one at six
});

test.each(['提醒我写日报', '帮我写个日报', '领两包日报', '我的日报'])(
  '「%s」 asks for no digest',
  async (said) => {
    office = await openOffice();
    await office.says('孙丽', said);
    expect(await digests('孙丽')).not.toContainEqual(expect.stringContaining('行政日报'));
  },
);

test('of a long list the first five stand on the card, the others are one tap away', async () => {
  office = await openOffice();
  for (let count = 0; count < 7; count++) {
    await office.says('何佳', `${count + 4}号9点到下午3点订黄山会议室，培训`);
    await office.taps('何佳', '提交');
  }
  await office.later('4h');
  await office.later('4h');
  const [digest] = await digests('孙丽');
  expect(digest?.split('\n')[0]).toContain('7 件要您处理');
  expect(digest?.match(/\[查看 ROOM/g)).toHaveLength(5);
  expect(digest).toContain('[还有 2 件]');
  await office.taps('孙丽', '还有 2 件');
  expect(await office.last('孙丽')).toContain('我的待办');
  expect(await digests('孙丽')).toHaveLength(1);
});
