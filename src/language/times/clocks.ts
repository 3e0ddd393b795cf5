import type { Clock } from './tree.ts';
import { isZero } from './lengths.ts';
import { isSign, numberIn, touches } from './parse.ts';
import type { Parse, Said } from './parse.ts';
import type { Tokens } from './tokens.ts';

/** Words behind N点 that make it points of a list: 两点建议. One character decides. */
const pointsOf =
  /^(?:建议|意见|要求|想法|问题|说明|注意|希望|内容|体会|原因|好处|区别|疑问|补充|需求|不足|变化|小|事项|理由|看法|共识|反馈|感受|启发|优势|缺点|水|一线)/;

/** Measure words that make the number before them a count. */
const counts =
  /^(?:个|人|位|名|台|张|本|支|盒|包|份|套|箱|瓶|条|把|块|元|只|间|层|楼|月|周|天|年|小时|号|日|米|%)/;

/** Whether a measure word stands at `at`, so that the number before it counts something (3点20个人, 6月20人). */
export const isCounting = (said: Said, at: number): boolean => counts.test(textFrom(said, at));

const textFrom = ({ tokens, text }: Said, at: number): string => {
  const token = tokens[at];
  return token === undefined ? '' : text.slice(token.from, token.from + 6);
};

type Minute = { readonly minute: number; readonly second: number };
const onTheHour: Minute = { minute: 0, second: 0 };

const minuteParse = (minute: number, second: number, next: number): Parse<Minute> => ({
  node: { minute, second },
  next,
});

/** 零五, 十五, 30 behind 点: two figures or ten and more, and nothing counted behind. */
function shortMinute(said: Said, at: number): Parse<Minute> | null {
  const number = numberIn(said.tokens, at, 0, 59);
  if (number === null) return null;
  const wide = number.value >= 10 || /^[零〇0]./.test(number.written);
  return wide && !isCounting(said, at + 1) ? minuteParse(number.value, 0, at + 1) : null;
}

/** 40分50秒 */
function fullMinute(tokens: Tokens, at: number): Parse<Minute> | null {
  const number = numberIn(tokens, at, 0, 59);
  if (number === null || !isSign(tokens, at + 1, '分')) return null;
  const second = numberIn(tokens, at + 2, 0, 59);
  const seconds = second !== null && isSign(tokens, at + 3, '秒');
  return minuteParse(number.value, seconds ? second.value : 0, at + (seconds ? 4 : 2));
}

/** 一刻, 三刻; 一刻钟 is a length. */
function quarters(tokens: Tokens, at: number): Parse<Minute> | null {
  const number = numberIn(tokens, at, 1, 3);
  return number !== null && isSign(tokens, at + 1, '刻')
    ? minuteParse(number.value * 15, 0, at + 2)
    : null;
}

/** 五分钟, only behind 差. */
function countedMinutes(tokens: Tokens, at: number): Parse<Minute> | null {
  const number = numberIn(tokens, at, 1, 59);
  return number !== null && isSign(tokens, at + 1, '分钟')
    ? minuteParse(number.value, 0, at + 2)
    : null;
}

/** 差五分, 差一刻: minutes to the hour, negative. */
function missing(tokens: Tokens, at: number): Parse<Minute> | null {
  if (!isSign(tokens, at, '差')) return null;
  const found =
    fullMinute(tokens, at + 1) ?? quarters(tokens, at + 1) ?? countedMinutes(tokens, at + 1);
  return found === null ? null : minuteParse(-found.node.minute, 0, found.next);
}

/** What follows 点: 半, 三刻, 四十分, 十五, 整, 过五分, 差一刻. */
function minutesAfter(said: Said, at: number): Parse<Minute> {
  const { tokens } = said;
  if (isSign(tokens, at, '半')) return minuteParse(30, 0, at + 1);
  if (isSign(tokens, at, '整')) return minuteParse(0, 0, at + 1);
  const past = isSign(tokens, at, '过') || isZero(tokens, at) ? at + 1 : at;
  const minutes = fullMinute(tokens, past) ?? quarters(tokens, past) ?? missing(tokens, at);
  const short = past === at ? shortMinute(said, at) : null;
  return minutes ?? short ?? { node: onTheHour, next: at };
}

const clockOf = (
  hour: number,
  { minute, second }: Minute,
  half: 'am' | 'pm' | null,
  exact: boolean,
): Clock => {
  const total = hour * 60 + minute;
  return { hour: Math.floor(total / 60), minute: total % 60, second, half, exact };
};

/** am or pm behind a time. */
function withHalf(tokens: Tokens, { node, next }: Parse<Clock>): Parse<Clock> {
  if (isSign(tokens, next, 'am')) return { node: { ...node, half: 'am' }, next: next + 1 };
  if (isSign(tokens, next, 'pm')) return { node: { ...node, half: 'pm' }, next: next + 1 };
  return { node, next };
}

