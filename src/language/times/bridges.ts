import type { TimeValue } from '../meaning.ts';
import { isShort } from './lengths.ts';
import type { Day, Expression, Length, Point } from './tree.ts';

/** A part of the text, by offsets. */
export type Stretch = { readonly from: number; readonly to: number };

/** An expression with its place in the text and what it means by itself. */
export type Placed = {
  readonly expression: Expression;
  readonly value: TimeValue;
  readonly from: number;
  readonly to: number;
  /** The stretches that really speak of time: two where other words stand between a start and its end. */
  readonly parts: readonly Stretch[];
};

/** Most characters between a start and its length or end: 下周三下午两点在三楼大会议室开两个小时. */
const widest = 14;

/** As many where a word like 为期 or 开到 leaves no doubt that a length or end belongs to the start before it. */
const widestNamed = 40;
const named = /(?:为期|历时|时长|会期|一共|总共|共计?)$/;

/** Words that make a length one of its own: put off by it, reminded so long before, so long ago. */
const apart =
  /[。;!?\n]|提前|推迟|延后|延长|延期|缩短|往后|顺延|挪|每|提醒|通知|上次|已经|改|或者|还是|取消/;

/** 在会议室到9点: 到 before the second closes what the first began; 改到9点 would move it. */
const closes = /(?:到|至)$/;

/** 30号回: the day of the way back ends the journey. */
const back = /^(?:回|返|结束)/;

/** 5天，10月19号出发: a length said before its start. */
const sets = /^(?:出发|启程|动身|走|起飞|开始)/;

/** Between two times of one day: 上午9点到11点、下午2点到4点. */
const next = /^\s*[,、和及与]?\s*$/;

const startOf = ({ expression }: Placed): Point | null => {
  if (expression.kind === 'point') return expression;
  return expression.kind === 'since' && expression.from.kind === 'point' ? expression.from : null;
};

const endOf = ({ expression }: Placed): Point | null => {
  if (expression.kind === 'point') return expression;
  return expression.kind === 'closing' && expression.to.kind === 'point' ? expression.to : null;
};

/** Whether two points are of one sort: clock times, the second without a day of its own, or days. */
const fit = (from: Point, to: Point): boolean =>
  from.clock === null
    ? from.day !== null && to.day !== null && to.clock === null
    : to.clock !== null && to.day === null;

const lastingFrom = (from: Point | null, length: Length): Expression | null => {
  const fits = from !== null && (isShort(length) ? from.clock !== null : from.day !== null);
  return fits ? { kind: 'lasting', from, length } : null;
};

/** A start and how long it lasts, in either order. */
function lasting(first: Placed, second: Placed, behind: string): Expression | null {
  if (second.expression.kind === 'length')
    return lastingFrom(startOf(first), second.expression.length);
  if (first.expression.kind !== 'length') return null;
  const begins = second.expression.kind === 'since' || sets.test(behind);
  return begins ? lastingFrom(startOf(second), first.expression.length) : null;
}

/** A start and, behind some words and 到, its end; or two days, the second that of the return. */
function closed(first: Placed, second: Placed, gap: string, behind: string): Expression | null {
  const from = startOf(first);
  const to = endOf(second);
  if (from === null || to === null) return null;
  if (second.expression.kind === 'closing')
    return fit(from, to) ? { kind: 'range', from, to } : null;
  const hours = from.clock !== null && to.clock !== null && to.day === null && closes.test(gap);
  const days = from.day !== null && to.day !== null && from.clock === null && to.clock === null;
  const journey = days && (back.test(behind) || closes.test(gap));
  return hours || journey ? { kind: 'range', from, to } : null;
}

/** 3月8日至3月10日，共3天: the length repeats the range. */
function repeated(first: Placed, second: Placed, gap: string): Expression | null {
  const said = first.expression.kind === 'range' && second.expression.kind === 'length';
  return said && /^[,、(]?\s*(?:为期|历时|一共|总共|共计?|合计)?$/.test(gap)
    ? first.expression
    : null;
}

/** What two neighbours say together, with the words between them; null when each stands by itself. */
export function bridged(first: Placed, second: Placed, text: string): Expression | null {
  if (second.from - first.to > widestNamed) return null;
  const gap = text.slice(first.to, second.from);
  const sure = named.test(gap) || second.expression.kind === 'closing';
  if (apart.test(gap) || (gap.length > widest && !sure)) return null;
  const behind = text.slice(second.to, second.to + 2);
  return (
    lasting(first, second, behind) ??
    closed(first, second, gap, behind) ??
    repeated(first, second, gap)
  );
}

const firstPoint = (expression: Expression): Point | null => {
  if (expression.kind === 'point') return expression;
  return expression.kind === 'range' && expression.from.kind === 'point' ? expression.from : null;
};

/** The day of the time before, for an hour that follows it directly; the week before, for a bare weekday. */
export function inherited(
  earlier: readonly Placed[],
  later: Placed,
  text: string,
): Expression | null {
  const previous = earlier.at(-1);
  const point = firstPoint(later.expression);
  if (previous === undefined || point === null) return null;
  const day = firstPoint(previous.expression)?.day ?? null;
  const near = later.from - previous.to < 4 && next.test(text.slice(previous.to, later.from));
  if (day !== null && point.day === null && point.clock !== null && near)
    return onDay(later.expression, day);
  if (point.day?.kind !== 'weekday' || point.day.week !== null) return null;
  const week = weekBefore(earlier);
  return week === null ? null : onDay(later.expression, { ...point.day, week });
}

/** 下周出差，周二去: the week that was named last. */
function weekBefore(earlier: readonly Placed[]): number | null {
  const found = earlier.findLast(
    ({ expression }) => expression.kind === 'period' && expression.period.kind === 'week',
  );
  const period = found?.expression.kind === 'period' ? found.expression.period : null;
  return period?.kind === 'week' ? period.offset : null;
}

function onDay(expression: Expression, day: Day): Expression {
  if (expression.kind === 'point') return { ...expression, day };
  if (expression.kind !== 'range' || expression.from.kind !== 'point') return expression;
  return { ...expression, from: { ...expression.from, day } };
}
