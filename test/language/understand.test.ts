import { describe, expect, test } from 'vitest';
import { nameless, toNlu } from '../../src/cli/understand.ts';
import { answerTo } from '../../src/cli/understand-lines.ts';
import type { Lexicon } from '../../src/language/lexicon.ts';
import type { Reading } from '../../src/language/meaning.ts';
import { understand } from '../../src/language/understand.ts';

/** Wednesday morning. */
const now = Temporal.ZonedDateTime.from('2026-03-04T10:00[Asia/Shanghai]');

const office: Lexicon = {
  ...nameless,
  rooms: [
    { id: 'huangshan', name: '黄山' },
    { id: 'zhufeng', name: '珠峰', aliases: ['珠穆朗玛'] },
  ],
  items: [{ id: 'pen', name: '中性笔', aliases: ['黑色签字笔'] }],
  people: [{ id: 'lei', name: '周蕾' }],
};

const pieces = (text: string, lexicon = nameless) => understand(text, lexicon, now);
const best = (text: string, lexicon = nameless): Reading => {
  const reading = pieces(text, lexicon)[0]?.readings[0];
  if (reading === undefined) throw new Error('a piece without a reading');
  return reading;
};
const intents = (text: string): readonly string[] =>
  pieces(text).map((piece) => piece.readings[0]?.intent ?? '');

describe('the four everyday requests, word for word', () => {
  test('a room: when, for how many, with what', () => {
    expect(best('明天下午3点到5点订个10人的会议室，要投影')).toMatchObject({
      intent: 'room.book',
      slots: {
        when: {
          type: 'datetimerange',
          start: '2026-03-05T15:00:00',
          end: '2026-03-05T17:00:00',
        },
        people: 10,
        equipment: ['投影'],
      },
      words: { people: '10人', equipment: '投影' },
    });
  });

  test('supplies: each thing with its own count and unit', () => {
    expect(best('领两盒A4纸和5支黑色签字笔').slots).toEqual({
      items: [
        { name: 'A4纸', qty: 2, unit: '盒' },
        { name: '黑色签字笔', qty: 5, unit: '支' },
      ],
    });
  });

  test('a trip: where to, from which day to which, how, what for', () => {
    expect(best('下周二到周四去上海出差，坐高铁，见客户').slots).toEqual({
      to: ['上海'],
      when: { type: 'daterange', start: '2026-03-10', end: '2026-03-12' },
      transport: '高铁',
      purpose: '见客户',
    });
  });

  test('a repair: where, what, what is wrong', () => {
    expect(best('3楼打印机卡纸了').slots).toEqual({
      location: '3楼',
      object: '打印机',
      problem: '卡纸',
    });
  });

  test.each([
    '明天下午3点到5点订个10人的会议室，要投影',
    '领两盒A4纸和5支黑色签字笔',
    '3楼打印机卡纸了',
  ])('there is hardly a doubt about %s', (text) =>
    expect(best(text).confidence).toBeGreaterThan(0.9),
  );
});

describe('what every declaration says of itself', () => {
  const examples = nameless.intents.flatMap((heard) =>
    heard.examples.map((example) => ({ intent: heard.intent, ...example })),
  );
  test.each(examples)('$says is $intent and nothing else', ({ says, intent, means }) => {
    const reading = best(says);
    expect(reading.intent).toBe(intent);
    expect(reading.slots).toMatchObject(means);
    expect(pieces(says)).toHaveLength(1);
  });
});

describe('intents that are easily taken for one another', () => {
  test.each([
    ['不要会议室了', 'cancel'],
    ['不要周五下午的会议室了', 'cancel'],
    ['周五的会不开了，会议室退掉吧', 'cancel'],
    ['会议室的投影打不开', 'repair.report'],
    ['会议室订成功了吗', 'query.mine'],
    ['我这个月有哪些出差', 'query.mine'],
    ['今天下午哪些会议室空着', 'room.free'],
    ['会议室挪到周五上午', 'modify'],
    ['去杭州的出差撤了吧', 'cancel'],
    ['小赵的出差我同意', 'approval.act'],
    ['借一台相机，周三还', 'asset'],
    ['拜访客户去趟青岛，周四走，周五回', 'travel.request'],
    ['周四下午客户过来拜访，帮我登记一下', 'visitor.register'],
    ['采购合同盖合同章，两份', 'seal.request'],
    ['半小时后提醒我给客户回电话', 'todo'],
    ['把上午例会的纪要整理出来', 'minutes'],
    ['起草一份节能降耗的通知', 'document'],
    ['催一下我的出差申请', 'urge'],
    ['有哪些单子等我审批', 'query.tasks'],
  ])('%s → %s', (text, intent) => expect(best(text).intent).toBe(intent));
});

