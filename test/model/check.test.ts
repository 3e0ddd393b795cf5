import { describe, expect, test } from 'vitest';
import { checked } from '../../src/model/check.ts';
import { answerSchema } from '../../src/model/schema.ts';
import { lexicon, now, offered } from './known.ts';

const about = (text: string) => ({ text, lexicon, now });
const check = (text: string, intent: string, slots: { [slot: string]: readonly string[] }) =>
  checked({ intent, slots }, about(text), offered);

describe('words the model points at are read by the rules', () => {
  test('times: from its words, seen from the moment of speaking', () => {
    const reading = check('明天下午3点10个人围炉夜话聊产品', 'room.book', {
      when: ['明天下午3点'],
      people: ['10个人'],
    });
    expect(reading).toMatchObject({
      intent: 'room.book',
      slots: { when: { type: 'datetime', start: '2026-03-04T15:00:00' }, people: 10 },
      reasons: ['model'],
    });
  });

  test('a room by its known name, also misspelt', () => {
    const reading = check('周五上午给我们占住珠锋', 'room.book', { room: ['珠锋'] });
    expect(reading?.slots['room']).toBe('珠峰');
  });

  test('things with their counts', () => {
    const reading = check('打印纸眼瞅着要断顿，三包救急', 'supplies.request', {
      items: ['打印纸', '三包'],
    });
    expect(reading?.slots['items']).toEqual([{ name: '打印纸', qty: 3, unit: '包' }]);
  });

  test('cities that exist, and no others', () => {
    const reading = check('下周三溜达到成都和桃花源谈合作', 'travel.request', {
      to: ['成都', '桃花源'],
    });
    expect(reading?.slots['to']).toEqual(['成都']);
  });

  test('a trouble in the person’s own words', () => {
    const reading = check('三楼走廊黑咕隆咚的', 'repair.report', {
      location: ['三楼走廊'],
      problem: ['黑咕隆咚'],
    });
    expect(reading?.slots).toMatchObject({ location: '三楼走廊', problem: '黑咕隆咚' });
  });

  test('width, case and spaces may differ from the sentence', () => {
    const reading = check('周四去 ＳＯＨＯ 楼看看投影', 'repair.report', { location: ['soho楼'] });
    expect(reading?.words['location']).toBe('soho楼');
  });
});

describe('what does not hold is dropped', () => {
  test.for([
    ['a time that was not said', 'room.book', { when: ['2026-03-09T09:00:00'] }],
    ['a value in place of words', 'room.book', { people: ['300'] }],
    ['a name that was not said', 'travel.request', { purpose: ['和王磊去玩'] }],
    ['a number that is no time', 'room.book', { when: ['产品'] }],
    ['words of a closed vocabulary that are not in it', 'travel.request', { transport: ['产品'] }],
    ['a room that nobody has', 'room.book', { room: ['产品'] }],
    ['empty words', 'room.book', { when: ['', ' '] }],
  ] as const)('%s', ([, intent, slots]) => {
    expect(check('10个人围炉夜话聊产品', intent, slots)).toBeUndefined();
  });

  test('one lie does not spoil what is true, nor the other way round', () => {
    const reading = check('明天下午3点10个人围炉夜话聊产品', 'room.book', {
      people: ['10个人'],
      room: ['珠峰'],
      equipment: ['投影'],
    });
    expect(reading?.slots).not.toHaveProperty('room');
    expect(reading?.slots).not.toHaveProperty('equipment');
    expect(reading?.slots['people']).toBe(10);
  });

  test('people are never the model’s to name, even those in the sentence', () => {
    const reading = check('下周三溜达到成都谈合作，王磊知道的', 'travel.request', {
      to: ['成都'],
      companions: ['王磊'],
    });
    expect(reading?.slots).toHaveProperty('to');
    expect(reading?.slots).not.toHaveProperty('companions');
  });

  test.for(['other', 'approval.act', 'cancel', 'confirm', 'modify', 'nothing', '__proto__'])(
    'intent %s leads to nothing',
    (intent) => {
      expect(check('明天下午3点开会', intent, { when: ['明天下午3点'] })).toBeUndefined();
    },
  );

  test('without anything that holds there is no reading: an intent alone is a guess too many', () => {
    expect(check('明天下午3点开会', 'room.book', {})).toBeUndefined();
  });
});

describe('the closed schema', () => {
  const schema = answerSchema(offered);

  test('holds the kinds and `other`, no command, no person, no urgency', () => {
    const text = JSON.stringify(schema.json);
    for (const heard of offered) expect(text).toContain(heard.intent);
    expect(text).not.toMatch(/approv|cancel|confirm|companions|phone/);
    expect(text).toContain('"additionalProperties":false');
  });

  test.for([
    { intent: 'approval.act', slots: {} },
    { intent: 'room.book', slots: { approver: ['王磊'] } },
    { intent: 'room.book', slots: { companions: ['王磊'] } },
    { intent: 'room.book', slots: { people: 10 } },
    { intent: 'room.book', slots: { when: '明天' } },
    { intent: 'room.book', slots: {}, submit: true },
    { intent: 'room.book' },
    [],
    null,
    'room.book',
  ])('refuses %j', (answer) => {
    expect(schema.read(answer)).toBeUndefined();
  });

  test('a slot may be left out', () => {
    const answer = { intent: 'room.book', slots: { when: ['明天'] } };
    expect(schema.read(answer)).toEqual(answer);
  });
});
