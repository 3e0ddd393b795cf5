import { describe, expect, test } from 'vitest';
import type { Named } from '../../src/language/lexicon.ts';
import { findNames, matchName } from '../../src/language/names.ts';

const rooms: readonly Named[] = [
  { id: 'huangshan', name: '黄山', hint: '3楼' },
  { id: 'zhufeng', name: '珠峰', aliases: ['珠穆朗玛', '大会议室'] },
  { id: 'five', name: '5号会议室' },
  { id: 'a301', name: 'A301' },
];
const people: readonly Named[] = [
  { id: 'fang-finance', name: '王芳', hint: '财务部' },
  { id: 'fang-market', name: '王芳', hint: '市场部' },
  { id: 'xiaoming', name: '张晓明' },
  { id: 'wei', name: '李伟' },
];
const best = (said: string, known: readonly Named[]): string | undefined =>
  matchName(said, known)[0]?.id;

describe('a spoken name among known ones', () => {
  test.each([
    ['黄山', 'huangshan', 'exact'],
    ['黃山', 'huangshan', 'exact'],
    ['珠穆朗玛', 'zhufeng', 'alias'],
    ['黄珊', 'huangshan', 'pinyin'],
    ['朱峰', 'zhufeng', 'pinyin'],
    ['huangshan', 'huangshan', 'pinyin'],
    ['hs', 'huangshan', 'initials'],
    ['五号会议室', 'five', 'exact'],
    ['黄山会议室', 'huangshan', 'part'],
    ['a301', 'a301', 'exact'],
    ['珠木朗吗', 'zhufeng', 'pinyin'],
    ['珠穆朗', 'zhufeng', 'part'],
  ])('%s means %s (%s)', (said, id, how) => {
    const [match] = matchName(said, rooms);
    expect(match).toMatchObject({ id, how });
  });

  test('a name that nobody bears is near to nothing', () => {
    expect(matchName('泰山', rooms)).toEqual([]);
    expect(matchName('，。！', rooms)).toEqual([]);
    expect(matchName('', people)).toEqual([]);
  });

  test('surer matches score higher: as written, by sound, by initials', () => {
    const scores = ['黄山', '黄珊', 'hs'].map((said) => matchName(said, rooms)[0]?.score ?? 0);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(scores).size).toBe(3);
  });

  test('two people of one name are both offered, the department tells them apart', () => {
    expect(matchName('王芳', people).map((m) => m.id)).toEqual(['fang-finance', 'fang-market']);
    expect(best('市场部的王芳', people)).toBe('fang-market');
    expect(best('财务王芳', people)).toBe('fang-finance');
    expect(matchName('财务的王芳', people)[0]?.score).toBe(1);
  });

  test('an address by surname offers everybody of that surname', () => {
    expect(best('小李', people)).toBe('wei');
    expect(matchName('王总', people).map((m) => m.id)).toEqual(['fang-finance', 'fang-market']);
  });
});

describe('names inside a sentence', () => {
  const found = (text: string, known: readonly Named[]) =>
    findNames(text, known).map((f) => [f.value.id, f.words]);

  test('as written, as an alias, by sound and in pinyin', () => {
    expect(found('明天黄珊开会，后天大会议室', rooms)).toEqual([
      ['huangshan', '黄珊'],
      ['zhufeng', '大会议室'],
    ]);
    expect(found('book huangshan 2pm', rooms)).toEqual([['huangshan', 'huangshan']]);
    expect(found('五号会议室的灯', rooms)).toEqual([['five', '五号会议室']]);
  });

  test('words that merely sound like a two-character name are no name', () => {
    expect(found('我在这里为大家服务', people)).toEqual([]);
  });

  test('offsets point at the words said', () => {
    const text = '轉給張曉明處理';
    const [name] = findNames(text, people);
    expect(name?.value.id).toBe('xiaoming');
    expect(text.slice(name?.from, name?.to)).toBe('張曉明');
  });
});
