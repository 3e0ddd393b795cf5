import { describe, expect, it } from 'vitest';
import { findTimes } from '../../src/language/times.ts';
import type { TimeValue } from '../../src/language/meaning.ts';

/** Thursday, in the office. */
const now = Temporal.ZonedDateTime.from('2026-05-14T09:40:00[Asia/Shanghai]');

const values = (text: string): readonly TimeValue[] =>
  findTimes(text, now).map((found) => found.value);

const date = (start: string, part?: 'dawn' | 'am' | 'noon' | 'pm' | 'evening'): TimeValue =>
  part === undefined ? { type: 'date', start } : { type: 'date', start, part };
const days = (start: string | null, end: string | null): TimeValue => ({
  type: 'daterange',
  start,
  end,
});
const moment = (start: string): TimeValue => ({ type: 'datetime', start: `${start}:00` });
const moments = (start: string | null, end: string | null): TimeValue => ({
  type: 'datetimerange',
  start: start === null ? null : `${start}:00`,
  end: end === null ? null : `${end}:00`,
});
const clock = (start: string): TimeValue => ({ type: 'time', start: `${start}:00` });
const clocks = (start: string | null, end: string | null): TimeValue => ({
  type: 'timerange',
  start: start === null ? null : `${start}:00`,
  end: end === null ? null : `${end}:00`,
});
const length = (value: string): TimeValue => ({ type: 'duration', value });

type Case = readonly [text: string, value: TimeValue];

const means = (cases: readonly Case[]): void => {
  it.each(cases)('%s', (text, value) => {
    expect(values(text)).toEqual([value]);
  });
};

describe('days', () => {
  means([
    ['后天把样品寄出去', date('2026-05-16')],
    ['大后儿来取', date('2026-05-17')],
    ['昨儿个坏的', date('2026-05-13')],
    ['星期二面谈', date('2026-05-19')],
    ['礼拜天也开门吗', date('2026-05-17')],
    ['周四', date('2026-05-14')],
    ['下周一回公司', date('2026-05-18')],
    ['下下周四体检', date('2026-05-28')],
    ['上周一领过', date('2026-05-04')],
    ['30号发工资', date('2026-05-30')],
    ['13号发工资', date('2026-06-13')],
    ['2月29日', date('2028-02-29')],
    ['去年11月3号的合同', date('2025-11-03')],
    ['二〇二七年一月三日', date('2027-01-03')],
    ['2026.08.09', date('2026-08-09')],
    ['20260701到岗', date('2026-07-01')],
    ['8/12', date('2026-08-12')],
    ['这个月的最后一天', date('2026-05-31')],
    ['六月的第二个星期五', date('2026-06-12')],
    ['六天后', date('2026-05-20')],
    ['两个月前', date('2026-03-14')],
    ['12月2号（周三）', date('2026-12-02')],
    ['后天傍晚取件', date('2026-05-16', 'evening')],
    ['6月9号晚到深圳', date('2026-06-09', 'evening')],
    ['10-08 09:00', moment('2026-10-08T09:00')],
    ['2026 12 05', date('2026-12-05')],
    ['tomorrow morning 面试', date('2026-05-15', 'am')],
  ]);
});

describe('festivals and the Chinese calendar', () => {
  means([
    ['端午要值班', date('2026-06-19')],
    ['明年元宵节', date('2027-02-20')],
    ['除夕提前下班', date('2027-02-05')],
    ['清明前一天', date('2027-04-04')],
    ['2028年清明', date('2028-04-04')],
    ['国庆节前要交', days(null, '2026-10-01')],
    ['正月初六开门', date('2027-02-11')],
    ['农历七月廿五', date('2026-09-06')],
    ['六一搞活动', date('2026-06-01')],
    ['十一放假回来', date('2026-10-01')],
    ['母亲节', date('2027-05-09')],
  ]);
});

