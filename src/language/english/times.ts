import { numberPattern, rankOf, rankPattern, worth } from './figures.ts';

/** A rule of rewriting: what is matched at a word, and how it is said in Chinese; null when it is not meant after all. */
export type Rule = {
  readonly pattern: RegExp;
  readonly say: (match: RegExpExecArray) => string | null;
};

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const days = 'mon tue wed thu fri sat sun'.split(' ');

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const weekday =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';
const half = '(?:am|pm|a\\.m\\.|p\\.m\\.)';
const clock = '(\\d{1,2})(?:[:.](\\d{2}))?';
const dash = '\\s*(?:-|–|—|~|to|until|till|and)\\s*';
const unit = '(min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?)';
const dayNumber = '(\\d{1,2})(?:st|nd|rd|th)?';

const monthOf = (word: string): number => months.indexOf(word.slice(0, 3).toLowerCase()) + 1;
const weekdayOf = (word: string): string =>
  '一二三四五六日'.charAt(days.indexOf(word.slice(0, 3).toLowerCase()));

const partOf = (name: string): string => (name.toLowerCase().startsWith('a') ? '上午' : '下午');

function hour(h: string, m: string | undefined, name: string | undefined): string {
  const value = Number(h);
  const noon = name !== undefined && value === 12 ? '中午' : '';
  const midnight = noon !== '' && partOf(name ?? '') === '上午';
  const part = name === undefined || value > 12 ? '' : noon || partOf(name);
  if (midnight) return m === undefined ? '0点' : `0:${m}`;
  return m === undefined ? `${part}${value}点` : `${part}${value}:${m}`;
}

/** Both ends of 3-5pm; in 11-1pm the first is in the morning. */
function fromTo(
  [h1, m1, p1]: readonly (string | undefined)[],
  [h2, m2, p2]: readonly (string | undefined)[],
): string {
  const crosses = p1 === undefined && p2 !== undefined && Number(h1) > Number(h2) && h1 !== '12';
  const first = p1 ?? (crosses ? 'am' : p2);
  return `${hour(h1 ?? '', m1, first)}到${hour(h2 ?? '', m2, p2 ?? p1)}`;
}

const units: { readonly [letter: string]: string } = { m: '分钟', h: '小时', d: '天', w: '周' };
const unitOf = (word: string): string =>
  word.startsWith('mo') ? '个月' : (units[word.charAt(0)] ?? '天');

/** A rule that ends at the end of a word. */
export const rule = (source: string, say: Rule['say']): Rule => ({
  pattern: new RegExp(`(?:${source})(?![a-z0-9])`, 'iy'),
  say,
});

/** A rule for what leads up to another word: drop (the ticket), hold (his request). */
export const opening = (source: string, say: Rule['say']): Rule => ({
  pattern: new RegExp(`(?:${source})`, 'iy'),
  say,
});

const relatives: { readonly [word: string]: string } = { next: '下', this: '本', last: '上' };
const relative = (word: string | undefined): string => relatives[word?.toLowerCase() ?? ''] ?? '';

const parts: { readonly [word: string]: string } = {
  morning: '上午',
  afternoon: '下午',
  evening: '晚上',
  night: '晚上',
};
const part = (word: string | undefined): string => parts[word?.toLowerCase() ?? ''] ?? '';

const at = (m: RegExpExecArray, index: number): string => m[index] ?? '';

