import type { TimeValue } from '../meaning.ts';
import { isShort } from './lengths.ts';
import type { Expression, Point } from './tree.ts';

/** An expression with its place in the text and what it means by itself. */
export type Placed = {
  readonly expression: Expression;
  readonly value: TimeValue;
  readonly from: number;
  readonly to: number;
};

/** Most characters between a start and its length or end: 下周三下午两点在三楼大会议室开两个小时. */
const widest = 14;

/** Words that make a length one of its own: put off by it, reminded so long before, so long ago. */
const apart = /[。;!?\n]|提前|推迟|延后|延长|延期|缩短|往后|顺延|挪|每|提醒|通知|上次|已经|改|或者|还是|取消/;

/** 开到9点 closes what has begun; 改到9点 moves it. */
const closes = /(?:到|至)$/;

/** 30号回: the day of the way back ends the journey. */
const back = /^(?:回|返|结束)/;

const startOf = ({ expression }: Placed): Point | null => {
  if (expression.kind === 'point') return expression;
  return expression.kind === 'since' && expression.from.kind === 'point' ? expression.from : null;
};

/** A start and, behind some words, how long it lasts. */
function lasting(first: Placed, second: Placed): Expression | null {
  const from = startOf(first);
  if (from === null || second.expression.kind !== 'length') return null;
  const { length } = second.expression;
  const fits = isShort(length) ? from.clock !== null : from.day !== null;
  return fits ? { kind: 'lasting', from, length } : null;
}

/** A start and, behind some words and 到, its end; or two days, the second that of the return. */
function closed(first: Placed, second: Placed, gap: string, behind: string): Expression | null {
  const from = startOf(first);
  const to = second.expression;
  if (from === null || to.kind !== 'point') return null;
  const hours = from.clock !== null && to.clock !== null && to.day === null && closes.test(gap);
  const days = from.day !== null && to.day !== null && from.clock === null && to.clock === null;
  const journey = days && (back.test(behind) || closes.test(gap));
  return hours || journey ? { kind: 'range', from, to } : null;
}

/** What two neighbours say together, with the words between them; null when each stands by itself. */
export function bridged(first: Placed, second: Placed, text: string): Expression | null {
  if (second.from - first.to > widest) return null;
  const gap = text.slice(first.to, second.from);
  if (apart.test(gap)) return null;
  return lasting(first, second) ?? closed(first, second, gap, text.slice(second.to, second.to + 2));
}
