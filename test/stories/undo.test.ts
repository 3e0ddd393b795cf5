/** 撤销: whoever has just tapped or said something takes it back, and everything stands as it stood. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

/** All that the office keeps of a request and its open tasks, without what only counts upwards. */
async function standing(number: string) {
  const { id, workflow, state, outcome, stars, closed_at } = await office.app.db
    .selectFrom('request')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const tasks = await office.app.db
    .selectFrom('task')
    .select(['person_id', 'step_id', 'opened_at', 'due_at', 'next_reminder_at'])
    .where('request_id', '=', id)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute();
  return {
    steps: { ...(workflow as object), past: [] },
    state,
    outcome,
    stars,
    closed: closed_at?.toString(),
    tasks,
  };
}

const recorded = async (act: string): Promise<number> =>
  (await office.app.db.selectFrom('audit').select('act').where('act', '=', act).execute()).length;

describe('an approver who slipped', () => {
  let before: Awaited<ReturnType<typeof standing>>;

  test('同意 is taken back by a button on the card that it redrew; the step waits again, due when it was', async () => {
    await office.submits('陈晨', '下周二到周四去上海出差，坐高铁，见客户');
    before = await standing('TRIP-26-0001');
    expect((await office.taps('李伟', '同意')).toast).toBe('已同意 TRIP-26-0001');
    expect(await office.last('李伟')).toContain('[撤销]');
    expect(await office.last('ou_office_1')).toContain('[完成]');
    expect((await office.taps('李伟', '撤销')).toast).toBe('已撤销「同意」：TRIP-26-0001');
    expect(await office.last('李伟')).toContain('TRIP-26-0001 #待审批');
    expect(await office.last('李伟')).toContain('[同意] [驳回]');
    expect(await office.last('李伟')).not.toContain('[撤销]');
    expect(await standing('TRIP-26-0001')).toEqual(before);
    expect(await recorded('request.undone')).toBe(1);
  });

  test('who had heard of it hears that in one sentence, and their card says how it stands', async () => {
    const told = '李伟撤销了刚才的「同意」，TRIP-26-0001 现在是待审批';
    for (const person of ['陈晨', 'ou_office_1', 'ou_office_2']) {
      const seen = await office.sees(person);
      expect(seen.at(-1)).toBe(told);
      expect(seen.findLast((each) => each.startsWith('出差申请 '))).toContain('#待审批');
      expect(seen.findLast((each) => each.startsWith('出差申请 '))).not.toContain('[完成]');
    }
    expect((await office.sees('李伟')).includes(told)).toBe(false);
  });

  test('the budget and the absence that the approval had brought are gone', async () => {
    const { db } = office.app;
    expect(await db.selectFrom('absence').selectAll().execute()).toEqual([]);
    const trips = await db.selectFrom('trip').select(['state', 'committed']).execute();
    expect(trips.filter(({ state }) => state === 'approved')).toEqual([]);
    expect(trips.reduce((sum, { committed }) => sum + committed, 0)).toBe(0);
  });

  test('a second 撤销 takes nothing back twice; the approval may be given again, and goes on as ever', async () => {
    await office.says('李伟', '撤销');
    expect(await office.last('李伟')).toBe('刚才那一步已经撤销了');
    await office.taps('李伟', '同意');
    expect((await standing('TRIP-26-0001')).state).toBe('working');
    expect(await office.last('ou_office_1')).toContain('[完成]');
    const trips = await office.app.db.selectFrom('trip').select('committed').execute();
    expect(trips.some(({ committed }) => committed > 0)).toBe(true);
  });

  test('驳回, 退回, 转交, 加签: each by the word 撤销 as well', async () => {
    await office.submits('陈晨', '3月17日去苏州出差一天，见客户');
    const stood = await standing('TRIP-26-0002');
    for (const said of [
      '驳回 TRIP-26-0002 先开视频会',
      '退回 TRIP-26-0002 写明客户',
      '把TRIP-26-0002转给黄静',
      'TRIP-26-0002 加签给黄静',
    ]) {
      await office.says('李伟', said);
      expect(await standing('TRIP-26-0002'), said).not.toEqual(stood);
      await office.says('李伟', '撤销');
      expect((await office.sees('李伟')).at(-2), said).toContain('已撤销「');
      expect(await office.last('李伟'), said).toContain('[同意] [驳回]');
      expect(await standing('TRIP-26-0002'), said).toEqual(stood);
    }
    // 黄静 was asked, and is told; there is nothing for her to decide any more.
    expect(await office.last('黄静')).toContain('李伟撤销了刚才的「加签」');
    expect((await office.sees('黄静')).join('\n')).not.toContain('[同意] [驳回]');
  });

  test('when somebody has gone on from there it stays, with what to do instead', async () => {
    await office.taps('李伟', '同意');
    await office.taps('ou_office_1', '完成', { tickets: 'G7001 07:00' });
    expect(await office.last('李伟')).toContain('TRIP-26-0002 #已完成');
    expect(await office.last('李伟')).not.toContain('[撤销]');
    await office.says('李伟', '撤销');
    expect(await office.last('李伟')).toBe(
      '之后又有了变化，不能撤销了。请下一环节退回，或请申请人撤回',
    );
    expect((await standing('TRIP-26-0002')).state).toBe('done');
    // Tickets are bought: that is not taken back at all.
    expect(await office.last('ou_office_1')).not.toContain('[撤销]');
  });

  test('after its time an old button says so', async () => {
    await office.submits('陈晨', '3月19日去无锡出差一天，见客户');
    await office.taps('李伟', '同意');
    await office.later('15m');
    const { toast } = await office.taps('李伟', '撤销');
    expect(toast).toBe('已过 30 秒，不能撤销了。请下一环节退回，或请申请人撤回');
    expect((await standing('TRIP-26-0003')).state).toBe('working');
    expect(await office.last('李伟')).not.toContain('[撤销]');
    expect(await recorded('refused.undo')).toBeGreaterThan(0);
  });

  test('nobody takes back what another did', async () => {
    await office.submits('陈晨', '3月20日去常州出差一天，见客户');
    await office.taps('李伟', '同意');
    const { id, version } = await office.app.db
      .selectFrom('request')
      .select(['id', 'version'])
      .where('number', '=', 'TRIP-26-0004')
      .executeTakeFirstOrThrow();
    const { toast } = await office.forges('陈晨', { v: 1, a: 'undo', r: id, n: version });
    expect(toast).toBe('没有可以撤销的');
    expect((await standing('TRIP-26-0004')).state).toBe('working');
  });
});

