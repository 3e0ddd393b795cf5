/** Which of several requests a sentence speaks of. */
import { describe, expect, test } from 'vitest';
import { heardAs } from '../../src/conversation/heard/index.ts';
import { pointedAt } from '../../src/conversation/pointing.ts';
import type { Request } from '../../src/filing/store.ts';
import { cities } from '../../src/language/cities.ts';
import type { Lexicon } from '../../src/language/lexicon.ts';
import { kinds } from '../../src/requests/index.ts';

const now = Temporal.ZonedDateTime.from('2026-03-03T10:00[Asia/Shanghai]'); // a Tuesday
const lexicon: Lexicon = {
  intents: [...kinds.map((kind) => kind.heardAs), ...heardAs],
  rooms: [
    { id: '1', name: '珠峰', aliases: ['大会议室'] },
    { id: '2', name: '黄山' },
  ],
  items: [{ id: '1', name: 'A4纸' }],
  people: [],
  cities,
};

/** A request of that kind and form, filed `minutes` before now. */
const request = (id: number, kind: string, form: Request['form'], minutes = 60): Request => ({
  id,
  number: `X-26-${id}`,
  kind,
  form,
  requester_id: 1,
  state: 'pending',
  measure: 1,
  workflow: { requester: 1, steps: [], endsAs: 'done' },
  outcome: {},
  stars: null,
  version: 1,
  channel: 'simulator',
  chat: 'private',
  submitted_at: now.subtract({ minutes }).toInstant(),
  updated_at: now.subtract({ minutes }).toInstant(),
  closed_at: null,
  urged_at: null,
  cleared_at: null,
});

const hours = (date: string, from: string, to: string) => ({
  from: `${date}T${from}:00+08:00`,
  to: `${date}T${to}:00+08:00`,
});
const mornings = request(1, 'room', {
  room: '珠峰',
  when: hours('2026-03-04', '09:00', '10:00'),
});
const afternoon = request(2, 'room', {
  room: '黄山',
  when: hours('2026-03-04', '15:00', '16:00'),
});
const thursday = request(3, 'room', { room: '珠峰', when: hours('2026-03-05', '15:00', '16:00') });
const shanghai = request(4, 'trip', {
  to: ['上海'],
  days: { from: '2026-03-10', to: '2026-03-12' },
  purpose: '见客户',
});
const hangzhou = request(
  5,
  'trip',
  { to: ['杭州'], days: { from: '2026-03-13', to: '2026-03-13' }, purpose: '见客户' },
  26 * 60,
);
const printer = request(6, 'repair', { object: '打印机', place: '3楼茶水间', problem: '卡纸' });

const meant = (said: string, requests: readonly Request[]): readonly number[] =>
  pointedAt(requests, { said, lexicon }, { now }).map(({ id }) => id);

describe('by what is named', () => {
  const all = [mornings, afternoon, shanghai, hangzhou, printer];
  test.each([
    ['取消黄山', [2]],
    ['取消大会议室', [1]],
    ['取消珠峯', [1]],
    ['去上海那个撤回', [4]],
    ['cancel the Hangzhou one', [5]],
    ['催一下打印机', [6]],
    ['茶水间那个修好了吗', [6]],
    ['见客户的那个', [4, 5]],
    ['撤回', [1, 2, 4, 5, 6]],
    ['北京那个', [1, 2, 4, 5, 6]],
  ])('%s', (said, ids) => expect(meant(said, all)).toEqual(ids));
});

describe('by its time', () => {
  const all = [mornings, afternoon, thursday, shanghai, hangzhou];
  test.each([
    ['取消明天的', [1, 2]],
    ['取消明天下午的', [2]],
    ['取消明天上午的', [1]],
    ['取消后天的', [3]],
    ['3点的不要了', [2, 3]],
    ['下周三那个', [4]],
    ['下周五那个', [5]],
    ['昨天提的那个', [5]],
    ['后天珠峰', [3]],
    ['12月1号的', [1, 2, 3, 4, 5]],
  ])('%s', (said, ids) => expect(meant(said, all)).toEqual(ids));
});

describe('by its place', () => {
  const all = [mornings, afternoon, thursday];
  test.each([
    ['撤回上一条', [3]],
    ['刚才那个', [3]],
    ['the last one', [3]],
    ['第一个', [1]],
    ['第二个', [2]],
    ['the second one', [2]],
    ['第五个', [1, 2, 3]],
  ])('%s', (said, ids) => expect(meant(said, all)).toEqual(ids));
});
