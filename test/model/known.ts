/** What the office knows in these tests, and when it is. */
import type { Lexicon } from '../../src/language/lexicon.ts';
import { cities } from '../../src/language/cities.ts';
import { kinds } from '../../src/requests/index.ts';

/** What a model may answer with: the kinds, as the program offers them. */
export const offered = kinds.map((kind) => kind.heardAs);

export const lexicon: Lexicon = {
  intents: offered,
  rooms: [
    { id: '1', name: '珠峰', hint: '3' },
    { id: '2', name: '黄山', hint: '5' },
  ],
  items: [
    { id: '1', name: 'A4纸', aliases: ['打印纸'] },
    { id: '2', name: '黑色签字笔' },
  ],
  people: [
    { id: '1', name: '王磊', hint: '研发部' },
    { id: '2', name: '陈晨', aliases: ['Chen Chen'], hint: '市场部' },
  ],
  cities,
};

/** Tuesday morning. */
export const now = Temporal.ZonedDateTime.from('2026-03-03T10:00[Asia/Shanghai]');
