import { figureOf } from '../numbers/figures.ts';
import type { Length, Point, Repeat } from './tree.ts';
import { ordinal, weekdayName } from './dates.ts';
import { isShort, lengthAt, unitIn } from './lengths.ts';
import { isSign, numberIn, skip } from './parse.ts';
import type { Parse, Said } from './parse.ts';
import { endAt } from './points.ts';
import type { Tokens } from './tokens.ts';

type Rhythm = Pick<Repeat, 'every' | 'weekdays' | 'monthdays' | 'nth'>;

const rhythm = (
  every: Length,
  weekdays: readonly number[] = [],
  monthdays: readonly number[] = [],
): Rhythm => ({
  every,
  weekdays,
  monthdays,
  nth: null,
});

const workWeek = [1, 2, 3, 4, 5];

/** The figures of one word: 一三五, 日. */
function weekdayFigures(tokens: Tokens, at: number): readonly number[] {
  if (isSign(tokens, at, '日', '天')) return [7];
  const token = tokens[at];
  if (token?.kind === 'weekday') return [token.weekday];
  const number = numberIn(tokens, at);
  if (number === null || isSign(tokens, at + 1, '点', '时', '号', ':', '个')) return [];
  const days = Array.from(
    number.written,
    (c) => figureOf(c) ?? (c >= '1' && c <= '7' ? Number(c) : 0),
  );
  return days.every((day) => day >= 1 && day <= 7) ? days : [];
}

const through = (first: number, last: number): readonly number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

/** 周一三五; 周二、四; 周二和周四; 周一到周五. Empty where no weekday stands. */
function weekdaysAt(tokens: Tokens, at: number): Parse<readonly number[]> {
  const days = [...weekdayFigures(tokens, skip(tokens, at, '周'))];
  if (days.length === 0) return { node: days, next: at };
  let next = skip(tokens, at, '周') + 1;
  for (let round = 0; round < 7; round++) {
    const span = isSign(tokens, next, '到', '-');
    const linked = span || isSign(tokens, next, '和', ',');
    const place = skip(tokens, linked ? next + 1 : next, '周');
    const more =
      linked || place > next || isSign(tokens, next, '日') ? weekdayFigures(tokens, place) : [];
    if (more.length === 0) break;
    days.push(...(span ? through((days.at(-1) ?? 0) + 1, more[0] ?? 0) : more));
    next = place + 1;
  }
  return { node: [...new Set(days)].toSorted((a, b) => a - b), next };
}

/** One day of the month: 15号, 最后一天, 底. */
function monthdayAt(tokens: Tokens, at: number): Parse<number> | null {
  if (isSign(tokens, at, '底', '末')) return { node: -1, next: at + 1 };
  if (isSign(tokens, at, '最后')) {
    const place = numberIn(tokens, at + 1, 1, 1) === null ? at + 1 : at + 2;
    return isSign(tokens, place, '天', '日') ? { node: -1, next: place + 1 } : null;
  }
  const ordinal = skip(tokens, at, '第');
  const number = numberIn(tokens, ordinal, 1, 31);
  if (number === null) return null;
  if (ordinal > at)
    return isSign(tokens, ordinal + 1, '天') ? { node: number.value, next: ordinal + 2 } : null;
  if (isSign(tokens, at + 1, '号', '日')) return { node: number.value, next: at + 2 };
  const shared = isSign(tokens, at + 1, '和', ',') && numberIn(tokens, at + 2, 1, 31) !== null;
  return shared ? { node: number.value, next: at + 1 } : null;
}

/** 5号和20号, 5、15、25号. */
function monthdaysAt(tokens: Tokens, at: number): Parse<readonly number[]> {
  const days: number[] = [];
  let next = at;
  for (let place = skip(tokens, at, '的'), round = 0; round < 12; round++) {
    const day = monthdayAt(tokens, place);
    if (day === null) break;
    days.push(day.node);
    next = day.next;
    if (!isSign(tokens, next, '和', ',')) break;
    place = next + 1;
  }
  return { node: days, next };
}

/** How many units lie between two times: 每两周 2, 每隔一周 2 (every other one), 每隔30分钟 30. */
function spacing(amount: number, unit: string, skipped: boolean): number {
  const other =
    skipped && (amount === 1 || unit === 'days') && unit !== 'hours' && unit !== 'minutes';
  return other ? amount + 1 : amount;
}

/** The length behind 每: 两个月, 半个钟头, 周, 季度, 小时. */
function stepAt(tokens: Tokens, at: number, skipped: boolean): Parse<Length> | null {
  const half = isSign(tokens, at, '半');
  const number = half ? null : numberIn(tokens, at, 1, 1000);
  const place = half || number !== null ? at + 1 : at;
  if (isSign(tokens, place, '月') && number === null && !half)
    return { node: { months: 1 }, next: place + 1 };
  const unit = unitIn(tokens, place);
  if (unit === null) return null;
  const amount = half ? 0.5 : (number?.value ?? 1);
  const { unit: name, times } = unit.node;
  return { node: { [name]: spacing(amount, name, skipped) * times }, next: unit.next };
}

/** 第一个周一, 最后一个周五 of each month. */
function nthWeekday(tokens: Tokens, at: number): Parse<Pick<Repeat, 'weekdays' | 'nth'>> | null {
  const which = ordinal(tokens, at);
  const weekday = which === null ? null : weekdayName(tokens, skip(tokens, which.next, '个'));
  return which === null || weekday === null
    ? null
    : { node: { weekdays: [weekday.node], nth: which.node }, next: weekday.next };
}