describe('a request taken back by mistake', () => {
  const bookings = async () =>
    office.app.db
      .selectFrom('booking')
      .innerJoin('room', 'room.id', 'booking.room_id')
      .select(['room.name', 'booking.starts_at', 'booking.state'])
      .where('booking.state', 'in', ['held', 'booked'])
      .orderBy('booking.id')
      .execute();

  test('a cancelled meeting takes place after all, with everybody invited and what they answered', async () => {
    await office.submits('陈晨', '明天上午9点到10点订珠峰，主题评审，参会人：王磊');
    await office.taps('王磊', '确认参加');
    const [booked] = await bookings();
    await office.taps('陈晨', '取消');
    expect(await bookings()).toEqual([]);
    expect(await office.last('王磊')).toContain('会议已取消');
    await office.taps('陈晨', '撤销');
    expect(await bookings()).toEqual([booked]);
    expect(await office.last('陈晨')).toContain('#已预订');
    const meeting = await office.app.db
      .selectFrom('meeting')
      .innerJoin('attendance', 'attendance.meeting_id', 'meeting.id')
      .select(['meeting.state', 'attendance.answer'])
      .executeTakeFirstOrThrow();
    expect(meeting).toEqual({ state: 'planned', answer: 'coming' });
    const seen = await office.sees('王磊');
    expect(seen.at(-1)).toContain('陈晨撤销了刚才的「取消」');
    expect(seen.at(-2)).not.toContain('会议已取消');
  });

  test('not when somebody else has the room by now: it stays cancelled, and that is said', async () => {
    await office.taps('陈晨', '取消');
    await office.submits('何佳', '明天上午9点到10点订珠峰');
    const { toast } = await office.taps('陈晨', '撤销');
    expect(toast).toContain('这个时段刚刚被别人订走了');
    expect(await office.last('陈晨')).toContain('#已取消');
    const held = await bookings();
    expect(held).toHaveLength(1);
  });

  test('supplies that were withdrawn are promised again; the ledger adds up', async () => {
    await office.submits('王磊', '申领3个硒鼓');
    await office.taps('王磊', '撤回');
    expect(await stock('硒鼓')).toMatchObject({ on_hand: 6, reserved: 0 });
    await office.taps('王磊', '撤销');
    expect(await stock('硒鼓')).toMatchObject({ on_hand: 6, reserved: 3 });
    expect(await office.last('李伟')).toContain('[同意] [驳回]');
    expect(await sums('硒鼓')).toEqual(await stock('硒鼓'));
  });
});