/** Times of day. A bare hour must be announced: at 4, from 2 to 4. */
const clocks: readonly Rule[] = [
  rule(`(?:from\\s+|between\\s+)?${clock}\\s*(${half})?${dash}${clock}\\s*(${half})`, (m) =>
    fromTo([m[1], m[2], m[3]], [m[4], m[5], m[6]]),
  ),
  rule(`(?:from\\s+|between\\s+)?(\\d{1,2}):(\\d{2})${dash}(\\d{1,2}):(\\d{2})`, (m) =>
    fromTo([m[1], m[2]], [m[3], m[4]]),
  ),
  rule(
    `(?:from|between)\\s+${clock}\\s*(${half})?${dash}half\\s+past\\s+(${numberPattern})`,
    (m) => `${hour(at(m, 1), m[2], m[3])}到${worth(at(m, 4))}点半`,
  ),
  rule(`(?:from|between)\\s+${clock}${dash}${clock}`, (m) => fromTo([m[1], m[2]], [m[3], m[4]])),
  rule(`(?:at\\s+)?${clock}\\s*(${half})`, (m) => hour(at(m, 1), m[2], m[3])),
  rule(`(?:at\\s+)?(\\d{1,2}):(\\d{2})`, (m) => hour(at(m, 1), m[2], undefined)),
  rule(`at\\s+(\\d{1,2})(?:\\s*o'?clock)?|(\\d{1,2})\\s*o'?clock`, (m) =>
    hour(at(m, 1) || at(m, 2), undefined, undefined),
  ),
  rule(`(?:at\\s+)?half\\s+past\\s+(${numberPattern})`, (m) => `${worth(at(m, 1))}点半`),
  rule(
    `(?:at\\s+)?(?:a\\s+)?quarter\\s+past\\s+(${numberPattern})`,
    (m) => `${worth(at(m, 1))}点一刻`,
  ),
  rule(
    `(?:at\\s+)?(?:a\\s+)?quarter\\s+to\\s+(${numberPattern})`,
    (m) => `差一刻${worth(at(m, 1))}点`,
  ),
  rule('(?:at\\s+)?noon', () => '中午12点'),
];

/** Days. */
const dates: readonly Rule[] = [
  rule('(?:the\\s+)?day\\s+after\\s+tomorrow', () => '后天'),
  rule(
    '(?:tomorrow|tmrw?|tmr)(?:\\s+(morning|afternoon|evening|night))?',
    (m) => `明天${part(m[1])}`,
  ),
  rule('yesterday(?:\\s+(morning|afternoon|evening))?', (m) => `昨天${part(m[1])}`),
  rule('today|this\\s+day', () => '今天'),
  rule('tonight', () => '今晚'),
  rule('(?:in\\s+the|this)\\s+(morning|afternoon|evening)', (m) =>
    /^in/i.test(m[0]) ? part(m[1]) : `今天${part(m[1])}`,
  ),
  rule(`(?:every|each)\\s+(${weekday})`, (m) => `每周${weekdayOf(at(m, 1))}`),
  rule('(?:every\\s+day|daily)', () => '每天'),
  rule('every\\s+week|weekly(?!\\s+meeting)', () => '每周'),
  rule('every\\s+month|monthly', () => '每月'),
  rule(
    `(?:on\\s+)?(?:(next|this|last)\\s+)?(${weekday})s?(?:\\s+(morning|afternoon|evening))?`,
    (m) => {
      const week = relative(m[1]);
      return `${week}周${weekdayOf(at(m, 2))}${part(m[3])}`;
    },
  ),
  rule('(next|this|last)\\s+(weekend|week|month|year)', (m) => {
    const what = { weekend: '周末', week: '周', month: '个月', year: '年' }[at(m, 2).toLowerCase()];
    return at(m, 2).toLowerCase() === 'year'
      ? ({ next: '明年', this: '今年', last: '去年' }[at(m, 1).toLowerCase()] ?? null)
      : `${relative(m[1])}${what ?? ''}`;
  }),
  rule(
    '(?:at\\s+|by\\s+)?(?:the\\s+)?end\\s+of\\s+(?:the|this)\\s+(month|week|year)',
    (m) => ({ month: '月底', week: '周末', year: '年底' })[at(m, 1).toLowerCase()] ?? null,
  ),
  rule(
    `(?:from\\s+|on\\s+)?(${month})\\s+${dayNumber}${dash}(${month})\\s+${dayNumber}`,
    (m) => `${monthOf(at(m, 1))}月${at(m, 2)}日到${monthOf(at(m, 3))}月${at(m, 4)}日`,
  ),
  rule(`(?:from\\s+|on\\s+)?(${month})\\s+${dayNumber}${dash}${dayNumber}`, (m) => {
    const name = monthOf(at(m, 1));
    return `${name}月${at(m, 2)}日到${name}月${at(m, 3)}日`;
  }),
  rule(
    `(?:on\\s+)?(${month})\\s+${dayNumber}(?:,?\\s+(\\d{4}))?`,
    (m) => `${m[3] === undefined ? '' : `${m[3]}年`}${monthOf(at(m, 1))}月${at(m, 2)}日`,
  ),
  rule(
    `(?:from\\s+|on\\s+)?(?:the\\s+)?${dayNumber}${dash}(?:the\\s+)?${dayNumber}\\s+(?:of\\s+)?(${month})`,
    (m) => `${monthOf(at(m, 3))}月${at(m, 1)}日到${monthOf(at(m, 3))}月${at(m, 2)}日`,
  ),
  rule(
    `(?:on\\s+)?(?:the\\s+)?${dayNumber}\\s+(?:of\\s+)?(${month})`,
    (m) => `${monthOf(at(m, 2))}月${at(m, 1)}日`,
  ),
  rule(
    '(?:on\\s+|in\\s+)?(?:the\\s+)?(morning|afternoon|evening)\\s+of\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?(?!\\s+floor)',
    (m) => `${at(m, 2)}号${part(m[1])}`,
  ),
  rule(
    `(?:on\\s+)?(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)${dash}(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)`,
    (m) => `${at(m, 1)}号到${at(m, 2)}号`,
  ),
  rule(
    '(?:on\\s+|by\\s+)?the\\s+(\\d{1,2})(?:st|nd|rd|th)(?!\\s+(?:floor|time|meeting|fl))(?:\\s+(morning|afternoon|evening))?',
    (m) => `${at(m, 1)}号${part(m[2])}`,
  ),
];