/** 15:30, 9:00:30; 11:00时 too. */
function digital(tokens: Tokens, at: number): Parse<Clock> | null {
  const hour = numberIn(tokens, at, 0, 24);
  const minute = numberIn(tokens, at + 2, 0, 59);
  if (hour === null || minute === null || minute.written.length !== 2) return null;
  if (!isSign(tokens, at + 1, ':') || !touches(tokens, at + 1) || !touches(tokens, at + 2))
    return null;
  const second =
    isSign(tokens, at + 3, ':') && touches(tokens, at + 4) ? numberIn(tokens, at + 4, 0, 59) : null;
  const next = at + (second === null ? 3 : 5);
  const exact = hour.written.startsWith('0') || hour.value > 12;
  const node = clockOf(
    hour.value,
    { minute: minute.value, second: second?.value ?? 0 },
    null,
    exact,
  );
  return { node, next: isSign(tokens, next, '时', '点') ? next + 1 : next };
}

/** 差五分三点 */
function missingFirst(said: Said, at: number): Parse<Clock> | null {
  const before = missing(said.tokens, at);
  const hour = before === null ? null : numberIn(said.tokens, before.next, 1, 24);
  if (before === null || hour === null || !isSign(said.tokens, before.next + 1, '点')) return null;
  return { node: clockOf(hour.value, before.node, null, hour.value > 12), next: before.next + 2 };
}

/** 三点半, 16时40分50秒, 14点30. */
function spoken(said: Said, at: number): Parse<Clock> | null {
  const { tokens } = said;
  const hour = numberIn(tokens, at, 0, 24);
  if (hour === null || !isSign(tokens, at + 1, '点', '时')) return null;
  const minutes = minutesAfter(said, at + 2);
  if (minutes.next === at + 2 && pointsOf.test(textFrom(said, at + 2))) return null;
  const exact = hour.value > 12 || /^[0零〇]/.test(hour.written);
  return { node: clockOf(hour.value, minutes.node, null, exact), next: minutes.next };
}

/** 3pm */
function englishHour(tokens: Tokens, at: number): Parse<Clock> | null {
  const hour = numberIn(tokens, at, 0, 12);
  if (hour === null || !isSign(tokens, at + 1, 'am', 'pm')) return null;
  return { node: clockOf(hour.value, onTheHour, null, false), next: at + 1 };
}

/** The first hour of 3-5点 and 9至12时: its 点 comes with the second. */
function sharedHour({ tokens }: Said, at: number): Parse<Clock> | null {
  const hour = numberIn(tokens, at, 0, 24);
  if (hour === null || !isSign(tokens, at + 1, '到', '-')) return null;
  if (numberIn(tokens, at + 2, 0, 24) === null || !isSign(tokens, at + 3, '点', '时', 'am', 'pm'))
    return null;
  return { node: clockOf(hour.value, onTheHour, null, hour.value > 12), next: at + 1 };
}

/** A day, or a part of one, right before: what makes 明天 10-12 hours. */
const dayBefore = /(?:[天日号早晚]|[上下中]午|[周期拜][一二三四五六日天]|傍晚)\s*$/;
const ends = /^(?:$|[\s,。;])/;

/** Both hours of 明天 10-12 and 周三下午2-4: written in figures, rising, and nothing counted behind. */
function bareHour({ tokens, text }: Said, at: number): Parse<Clock> | null {
  const second = isSign(tokens, at - 1, '-', '到');
  const first = second ? at - 2 : at;
  const [from, to] = [numberIn(tokens, first, 0, 23), numberIn(tokens, first + 2, 1, 24)];
  if (from === null || to === null || to.value <= from.value) return null;
  if (
    !isSign(tokens, first + 1, '-', '到') ||
    !touches(tokens, first + 1) ||
    !touches(tokens, first + 2)
  )
    return null;
  const figures = /^\d{1,2}$/.test(from.written) && /^\d{1,2}$/.test(to.written);
  if (!figures || !dayBefore.test(text.slice(Math.max(0, from.from - 4), from.from))) return null;
  if (!ends.test(text.slice(to.to, to.to + 1))) return null;
  const hour = second ? to : from;
  return { node: clockOf(hour.value, onTheHour, null, hour.value > 12), next: at + 1 };
}

/** A clock time. */
export function clockAt(said: Said, at: number): Parse<Clock> | null {
  const { tokens } = said;
  const found =
    digital(tokens, at) ??
    spoken(said, at) ??
    missingFirst(said, at) ??
    englishHour(tokens, at) ??
    sharedHour(said, at) ??
    bareHour(said, at);
  return found === null ? null : withHalf(tokens, found);
}

/** What may stand around a lone 一点 or 一时 that is a time; elsewhere it means "a little". */
const beforeOne = /(?:^|[到在于改成是约定就换,。;:、!?\s])$/;
const behindOne = /^(?:$|[,。;!?\s钟半整到至前后之以左开见集出起的吧可行~-])/;

/** 一点 without a day or a part of the day: whether the words around it make it a time. */
export function isOneOClock({ tokens, text }: Said, at: number, next: number): boolean {
  const first = numberIn(tokens, at);
  if (first?.written !== '一' || next !== at + 2) return true;
  const end = tokens[at + 1]?.to ?? text.length;
  return beforeOne.test(text.charAt(first.from - 1)) && behindOne.test(text.slice(end, end + 1));
}
