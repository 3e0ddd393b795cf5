/** Which reports are about one broken thing, and which sort of repair each is. */
import { describe, expect, test } from 'vitest';
import { categoryFor, respondsWithin, type Told } from '../../src/requests/repair/categories.ts';
import { isSameThing, keyOf } from '../../src/requests/repair/same.ts';
import { defaultRules } from '../../src/settings/index.ts';

const at = (place: string, object: string, asset?: string) => ({
  place,
  object,
  ...(asset === undefined ? {} : { asset }),
});

describe('one thing', () => {
  test.each([
    [at('3楼', '打印机'), at('三层', '打印机')],
    [at('3楼', '打印机'), at('3F', '复印机')],
    [at('3楼', '打印机'), at('3楼茶水间旁边', '那台打印机')],
    [at('十二楼', '灯'), at('12楼', '灯管')],
    [at('2楼男厕所', '马桶'), at('2楼男洗手间', '坐便器')],
    [at('2楼', '彩色打印机'), at('2楼', '打印机')],
    [at('前台', '门禁', 'AST-0001'), at('大门口', '刷卡机', 'AST-0001')],
    [at('the 3rd floor', 'printer'), at('3楼', '打印机')],
  ])('%o and %o', (one, other) => {
    expect(isSameThing(one, other)).toBe(true);
    expect(isSameThing(other, one)).toBe(true);
  });
});

describe('two things', () => {
  test.each([
    [at('3楼', '打印机'), at('5楼', '打印机')],
    [at('3楼', '打印机'), at('3楼', '饮水机')],
    [at('3楼', '门'), at('3楼', '门禁')],
    [at('2楼男厕所', '马桶'), at('2楼女厕所', '马桶')],
    [at('3楼', '打印机', 'AST-0001'), at('3楼', '打印机', 'AST-0002')],
    [at('', '打印机'), at('3楼', '打印机')],
  ])('%o and %o', (one, other) => {
    expect(isSameThing(one, other)).toBe(false);
    expect(isSameThing(other, one)).toBe(false);
  });
});

test('all names of a thing at a place have one key, and an asset its own', () => {
  expect(keyOf(at('三楼', '复印机'))).toBe(keyOf(at('3层', '打印机')));
  expect(keyOf(at('3楼', '打印机', 'AST-0001'))).toBe('asset:AST-0001');
});

describe('the category of a report', () => {
  test.each<[Told, string, string]>([
    [{ object: '打印机', problem: '卡纸', urgency: 'normal' }, 'facility', '1wd'],
    [{ object: '水管', problem: '漏水' }, 'urgent', '30m'],
    [{ object: '水龙头', problem: '漏水', urgency: 'low' }, 'facility', '1wd'],
    [{ object: '电脑', problem: '蓝屏' }, 'it', '4h'],
    [{ object: '电脑', problem: '蓝屏', urgency: 'urgent' }, 'it', '30m'],
    [{ object: '门', problem: '打不开', urgency: 'urgent' }, 'urgent', '30m'],
    [{ object: 'soap dispenser', problem: 'empty' }, 'facility', '1wd'],
  ])('%o is %s, answered within %s', (told, name, within) => {
    expect(categoryFor(told, defaultRules.repairs)).toBe(name);
    expect(respondsWithin(defaultRules, name, told.urgency)).toBe(within);
  });

  test('an office of its own words', () => {
    const repairs = {
      ...defaultRules.repairs,
      categories: {
        ...defaultRules.repairs.categories,
        保洁: {
          title: { zh: '保洁', en: 'Cleaning' },
          role: 'office',
          priority: 'normal' as const,
          heard: ['脏了', '异味'],
        },
      },
    };
    expect(categoryFor({ object: '地毯', problem: '脏了' }, repairs)).toBe('保洁');
  });
});
