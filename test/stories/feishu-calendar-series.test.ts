/** A series in Feishu's calendar: every date is an event of its own, moved and taken out with its date; what happens to one there is told of that date. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../feishu-platform/calendar.ts';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice({
    rules: (rules) => ({ ...rules, feishu: { ...rules.feishu, calendar: true } }),
  }); // Tuesday, 3 March 2026, 10:00
  // The first sentence of a process loads what it reads with: on a busy machine longer than the platform waits.
  await office.says('吴婷', '帮助').catch(() => undefined);
});
afterAll(() => office.stop());

const at = (ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO('Asia/Shanghai')
    .toPlainDateTime()
    .toString()
    .slice(5, 16);
const byTime = (): readonly Event[] =>
  office.feishu.calendar.events(idIn('王磊')).toSorted((a, b) => a.from - b.from);
/** What 王磊 finds in the calendar, in the order of time. */
const calendar = (): readonly string[] =>
  byTime().map(({ from, to, summary }) => `${at(from)}–${at(to).slice(6)} ${summary}`);
/** The event of a day of March. */
const eventOn = (day: string): string =>
  byTime().find(({ from }) => at(from).startsWith(`03-${day}`))?.id ?? 'none';
const moment = (text: string): number =>
  Temporal.Instant.from(`2026-03-${text}:00+08:00`).epochMilliseconds;

const later = async (hours: number): Promise<void> => {
  office.later({ hours });
  await office.tick();
};

describe('a series in the calendar', () => {
  test('every date is an event', async () => {
    await office.says('陈晨', '每周四下午3点到4点订珠峰，共4次，主题周会，参会人：王磊、林晓');
    await office.taps('陈晨', '提交');
    await office.tick();
    expect(calendar()).toEqual([
      '03-05T15:00–16:00 周会',
      '03-12T15:00–16:00 周会',
      '03-19T15:00–16:00 周会',
      '03-26T15:00–16:00 周会',
    ]);
  });

  test('one date moved: its event moves; this and later: theirs do; what is the same for all is written to all', async () => {
    await office.says('陈晨', '3月12日那次改到下午4点');
    await office.taps('陈晨', '提交');
    await office.says('陈晨', '3月19日那次及以后都改到下午2点');
    await office.taps('陈晨', '提交');
    await office.tick();
    expect(calendar()).toEqual([
      '03-05T15:00–16:00 周会',
      '03-12T16:00–17:00 周会',
      '03-19T14:00–15:00 周会',
      '03-26T14:00–15:00 周会',
    ]);
    await office.taps('陈晨', '全部日期');
    await office.taps('陈晨', '改 3月5日');
    await office.taps('陈晨', '改这次及以后');
    await office.taps('陈晨', '提交', { title: '产品周会' });
    await office.tick();
    expect(calendar().map((each) => each.slice(18))).toEqual([
      '产品周会',
      '产品周会',
      '产品周会',
      '产品周会',
    ]);
  });

  test('who comes to one date only is on its event only', async () => {
    await office.says('陈晨', '3月12日那次加上何佳');
    await office.taps('陈晨', '提交');
    await office.tick();
    const his = office.feishu.calendar.events(idIn('何佳')).map(({ from }) => at(from));
    expect(his).toEqual(['03-12T16:00']);
  });

  test('one date cancelled: its event is gone, the others stand', async () => {
    await office.says('陈晨', '取消3月26日那次');
    await office.tick();
    expect(calendar().map((each) => each.slice(0, 5))).toEqual(['03-05', '03-12', '03-19']);
  });

  test('declined there: the host hears of which date, and how to say it', async () => {
    office.feishu.calendar.declines(eventOn('05'), idIn('林晓'));
    await later(4); // 14:00
    expect(office.last('陈晨')).toContain('林晓在飞书日历里谢绝了 3月5日（周四）「珠峰」的会议');
    expect(office.last('陈晨')).toContain('「ROOM-26-0001 3月5日那次改到…」');
  });

  test('moved there: the host goes along, and that date alone is moved', async () => {
    office.feishu.calendar.movesEvent(eventOn('05'), {
      from: moment('06T10:00'),
      to: moment('06T11:00'),
    });
    await later(4); // 18:00
    expect(office.last('陈晨')).toContain('有人在飞书日历里改了这场会议的时间');
    const draft = await office.taps('陈晨', '这次按日历改');
    expect(draft.text).toContain('10:00–11:00');
    await office.taps('陈晨', '提交');
    await office.tick();
    expect(calendar().map((each) => each.slice(0, 17))).toEqual([
      '03-06T10:00–11:00',
      '03-12T16:00–17:00',
      '03-19T14:00–15:00',
    ]);
  });

  test('deleted there: without it the date alone is cancelled', async () => {
    office.feishu.calendar.deletesEvent(eventOn('06'));
    await later(14); // Wednesday, 08:00
    await later(4);
    expect(office.last('陈晨')).toContain('在飞书日历里被删了');
    await office.taps('陈晨', '取消这次');
    await office.tick();
    expect(calendar().map((each) => each.slice(0, 5))).toEqual(['03-12', '03-19']);
    // Who had not been told of it yet hears nothing.
    expect(office.sees('王磊')).toEqual([]);
  });

  test('all of it cancelled: nothing is left in the calendar', async () => {
    await office.says('陈晨', '取消周会');
    await office.taps('陈晨', '取消这次及以后');
    await office.tick();
    expect(calendar()).toEqual([]);
    const refused = refusedForGood(office.feishu);
    expect(refused.filter((call) => !call.endsWith(' 193003'))).toEqual([]);
  });
});