describe('talk beside the work', () => {
  test.each([
    ['帮助', 'help'],
    ['?', 'help'],
    ['你能做什么', 'help'],
    ['你好', 'greeting'],
    ['在吗', 'greeting'],
    ['好的', 'confirm'],
    ['提交', 'confirm'],
    ['算了', 'nevermind'],
    ['不用了', 'nevermind'],
  ])('%s → %s', (text, intent) => expect(best(text).intent).toBe(intent));

  test.each([
    '出差住宿标准多少',
    '请假要走什么流程',
    '会议室怎么收费',
    '今天会下雪吗',
    '附近有什么好吃的餐馆',
    '打印机多少钱一台',
    '给我讲个笑话',
    '播放一首老歌',
    '',
    '。。。',
  ])('%s is none of our business, and no request is likely', (text) => {
    const reading = best(text);
    expect(reading.intent).toBe('other');
    for (const rest of pieces(text)[0]?.readings.slice(1) ?? [])
      expect(rest.confidence).toBeLessThan(0.4);
  });
});

describe('the same wish in other clothes', () => {
  test.each([
    '麻烦您帮忙订一下周五上午9点的会议室，6个人，谢谢',
    '週五上午9點訂會議室，六個人',
    '帮我book个meeting room，周五上午9点，6 people',
    '周五上午9点定个会意室，6人',
    '周五上午９点，订会议室，６人',
  ])('%s', (text) => {
    expect(best(text)).toMatchObject({
      intent: 'room.book',
      slots: { when: { type: 'datetime', start: '2026-03-06T09:00:00' }, people: 6 },
    });
  });
});

describe('things and their counts', () => {
  const items = (text: string) => best(text).slots['items'];

  test('halves, dozens, and counts behind the thing', () => {
    expect(items('领两盒半图钉和一打铅笔')).toEqual([
      { name: '图钉', qty: 2.5, unit: '盒' },
      { name: '铅笔', qty: 1, unit: '打' },
    ]);
    expect(items('领用：档案盒5个、胶水3瓶')).toEqual([
      { name: '档案盒', qty: 5, unit: '个' },
      { name: '胶水', qty: 3, unit: '瓶' },
    ]);
    expect(items('我要剪刀*2，便签4')).toEqual([
      { name: '剪刀', qty: 2 },
      { name: '便签', qty: 4 },
    ]);
  });

  test('figures that belong to the name are no count', () => {
    expect(items('领4节5号电池和2支2B铅笔')).toEqual([
      { name: '5号电池', qty: 4, unit: '节' },
      { name: '2B铅笔', qty: 2, unit: '支' },
    ]);
  });

  test('each of several, and so many for each head', () => {
    expect(items('领橡皮和尺子各6个')).toEqual([
      { name: '橡皮', qty: 6, unit: '个' },
      { name: '尺子', qty: 6, unit: '个' },
    ]);
    expect(items('每人两支笔，我们组8个人，麻烦领一下')).toEqual([
      { name: '笔', qty: 16, unit: '支' },
    ]);
  });

  test('what is left over or run out is no wish', () => {
    expect(items('抽纸还剩一包了，再要三提')).toEqual([{ name: '抽纸', qty: 3, unit: '提' }]);
    expect(items('没信封了，拿两包')).toEqual([{ name: '信封', qty: 2, unit: '包' }]);
    expect(items('没胶带了，拿两盒图钉')).toEqual([{ name: '图钉', qty: 2, unit: '盒' }]);
  });

  test('no number said is no number made up', () => {
    expect(items('拿点便利贴')).toEqual([{ name: '便利贴', qty: null }]);
  });

  test('a slip of the keyboard', () => {
    expect(items('领三支迁字笔')).toEqual([{ name: '签字笔', qty: 3, unit: '支' }]);
  });
});