describe('clock times', () => {
  means([
    ['下午五点三刻', clock('17:45')],
    ['8点', clock('08:00')],
    ['6点下班', clock('18:00')],
    ['7点', clock('07:00')],
    ['16点零5分', clock('16:05')],
    ['再过二十分钟', moment('2026-05-14T10:00')],
    ['两点半碰一下', clock('14:30')],
    ['晚上十二点', clock('00:00')],
    ['差一刻六点', clock('17:45')],
    ['九点差五分', clock('08:55')],
    ['14点05', clock('14:05')],
    ['4:15pm', clock('16:15')],
    ['改到一点', clock('13:00')],
    ['明晚八点一刻', moment('2026-05-15T20:15')],
    ['今晚12点', moment('2026-05-15T00:00')],
    ['周六中午一点', moment('2026-05-16T13:00')],
    ['6月3日24时', moment('2026-06-04T00:00')],
    ['下午3点20个人开会', clock('15:00')],
    ['四十五分钟后叫我', moment('2026-05-14T10:25')],
  ]);
});

describe('ranges', () => {
  means([
    ['下午4点到6点半', clocks('16:00', '18:30')],
    ['十点到一点', clocks('10:00', '13:00')],
    ['晚上十点至凌晨三点', clocks('22:00', '03:00')],
    ['明天2-4点', moments('2026-05-15T14:00', '2026-05-15T16:00')],
    ['5月20号 13:30~15:00', moments('2026-05-20T13:30', '2026-05-20T15:00')],
    ['今晚9点到次日早上6点', moments('2026-05-14T21:00', '2026-05-15T06:00')],
    ['明早9点到后天下午5点', moments('2026-05-15T09:00', '2026-05-16T17:00')],
    ['下周二到周五', days('2026-05-19', '2026-05-22')],
    ['28号-2号', days('2026-05-28', '2026-06-02')],
    ['7.6-7.10 培训', days('2026-07-06', '2026-07-10')],
    ['6月8、9号', days('2026-06-08', '2026-06-09')],
    ['明后两天请假', days('2026-05-15', '2026-05-16')],
    ['周六日加班', days('2026-05-16', '2026-05-17')],
    ['下个月', days('2026-06-01', '2026-06-30')],
    ['八月下旬', days('2026-08-21', '2026-08-31')],
    ['第四季度', days('2026-10-01', '2026-12-31')],
    ['明年首季度', days('2027-01-01', '2027-03-31')],
    ['今年前两个季度', days('2026-01-01', '2026-06-30')],
    ['上周末', days('2026-05-09', '2026-05-10')],
    ['九月到十一月', days('2026-09-01', '2026-11-30')],
  ]);
});

it('never run backwards: the start alone is kept', () => {
  expect(values('后天9点到明天8点')).toEqual([
    moment('2026-05-16T09:00'),
    moment('2026-05-15T08:00'),
  ]);
});

describe('a start and a length', () => {
  means([
    ['周五下午3点开一个半小时', moments('2026-05-15T15:00', '2026-05-15T16:30')],
    ['明天10点在七楼会议室开会，时长50分钟', moments('2026-05-15T10:00', '2026-05-15T10:50')],
    ['6月1日起出差四天', days('2026-06-01', '2026-06-04')],
    ['下周三去青岛待两天', days('2026-05-20', '2026-05-21')],
    ['去三天，26号出发', days('2026-05-26', '2026-05-28')],
    ['周六去合肥，下周二回', days('2026-05-16', '2026-05-19')],
    ['18号飞厦门，20号回来', days('2026-05-18', '2026-05-20')],
    ['8点半先布置会场开到11点', clocks('08:30', '11:00')],
  ]);

  it('does not count the notice of a reminder as the length of the meeting', () => {
    expect(values('明天3点开会，提前20分钟提醒我')).toEqual([
      moment('2026-05-15T15:00'),
      length('PT20M'),
    ]);
  });

  it('tells which stretches of the text speak of time', () => {
    const text = '明天9点在东湖厅开两小时';
    const parts = findTimes(text, now)[0]?.parts.map(({ from, to }) => text.slice(from, to));
    expect(parts).toEqual(['明天9点', '两小时']);
  });
});

describe('open ends', () => {
  means([
    ['下周二之前', days(null, '2026-05-19')],
    ['最迟周五下班前', days(null, '2026-05-15')],
    ['截至6月底', days(null, '2026-06-30')],
    ['明天中午12点前', moments(null, '2026-05-15T12:00')],
    ['下午5点以后', clocks('17:00', null)],
    ['从下周一起', days('2026-05-18', null)],
    ['四天内', days('2026-05-14', '2026-05-18')],
    ['3小时之内', moments('2026-05-14T09:40', '2026-05-14T12:40')],
    ['未来两周', days('2026-05-14', '2026-05-28')],
  ]);
});