/** Lengths of time. */
const lengths: readonly Rule[] = [
  rule('(?:for\\s+)?half\\s+an?\\s+hour', () => '半小时'),
  rule(
    '(?:for\\s+)?an?\\s+hour\\s+and\\s+a\\s+half|(?:for\\s+)?one\\s+and\\s+a\\s+half\\s+hours',
    () => '1个半小时',
  ),
  rule(
    `in\\s+(${numberPattern}|an?)\\s+${unit}`,
    (m) => `${worth(at(m, 1))}${unitOf(at(m, 2).toLowerCase())}后`,
  ),
  rule(
    `within\\s+(${numberPattern}|an?)\\s+${unit}`,
    (m) => `${worth(at(m, 1))}${unitOf(at(m, 2).toLowerCase())}内`,
  ),
  rule(
    `(?:for\\s+)?(${numberPattern}|an?)[\\s-]*${unit}(?!\\s+after)`,
    (m) => `${worth(at(m, 1))}${unitOf(at(m, 2).toLowerCase())}`,
  ),
  rule('(?:for\\s+)?(?:all|the\\s+whole|the\\s+entire)\\s+day', () => '全天'),
];

/** Storeys and numbered rooms. */
const places: readonly Rule[] = [
  rule(
    `(?:on\\s+|in\\s+)?(?:the\\s+)?(${rankPattern})\\s+floor|(?:on\\s+)?floor\\s+(\\d{1,3})`,
    (m) => `${m[1] === undefined ? at(m, 2) : rankOf(m[1])}楼`,
  ),
  rule('(?:on\\s+|in\\s+)?(?:the\\s+)?(\\d{1,3})(?:/?f|fl|/fl)', (m) => `${at(m, 1)}楼`),
  rule(
    '(?:in\\s+)?(?:meeting\\s+room|conference\\s+room)\\s+([a-z]?\\d{1,4})',
    (m) => `${at(m, 1)}会议室`,
  ),
  rule('(?:in\\s+)?(?:room|rm)\\.?\\s+([a-z]?-?\\d{2,4})', (m) => `${at(m, 1)}会议室`),
];

/** Rules for what is said in many ways, tried in this order at every word. */
export const timeRules: readonly Rule[] = [...lengths, ...dates, ...clocks];
/** The rules for what can be a bound (by Friday); a length cannot (by half an hour). */
export const momentRules: readonly Rule[] = [...dates, ...clocks];
export const placeRules = places;
