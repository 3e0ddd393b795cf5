/**
 * What the office costs of Feishu's monthly calls: each sort of story is told once and its calls are counted, and a month of 300
 * people is reckoned from them. docs/feishu-quota.md has the arithmetic.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFree } from '../../src/channels/feishu/calls.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

/** Calls a month that an office of 300 may use: the rest of the 10,000 is for the tenant's other apps and for busy months. */
const MOST_A_MONTH = 6_000;
const WORKING_DAYS = 22;

const EVERYBODY = ['陈晨', '李伟', '王磊', '林晓', '何佳', '马超', '吴婷', '郑强', '孙丽'];

let office: FeishuOffice;
let counted = 0;
beforeAll(async () => {
  office = await openFeishuOffice(); // Tuesday, 3 March 2026, 10:00
  // Who is greeted once and for all is not counted with a story.
  for (const who of EVERYBODY) await office.says(who, '我的待办');
});
afterAll(() => office.stop());

/**
 * The calls since the last time that count against the quota. A token that ran out because the clock was set forward is
 * refused and the call made again; in an office that lives minute by minute it is renewed before.
 */
function spent(at: FeishuOffice = office): number {
  const calls = at.feishu.calls.slice(counted);
  counted = at.feishu.calls.length;
  return calls.filter(({ method, route, code }) => code === 0 && !isFree(`${method} ${route}`))
    .length;
}

const later = async (minutes: number): Promise<void> => {
  office.later({ minutes });
  await office.tick();
};

/** Hour by hour: an office that was away for a day would read back what it missed. */
const aDay = async (): Promise<void> => {
  for (let hour = 0; hour < 24; hour++) await later(60);
};

/** A sort of story: how often it is told in a month of 300 people, and what it costs and may cost, call by call. */
type Story = {
  readonly perMonth: number;
  readonly costs: number;
  readonly tell: () => Promise<void>;
};

const stories: { readonly [name: string]: Story } = {
  // New: draft, check-in, minutes asked for. In place: the meeting as it begins, the booking when it is over.
  'a room for oneself, checked in, no minutes': {
    perMonth: 10 * WORKING_DAYS,
    costs: 5,
    async tell() {
      await office.says('陈晨', '今天11点到12点订个4人的会议室');
      await office.taps('陈晨', '提交');
      await later(50);
      await office.taps('陈晨', '签到');
      await later(11);
      await later(60);
      await office.taps('陈晨', '无需纪要');
    },
  },
  // New: draft, 4 notices, who has not answered, check-in, minutes asked for, 4 copies of them, 2 owners. In place: 3 answers on the
  // booking, the meeting as it begins, the button to check in on 4 cards, 5 that are over; the rest are items that get done.
  'a meeting of five, three answer, checked in, minutes with two items that are done': {
    perMonth: 3 * WORKING_DAYS,
    costs: 34,
    async tell() {
      await office.says(
        '马超',
        '今天13点半到14点半订个6人的会议室，主题评审，参会人：李伟、王磊、何佳、林晓',
      );
      await office.taps('马超', '提交');
      for (const who of ['李伟', '王磊', '何佳']) await office.taps(who, '确认参加');
      await later(81);
      await office.taps('马超', '签到');
      await later(11);
      await later(59);
      const text = '1. 何佳 3月10日前更新报价模板\n2. 王磊 3月11日前修复登录页';
      await office.taps('马超', '提交纪要', { text });
      await office.taps('马超', '确认并分派');
      await office.taps('何佳', '完成');
      await office.taps('王磊', '完成');
    },
  },
  // New: draft, both of the office, the requester to sign. In place: the other of the office, the old card; both when signed.
  'supplies from the store, handed out and signed for': {
    perMonth: 4 * WORKING_DAYS,
    costs: 8,
    async tell() {
      await office.says('王磊', '领两盒A4纸和5支黑色签字笔');
      await office.taps('王磊', '提交');
      await office.taps('吴婷', '发放');
      await office.taps('王磊', '签收');
    },
  },
  // New: draft, leader, requester twice, both of the office, the letter as a file (uploaded and sent). In place: leader, the other of the
  // office, two old cards.
  'a trip, approved by the leader, booked by the office': {
    perMonth: 2 * WORKING_DAYS,
    costs: 12,
    async tell() {
      await office.says('何佳', '下周二到周四去上海出差，坐高铁，见客户');
      await office.taps('何佳', '提交');
      await office.taps('马超', '同意');
      await office.taps('吴婷', '完成', { tickets: 'G1', hotel: '全季酒店' });
    },
  },
  // New: draft, repairer, reporter to accept. In place: taken, the old card, accepted.
  'a repair, taken, done and accepted': {
    perMonth: 3 * WORKING_DAYS,
    costs: 6,
    async tell() {
      await office.says('陈晨', '3楼打印机卡纸了');
      await office.taps('陈晨', '提交');
      await office.taps('郑强', '接单');
      await office.taps('郑强', '完成', { done: '换了搓纸轮' });
      await office.taps('陈晨', '验收', { stars: '5' });
    },
  },
  'a list that is asked for': {
    perMonth: 10 * WORKING_DAYS,
    costs: 1,
    async tell() {
      await office.says('陈晨', '我的申请');
    },
  },
  // New: draft, leader; a day later the leader again and the one above. In place: the card that is late, then points to the newer
  // one, and both leaders' when it is withdrawn.
  'an approval that is reminded of, then withdrawn': {
    perMonth: WORKING_DAYS,
    costs: 8,
    async tell() {
      await office.says('王磊', '下周三到周五去广州出差，坐高铁，做展会');
      await office.taps('王磊', '提交');
      await aDay();
      await office.taps('王磊', '撤回');
    },
  },
};

const costs = new Map<string, number>();

describe('what a story costs of the month’s calls', () => {
  test.each(Object.entries(stories))('%s', async (name, { costs: most, tell }) => {
    spent();
    await tell();
    await office.settle();
    const calls = spent();
    costs.set(name, calls);
    expect(calls).toBeLessThanOrEqual(most);
  });

  test('a working day by itself: the digest, and the recurring work told to both of the office', async () => {
    const quiet = await openFeishuOffice({ rounds: true });
    await quiet.settle();
    counted = quiet.feishu.calls.length;
    for (let hours = 0; hours < 24; hours++) {
      quiet.later({ hours: 1 });
      await quiet.tick();
    }
    const calls = spent(quiet);
    await quiet.stop();
    counted = office.feishu.calls.length;
    costs.set('a working day by itself', calls);
    expect(calls).toBeLessThanOrEqual(5);
  });
});

test('a month of an office of 300 stays under 6,000 calls', () => {
  const rows = [
    ...Object.entries(stories).map(([name, { perMonth }]) => [name, perMonth] as const),
    ['a working day by itself', WORKING_DAYS] as const,
  ].map(([name, times]) => ({ name, times, calls: times * (costs.get(name) ?? Number.NaN) }));
  const total = rows.reduce((all, { calls }) => all + calls, 0) + WEEKLY_CARDS;
  console.table([...rows, { name: 'weekly follow-up', times: WEEKLY_CARDS, calls: WEEKLY_CARDS }]);
  console.log('calls a month', total);
  expect(total).toBeLessThan(MOST_A_MONTH);
});

/** Owners with open items and hosts with a roll-up, one card each a week: sixty people. */
const WEEKLY_CARDS = Math.round(60 * (WORKING_DAYS / 5));
