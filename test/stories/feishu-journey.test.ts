/** A journey for two in Feishu, from the sentence to the money: asked along, booked, a letter as a file, a claim that two people sign. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

const [KEEPER, FINANCE] = ['ou_office_1', 'ou_finance'] as const;

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice(); // Tuesday, 3 March 2026, 10:00
  // The first sentence of a process loads what it reads with: on a busy machine longer than the platform waits.
  await office.says('吴婷', '帮助').catch(() => undefined);
});
afterAll(() => office.stop());

const heard = (person: string): string => office.sees(person).join('\n');
const budget = () =>
  office.app.db.selectFrom('trip').select(['committed', 'spent']).executeTakeFirstOrThrow();

describe('a journey for two', () => {
  test('who is asked along says so by a tap; the leader sees the estimate and agrees', async () => {
    await office.says('陈晨', '明天和王磊、林晓去上海出差一天，坐高铁，见客户');
    await office.taps('陈晨', '提交');
    expect(office.last('王磊')).toContain('陈晨请您同行出差');
    expect((await office.taps('王磊', '同行')).toast?.content).toBe('已确认同行');
    await office.taps('林晓', '不能去');
    expect(heard('陈晨')).toContain('林晓不能随 TRIP-26-0001 出差');
    expect(office.last('李伟')).toContain('预估费用');
    await office.taps('李伟', '同意');
  });

  test('booked by the checklist: the letter comes as a file to both, not to who stays', async () => {
    await office.taps(KEEPER, '完成', { checked: ['去程票'], tickets: 'G1 北京南 09:00' });
    const letter = '出差安排确认函-TRIP-26-0001.pdf';
    expect(heard('陈晨')).toContain(letter);
    expect(heard('王磊')).toContain(letter);
    expect(heard('林晓')).not.toContain(letter);
    expect(office.last('陈晨')).toContain('G1 北京南 09:00');
    const uploads = office.feishu.calls.filter(({ route }) => route === '/open-apis/im/v1/files');
    expect(uploads.map(({ code }) => code)).toEqual([0, 0]);
  });

  test('on the day after the return the claim is offered; receipts are told in words', async () => {
    for (const hours of [12, 12, 12, 12]) {
      office.later({ hours });
      await office.tick();
    }
    expect(heard('陈晨')).toContain('出差回来了，报销吗？');
    await office.taps('陈晨', '填报销单');
    await office.says('陈晨', '报销 TRIP-26-0001：高铁 553 发票24312000 3月4日');
    expect(office.last('陈晨')).toContain('24312000');
    expect((await office.taps('陈晨', '提交')).toast?.content).toBe('已提交 EXP-26-0001');
  });

  test('two different people sign, then it is paid; the budget is what was really spent', async () => {
    await office.taps('李伟', '同意');
    expect(await budget()).toMatchObject({ spent: 0 });
    await office.taps(FINANCE, '同意');
    expect(await budget()).toEqual({ committed: 0, spent: 55_300 });
    await office.taps(FINANCE, '已付款', { receipt: 'PZ-318' });
    expect(office.last('陈晨')).toContain('PZ-318');
  });

  test('the thread of the claim begins with its journey, which opens by a tap', async () => {
    await office.says('陈晨', 'EXP-26-0001 的来龙去脉');
    expect(office.last('陈晨')).toMatch(/出差申请 TRIP-26-0001[^]*└ ▶ \S+ EXP-26-0001/u);
    await office.taps('陈晨', '查看 TRIP-26-0001');
    expect(office.last('陈晨')).toContain('出差申请 TRIP-26-0001');
  });

  test('Feishu refused nothing', () => {
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});
