import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({
    rules: (rules) => ({
      ...rules,
      trips: {
        ...rules.trips,
        budgets: { 研发部: { per: 'quarter', yuan: 8_000 }, others: { per: 'year', yuan: 50_000 } },
      },
    }),
  });
});
afterAll(() => office.stop());

const days = async (count: number): Promise<void> => {
  for (let day = 0; day < count; day++) await office.later('1d');
};
const heard = async (person: string): Promise<string> => (await office.sees(person)).join('\n');

describe('a journey through several cities', () => {
  test('one sentence gives every leg its day; the estimate and the standard stand beside', async () => {
    await office.says('陈晨', '下周一从北京去上海，周三转杭州，周五回北京，高铁，见客户');
    const draft = await office.last('陈晨');
    expect(draft).toContain('3月9日（周一） | 北京 → 上海 | 高铁');
    expect(draft).toContain('3月11日（周三） | 上海 → 杭州 | 高铁');
    expect(draft).toContain('3月13日（周五） | 杭州 → 北京 | 高铁');
    expect(draft).toContain('目的地：上海、杭州');
    expect(draft).toContain('共 5 天');
    // two nights in Shanghai at 450, two in Hangzhou at 350, three legs at 500
    expect(draft).toContain('预估费用：3100 元（推测）');
    expect(draft).toContain('员工标准：上海酒店每晚 ¥450，杭州酒店每晚 ¥350');
  });

  test('another first day moves the legs along', async () => {
    await office.says('陈晨', '改成下周二出发');
    const draft = await office.last('陈晨');
    expect(draft).toContain('3月10日（周二） | 北京 → 上海');
    expect(draft).toContain('3月12日（周四） | 上海 → 杭州');
    expect(draft).toContain('3月14日（周六） | 杭州 → 北京');
    await office.taps('陈晨', '取消');
  });

  test('a journey there and back stays as simple as before', async () => {
    await office.says('陈晨', '下周二去上海，周四回北京，见客户');
    const draft = await office.last('陈晨');
    expect(draft).not.toContain('→');
    expect(draft).toContain('3月10日（周二） 至 3月12日（周四），共 3 天');
    await office.taps('陈晨', '取消');
  });
});

describe('beyond the standard', () => {
  test('a dearer hotel needs a reason and one more approver', async () => {
    await office.says('林晓', '下周二到周四去上海出差，坐高铁，见客户，要住800的酒店');
    const draft = await office.last('林晓');
    expect(draft).toContain('超标准：上海酒店每晚 ¥800，标准 ¥450');
    expect(draft).toContain('超标理由');
    expect(draft).toContain('#待补充');
    await office.taps('林晓', '提交', { reason: '协议酒店都满了' });
    expect(await office.last('林晓')).toContain('办公室主任审批 [waiting]');
    const asked = await office.last('黄静');
    expect(asked).toContain('超标准：上海酒店每晚 ¥800，标准 ¥450');
    expect(asked).toContain('超标理由：协议酒店都满了');
    await office.taps('黄静', '同意');
    expect(await office.last(office.roleHolder('director'))).toContain('[同意]');
    await office.taps(office.roleHolder('director'), '驳回', { comment: '住标准内的' });
  });

  test('a better seat, too; within the standard nobody asks', async () => {
    await office.says('林晓', '下周二去上海出差，坐商务座，见客户');
    expect(await office.last('林晓')).toContain('超标准：商务座，标准 二等座、经济舱');
    await office.says('林晓', '改成二等座');
    const draft = await office.last('林晓');
    expect(draft).not.toContain('超标');
    expect(draft).not.toContain('办公室主任');
    await office.taps('林晓', '取消');
  });
});

