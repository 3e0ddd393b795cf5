import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mask } from '../../src/model/mask.ts';
import { lexicon, now } from './known.ts';

const masked = (text: string): string => mask(text, lexicon, now).text;

describe('what leaves the house', () => {
  test.for([
    ['打13812345678找我', '13812345678', '电话'],
    ['打138-1234-5678找我', '138-1234-5678', '电话'],
    ['座机 0571-87654321 没人接', '0571-87654321', '电话'],
    ['全角１３８１２３４５６７８也一样', '１３８１２３４５６７８', '电话'],
    ['回信到 chen.chen+a@example.com.cn 吧', 'chen.chen+a@example.com.cn', '邮箱'],
    ['身份证11010519491231002X的那位', '11010519491231002X', '号码'],
    ['卡号6222 0212 3456 7890 123', '6222 0212 3456 7890 123', '号码'],
    ['参考 TRIP-26-0042 那张', 'TRIP-26-0042', '单号'],
    ['车是沪A12345', '沪A12345', '车牌'],
    ['会议链接 https://meet.example.com/j/998?pwd=abc 那个', 'https://meet.example.com', '网址'],
    ['发给 ou_7dab8a3d3cdcc9da 看看', 'ou_7dab8a3d3cdcc9da', '编号'],
    ['和王磊一起', '王磊', '人'],
    ['让王雷来', '王雷', '人'],
    ['王總要來', '王總', '人'],
    ['小李也去', '小李', '人'],
    ['接待客户张建国，在三楼', '张建国', '人'],
    ['问 Chen Chen 要', 'Chen Chen', '人'],
  ] as const)('「%s」 goes without %s', ([text, secret, label]) => {
    expect(masked(text)).not.toContain(secret);
    expect(masked(text)).toMatch(new RegExp(`【${label}\\d+】`));
  });

  test.for([
    '明天下午3点找个坐得下10个人的地方',
    '2026-03-10去上海见客户，三天',
    '两盒A4纸，5支黑色签字笔',
    '3楼打印机卡纸了，型号M254dw',
    '预算3000元',
  ])('what is asked for stays: 「%s」', (text) => {
    expect(masked(text)).toBe(text);
  });

  test('the same words get the same sign, other words another', () => {
    expect(masked('王磊和陈晨去，王磊订票')).toBe('【人1】和【人2】去，【人1】订票');
  });
});

describe('and back', () => {
  test('a sign in the answer is what it stood for', () => {
    const { unmask } = mask('和王磊一起去，电话13812345678', lexicon, now);
    expect(unmask('【人1】')).toBe('王磊');
    expect(unmask('电话【电话2】')).toBe('电话13812345678');
    expect(unmask('【人9】')).toBe('【人9】');
  });

  test('whatever was written comes back as it was', () => {
    const bits = [
      '王磊',
      '13812345678',
      'a@b.cn',
      '明天',
      '【人1】',
      '$&',
      '3点',
      ' ',
      'x9x9x9x9x',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...bits), fc.string()), { maxLength: 8 }),
        (parts) => {
          const text = parts.join('');
          fc.pre(!/【\p{Script=Han}+\d+】/u.test(text));
          const { text: sent, unmask } = mask(text, lexicon, now);
          expect(unmask(sent)).toBe(text);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('hostile texts take no time', () => {
    const hostile = [
      'a'.repeat(500),
      '1 '.repeat(250),
      '1234-'.repeat(100),
      'a@'.repeat(250),
      'a_1'.repeat(160),
    ];
    mask('先热一下', lexicon, now);
    const began = performance.now();
    for (const text of hostile) mask(text, lexicon, now);
    expect((performance.now() - began) / hostile.length).toBeLessThan(20);
  });
});
