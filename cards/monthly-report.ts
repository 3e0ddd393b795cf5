/** The office's month on one card: whether its two goals were met, money, rooms, things, and how it goes over the months. Pure. */
import type { Block, Card, Fact } from './card.ts';
import { chartOf } from './chart.ts';
import { shortened } from './clean.ts';
import { percentOf, percentText, type Share } from './percent.ts';
import { oddBlocks } from './consumption.ts';
import { counted, type Text, type Words, words } from './words.ts';

/** The office's goals, in percent. */
export const GOALS = { onTime: 90, satisfied: 85 } as const;

export type MonthlyModel = {
  /** 「10月」, with the year when it is another than today's. */
  readonly month: Words;
  /** The month is not over yet. */
  readonly soFar: boolean;
  readonly company: string;
  readonly submitted: number;
  readonly closed: number;
  readonly onTime: Share;
  readonly satisfied: Share;
  readonly stars: number | undefined;
  readonly spend: readonly {
    readonly department: string;
    readonly yuan: number;
    readonly budget?: number;
  }[];
  /** Minutes. */
  readonly rooms: readonly {
    readonly room: string;
    readonly booked: number;
    readonly open: number;
  }[];
  readonly items: readonly {
    readonly item: string;
    readonly unit: string;
    readonly quantity: number;
  }[];
  /** Uses of things that are out of the ordinary, each with its reason. */
  readonly odd: readonly Words[];
  readonly responses: Share & { readonly median: Words | undefined };
  /** Action items of meetings: done by their date, of those due; the days they took. */
  readonly actions: Share & { readonly days: number | undefined };
  readonly trend: readonly {
    readonly month: Text;
    readonly submitted: number;
    readonly onTime: Share;
    readonly satisfied: Share;
  }[];
  /** The command that makes a workbook of it. */
  readonly command: string;
};

/** Lines of each list. */
const FIRST = 5;

export function monthlyCard(model: MonthlyModel): Card {
  const title = conclusion(model);
  const missed = missedGoals(model);
  return {
    title,
    subtitle: words(
      `行政月报 · ${model.company}${model.soFar ? ' · 截至今天' : ''}`,
      `Monthly office report · ${model.company}${model.soFar ? ' · so far' : ''}`,
    ),
    color: missed.length > 0 ? 'orange' : 'green',
    tags:
      missed.length > 0
        ? missed.map((text) => ({ text, color: 'orange' as const }))
        : [{ text: words('目标达成', 'Goals met'), color: 'green' as const }],
    preview: title,
    blocks: [
      { block: 'facts', facts: [...goalFacts(model), ...countFacts(model)] },
      ratesChart(model),
      requestsChart(model),
      ...spendBlocks(model),
      ...roomBlocks(model),
      ...itemBlocks(model),
      ...oddUse(model),
      ...trendTable(model),
      { block: 'text', look: 'quiet', text: foot(model) },
    ],
  };
}

/** 「10月 312 件，按时 96%，满意 91%」 */
function conclusion({ month, submitted, onTime, satisfied }: MonthlyModel): Words {
  const rates = [
    onTime.counted > 0
      ? words(`按时 ${percentText(onTime)}`, `${percentText(onTime)} on time`)
      : undefined,
    satisfied.counted > 0
      ? words(`满意 ${percentText(satisfied)}`, `${percentText(satisfied)} satisfied`)
      : undefined,
  ].filter((each) => each !== undefined);
  return words(
    [`${month.zh} ${submitted} 件`, ...rates.map(({ zh }) => zh)].join('，'),
    [`${month.en}: ${counted(submitted, 'request')}`, ...rates.map(({ en }) => en)].join(', '),
  );
}

const misses = (share: Share, goal: number): boolean =>
  share.counted > 0 && share.of * 100 < goal * share.counted;

const missedGoals = ({ onTime, satisfied }: MonthlyModel): readonly Words[] => [
  ...(misses(onTime, GOALS.onTime) ? [words('按时率未达标', 'On time below goal')] : []),
  ...(misses(satisfied, GOALS.satisfied) ? [words('满意度未达标', 'Satisfaction below goal')] : []),
];

