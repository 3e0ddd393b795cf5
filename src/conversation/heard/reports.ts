import type { HeardAs } from '../../language/lexicon.ts';
import { said } from '../../language/lexicon.ts';

/** Words that only ask to see it. */
const asking = said(
  `看一下 看下 看看 看 查看 查一下 查 来一份 来份 来个 出一份 发一下 发我 显示 show`,
);

/** Somebody's own report, or one that is to be written, handed in, printed: not the office's. */
const another = said(`
  写 提醒 提交 交 填 催 模板 怎么 什么时候 工作 项目 我的 销售 财务 运营 市场 生产 客服 人事 研发 记者 周报 小组 个人 部门
  公文 发文 盖 印 纪要 会议 开会 号 点 讨论 订 领 write remind submit template
`);

/**
 * A report is called by its name, alone or with a word that asks to see it. Nobody taught the learned reader these two intents, so their
 * signs alone decide: they outweigh whatever was learned, and hold for hardly any other sentence.
 */
const SURELY = 120;
const NEVER = -2 * SURELY;

/** The office's day: 日报, 今天的日报. */
export const digest: HeardAs = {
  intent: 'report.digest',
  wish: true,
  words: {
    name: said(`
      日报 行政日报 办公室日报 今日日报 今天的日报 今天日报 当天日报 今日行政日报 今天的行政日报 daily_digest digest
      每天_digest 每天_报告
    `),
    asking,
    another,
  },
  cues: [
    [SURELY, '^name name$'],
    [SURELY, '^asking asking>name name$'],
    [NEVER, 'another'],
  ],
  slots: {},
  examples: [
    { says: '今天的日报', means: {} },
    { says: '看一下日报', means: {} },
  ],
};

/** The office's month: 行政月报, 10月月报. Without a month the last one is meant. */
export const monthlyReport: HeardAs = {
  intent: 'report.monthly',
  wish: true,
  words: {
    name: said(`月报 行政月报 办公室月报 月度报告 行政月度报告 每月_报告`),
    asking,
    month: said(`
      1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月 一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
      上月 上个月 本月 这个月 当月 去年 今年 2025年 2026年 2027年 2028年
    `),
    another,
  },
  cues: [
    [SURELY, '^name name$'],
    [SURELY, '^asking asking>name name$'],
    [SURELY, '^month month>name name$'],
    [NEVER, 'another'],
  ],
  slots: { when: { sort: 'when', shape: 'past' } },
  examples: [
    { says: '行政月报', means: {} },
    { says: '看一下月报', means: {} },
  ],
};
