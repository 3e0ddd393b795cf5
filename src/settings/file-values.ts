/** What a value in office.yaml may be: small schemas, each saying in one Chinese sentence what was expected. */
import { z } from 'zod';
import type { Language } from '../../cards/words.ts';
import { isZone } from '../time/calendar.ts';
import { type ClockTime, type Hours, minutesOfClock, parseHours, weekdays } from '../time/hours.ts';
import { isSpan, isWorkingSpan, type Span } from '../time/spans.ts';
import type { Path, Spot } from './yaml-text.ts';

/** A mistake about a path of the file, pointed at the key itself or at what is written under it. */
export type Mistake = { readonly path: Path; readonly says: string; readonly spot: Spot };

/** A map with these keys and no others. */
export const keys = <T extends z.core.$ZodLooseShape>(shape: T) => {
  const names = Object.keys(shape).join('、');
  const notThese = wrong(`一组键（${names}）`);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `不认识的键；可用：${names}` : notThese(issue),
  });
};

/** A list; `atLeastOne` says what is missing from an empty one. */
export const list = <T extends z.ZodType>(item: T, atLeastOne?: string) => {
  const items = z.array(item, { error: wrong('列表，如 [a, b]') });
  return (atLeastOne === undefined ? items : items.min(1, { error: atLeastOne })).readonly();
};

/** A value that `read` understands; it answers null when it does not. */
const value = <T>(expected: string, read: (input: unknown) => T | null) =>
  z.unknown().transform((input, ctx): T => {
    const found = read(input);
    if (found !== null) return found;
    ctx.issues.push({ code: 'custom', message: wrong(expected)({ input }), input });
    return z.NEVER;
  });

/** A text that `read` understands. */
export const text = <T>(expected: string, read: (input: string) => T | null) =>
  value(expected, (input) => (typeof input === 'string' ? read(input) : null));

const number = (expected: string, fits: (input: number) => boolean) =>
  value(expected, (input) => (typeof input === 'number' && fits(input) ? input : null));

/** One of the names that are known; the others are told. */
export const named = (names: readonly string[]) =>
  text(`已有的角色（可用：${names.join('、')}）`, (name) => (names.includes(name) ? name : null));

export const company = () =>
  text('公司名称，60 字以内', (name) =>
    /^\P{C}{1,60}$/u.test(name) && name.trim() ? name.trim() : null,
  );

export const zone = () => text('时区名，如 Asia/Shanghai', (name) => (isZone(name) ? name : null));

export const language = () =>
  text('zh-CN 或 en', (name): Language | null =>
    name === 'zh-CN' ? 'zh' : name === 'en' ? 'en' : null,
  );

export const weekday = () =>
  text(`${weekdays.join('、')} 之一`, (name) => weekdays.find((day) => day === name) ?? null);

export const hours = () => text('时段，如 "09:00-12:00"', parseHours);

/** Hours, or `off` for none; wrapped, since "none" is a value here. */
export const hoursOrOff = () =>
  text(
    '时段，如 "21:00-08:30"，或 off（不设）',
    (given): { readonly hours: Hours | null } | null => {
      if (given === 'off') return { hours: null };
      const read = parseHours(given);
      return read && { hours: read };
    },
  ).transform(({ hours: read }) => read);

/** A map of keys, or `off` for none of it: null. What was left empty is a slip, not `off`. */
export const orOff = <T extends z.ZodType>(given: T) =>
  z.preprocess((input) => (input === 'off' ? null : input === null ? '' : input), given.nullable());

/** `on` or `off`; wrapped, since "off" is a value here. */
export const onOrOff = () =>
  text('on 或 off', (given): { readonly on: boolean } | null =>
    given === 'on' || given === 'off' ? { on: given === 'on' } : null,
  ).transform(({ on }) => on);

/** A time of day at which something happens. */
export const clock = () =>
  text('带引号的时刻，如 "09:00"', (given): ClockTime | null =>
    minutesOfClock(given) !== null && given !== '24:00' ? given : null,
  );

export const date = () => text('日期，如 2026-10-08', (given) => (isDate(given) ? given : null));

function isDate(given: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given)) return false;
  try {
    return Temporal.PlainDate.from(given).toString() === given;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export const span = () =>
  text('时长，如 90m、4h、3d、4wh（工作小时）、1wd（工作日）', (given): Span | null =>
    isSpan(given) ? given : null,
  );

export const wallSpan = () =>
  text('时长，如 90m、4h、3d（不能用 wh、wd）', (given): Span | null =>
    isSpan(given) && !isWorkingSpan(given) ? given : null,
  );

/** `75%` → 0.75. */
export const percentage = () =>
  text('1% 到 99% 之间的百分数，如 75%', (given) =>
    /^[1-9][0-9]?%$/.test(given) ? Number(given.slice(0, -1)) / 100 : null,
  );

export const amount = () =>
  number('不小于 0 的数', (given) => given >= 0 && Number.isFinite(given));

/** One of a few words. */
export const oneOf = <T extends string>(words: readonly T[]) =>
  text(`${words.join('、')} 之一`, (given) => words.find((word) => word === given) ?? null);

export const wholeNumber = (least: number, most: number) =>
  number(
    `${least}–${most} 的整数`,
    (given) => Number.isInteger(given) && given >= least && given <= most,
  );

/** A day that every month has. */
export const dayOfMonth = () =>
  number(
    '1–28 的整数（每个月都有的日子）',
    (given) => Number.isInteger(given) && given >= 1 && given <= 28,
  );

/** A platform id, an e-mail or an employee id; which person it is shows in the directory. */
export const personReference = () =>
  text('人员：ou_ 开头的 ID、邮箱或工号（纯数字的工号请加引号）', (given) =>
    /^[^\s\p{C}]{1,100}$/u.test(given) ? given : null,
  );

/** What zod found, one entry a mistake; several unknown keys of one map are several mistakes. */
export const mistakesIn = (error: z.ZodError): readonly Mistake[] =>
  error.issues.flatMap((issue): readonly Mistake[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        says: issue.message,
        spot: 'key',
      }));
    }
    const spot = issue.code === 'custom' && issue.params?.['spot'] === 'key' ? 'key' : 'value';
    return [{ path: issue.path, says: issue.message, spot }];
  });

/** What was expected and what is there, short and without control characters. */
export const wrong =
  (expected: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    `${input === undefined ? '缺少；' : ''}应为${spaced(expected)}${input === undefined ? '' : `，现在是${excerpt(input)}`}`;

/** A blank between Chinese and Latin. */
const spaced = (words: string): string => (/^[!-~]/.test(words) ? ` ${words}` : words);

function excerpt(input: unknown): string {
  if (input === null) return '空的';
  if (Array.isArray(input)) return '一个列表';
  if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'boolean') {
    return '一组键';
  }
  return ` “${String(input).replaceAll(/\p{C}/gu, '�').slice(0, 60)}”`;
}
