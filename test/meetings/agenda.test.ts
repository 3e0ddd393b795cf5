import { expect, test } from 'vitest';
import { agendaItems } from '../../src/meetings/agenda.ts';

const PEOPLE = [
  { id: 1, name: '张伟' },
  { id: 2, name: 'Li Lei' },
];

test.each([
  ['预算 张伟 20分钟', { text: '预算', owner: 1, minutes: 20 }],
  ['预算（张伟）', { text: '预算', owner: 1 }],
  ['预算：张伟', { text: '预算', owner: 1 }],
  ['budget, Li Lei, 20 min', { text: 'budget', owner: 2, minutes: 20 }],
  ['上线时间 30分', { text: '上线时间', minutes: 30 }],
  ['给张伟庆生', { text: '给张伟庆生' }],
  ['感谢张伟', { text: '感谢张伟' }],
  ['张伟', { text: '张伟', owner: 1 }],
])('%s', (line, item) => {
  expect(agendaItems(line, PEOPLE)).toEqual([item]);
});

test('lines without text are none; nothing is an empty agenda', () => {
  expect(agendaItems('\n  \n20分钟\n', PEOPLE)).toEqual([]);
  expect(agendaItems(null, PEOPLE)).toEqual([]);
});