describe('companions, changes and cancelling', () => {
  test('who is asked along answers by a tap; a no is told to the requester', async () => {
    await office.says('陈晨', '下周二到周四和王磊、林晓去上海出差，坐高铁，见客户');
    await office.taps('陈晨', '提交');
    expect(await office.last('王磊')).toContain('陈晨请您同行出差 #待确认');
    expect((await office.taps('王磊', '同行')).toast).toBe('已确认同行');
    expect((await office.taps('林晓', '不能去')).toast).toBe('已告知不能去');
    expect(await heard('陈晨')).toContain('林晓不能随 TRIP-26-0002 出差');
    expect((await office.card('陈晨')).blocks.length).toBeGreaterThan(0);
    const forged = { v: 1, a: 'go-along', o: '2' };
    expect(
      (await office.forges('何佳', forged).catch(() => ({ toast: '没有邀请您同行' }))).toast,
    ).toBe('没有邀请您同行');
  });

  test('the booking is due two working days before, and its checklist becomes the letter', async () => {
    await office.taps('李伟', '同意');
    const booking = await office.last('ou_office_1');
    expect(booking).toContain('<checked>');
    const task = await office.app.db
      .selectFrom('task')
      .select('due_at')
      .where('step_id', '=', 'booking')
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow();
    expect(task.due_at?.toString()).toBe('2026-03-06T10:00:00Z');
    await office.taps('ou_office_1', '完成', {
      checked: ['去程票', '酒店'],
      tickets: 'G1 北京南 09:00',
      hotel: '全季酒店（虹桥）',
    });
    const letter = await office.last('陈晨');
    expect(letter).toContain('已办：去程票、酒店');
    expect(letter).toContain('G1 北京南 09:00');
    const file = '附件：出差安排确认函-TRIP-26-0002.pdf';
    expect(await heard('陈晨')).toContain(file);
    expect(await heard('王磊')).toContain(file);
    expect(await heard('林晓')).not.toContain(file);
    expect(await heard('王磊')).toContain('TRIP-26-0002 订好了：G1 北京南 09:00；全季酒店（虹桥）');
  });

  test('the budget is committed; a change of the purpose asks no approver again, only the office', async () => {
    expect(await committed()).toEqual([{ department: '研发部', committed: 570_000 }]);
    await office.says('陈晨', 'TRIP-26-0002 事由改成验收');
    await office.taps('陈晨', '提交');
    expect(await office.last('陈晨')).toContain('#处理中');
    expect(await heard('ou_office_1')).toContain('TRIP-26-0002 已订的行程改了');
    expect(await committed()).toEqual([{ department: '研发部', committed: 570_000 }]);
    await office.taps('ou_office_1', '完成', { tickets: 'G3 北京南 10:00' });
  });

  test('a budget that does not hold it warns on the draft and stops the approval', async () => {
    await office.says('王磊', '下周二到周四去深圳出差，坐飞机，见客户');
    expect(await office.last('王磊')).toContain('出差预算只剩 ¥2,300，不够这次');
    await office.taps('王磊', '提交');
    const asked = await office.last('李伟');
    expect(asked).toContain('出差预算：研发部 2026-Q1：已占 ¥5,700，本次 ¥2,900，共 ¥8,000，不够');
    expect((await office.taps('李伟', '同意')).toast).toContain('研发部 2026-Q1 出差预算不够');
    expect(await committed()).toEqual([{ department: '研发部', committed: 570_000 }]);
  });

  test('cancelling after it was booked tells approver, office and companion, and frees the budget', async () => {
    await office.says('陈晨', '取消 TRIP-26-0002');
    expect(await heard('李伟')).toContain('陈晨取消了您批准过的 TRIP-26-0002');
    expect(await heard('ou_office_1')).toContain(
      'TRIP-26-0002 取消了，请退票退房：G3 北京南 10:00',
    );
    expect(await heard('王磊')).toContain('TRIP-26-0002 取消了，不用出差了');
    expect(await heard('林晓')).not.toContain('TRIP-26-0002 取消了');
    expect(await committed()).toEqual([{ department: '研发部', committed: 0 }]);
    expect((await office.taps('李伟', '同意')).toast).toBe('已同意 TRIP-26-0003');
  });
});

const committed = () =>
  office.app.db
    .selectFrom('trip')
    .select((at) => ['department', at.fn.sum<number>('committed').as('committed')])
    .groupBy('department')
    .execute();