/** What falls on which days: behind a step of weeks its weekdays, behind one of months its days. */
function onDays(tokens: Tokens, step: Parse<Length>): Parse<Rhythm> {
  const every = step.node;
  const place = skip(tokens, step.next, '的');
  if (every.weeks !== undefined) {
    const own = weekdaysAt(tokens, isSign(tokens, step.next - 1, '周') ? step.next - 1 : place);
    const days = own.node.length > 0 ? own : weekdaysAt(tokens, place);
    if (days.node.length > 0) return { node: rhythm(every, days.node), next: days.next };
  }
  if (every.months === 1) {
    const days = monthdaysAt(tokens, step.next);
    if (days.node.length > 0) return { node: rhythm(every, [], days.node), next: days.next };
    const weekday = nthWeekday(tokens, place);
    if (weekday !== null)
      return { node: { ...rhythm(every), ...weekday.node }, next: weekday.next };
  }
  return { node: rhythm(every), next: step.next };
}

/** 每周末, 每个工作日. */
function namedDays(tokens: Tokens, at: number): Parse<Rhythm> | null {
  if (isSign(tokens, at, '周末')) return { node: rhythm({ weeks: 1 }, [6, 7]), next: at + 1 };
  if (isSign(tokens, at, '工作日')) return { node: rhythm({ weeks: 1 }, workWeek), next: at + 1 };
  const english = tokens[at]?.kind === 'weekday';
  const days = english ? weekdaysAt(tokens, at) : null;
  return days === null ? null : { node: rhythm({ weeks: 1 }, days.node), next: days.next };
}

/** 个工作日 with its number missing is a piece of something else. */
const counted = (tokens: Tokens, at: number): boolean =>
  (tokens[at]?.to ?? 0) - (tokens[at]?.from ?? 0) > 3;

function each(tokens: Tokens, at: number): Parse<Rhythm> | null {
  if (isSign(tokens, at, '每天')) return { node: rhythm({ days: 1 }), next: at + 1 };
  if (isSign(tokens, at, '工作日')) return counted(tokens, at) ? null : namedDays(tokens, at);
  if (isSign(tokens, at, '双周')) return onDays(tokens, { node: { weeks: 2 }, next: at + 1 });
  if (!isSign(tokens, at, '每', '隔', '逢')) return null;
  const skipped = isSign(tokens, at, '隔') || isSign(tokens, at + 1, '隔');
  const place = skip(tokens, at + 1, '隔');
  if (isSign(tokens, place, '双周')) return onDays(tokens, { node: { weeks: 2 }, next: place + 1 });
  const step = namedDays(tokens, place) === null ? stepAt(tokens, place, skipped) : null;
  return step === null ? namedDays(tokens, place) : onDays(tokens, step);
}

/** 周一到周五每天, 周一三五每天; 周一三五 needs no 每, since no single week is meant by days with gaps. */
function weekdaysDaily(tokens: Tokens, at: number): Parse<Rhythm> | null {
  if (!isSign(tokens, at, '周')) return null;
  const run = weekdayFigures(tokens, at + 1);
  const gaps = run.some((weekday, index) => index > 0 && weekday > (run[index - 1] ?? 0) + 1);
  if (gaps && !isSign(tokens, at + 2, '每天'))
    return { node: rhythm({ weeks: 1 }, run), next: at + 2 };
  const days = weekdaysAt(tokens, at);
  return days.node.length > 1 && isSign(tokens, days.next, '每天', '每')
    ? { node: rhythm({ weeks: 1 }, days.node), next: days.next + 1 }
    : null;
}

/** 两周一次 */
function onceIn(tokens: Tokens, at: number): Parse<Rhythm> | null {
  const length = lengthAt(tokens, at);
  return length !== null && isSign(tokens, length.next, '一次')
    ? { node: rhythm(length.node), next: length.next + 1 }
    : null;
}

/** The hour of a repetition: a point without a day. */
function hour(said: Said, at: number): Parse<Point> | null {
  const found = endAt(said, at);
  return found !== null && found.node.kind === 'point' && found.node.day === null
    ? { node: found.node, next: found.next }
    : null;
}

/** 每周五下班前: the time is due on that day, which it is anyway. */
const behindRepeat = (tokens: Tokens, at: number): number =>
  isSign(tokens, at, '下班') && isSign(tokens, at + 1, '前') ? at + 2 : skip(tokens, at, '前');

/** A repetition with its days and hours: 每周一三五下午2点到3点. */
export function repeatAt(said: Said, at: number): Parse<Repeat> | null {
  const { tokens } = said;
  const found = each(tokens, at) ?? weekdaysDaily(tokens, at) ?? onceIn(tokens, at);
  if (found === null) return null;
  const after = skip(tokens, skip(tokens, found.next, '一次'), '的');
  const from = isShort(found.node.every) ? null : hour(said, skip(tokens, after, ','));
  if (from === null)
    return {
      node: { kind: 'repeat', ...found.node, at: null, until: null },
      next: behindRepeat(tokens, skip(tokens, found.next, '一次')),
    };
  const until = isSign(tokens, from.next, '到', '-') ? hour(said, from.next + 1) : null;
  return {
    node: { kind: 'repeat', ...found.node, at: from.node, until: until?.node ?? null },
    next: until?.next ?? from.next,
  };
}
