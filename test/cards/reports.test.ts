/** The cards of digest and monthly report at their largest, and their charts in every form. */
import { expect, test } from 'vitest';
import type { Card } from '../../cards/card.ts';
import { chartOf } from '../../cards/chart.ts';
import { digestCard, type DigestModel } from '../../cards/digest.ts';
import { cardHtml } from '../../cards/html.ts';
import { monthlyCard, type MonthlyModel } from '../../cards/monthly-report.ts';
import { textOf } from '../../cards/plain.ts';
import { words } from '../../cards/words.ts';
import { drawCard } from '../../src/channels/feishu/card.ts';
import { validateCard } from '../feishu-platform/card-rules.ts';
import { textOf as feishuText } from '../feishu-platform/card-text.ts';
import { isObject, listAt } from '../feishu-platform/json.ts';

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const LONG = '一个很长的名字'.repeat(12);

/** A bad day in a large office: every list is full, every text as long as it can be. */
const worstDay: DigestModel = {
  day: words('3月3日（周二）', 'Tue 03-03'),
  isToday: true,
  submitted: 412,
  closed: 398,
  onTime: { of: 350, counted: 401 },
  late: {
    total: 51,
    first: times(5, (n) => ({
      number: `FIX-26-00${n}`,
      kind: words('报修', 'Repair'),
      who: words(`${LONG}等 20 人`, LONG),
      lateBy: words('3 小时', '3 h'),
    })),
  },
  waiting: {
    total: 23,
    first: times(5, (n) => ({
      number: `TRIP-26-00${n}`,
      kind: words('出差申请', 'Business trip'),
      requester: LONG,
      summary: words(LONG, LONG),
    })),
  },
  next: words('明天 3月4日（周三）', 'Wed 03-04'),
  meetings: times(60, () => ({
    when: words('09:00–10:00', '09:00–10:00'),
    room: LONG,
    who: LONG,
    title: LONG,
    setUp: ['投影', '视频', '白板', '大屏', '电话', '麦克风', '茶水'],
    held: true,
  })),
  stock: times(30, () => ({ name: LONG, left: 1, mark: 20, unit: '包' })),
  noShows: times(9, () => ({ when: words('09:00–10:00', '09:00–10:00'), room: LONG, who: LONG })),
  unsent: times(9, () => ({ who: LONG, count: 12, why: words(LONG, LONG) })),
  recent: times(5, (n) => ({ day: `3/${n}`, submitted: 400 + n })),
};

const longMonth: MonthlyModel = {
  month: words('10月', '2026-10'),
  soFar: false,
  company: LONG,
  submitted: 9_000,
  closed: 8_800,
  onTime: { of: 899, counted: 1_000 },
  satisfied: { of: 17, counted: 20 },
  stars: 4.4,
  spend: times(40, (n) => ({ department: `${LONG}${n}`, yuan: 1_234.5, budget: 1_000 })),
  rooms: times(40, (n) => ({ room: `${LONG}${n}`, booked: 100, open: 9_000 })),
  items: times(40, (n) => ({ item: `${LONG}${n}`, unit: '包', quantity: 7 })),
  responses: { of: 9, counted: 10, median: words('45 分钟', '45 min') },
  actions: { of: 1, counted: 2, days: 3.46 },
  trend: times(6, (n) => ({
    month: words(`${n + 5}月`, `2026-0${n + 5}`),
    submitted: n * 100,
    onTime: { of: 90 + n, counted: 100 },
    satisfied: n === 0 ? { of: 0, counted: 0 } : { of: 85, counted: 100 },
  })),
  odd: times(9, () => words(LONG, LONG)),
  command: 'npm run office -- export monthly 2026-10 --format xlsx --out 2026-10.xlsx',
};

const html = (card: Card): string =>
  cardHtml(card, { language: 'zh', id: 'sm_1', fileUrl: (file) => file }).html;

test.each([
  ['digest', digestCard(worstDay), 1],
  ['monthly report', monthlyCard(longMonth), 2],
])('the largest %s fits Feishu whole, with its charts', (_name, card, charts) => {
  const drawn = drawCard(card);
  expect(validateCard(drawn)).toEqual([]);
  const elements = listAt(drawn.body, 'elements');
  expect(elements.filter((each) => isObject(each) && each['tag'] === 'chart')).toHaveLength(charts);
  // Nothing was shortened away: as many blocks as the card has, and what stands last is there.
  const last = card.blocks.at(-1);
  const foot = last?.block === 'text' && typeof last.text !== 'string' ? last.text.zh : 'no foot';
  expect(feishuText(drawn)).toContain(foot);
});

test('what a list does not show is counted', () => {
  const text = textOf(digestCard(worstDay), 'zh');
  expect(text).toContain('超时 51 件');
  expect(text).toContain('还有 46 件');
  expect(text).toContain('还有 18 件'); // of those that wait, as a button
  expect(text).toContain('还有 55 件'); // meetings
  expect(textOf(monthlyCard(longMonth), 'zh')).toContain('还有 35 项，见导出的表格');
});

test('just below a goal is below it, just at it is met', () => {
  const text = textOf(monthlyCard(longMonth), 'zh');
  expect(text).toContain('按时率：89.9%（899/1000），目标 90%，未达标');
  expect(text).toContain('满意度：85%（17/20），目标 85%，达标，平均 4.4 星');
  expect(text).toContain('首次响应：90% 按时（9/10），一半在 45 分钟内');
  expect(text).toContain('决议执行率：50%（1/2），平均 3.5 天');
});

test('a chart is told in words, in both languages, also what is not known', () => {
  const chart = chartOf({
    kind: 'line',
    title: words('按时率', 'On time'),
    unit: '%',
    series: [
      {
        name: words('按时', 'In time'),
        points: [
          { label: '1月', value: 90 },
          { label: '2月', value: null },
        ],
      },
    ],
  });
  expect(chart.alt).toEqual(
    words('按时率。按时：1月 90%，2月 无', 'On time. In time: 1月 90%, 2月 none'),
  );
});

/** One bar chart of these values as it is drawn on the page. */
const bars = (...values: readonly number[]): readonly number[] => {
  const points = values.map((value, n) => ({ label: String(n), value }));
  const drawn = html({
    title: 't',
    color: 'grey',
    preview: '',
    blocks: [chartOf({ kind: 'bar', title: 't', series: [{ name: 's', points }] })],
  });
  return [...drawn.matchAll(/<rect[^>]* height="([\d.]+)"/g)].map(([, height]) => Number(height));
};

test('bars are as high as what they stand for', () => {
  const [one = 0, two = 0, four = 0, none] = bars(1, 2, 4, 0);
  expect(two / one).toBeCloseTo(2, 1);
  expect(four / one).toBeCloseTo(4, 1);
  expect(none).toBe(0);
  expect(bars(0, 0)).toEqual([0, 0]);
});

test('a line has a gap where nothing is known, and higher is higher', () => {
  const points = [90, 95, null, 80].map((value, n) => ({ label: String(n), value }));
  const drawn = html({
    title: 't',
    color: 'grey',
    preview: '',
    blocks: [chartOf({ kind: 'line', title: 't', unit: '%', series: [{ name: 's', points }] })],
  });
  const [, path = ''] = /<path[^>]* d="([^"]*)"/.exec(drawn) ?? [];
  expect(path.replaceAll(/[^ML]/g, '')).toBe('MLM');
  const heights = [...path.matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y));
  expect(heights.toSorted((a, b) => a - b)).toEqual([heights[1], heights[0], heights[2]]);
});