describe('before and after', () => {
  test('the evening before the traveller is reminded; what is not booked is told to the office', async () => {
    await days(6);
    for (let hours = 0; hours < 3; hours++) await office.later('4h');
    expect(await heard('王磊')).toContain('明天出行 TRIP-26-0003：深圳 飞机。票还没有订好');
    expect(await heard('ou_office_1')).toContain('王磊明天出行，TRIP-26-0003 还没有订票');
    await office.taps('ou_office_1', '完成', { tickets: 'CA1301 08:00' });
  });

  test('the day after the return the claim is offered, filled in as far as it is known', async () => {
    for (let hours = 0; hours < 3; hours++) await office.later('4h');
    await days(3);
    expect(await heard('王磊')).toContain('出差回来了，报销吗？');
    await office.taps('王磊', '填报销单');
    const draft = await office.last('王磊');
    expect(draft).toContain('交通 | ¥1,000 | — | 3月10日（周二）');
    expect(draft).toContain('住宿 | ¥900');
    expect(draft).toContain('合计：¥2,900');
  });

  test('receipts are told in words; the claim goes to two different people, then to be paid', async () => {
    await office.says(
      '王磊',
      '报销 TRIP-26-0003：机票 1180.50 发票24312000 3月10日；酒店 800 发票24312001',
    );
    const draft = await office.last('王磊');
    expect(draft).toContain('交通 | ¥1,180.50 | 24312000 | 3月10日（周二）');
    expect(draft).toContain('住宿 | ¥800 | 24312001 | —');
    await office.says('王磊', '打车 46.5');
    expect(await office.last('王磊')).toContain('合计：¥2,027');
    await office.taps('王磊', '提交');
    expect(await office.last('李伟')).toContain('出差预估：¥2,900；实报 ¥2,027');
    await office.taps('李伟', '同意');
    expect(await office.last('ou_finance')).toContain('EXP-26-0001');
    await office.taps('ou_finance', '同意');
    const spent = await office.app.db
      .selectFrom('trip')
      .select(['committed', 'spent'])
      .where('person_id', '=', (await personNamed('王磊')).id)
      .execute();
    expect(spent).toEqual([{ committed: 0, spent: 202_700 }]);
    await office.taps('ou_finance', '已付款', { receipt: 'PZ-318' });
    expect(await office.last('王磊')).toContain('付款凭证号：PZ-318');
  });

  test('the thread of a claim begins with its journey', async () => {
    await office.says('王磊', 'EXP-26-0001 的来龙去脉');
    const told = await office.last('王磊');
    expect(told).toMatch(/出差申请 TRIP-26-0003 .*\n.*\n└ ▶ \S+ EXP-26-0001/u);
  });

  test('an invoice that was claimed is refused to everybody, with who and when', async () => {
    await office.says('陈晨', '报销：高铁 553 发票24312000');
    const draft = await office.last('陈晨');
    expect(draft).toContain('发票 24312000 已由王磊在 3月13日（周五） 报销（EXP-26-0001）');
    expect((await office.taps('陈晨', '提交', { lines: '高铁 553 发票24312000' })).toast).toContain(
      '还差',
    );
    const reply = await office.taps('陈晨', '提交', { lines: '高铁 553 发票24312009' });
    expect(reply.toast).toBe('已提交 EXP-26-0002');
    await office.says('王磊', '报销 TRIP-26-0003');
    expect(await office.last('王磊')).toContain('TRIP-26-0003 现在不能报销');
  });

  test('the ledger of a month is for finance, with what to look at, and as a workbook', async () => {
    await office.says('王磊', '本月报销台账');
    expect(await office.last('王磊')).toBe('报销台账只给财务和主任看');
    await office.says('ou_finance', '本月报销台账');
    const told = await heard('ou_finance');
    expect(told).toContain('2026年3月报销台账');
    expect(told).toContain('合计：¥2,580，2 张');
    expect(told).toContain('研发部：¥2,580');
  });
});

const personNamed = (name: string) =>
  office.app.db
    .selectFrom('person')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