const NOTHING = words('本月没有', 'none this month');

function goalText(share: Share, goal: number, more: Words = words('', '')): Words {
  if (share.counted === 0) return NOTHING;
  const met = misses(share, goal) ? words('未达标', 'missed') : words('达标', 'met');
  const rate = `${percentText(share)}（${share.of}/${share.counted}）`;
  return words(
    `${rate}，目标 ${goal}%，${met.zh}${more.zh}`,
    `${percentText(share)} (${share.of}/${share.counted}), goal ${goal}%, ${met.en}${more.en}`,
  );
}

function goalFacts({
  onTime,
  satisfied,
  stars,
  responses,
  actions,
}: MonthlyModel): readonly Fact[] {
  const average =
    stars === undefined ? undefined : words(`，平均 ${stars} 星`, `, ${stars} stars on average`);
  return [
    { label: words('按时率', 'On time'), value: goalText(onTime, GOALS.onTime) },
    {
      label: words('满意度', 'Satisfaction'),
      value: goalText(satisfied, GOALS.satisfied, average),
    },
    responseFact(responses),
    actionFact(actions),
  ];
}

function actionFact(actions: MonthlyModel['actions']): Fact {
  const label = words('决议执行率', 'Action items');
  const days = actions.days?.toFixed(1);
  if (actions.counted === 0) return { label, value: NOTHING };
  const [zh, en] =
    days === undefined ? ['', ''] : [`，平均 ${days} 天`, `, ${days} days on average`];
  const share = `${percentText(actions)}（${actions.of}/${actions.counted}）`;
  const shareEn = `${percentText(actions)} done by their date (${actions.of}/${actions.counted})`;
  return { label, value: words(`${share}${zh}`, `${shareEn}${en}`) };
}

function responseFact(responses: MonthlyModel['responses']): Fact {
  const label = words('首次响应', 'First answer');
  if (responses.counted === 0) return { label, value: NOTHING };
  const median = responses.median ?? words('', '');
  const rate = percentText(responses);
  return {
    label,
    value: words(
      `${rate} 按时（${responses.of}/${responses.counted}），一半在 ${median.zh}内`,
      `${rate} in time (${responses.of}/${responses.counted}), half within ${median.en}`,
    ),
  };
}

const countFacts = ({ submitted, closed }: MonthlyModel): readonly Fact[] => [
  {
    label: words('申请', 'Requests'),
    value: words(`新收 ${submitted} 件，办结 ${closed} 件`, `${submitted} in, ${closed} closed`),
  },
];

const ratesChart = ({ trend }: MonthlyModel): Block =>
  chartOf({
    kind: 'line',
    title: words(
      `近六个月：按时率（目标 ${GOALS.onTime}%）、满意度（目标 ${GOALS.satisfied}%）`,
      `Six months: on time (goal ${GOALS.onTime}%), satisfied (goal ${GOALS.satisfied}%)`,
    ),
    unit: '%',
    series: [
      {
        name: words('按时率', 'On time'),
        points: trend.map(({ month, onTime }) => ({
          label: month,
          value: percentOf(onTime) ?? null,
        })),
      },
      {
        name: words('满意度', 'Satisfied'),
        points: trend.map(({ month, satisfied }) => ({
          label: month,
          value: percentOf(satisfied) ?? null,
        })),
      },
    ],
  });

const requestsChart = ({ trend }: MonthlyModel): Block =>
  chartOf({
    kind: 'bar',
    title: words('近六个月：新收申请', 'Six months: new requests'),
    series: [
      {
        name: words('新收', 'New'),
        points: trend.map(({ month, submitted }) => ({ label: month, value: submitted })),
      },
    ],
  });

const heading = (text: Words): Block => ({ block: 'text', look: 'strong', text });