describe('corrections inside the sentence', () => {
  test('the name said last counts', () => {
    expect(best('订珠峰，不对，黄山，明天上午', office).slots).toMatchObject({
      room: '黄山',
      when: { type: 'date', start: '2026-03-05', part: 'am' },
    });
  });

  test('a city, a number, an hour', () => {
    expect(best('下周一去青岛出差，不对，是烟台').slots['to']).toEqual(['烟台']);
    expect(best('领3包抽纸，哦不，5包').slots['items']).toEqual([
      { name: '抽纸', qty: 5, unit: '包' },
    ]);
    expect(best('订明天下午3点的会议室，说错了，4点').slots['when']).toEqual({
      type: 'datetime',
      start: '2026-03-05T16:00:00',
    });
  });
});

describe('when, in the sense of each kind', () => {
  const when = (text: string) => best(text).slots['when'];

  test('a trip covers whole days, from going to coming back', () => {
    expect(when('周五去合肥出差，下周一回，高铁')).toEqual({
      type: 'daterange',
      start: '2026-03-06',
      end: '2026-03-09',
    });
    expect(when('下周去洛阳出差，周二去周四回')).toEqual({
      type: 'daterange',
      start: '2026-03-10',
      end: '2026-03-12',
    });
  });

  test('a meeting: day, hour and length from three places', () => {
    expect(when('周五部门要开复盘会，订个会议室，两点开始，大概一个半小时')).toMatchObject({
      start: '2026-03-06T14:00:00',
      end: '2026-03-06T15:30:00',
    });
  });

  test('minutes are of meetings that were, loans end on the day of return', () => {
    expect(when('查一下2月20号项目例会的纪要')).toEqual({ type: 'date', start: '2026-02-20' });
    expect(when('借一台相机，周四用，周六还')).toEqual({
      type: 'daterange',
      start: '2026-03-05',
      end: '2026-03-07',
    });
  });

  test('the time of something only mentioned is not the time asked for', () => {
    expect(best('撤回我昨天提交的出差申请').slots).not.toHaveProperty('when');
    expect(best('周五的会改到下周一').slots['when']).toEqual({ type: 'date', start: '2026-03-09' });
    expect(best('起草一份国庆放假的通知').slots).not.toHaveProperty('when');
  });

  test('订一下周五 is this Friday, not the one of next week', () => {
    expect(when('订一下周五上午10点的会议室')).toEqual({
      type: 'datetime',
      start: '2026-03-06T10:00:00',
    });
  });
});

describe('people', () => {
  test('who comes along, who decides, who visits', () => {
    expect(best('周四陈涛、吴敏和我去泉州出差').slots['companions']).toEqual(['陈涛', '吴敏']);
    expect(best('把小赵的采购申请转给王总审批').slots).toMatchObject({
      action: 'transfer',
      person: '王总',
    });
    expect(best('下午三点恒通科技的马经理来访，一行三人').slots).toMatchObject({
      visitor: '马经理',
      company: '恒通科技',
      people: 3,
    });
  });

  test('heads are counted, things and persons named by number are not', () => {
    expect(best('订周五上午9点的会议室，一共十二位，要两个麦克风').slots['people']).toBe(12);
    expect(best('每人一支笔').slots).not.toHaveProperty('people');
  });
});

describe('what is not wanted', () => {
  test('is not put on the draft', () => {
    const { slots } = best('订周五上午9点的会议室，要白板，不要投影');
    expect(slots['equipment']).toEqual(['白板']);
  });
});

describe('follow-ups that say only what is new', () => {
  test.each([
    ['改到4点', { when: { type: 'time', start: '16:00:00' } }],
    ['换成周五', { when: { type: 'date', start: '2026-03-06' } }],
    ['再加两支笔', { items: [{ name: '笔', qty: 2, unit: '支' }] }],
    ['人数改成12个', { people: 12 }],
    ['目的地改成南京', { to: ['南京'] }],
    ['延长一小时', { duration: 'PT1H' }],
    ['换到B203', { room: 'B203' }],
    ['改坐飞机', { transport: '飞机' }],
  ])('%s', (text, slots) => {
    const reading = best(text);
    expect(reading.intent).toBe('modify');
    const { target: _, ...said } = reading.slots;
    expect(said).toEqual(slots);
  });
});

