import type { Day, End, Expression, Length, Point } from './tree.ts';
import { isShort, lengthAt } from './lengths.ts';
import { festivalFigures } from './festivals.ts';
import { isSign, numberIn, skip } from './parse.ts';
import type { Parse, Said } from './parse.ts';
import { endAt } from './points.ts';
import type { EndFound } from './points.ts';
import { repeatAt } from './repeats.ts';
import type { Tokens } from './tokens.ts';
import type { Sign } from './words.ts';

type Rule = (said: Said, at: number) => Parse<Expression> | null;

/** 到, ~ or a dash, after 开始 perhaps and before 从 never; -1 where no range goes on. */
function behindLink(tokens: Tokens, at: number): number {
  if (isSign(tokens, at, '用到')) return at + 1;
  const place = skip(tokens, skip(tokens, at, '开始', '起', '开'), ',');
  if (isSign(tokens, place, '到')) return skip(tokens, place + 1, '到', '-');
  return isSign(tokens, place, '-') && place === at ? skip(tokens, place + 1, '-') : -1;
}

/** Whether a number ends its clause: nothing is counted by it. */
function endsClause({ tokens, text }: Said, at: number): boolean {
  const next = tokens[at + 1];
  return (
    next === undefined ||
    next.spaced ||
    isSign(tokens, at + 1, ',', ')') ||
    /[。;!?]/.test(text.charAt(next.from))
  );
}

/** 9月25到26, 9:00-11: the second number takes its unit from the first end. */
function bareEnd(said: Said, from: End, at: number): EndFound | null {
  const number = numberIn(said.tokens, at, 0, 31);
  if (number === null || from.kind !== 'point' || !endsClause(said, at)) return null;
  const point = { kind: 'point', part: null } as const;
  const found = { next: at + 1, dotted: false };
  if (from.clock !== null && number.value <= 24) {
    const clock = {
      hour: number.value,
      minute: 0,
      second: 0,
      half: null,
      exact: number.value > 12,
    } as const;
    return { ...found, node: { ...point, day: null, clock } };
  }
  if (from.day?.kind !== 'date' || number.value < 1 || from.clock !== null) return null;
  return {
    ...found,
    node: {
      ...point,
      day: { kind: 'date', year: null, month: null, day: number.value },
      clock: null,
    },
  };
}

/** From one end to the other. */
function rangeFrom(
  said: Said,
  from: EndFound,
): (Parse<Expression> & { readonly dotted: boolean }) | null {
  const place = behindLink(said.tokens, from.next);
  const to = place < 0 ? null : (endAt(said, place) ?? bareEnd(said, from.node, place));
  if (to === null || (from.dotted && !to.dotted && !hasDay(to.node))) return null;
  const next = skip(said.tokens, to.next, '结束');
  return { node: { kind: 'range', from: from.node, to: to.node }, next, dotted: false };
}

const hasDay = (end: End): boolean => end.kind === 'period' || end.day !== null;

const dayOnly = (end: End): Day | null =>
  end.kind === 'point' && end.part === null && end.clock === null ? end.day : null;

/** Whether a day of a list surely does not follow the one before it: 2号2号, 周三周三. */
const repeats = (day: Day, before: Day | undefined): boolean =>
  (day.kind === 'date' &&
    before?.kind === 'date' &&
    day.month === null &&
    day.day === before.day) ||
  (day.kind === 'weekday' &&
    before?.kind === 'weekday' &&
    day.week === before.week &&
    day.weekday === before.weekday);

/** 5月7号8号, 周二和周三: days that follow each other are a range; whether they do, the resolution sees. */
function listFrom(said: Said, first: EndFound): Parse<Expression> | null {
  const days: Day[] = [];
  let next = first.next;
  for (let found: EndFound | null = first; found !== null && days.length < 8;) {
    const day = dayOnly(found.node);
    if (
      day === null ||
      (days.length > 0 && day.kind !== 'date' && day.kind !== 'weekday' && day.kind !== 'offset')
    )
      break;
    // Reading on to where the list ends, from every day of it, would be work for nothing.
    if (repeats(day, days.at(-1))) return null;
    days.push(day);
    next = found.next;
    found = endAt(said, skip(said.tokens, next, '和', ','));
  }
  return days.length > 1
    ? { node: { kind: 'days', days }, next: behindCount(said.tokens, next) }
    : null;
}

/** 两天 behind a list of days. */
const behindCount = (tokens: Tokens, at: number): number =>
  tokens[at]?.kind === 'number' && isSign(tokens, at + 1, '天') ? at + 2 : at;

/** 之前, 下班前, 截止 behind an end; 之后, 起, 开始. */
function openFrom(said: Said, { node, next }: EndFound): Parse<Expression> | null {
  const { tokens } = said;
  const shift = skip(tokens, next, '下班', '上班');
  if (isSign(tokens, shift, '前'))
    return { node: { kind: 'until', to: node, through: false }, next: shift + 1 };
  if (isSign(tokens, next, '截止'))
    return { node: { kind: 'until', to: node, through: true }, next: next + 1 };
  const begun = skip(tokens, next, '起');
  if (isSign(tokens, begun, '后', '开始') || begun > next)
    return { node: { kind: 'since', from: node }, next: skip(tokens, begun, '后', '开始') };
  return null;
}

/** 本周内, 2024年内: the stretch itself. */
const insideOf = (tokens: Tokens, { node, next }: EndFound): number =>
  node.kind === 'period' ? skip(tokens, next, '内') : next;

