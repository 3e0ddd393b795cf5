/** What is told from the words alone: disagreement, language, small talk. */
import { describe, expect, test } from 'vitest';
import { spokenLanguage } from '../../src/conversation/language.ts';
import { disagreement } from '../../src/conversation/next-reading.ts';
import { isThanks } from '../../src/conversation/small-talk.ts';

describe('disagreement', () => {
  test.each([
    '不是这个意思',
    '我不是这个意思啊',
    '不是',
    '不对。',
    '不是這個意思',
    '你理解错了',
    '理解错了！',
    '误会了',
    'Not what I meant',
    'that’s not what I meant.',
    'wrong',
    'no, you misunderstood me',
  ])('%s', (text) => expect(disagreement(text)).toBe(''));

  test.each([
    ['不是这个意思，我要报修', '我要报修'],
    ['理解错了，是订会议室', '是订会议室'],
    ['not what I meant, book a room', 'book a room'],
  ])('%s leaves %s', (text, more) => expect(disagreement(text)).toBe(more));

  test.each([
    '不是珠峰是黄山',
    '不对，是周五',
    '不要了',
    '不用了',
    'no',
    '打印机不对劲',
    '这个意思是什么',
    '会议纪要不是这个意思吧',
    'nothing is wrong',
    '',
  ])('%s is none', (text) => expect(disagreement(text)).toBeUndefined());
});

describe('the language of a sentence', () => {
  test.each([
    ['book a room for 6 tomorrow', 'en'],
    ['two boxes of A4 please', 'en'],
    ['what can you do?', 'en'],
    ['明天订个会议室', 'zh'],
    ['後天訂間會議室', 'zh'],
    ['订个有 projector 的会议室', 'zh'],
    ['book 珠峰 tomorrow at 3pm', 'en'],
  ])('%s: %s', (text, language) => expect(spokenLanguage(text)).toBe(language));

  test.each(['OK', '好的', '2', 'TRIP-26-0001', 'A4', '👍', 'submit', '同意 TRIP-26-0001', ''])(
    '%s tells nothing',
    (text) => expect(spokenLanguage(text)).toBeUndefined(),
  );
});

describe('thanks', () => {
  test.each(['谢谢', '好的谢谢', '谢谢你啊', '辛苦了', 'thanks!', 'Thank you'])('%s', (text) =>
    expect(isThanks(text)).toBe(true),
  );
  test.each(['谢谢，再帮我订个会议室吧', '谢谢？'])('not %s', (text) =>
    expect(isThanks(text)).toBe(false),
  );
});