/** A heading and its facts, the first ones, with how many more there are. Nothing for an empty list. */
function listed(title: Words, facts: readonly Fact[]): readonly Block[] {
  if (facts.length === 0) return [];
  const more = facts.length - FIRST;
  const rest: Fact = {
    label: words('其余', 'Others'),
    value: words(`还有 ${more} 项，见导出的表格`, `${more} more, see the workbook`),
  };
  return [
    heading(title),
    { block: 'facts', facts: more > 0 ? [...facts.slice(0, FIRST), rest] : facts },
  ];
}

const yuanText = (yuan: number): string => `¥${yuan.toFixed(2).replace(/\.00$/, '')}`;

/** Whether each department kept within its budget. */
function spendBlocks({ spend }: MonthlyModel): readonly Block[] {
  const fen = spend.reduce((sum, { yuan }) => sum + Math.round(yuan * 100), 0);
  return listed(
    words(`物资支出 ${yuanText(fen / 100)}`, `Supplies ${yuanText(fen / 100)}`),
    spend.map(({ department, yuan, budget }) => ({
      label: shortened(department, 24),
      value: spendText(yuan, budget),
    })),
  );
}

function spendText(yuan: number, budget: number | undefined): Words {
  const spent = yuanText(yuan);
  if (budget === undefined) return words(`${spent}（未设预算）`, `${spent} (no budget)`);
  const over = yuan - budget;
  const of = words(`${spent}，预算 ${yuanText(budget)}`, `${spent} of ${yuanText(budget)}`);
  if (over > 0) return words(`${of.zh}，超 ${yuanText(over)}`, `${of.en}, ${yuanText(over)} over`);
  const share = budget > 0 ? percentText({ of: yuan, counted: budget }) : '0%';
  return words(`${of.zh}，用了 ${share}`, `${of.en}, ${share}`);
}

const roomBlocks = ({ rooms }: MonthlyModel): readonly Block[] =>
  listed(
    words('会议室使用率（开放时间内）', 'Room use (in opening hours)'),
    rooms.map(({ room, booked, open }) => ({
      label: shortened(room, 24),
      value: words(
        `${percentText({ of: booked, counted: open })}，${hoursOf(booked)} 小时`,
        `${percentText({ of: booked, counted: open })}, ${hoursOf(booked)} h`,
      ),
    })),
  );

/** To one decimal, cut and not rounded, as percentages are. */
export const hoursOf = (minutes: number): number => Math.floor(minutes / 6) / 10;

const itemBlocks = ({ items }: MonthlyModel): readonly Block[] =>
  listed(
    words('领用最多', 'Most handed out'),
    items.slice(0, FIRST).map(({ item, unit, quantity }) => ({
      label: shortened(item, 24),
      value: `${quantity} ${unit}`,
    })),
  );

/** Under a heading of its own; nothing when all is as usual. */
const oddUse = ({ odd }: MonthlyModel): readonly Block[] =>
  odd.length === 0 ? [] : [heading(words('消耗异常', 'Unusual use')), ...oddBlocks(odd)];

/** The same figures as in the charts, for whoever does not see them. */
const trendTable = ({ trend }: MonthlyModel): readonly Block[] => [
  {
    block: 'table',
    columns: [
      { key: 'month', label: words('月份', 'Month') },
      { key: 'submitted', label: words('新收', 'New'), align: 'right' },
      { key: 'onTime', label: words('按时率', 'On time'), align: 'right' },
      { key: 'satisfied', label: words('满意度', 'Satisfied'), align: 'right' },
    ],
    rows: trend.map(({ month, submitted, onTime, satisfied }) => ({
      month,
      submitted: String(submitted),
      onTime: percentText(onTime),
      satisfied: percentText(satisfied),
    })),
  },
];

const foot = ({ command }: MonthlyModel): Words =>
  words(
    `满意度是评了 4、5 星的；物资按现价算，出差没有登记金额，不计。需要 Excel 请管理员运行：${command}`,
    `Satisfied: 4 or 5 stars. Supplies at today's prices; trips have no amounts on file. For a workbook have this run: ${command}`,
  );
