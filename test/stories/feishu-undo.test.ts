/** 撤销 and several at once, over Feishu; each card was taken by the strict stand-in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedCalls } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const stateOf = async (number: string): Promise<string> =>
  (
    await office.app.db
      .selectFrom('request')
      .select('state')
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
  ).state;

const submits = async (person: string, text: string): Promise<void> => {
  await office.says(person, text);
  await office.taps(person, '提交');
};

describe('撤销 in Feishu', () => {
  test('同意 is taken back within thirty seconds; the requester’s card and one sentence say so', async () => {
    await submits('陈晨', '下周二到周四去上海出差，坐高铁，见客户');
    await office.taps('李伟', '同意');
    expect(office.last('李伟')).toContain('撤销');
    office.later({ seconds: 20 });
    await office.taps('李伟', '撤销');
    expect(await stateOf('TRIP-26-0001')).toBe('pending');
    expect(office.last('李伟')).toContain('待审批');
    expect(office.last('陈晨')).toBe('李伟撤销了刚才的「同意」，TRIP-26-0001 现在是待审批');
    const card = office.sees('陈晨').findLast((each) => each.includes('订票订房'));
    expect(card).toContain('待审批');
  });

  test('thirty-one seconds later the old button answers that it is too late, and nothing was sent for it to go', async () => {
    await office.taps('李伟', '同意');
    const before = office.sees('李伟');
    office.later({ seconds: 31 });
    await office.tick();
    expect(office.sees('李伟')).toEqual(before);
    const { toast } = await office.taps('李伟', '撤销');
    expect(JSON.stringify(toast)).toContain('已过 30 秒，不能撤销了');
    expect(await stateOf('TRIP-26-0001')).toBe('working');
    expect(office.last('李伟')).not.toContain('撤销');
  });

  test('全部撤回 under one’s own requests, and back again', async () => {
    await submits('陈晨', '3月23日去宿迁出差一天，见客户');
    await submits('陈晨', '3月24日去淮安出差一天，见客户');
    await office.says('陈晨', '我的出差申请');
    await office.taps('陈晨', '全部撤回');
    expect(await stateOf('TRIP-26-0002')).toBe('withdrawn');
    await office.taps('陈晨', '撤销');
    expect(await stateOf('TRIP-26-0002')).toBe('pending');
    expect(await stateOf('TRIP-26-0003')).toBe('pending');
  });

  test('every card was taken by the platform', () =>
    expect(refusedCalls(office.feishu)).toEqual([]));
});

test('what waits for the morning and is taken back at night is never heard of', async () => {
  const night = await openFeishuOffice({
    start: Temporal.Instant.from('2026-03-03T21:30:00+08:00'),
  });
  try {
    await night.says('陈晨', '下周二去苏州出差一天，见客户');
    await night.taps('陈晨', '提交');
    // Who has just talked is told at once; twenty minutes later what may wait waits.
    night.later({ minutes: 20 });
    const seen = night.sees('陈晨').length;
    await night.says('李伟', '同意 TRIP-26-0001');
    const waits = (): Promise<readonly unknown[]> =>
      night.app.db
        .selectFrom('delivery')
        .select('id')
        .where('state', '=', 'waiting')
        .where('quiet', '=', 'waits')
        .where('what', 'like', 'request:1:%')
        .where('attention', '=', true)
        .execute();
    const held = (await waits()).length;
    expect(held).toBeGreaterThan(0);
    await night.says('李伟', '撤销');
    expect((await waits()).length).toBeLessThan(held);
    night.later({ hours: 11 });
    await night.tick();
    expect(night.sees('陈晨')).toHaveLength(seen);
    expect(night.sees('陈晨').join('\n')).not.toContain('撤销了');
    expect(night.last('陈晨')).toContain('待审批');
  } finally {
    await night.stop();
  }
});
