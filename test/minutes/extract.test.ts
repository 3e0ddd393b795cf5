import { describe, expect, test } from 'vitest';
import { extract } from '../../src/minutes/extract.ts';
import { casesIn, measure, reader } from './cases.ts';

describe('action items in minutes as people write them', () => {
  test('in the cases the rules were built with, every item, owner and date is found and nothing else', () => {
    const { wanted, found, right, ownersRight, datesRight, misses } = measure(casesIn('building'));
    expect(misses).toEqual([]);
    expect({ found, right, ownersRight, datesRight }).toEqual({
      found: wanted,
      right: wanted,
      ownersRight: wanted,
      datesRight: wanted,
    });
  });

  test('what is decided is kept as text, and is no item', () => {
    const { items, decisions } = extract('会议决定：自4月1日起实行弹性工作制。', reader);
    expect(items).toEqual([]);
    expect(decisions).toEqual(['会议决定：自4月1日起实行弹性工作制']);
  });

  test('how well it is to be done is kept apart', () => {
    const [item] = extract('张伟：周五前完成报价单，含三家比价', reader).items;
    expect(item).toEqual({
      what: '完成报价单',
      owner: '张伟',
      due: '2026-03-06',
      standard: '含三家比价',
    });
  });
});