const stock = (name: string) =>
  office.app.db
    .selectFrom('item')
    .select(['on_hand', 'reserved', 'value_fen'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();

/** What the movements of an item come to, and its lots must hold what is on hand. */
async function sums(name: string) {
  const moved = await office.app.db
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .select(['on_hand_change', 'reserved_change', 'value_change'])
    .where('item.name', '=', name)
    .execute();
  const lots = await office.app.db
    .selectFrom('lot')
    .innerJoin('item', 'item.id', 'lot.item_id')
    .select('rest')
    .where('item.name', '=', name)
    .execute();
  const sum = (all: readonly (number | null)[]): number =>
    all.reduce<number>((a, b) => a + (b ?? 0), 0);
  const onHand = sum(moved.map((each) => each.on_hand_change));
  expect(sum(lots.map(({ rest }) => rest))).toBe(onHand);
  return {
    on_hand: onHand,
    reserved: sum(moved.map((each) => each.reserved_change)),
    value_fen: sum(moved.map((each) => each.value_change)),
  };
}

describe('work marked as done', () => {
  test('发放: the things are back in the store room, promised as before, at what they had cost', async () => {
    await office.submits('陈晨', '领两盒A4纸');
    const before = await stock('A4纸');
    const stood = await standing('SUP-26-0002');
    await office.taps('ou_office_1', '发放');
    expect(await stock('A4纸')).not.toEqual(before);
    expect(await office.last('陈晨')).toContain('[签收]');
    await office.taps('ou_office_1', '撤销');
    expect(await stock('A4纸')).toEqual(before);
    expect(await sums('A4纸')).toEqual(before);
    expect(await standing('SUP-26-0002')).toEqual(stood);
    expect(await office.last('陈晨')).toContain('撤销了刚才的「完成」，SUP-26-0002 现在是处理中');
    expect((await office.sees('陈晨')).at(-2)).not.toContain('[签收]');
  });

  test('接单, 完成, 验收 of a repair: the first answer is owed again, the stars are gone', async () => {
    await office.submits('陈晨', '3楼打印机卡纸了');
    const asked = await standing('FIX-26-0001');
    const answered = async () =>
      office.app.db
        .selectFrom('response')
        .innerJoin('request', 'request.id', 'response.request_id')
        .select(['response.state', 'response.answered_by', 'response.due_at'])
        .where('request.number', '=', 'FIX-26-0001')
        .executeTakeFirstOrThrow();
    expect((await answered()).state).toBe('running');
    await office.taps('ou_office_2', '接单');
    expect((await answered()).state).toBe('answered');
    await office.taps('ou_office_2', '撤销');
    expect(await answered()).toMatchObject({ state: 'running', answered_by: null });
    expect(await standing('FIX-26-0001')).toEqual(asked);
    await office.taps('ou_office_2', '接单');
    const taken = await standing('FIX-26-0001');
    await office.taps('ou_office_2', '完成', { done: '换了搓纸轮' });
    await office.taps('ou_office_2', '撤销');
    expect(await standing('FIX-26-0001')).toEqual(taken);
    // That they took it still answered it.
    expect((await answered()).state).toBe('answered');
    await office.taps('ou_office_2', '完成', { done: '换了搓纸轮' });
    const fixed = await standing('FIX-26-0001');
    await office.taps('陈晨', '验收', { stars: '5' });
    await office.taps('陈晨', '撤销');
    expect(await standing('FIX-26-0001')).toEqual(fixed);
    expect(await office.last('陈晨')).toContain('[验收] [重新打开]');
  });
});

describe('the store room', () => {
  test('a delivery that was taken in is inspected again, while nothing of it is used', async () => {
    const before = await stock('订书机');
    await office.says('ou_office_1', '入库 订书机 共54元 3个');
    await office.taps('ou_office_1', '确认入库', { quantity: '3', yuan: '54' });
    expect((await stock('订书机')).on_hand).toBe(before.on_hand + 3);
    await office.taps('ou_office_1', '撤销');
    expect(await stock('订书机')).toEqual(before);
    expect(await sums('订书机')).toEqual(before);
    expect(await office.last('ou_office_1')).toContain('到货验收');
    await office.taps('ou_office_1', '确认入库', { quantity: '2', yuan: '36' });
    expect((await stock('订书机')).on_hand).toBe(before.on_hand + 2);
  });

  test('once some of it was handed out it stays in', async () => {
    const { on_hand: all } = await stock('订书机');
    await office.submits('陈晨', `领${all}个订书机`);
    const { toast } = await office.taps('ou_office_1', '撤销');
    expect(toast).toContain('这批「订书机」已经有人领用，不能撤销入库');
    expect((await stock('订书机')).on_hand).toBe(all);
    expect(await office.last('ou_office_1')).toContain('已入库');
  });

  test('a number that was mistyped in a stock-take is counted again', async () => {
    await office.says('ou_office_1', '数一下文具');
    await office.taps('ou_office_1', '记下', { counted: '29' });
    expect(await office.last('ou_office_1')).toContain('笔记本 有多少本？');
    await office.taps('ou_office_1', '撤销');
    expect(await office.last('ou_office_1')).toContain('黑色签字笔 有多少支？');
    await office.says('ou_office_1', '296');
    expect(await office.last('ou_office_1')).toContain('笔记本 有多少本？');
    await office.says('ou_office_1', '撤销');
    expect((await office.sees('ou_office_1')).at(-1)).toContain('已撤销「盘点数」');
    await office.says('ou_office_1', '继续盘点');
    expect(await office.last('ou_office_1')).toContain('黑色签字笔 有多少支？');
  });
});
