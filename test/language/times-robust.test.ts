import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeValue } from '../../src/language/meaning.ts';
import { findTimes } from '../../src/language/times.ts';

const pieces = (
  '今天 明天 后天 下周 本周 上周 周三 周日 星期 礼拜五 3月 12月 15号 31号 2月29日 月底 年底 上午 下午 晚上 凌晨 中午 三点 3点半 10:30 24点 0点 ' +
  '到 至 - ~ 之前 以后 起 开始 截止 每 每周 每月 隔周 一三五 两天 三个小时 半小时 一刻钟 一周 后 前 内 开会 出差 ， 、 的 和 春节 中秋 闰四月 初八 腊月 ' +
  '2026年 明年 第三季度 2026-03-18 3.18 20260318 第一个 工作日 次日 pm 182026 99999 两 年 周 月 千 万 一 十 . : / ( ) A4'
).split(' ');

/** Any UTF-16 units, halves of pairs too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
  .map((units) => String.fromCharCode(...units));

const sentence = fc
  .array(fc.constantFrom(...pieces), { maxLength: 12 })
  .map((words) => words.join(''));

const moment = fc
  .integer({ min: Date.UTC(2021, 0, 1) / 1000, max: Date.UTC(2035, 11, 31) / 1000 })
  .map((s) => Temporal.Instant.fromEpochMilliseconds(s * 1000).toZonedDateTimeISO('Asia/Shanghai'));

const isOrdered = (value: TimeValue): boolean =>
  (value.type !== 'daterange' && value.type !== 'datetimerange') ||
  value.start === null ||
  value.end === null ||
  value.start <= value.end;

const isWritten = (value: TimeValue): boolean => {
  if (value.type === 'date') return Temporal.PlainDate.from(value.start).toString() === value.start;
  if (value.type === 'datetime')
    return Temporal.PlainDateTime.from(value.start).toString() === value.start;
  if (value.type === 'duration') return Temporal.Duration.from(value.value).sign >= 0;
  return true;
};

describe('whatever is written', () => {
  it('no range ends before it starts, and values are dates and lengths that exist', () => {
    fc.assert(
      fc.property(sentence, moment, (text, now) => {
        for (const { value } of findTimes(text, now)) {
          expect(isOrdered(value)).toBe(true);
          expect(isWritten(value)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('what is found stands in reading order, does not overlap, and gives the words of the text', () => {
    fc.assert(
      fc.property(sentence, moment, (text, now) => {
        let behind = 0;
        for (const { words, from, to, parts } of findTimes(text, now)) {
          expect(from).toBeGreaterThanOrEqual(behind);
          expect(to).toBeGreaterThan(from);
          expect(words).toBe(text.slice(from, to));
          expect(parts[0]?.from).toBe(from);
          behind = to;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('any text at all is read without an error', () => {
    const now = Temporal.ZonedDateTime.from('2026-05-14T09:40:00[Asia/Shanghai]');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(findTimes(text, now).length).toBeLessThanOrEqual(40);
      }),
    );
  });

  it.each([
    '订',
    '三',
    '1',
    '3月',
    '明天',
    '3点到',
    '5号、',
    '1.',
    '一点',
    '闰四月初八,',
    '2026-03-',
    '每周一',
  ])('ten thousand characters of %s take no longer than their length explains', (unit) => {
    const now = Temporal.ZonedDateTime.from('2026-05-14T09:40:00[Asia/Shanghai]');
    const took = (length: number): number => {
      const text = unit.repeat(length / unit.length);
      let best = Infinity;
      for (let round = 0; round < 5; round++) {
        const start = performance.now();
        findTimes(text, now);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    took(1_000);
    expect(took(20_000)).toBeLessThan(20 * (took(2_000) + 2));
  });
});