describe('several wishes in one message', () => {
  test('are cut where the other begins', () => {
    expect(intents('订明天9点到11点的会议室，再领两盒A4纸')).toEqual([
      'room.book',
      'supplies.request',
    ]);
    expect(intents('领个鼠标，顺便报修一下3楼的灯')).toEqual(['supplies.request', 'repair.report']);
    expect(intents('下周一去广州出差，帮我取消下周一的会议室')).toEqual([
      'travel.request',
      'cancel',
    ]);
  });

  test('each piece has its own slots', () => {
    const [room, supplies] = pieces('订明天9点到11点的会议室，再领两盒A4纸');
    expect(room?.readings[0]?.slots).not.toHaveProperty('items');
    expect(supplies?.readings[0]?.slots).toEqual({ items: [{ name: 'A4纸', qty: 2, unit: '盒' }] });
  });

  test.each([
    '明天开个会，8个人，下午两点到四点，要白板，订个会议室',
    '给我拿个订书机，再来两卷胶带',
    '305明天下午有人用吗？没有的话帮我订了会议室',
    '空调漏水了，在4楼，麻烦快来',
  ])('but one wish in many clauses stays whole: %s', (text) =>
    expect(pieces(text)).toHaveLength(1),
  );
});

describe('names of the company', () => {
  test('a room of ours without the word for rooms', () => {
    expect(best('明天下午两点珠穆朗玛', office)).toMatchObject({
      intent: 'room.book',
      slots: { room: '珠峰' },
    });
  });

  test('an article of ours under its other name', () => {
    expect(best('黑色签字笔两支', office).slots['items']).toEqual([
      { name: '黑色签字笔', qty: 2, unit: '支' },
    ]);
  });

  test('a colleague among the companions', () => {
    expect(best('周四和周蕾去合肥出差', office).slots).toMatchObject({
      to: ['合肥'],
      companions: ['周蕾'],
    });
  });
});

describe('request numbers', () => {
  test.each([
    ['trip-26-0042 到哪了', 'query.mine', 'TRIP-26-0042'],
    ['撤回ROOM-26-0001', 'cancel', 'ROOM-26-0001'],
    ['同意 sup260017', 'approval.act', 'SUP260017'],
    ['FIX-26-0103改到下午', 'modify', 'FIX-26-0103'],
  ])('%s', (text, intent, id) => expect(best(text)).toMatchObject({ intent, slots: { id } }));
});

describe('hostile and endless texts', () => {
  const longest = (text: string): number => {
    const begun = performance.now();
    understand(text, nameless, now);
    return performance.now() - begun;
  };

  test.each([
    ['one character', '订'.repeat(20_000)],
    ['counts', '3个'.repeat(8_000)],
    ['commas', '，'.repeat(20_000)],
    ['corrections', '不对，是'.repeat(5_000)],
    ['codes', 'A-26-'.repeat(5_000)],
    ['spaces', `领${' '.repeat(20_000)}笔`],
  ])('%s without end do not hold up the office', (_, text) => {
    understand('热身', nameless, now);
    expect(longest(text)).toBeLessThan(1_000);
  });

  test.each(['\u0000\u202E<script>', '😀'.repeat(50), '\uD800', '${jndi}', '订 DROP TABLE 会议室'])(
    'never throws on %j',
    (text) => expect(pieces(text).length).toBeGreaterThan(0),
  );
});

test('a reading that is written down and read again is whole', () => {
  const [piece] = understand('明天下午3点订个10人的会议室', nameless, now);
  const reading = piece?.readings[0];
  const again = JSON.parse(JSON.stringify(reading));
  expect(again).toMatchObject({
    intent: 'room.book',
    slots: { people: 10 },
    confidence: reading?.confidence,
  });
  expect(again.words).toEqual(reading?.words);
  expect(again.reasons).toEqual(reading?.reasons);
});

describe('in the form of the language tests', () => {
  test('our own intents go by the names known there', () => {
    expect(toNlu(pieces('你好')).intent).toBe('other');
    expect(toNlu(pieces('今天哪些会议室有空')).intent).toBe('room.book');
    expect(toNlu(pieces('你好！帮我订个会议室')).intent).toBe('room.book');
  });

  test('a line of messages is answered with a line, in the zone and at the moment it names', () => {
    const line = {
      id: 'm1',
      text: '明天下午3点订个会议室',
      reference: '2026-05-01T09:00:00',
      zone: 'Asia/Tokyo',
    };
    expect(answerTo(JSON.stringify(line))).toMatchObject({
      id: 'm1',
      intent: 'room.book',
      slots: { when: { type: 'datetime', start: '2026-05-02T15:00:00' } },
    });
    expect(answerTo('not json')).toHaveProperty('error');
    expect(answerTo('{"id":"m2"}')).toHaveProperty('error');
  });
});
