import { describe, expect, test } from 'vitest';
import { nameless } from '../../src/cli/understand.ts';
import { cities } from '../../src/language/cities.ts';
import { rewritten } from '../../src/language/english/rewrite.ts';
import { languageOf } from '../../src/language/language-of.ts';
import { understand } from '../../src/language/understand.ts';

/** Wednesday morning. */
const now = Temporal.ZonedDateTime.from('2026-03-04T10:00[Asia/Shanghai]');
const best = (text: string) => {
  const reading = understand(text, nameless, now)[0]?.readings[0];
  if (reading === undefined) throw new Error('a piece without a reading');
  return reading;
};

describe('the same slots as in Chinese', () => {
  test.each([
    [
      'book a room for 6 tomorrow 3pm',
      '订个6人的会议室，明天下午3点',
      { people: 6, when: { type: 'datetime', start: '2026-03-05T15:00:00' } },
    ],
    ['two boxes of A4 please', '两盒A4', { items: [{ name: 'A4', qty: 2 }] }],
    [
      'business trip to Shanghai next Tue to Thu by train',
      '下周二到周四去上海出差，坐火车',
      {
        to: ['上海'],
        transport: '火车',
        when: { type: 'daterange', start: '2026-03-10', end: '2026-03-12' },
      },
    ],
  ])('%s', (english, chinese, slots) => {
    expect(best(english).slots).toMatchObject(slots);
    expect(best(chinese).slots).toMatchObject(slots);
    expect(best(english).intent).toBe(best(chinese).intent);
  });

  test('what people wrote stays theirs: things, places, units, titles, comments, the words that filled a slot', () => {
    expect(best('the printer on 3F is jammed').slots).toEqual({
      location: '3F',
      object: 'printer',
      problem: 'jammed',
    });
    expect(best('two boxes of A4 please').slots).toEqual({
      items: [{ name: 'A4', qty: 2, unit: 'box' }],
    });
    expect(best('remind me to send the report tomorrow at 9am').slots).toEqual({
      title: 'send the report',
      when: { type: 'datetime', start: '2026-03-05T09:00:00' },
    });
    expect(best('book a room for 6 tomorrow 3pm').words['people']).toBe('for 6');
  });

  test('two wishes in one message', () => {
    const pieces = understand('book a room tomorrow 3pm for 6 and two boxes of A4', nameless, now);
    expect(pieces.map((piece) => piece.readings[0]?.intent)).toEqual([
      'room.book',
      'supplies.request',
    ]);
  });

  test.each([
    ['approve', 'approval.act'],
    ['reject, over budget', 'approval.act'],
    ['cancel my room booking tomorrow', 'cancel'],
    ['what is the status of my trip request', 'query.mine'],
    ['how do I apply for a business trip?', 'other'],
  ])('%s', (text, intent) => expect(best(text).intent).toBe(intent));
});

describe('times and numbers as English says them', () => {
  test.each([
    ['from 2 to 4pm', '下午2点到下午4点'],
    ['11-1pm', '上午11点到下午1点'],
    ['half past 3', '3点半'],
    ['day after tomorrow', '后天'],
    ['every Friday at 5pm', '每周五下午5点'],
    ['March 20-22', '3月20日到3月22日'],
    ['in thirty minutes', '30分钟后'],
    ['by Friday', '周五前'],
    ['on the fifth floor', '5楼'],
    ['a dozen pencils', '1打铅笔'],
    ['to Kunming', '去昆明'],
  ])('%s: %s', (english, chinese) => expect(rewritten(english, cities).text).toBe(chinese));
});

describe('the language of a message', () => {
  test.each([
    ['book a room for 6 tomorrow 3pm', 'en'],
    ['book 珠峰 for tomorrow at 3pm please', 'en'],
    ['approve', 'en'],
    ['订个meeting room，明天下午', 'zh'],
    ['A4', 'zh'],
    ['ok', 'zh'],
    ['WIFI', 'zh'],
    ['12:00', 'zh'],
  ])('%s: %s', (text, language) => expect(languageOf(text)).toBe(language));
});
