/**
 * What the office costs of Feishu's monthly calls: each sort of story is told once and its calls counted, and a month of 300
 * people is reckoned from them (docs/feishu-quota.md has the arithmetic).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFree, MONTHLY_CALLS } from '../../src/channels/feishu/calls.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

let office: FeishuOffice;
let counted = 0;
beforeAll(async () => {
  office = await openFeishuOffice(); // Tuesday, 3 March 2026, 10:00
  for (const who of EVERYBODY) await office.says(who, '我的待办');
  counted = office.feishu.calls.length;
});
afterAll(() => office.stop());

const EVERYBODY = ['陈晨', '李伟', '王磊', '林晓', '何佳', '马超', '吴婷', '郑强', '孙丽'];

/**
 * The calls since the last time that count against the quota. A token that ran out because the clock was set forward is
 * refused and the call made again; in an office that lives minute by minute the token is renewed before.
 */
const spent = (): number => {
  const calls = office.feishu.calls.slice(counted);
  counted = office.feishu.calls.length;
  return calls.filter(({ method, route, code }) => code === 0 && !isFree(`${method} ${route}`))
    .length;
};

const later = async (by: Temporal.DurationLike): Promise<void> => {
  office.later(by);
  await office.tick();
};

/** A story of the office: how often it is told in a month of 300 people, and the most it may cost. */
type Story = { readonly most: number; readonly tell: () => Promise<void> };

const stories: { readonly [name: string]: Story } = {
  'a room for oneself, checked in, no minutes': {
    most: 5,
    async tell() {
      await office.says('陈晨', '今天11点到12点订个4人的会议室');
      await office.taps('陈晨', '提交');
      await later({ minutes: 50 });
      await office.taps('陈晨', '签到');
      await later({ minutes: 71 });
      await office.taps('陈晨', '无需纪要');
    },
  },
  'a meeting of five, answered by three, checked in, minutes with two items that are done': {
    most: 40,
    async tell() {
      await office.says(
        '马超',
        '今天13点半到14点半订个6人的会议室，主题评审，参会人：李伟、王磊、何佳、林晓',
      );
      await office.taps('马超', '提交');
      for (const who of ['李伟', '王磊', '何佳']) await office.taps(who, '确认参加');
      await later({ minutes: 81 });
      await office.taps('马超', '签到');
      await later({ minutes: 70 });
      await office.taps('马超', '提交纪要', {
        text: '1. 何佳 3月10日前更新报价模板\n2. 王磊 3月11日前修复登录页',
      });
      await office.taps('马超', '确认并分派');
      await office.taps('何佳', '完成');
      await office.taps('王磊', '完成');
    },
  },
  'supplies from the store, handed out and signed for': {
    most: 8,
    async tell() {
      await office.says('王磊', '领两盒A4纸和5支黑色签字笔');
      await office.taps('王磊', '提交');
      await office.taps('吴婷', '发放');
      await office.taps('王磊', '签收');
    },
  },
  'a trip, approved by the leader, booked by the office': {
    most: 10,
    async tell() {
      await office.says('何佳', '下周二到周四去上海出差，坐高铁，见客户');
      await office.taps('何佳', '提交');
      await office.taps('马超', '同意');
      await office.taps('吴婷', '完成', { tickets: 'G1', hotel: '全季酒店' });
    },
  },
  'a repair, taken, done and accepted': {
    most: 6,
    async tell() {
      await office.says('陈晨', '3楼打印机卡纸了');
      await office.taps('陈晨', '提交');
      await office.taps('郑强', '接单');
      await office.taps('郑强', '完成', { done: '换了搓纸轮' });
      await office.taps('陈晨', '验收', { stars: '5' });
    },
  },
  'a list that is asked for': {
    most: 1,
    async tell() {
      await office.says('陈晨', '我的申请');
    },
  },
};

const measured = new Map<string, number>();

describe('what a story costs of the month’s calls', () => {
  test.each(Object.entries(stories))('%s', async (name, { most, tell }) => {
    spent();
    await tell();
    await office.settle();
    const calls = spent();
    measured.set(name, calls);
    console.log(name, calls, most);
  });
});
