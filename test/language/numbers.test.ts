import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNumbers, numberAt, parseNumber } from '../../src/language/numbers.ts';

describe('the value of a number', () => {
  it.each([
    ['7', 7],
    ['〇', 0],
    ['俩', 2],
    ['廿六', 26],
    ['一百卅五', 135],
    ['两百', 200],
    ['一千八', 1800],
    ['一千零八', 1008],
    ['三万六', 36_000],
    ['三万零六', 30_006],
    ['十二万三千', 123_000],
    ['两亿零五万', 200_050_000],
    ['伍佰贰拾元', null],
    ['伍佰贰拾', 520],
    ['貳仟參佰', null],
    ['2万5千', 25_000],
    ['4千零60', 4060],
    ['1.2万', 12_000],
    ['12,500', 12_500],
    ['.25', 0.25],
    ['六点七五', 6.75],
    ['一点五万', 15_000],
    ['四分之三', 0.75],
    ['百分之八', 0.08],
    ['35%', 0.35],
    ['一半', 0.5],
    ['负四十', -40],
    ['-12', -12],
    ['二零二七', 2027],
    ['两三', 3],
    ['八百 二十', 820],
    ['９９', 99],
    ['两千包', null],
    ['三点五十', null],
    ['', null],
    ['会议室', null],
    ['2026.3.18', null],
  ])('%s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  const figures = '零一二三四五六七八九';
  const spoken = (n: number): string => {
    if (n >= 1e8) return `${spoken(Math.floor(n / 1e8))}亿${rest(n % 1e8, 1e7)}`;
    if (n >= 1e4) return `${spoken(Math.floor(n / 1e4))}万${rest(n % 1e4, 1e3)}`;
    for (const [unit, name] of [
      [1000, '千'],
      [100, '百'],
      [10, '十'],
    ] as const)
      if (n >= unit) return `${spoken(Math.floor(n / unit))}${name}${rest(n % unit, unit / 10)}`;
    return figures.charAt(n);
  };
  const rest = (n: number, next: number): string =>
    n === 0 ? '' : n < next ? `零${spoken(n)}` : spoken(n);

  it('comes back from its Chinese spelling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (n) => {
        expect(parseNumber(spoken(n))).toBe(n);
      }),
    );
  });

  it('comes back from its spelling with thousands separators', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (n) => {
        expect(parseNumber(n.toLocaleString('en-US'))).toBe(n);
      }),
    );
  });
});

describe('a number at a place', () => {
  it('ends where the measure word begins', () => {
    expect(numberAt('领十二盒笔', 1)).toEqual({ value: 12, to: 3 });
  });

  it('does not take the unit of a measure for ten thousand or a thousand', () => {
    expect(numberAt('3千克', 0)).toEqual({ value: 3, to: 1 });
    expect(numberAt('去6万达广场', 1)).toEqual({ value: 6, to: 2 });
  });

  it('is null where no number begins', () => {
    expect(numberAt('盒3', 0)).toBeNull();
  });
});

describe('numbers and money in a sentence', () => {
  const money = (text: string) =>
    findNumbers(text).flatMap(({ value }) =>
      value.type === 'money' ? [[value.value, value.currency]] : [],
    );

  it.each([
    ['机票大概两千三百块', 2300, 'CNY'],
    ['住宿每晚四百八十元', 480, 'CNY'],
    ['餐费三十五块五', 35.5, 'CNY'],
    ['打车六块八毛钱', 6.8, 'CNY'],
    ['邮费十二元五角', 12.5, 'CNY'],
    ['預算八千圓整', 8000, 'CNY'],
    ['¥1,299.00 一把椅子', 1299, 'CNY'],
    ['会费 USD 350', 350, 'USD'],
    ['押金港币5000', 5000, 'HKD'],
    ['报名费九十欧元', 90, 'EUR'],
    ['软件三万日元', 30_000, 'JPY'],
    ['合同额1.5亿元人民币', 150_000_000, 'CNY'],
  ])('%s', (text, value, currency) => {
    expect(money(text)).toContainEqual([value, currency]);
  });

  it.each([
    ['一块二毛五', 1.25, 'CNY'],
    ['八毛钱', 0.8, 'CNY'],
    ['五分钱', 0.05, 'CNY'],
    ['十二块半', 12.5, 'CNY'],
    ['两万块人民币', 20_000, 'CNY'],
    ['软件二十刀', 20, 'USD'],
    ['机票四百五十欧', 450, 'EUR'],
  ])('takes %s for money', (said, value, currency) => {
    expect(findNumbers(said).map((f) => f.value)).toEqual([{ type: 'money', value, currency }]);
  });

  it('takes 两刀A4纸, 三欧姆, 五分制 and 六角桌 for no money', () => {
    for (const said of ['两刀A4纸', '三欧姆', '五分制', '六角桌']) expect(money(said)).toEqual([]);
  });

  it('counts halves before and behind a measure word, and leaves those of times alone', () => {
    const values = (said: string): unknown => findNumbers(said).map((f) => f.value.value);
    expect(values('领半箱打印纸')).toEqual([0.5]);
    expect(values('两个半')).toEqual([2.5]);
    expect(values('两个半月')).toEqual([2]);
    expect(values('半个月')).toEqual([]);
  });

  it('takes 块 before a noun for a measure word', () => {
    expect(money('要两块白板')).toEqual([]);
  });

  it('reads 5k and 2w as thousands and ten thousands, but leaves watts to their device', () => {
    expect(findNumbers('预算2w').map((f) => f.value.value)).toEqual([20_000]);
    expect(findNumbers('65w充电器').map((f) => f.value.value)).toEqual([65]);
  });

  it('counts nothing in words that only contain a numeral', () => {
    expect(findNumbers('统一采购，一起看看，十分感谢')).toEqual([]);
  });

  it('gives the words as they were said', () => {
    const text = '領兩萬張Ａ４紙，預算１，２００元';
    for (const { words, from, to } of findNumbers(text)) expect(text.slice(from, to)).toBe(words);
    expect(findNumbers(text).map((f) => f.words)).toContain('兩萬');
    expect(findNumbers(text).map((f) => f.words)).toContain('１，２００元');
  });

  it('passes over card numbers and the like, which are too long to be amounts', () => {
    expect(findNumbers(`卡号${'6'.repeat(19)}`)).toEqual([]);
  });
});
