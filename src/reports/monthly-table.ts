import { GOALS, hoursOf } from '../../cards/monthly-report.ts';
import { percentOf } from '../../cards/percent.ts';
import type { Tx } from '../../db/database.ts';
import type { ExportColumn, ExportRow } from '../exports/table.ts';
import type { Rules } from '../settings/index.ts';
import type { Elsewhere } from './elsewhere.ts';
import { type MonthFigures, monthFigures, type MonthTrend } from './month-figures.ts';

/** A figure a line, so that a spreadsheet can sort, filter and chart them. */
const COLUMNS = ['月份', '类别', '项目', '数值', '单位', '目标或预算'] as const;

/** The monthly report as a table: everything on the card, and what the card leaves out of long lists. */
export async function monthlyTable(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
  elsewhere: Elsewhere,
): Promise<{ readonly columns: readonly ExportColumn[]; readonly rows: readonly ExportRow[] }> {
  const figures = await monthFigures(tx, rules, month, now, elsewhere);
  return { columns: COLUMNS.map((title) => ({ key: title, title })), rows: monthlyRows(figures) };
}

const monthlyRows = (figures: MonthFigures): readonly ExportRow[] => [
  ...figures.trend.toReversed().flatMap(overview),
  ...detailRows(figures),
];

type Figure = readonly [
  sort: string,
  item: string,
  value: number | null,
  unit: string,
  goal?: number | null,
];

const row = (
  month: Temporal.PlainYearMonth,
  [sort, item, value, unit, goal]: Figure,
): ExportRow => ({
  月份: month.toString(),
  类别: sort,
  项目: item,
  数值: value,
  单位: unit,
  目标或预算: goal ?? null,
});

const overview = ({
  month,
  submitted,
  closed,
  onTime,
  satisfied,
}: MonthTrend): readonly ExportRow[] => {
  const figures: readonly Figure[] = [
    ['总览', '新收申请', submitted, '件'],
    ['总览', '办结申请', closed, '件'],
    ['总览', '按时率', percentOf(onTime) ?? null, '%', GOALS.onTime],
    ['总览', '按时办完的环节', onTime.of, '个'],
    ['总览', '办完或到期的环节', onTime.counted, '个'],
    ['总览', '满意度', percentOf(satisfied) ?? null, '%', GOALS.satisfied],
    ['总览', '评价', satisfied.counted, '个'],
  ];
  return figures.map((figure) => row(month, figure));
};

function detailRows(figures: MonthFigures): readonly ExportRow[] {
  const { stars, spend, rooms, items, responses, actions, writtenOff, oldOnes } = figures;
  const details: readonly Figure[] = [
    ['总览', '平均星级', stars ?? null, '星'],
    ['响应', '按时首次响应', percentOf(responses) ?? null, '%'],
    ['响应', '首次响应用时（中位数）', responses.median ?? null, '工作分钟'],
    ['决议', '决议执行率', percentOf(actions) ?? null, '%'],
    [
      '决议',
      '平均完成天数',
      actions.days === undefined ? null : Math.round(10 * actions.days) / 10,
      '天',
    ],
    ...spend.map(({ department, yuan, budget }): Figure => [
      '物资支出',
      department,
      yuan,
      '元',
      budget ?? null,
    ]),
    ...rooms.flatMap(({ room, booked, open }): readonly Figure[] => [
      ['会议室预订', room, hoursOf(booked), '小时'],
      ['会议室使用率', room, percentOf({ of: booked, counted: open }) ?? null, '%'],
    ]),
    ...items.map(({ item, unit, quantity }): Figure => ['物资领用', item, quantity, unit]),
    ...writtenOff.flatMap(({ item, unit, quantity, fen, why }): readonly Figure[] => [
      ['物资报损', `${item}：${why}`, quantity, unit],
      ['物资报损金额', `${item}：${why}`, fen / 100, '元'],
    ]),
    ...oldOnes.flatMap(({ item, unit, due, back, missing }): readonly Figure[] => [
      ['应收旧件', item, due, unit],
      ['收回旧件', item, back, unit],
      ...missing.map(({ who, quantity, why }): Figure => [
        '没收回旧件',
        `${item}：${who}，${why}`,
        quantity,
        unit,
      ]),
    ]),
  ];
  return details.map((figure) => row(figures.month, figure));
}