/** All readings that begin with an end. A 3.18 alone stands for no date: it needs an hour, a bound or another date. */
function spans(said: Said, at: number): readonly Parse<Expression>[] {
  const from = endAt(said, at);
  if (from === null) return [];
  const alone = from.dotted ? null : { node: from.node, next: insideOf(said.tokens, from) };
  return [rangeFrom(said, from), openFrom(said, from), listFrom(said, from), alone].filter(
    (found) => found !== null,
  );
}

/** 从3月10号(起): the preposition adds nothing. */
const led: Rule = (said, at) =>
  isSign(said.tokens, at, '从') ? (spans(said, at + 1)[0] ?? null) : null;

/** 截止到周五, 最晚周五下班前. */
const bounded: Rule = (said, at) => {
  if (!isSign(said.tokens, at, '截止')) return null;
  const to = endAt(said, skip(said.tokens, at + 1, '到', '-', ':'));
  if (to === null || to.dotted) return null;
  const next = skip(said.tokens, skip(said.tokens, to.next, '下班'), '前', '结束');
  return { node: { kind: 'until', to: to.node, through: true }, next };
};

/** 开到9点: the end of what has begun elsewhere. */
const closing: Rule = (said, at) => {
  if (!isSign(said.tokens, at, '用到')) return null;
  const to = endAt(said, at + 1);
  return to === null || to.dotted
    ? null
    : { node: { kind: 'closing', to: to.node }, next: to.next };
};

/** 下班前 alone means today. */
const todayEnd: Rule = (said, at) => {
  if (!isSign(said.tokens, at, '下班') || !isSign(said.tokens, at + 1, '前')) return null;
  return { node: { kind: 'until', to: today, through: true }, next: at + 2 };
};

const today: Point = { kind: 'point', day: { kind: 'offset', days: 0 }, part: null, clock: null };

/** 三天内, 半小时以内, and 三天 by itself; 五分钟前, 两小时后. */
const measured: Rule = (said, at) => {
  if (said.tokens[at]?.glued === true || isSign(said.tokens, at - 1, '第')) return null;
  const length = lengthAt(said.tokens, at);
  return length === null ? null : lengthWith(said.tokens, length);
};

function lengthWith(tokens: Tokens, { node: length, next: end }: Parse<Length>): Parse<Expression> {
  const next = skip(tokens, end, '左右');
  if (isSign(tokens, next, '内'))
    return { node: { kind: 'within', length, direction: 1 }, next: next + 1 };
  if (isShort(length) && isSign(tokens, next, '前', '后'))
    return {
      node: { kind: 'shifted', length, direction: isSign(tokens, next, '后') ? 1 : -1 },
      next: next + 1,
    };
  return { node: { kind: 'length', length }, next };
}

/** 未来48小时, 最近一周. */
const toward: Rule = (said, at) => {
  const forward = isSign(said.tokens, at, '未来');
  if (!forward && !isSign(said.tokens, at, '过去')) return null;
  const length = lengthAt(said.tokens, skip(said.tokens, at + 1, '的'));
  if (length === null) return null;
  return {
    node: { kind: 'within', length: length.node, direction: forward ? 1 : -1 },
    next: skip(said.tokens, length.next, '内'),
  };
};

/** 再过一个小时, 再过三天. */
const passing: Rule = (said, at) => {
  const length = isSign(said.tokens, at, '再过') ? lengthAt(said.tokens, at + 1) : null;
  if (length === null) return null;
  const { node, next } = length;
  if (isShort(node)) return { node: { kind: 'shifted', length: node, direction: 1 }, next };
  const day: Day = { kind: 'apart', length: node, direction: 1 };
  return { node: { kind: 'point', day, part: null, clock: null }, next };
};

const present: Rule = ({ tokens }, at) =>
  isSign(tokens, at, '现在') ? { node: { kind: 'now' }, next: at + 1 } : null;

const rules: readonly Rule[] = [
  repeatAt,
  bounded,
  closing,
  led,
  measured,
  toward,
  passing,
  todayEnd,
  present,
];

/** The signs an expression can begin with. */
const openers: ReadonlySet<Sign> = new Set<Sign>([
  '每',
  '每天',
  '隔',
  '逢',
  '工作日',
  '双周',
  '农历',
  '闰',
  '截止',
  '从',
  '半',
  '差',
  '周',
  '周末',
  '月',
  '年',
  '上半年',
  '下半年',
  '未来',
  '过去',
  '现在',
  '下班',
  '节后',
  '第',
  '用到',
  '再过',
]);

/** Whether a time can begin at the token: a number needs a word of time behind it, or is one itself (20260318, 五一). */
export function mayBegin(tokens: Tokens, at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.kind === 'text') return false;
  if (token.kind === 'sign') return openers.has(token.sign);
  if (token.kind !== 'number') return true;
  const next = tokens[at + 1];
  const followed =
    next !== undefined && next.kind !== 'text' && next.kind !== 'number' && next.kind !== 'part';
  const year = token.written.length === 4 && next?.kind === 'number' && next.spaced;
  return followed || year || token.written.length === 8 || festivalFigures.has(token.written);
}

/** All readings of the tokens from `at` on, the longest first. Ask `mayBegin` before. */
export function expressionsAt(said: Said, at: number): readonly Parse<Expression>[] {
  const found = [...spans(said, at)];
  for (const rule of rules) {
    const parsed = rule(said, at);
    if (parsed !== null) found.push(parsed);
  }
  return found.length > 1 ? found.toSorted((a, b) => b.next - a.next) : found;
}