describe('lengths', () => {
  means([
    ['用四十分钟', length('PT40M')],
    ['两个半小时', length('PT2H30M')],
    ['1.5h', length('PT1H30M')],
    ['一刻钟', length('PT15M')],
    ['三年半', length('P42M')],
    ['两周', length('P2W')],
    ['1小时20分', length('PT1H20M')],
    ['1小时零5分', length('PT1H5M')],
    ['两分钟零十二秒', length('PT2M12S')],
    ['一个多小时', length('PT1H')],
  ]);
});

describe('repetitions', () => {
  means([
    ['每天下午六点', { type: 'set', every: 'P1D', time: '18:00:00' }],
    ['每周二、周四上午', { type: 'set', every: 'P1W', weekdays: [2, 4], part: 'am' }],
    [
      '每周一到周三10点到11点',
      { type: 'set', every: 'P1W', weekdays: [1, 2, 3], time: '10:00:00', end: '11:00:00' },
    ],
    ['隔周周五下午两点', { type: 'set', every: 'P2W', weekdays: [5], time: '14:00:00' }],
    ['每月8号、18号', { type: 'set', every: 'P1M', monthdays: [8, 18] }],
    ['每个月最后一天', { type: 'set', every: 'P1M', monthdays: [-1] }],
    ['每月第一个周三', { type: 'set', every: 'P1M', weekdays: [3], nth: 1 }],
    ['每三个月一次', { type: 'set', every: 'P3M' }],
    ['工作日早上8点', { type: 'set', every: 'P1W', weekdays: [1, 2, 3, 4, 5], time: '08:00:00' }],
    ['周一三五晚上7点', { type: 'set', every: 'P1W', weekdays: [1, 3, 5], time: '19:00:00' }],
  ]);
});

describe('working days', () => {
  /** The fourteenth, a Thursday, and the days until Sunday are a holiday; Sunday the 24th is worked. */
  const isWorkday = (day: Temporal.PlainDate): boolean => {
    const text = day.toString();
    if (text >= '2026-05-14' && text <= '2026-05-17') return false;
    return text === '2026-05-24' || day.dayOfWeek < 6;
  };
  const inCalendar = (text: string) =>
    findTimes(text, now, { isWorkday }).map((found) => found.value);

  it('counts Monday to Friday without a calendar', () => {
    expect(values('下个工作日')).toEqual([date('2026-05-15')]);
  });

  it('counts by the calendar of the office', () => {
    expect(inCalendar('下个工作日')).toEqual([date('2026-05-18')]);
    expect(inCalendar('节后第一天')).toEqual([date('2026-05-18')]);
    expect(inCalendar('6个工作日内')).toEqual([days('2026-05-14', '2026-05-24')]);
  });
});

describe('what only looks like a time', () => {
  it.each([
    '有一点小毛病',
    '他一点也不配合',
    '提三点意见',
    '十分着急',
    '一号楼的门禁',
    '3号线停运了吗',
    '去五一广场送文件',
    '八一大楼停电',
    '人民路20号',
    '六一路网点',
    '分机6018',
    '会议室B1203',
    'A3纸两包',
    '12号桌坏了',
    '七号电池一板',
    '订单20260511009',
    '版本3.8',
    '单价12.50元',
    '千兆网卡',
    '一共十二个人',
    '2月30号',
    '31个工位',
    '工号05-112',
    '编码20269999星期',
    '10-12人',
  ])('%s', (text) => {
    expect(values(text)).toEqual([]);
  });
});

describe('several times in one text', () => {
  it('are found in reading order with the words as said', () => {
    const text = '明天９點開會，週五前交報告，每月1號複盤';
    const found = findTimes(text, now);
    expect(found.map((f) => f.words)).toEqual(['明天９點', '週五前', '每月1號']);
    for (const { words, from, to } of found) expect(text.slice(from, to)).toBe(words);
  });

  it('share the day when the second follows directly', () => {
    expect(values('周五上午9点到11点、下午2点到4点')).toEqual([
      moments('2026-05-15T09:00', '2026-05-15T11:00'),
      moments('2026-05-15T14:00', '2026-05-15T16:00'),
    ]);
  });

  it('put a bare weekday into the week named before it', () => {
    expect(values('下周出差，周五回来')).toEqual([
      days('2026-05-18', '2026-05-24'),
      date('2026-05-22'),
    ]);
  });
});
