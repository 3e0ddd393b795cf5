/** A booked meeting stands in Feishu's calendar, moves and goes with its booking; what people do to it there is told, never undone silently. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../feishu-platform/calendar.ts';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice, refusedForGood } from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice({
    rules: (rules) => ({ ...rules, feishu: { ...rules.feishu, calendar: true } }),
  }); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

/** What a person finds in their calendar: 「3月5日 15:00–17:00 产品评审 珠峰（3楼）」. */
const calendarOf = (person: string): readonly string[] =>
  office.feishu.calendar.events(idIn(person)).map(told);

const at = (ms: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Asia/Shanghai');
const clock = (ms: number): string => at(ms).toPlainTime().toString({ smallestUnit: 'minute' });
const told = ({ from, to, summary, more }: Event): string => {
  const place = 'location' in more ? (more.location as { readonly name: string }).name : '';
  return `${at(from).month}月${at(from).day}日 ${clock(from)}–${clock(to)} ${summary} ${place}`;
};

const onDay = (day: string, from: string, to: string) => {
  const ms = (time: string): number =>
    Temporal.Instant.from(`2026-03-${day}T${time}:00+08:00`).epochMilliseconds;
  return { from: ms(from), to: ms(to) };
};
const eventId = (): string => office.feishu.calendar.events()[0]?.id ?? '';
const calls = (): readonly string[] =>
  office.feishu.calls
    .filter(({ path }) => path.includes('/calendar/'))
    .map(({ method, route }) => `${method} ${route.replace('/open-apis/calendar/v4/', '')}`);

describe('a meeting in the calendar', () => {
  test('booked: host and attendees find it, and the calendar’s own bot stays silent', async () => {
    await office.says('陈晨', '周四下午3点到5点订珠峰，主题产品评审，参会人：王磊、林晓');
    await office.taps('陈晨', '提交');
    await office.tick();
    for (const person of ['陈晨', '王磊', '林晓'])
      expect(calendarOf(person)).toEqual(['3月5日 15:00–17:00 产品评审 珠峰（3楼）']);
    expect(calendarOf('何佳')).toEqual([]);
    const written = office.feishu.calls.filter(
      ({ method, path }) => path.includes('/events') && method === 'POST',
    );
    expect(written.map(({ body }) => body)).toEqual(
      written.map(() => expect.objectContaining({ need_notification: false })),
    );
  });

  test('what stands is not called for again', async () => {
    const before = calls().length;
    await office.tick();
    await office.tick();
    expect(calls().slice(before)).toEqual([]);
  });

  test('moved and renamed with the booking; who is invited later comes in, who is left out goes', async () => {
    await office.says('陈晨', '改到4点');
    await office.taps('陈晨', '提交');
    await office.tick();
    expect(calendarOf('王磊')).toEqual(['3月5日 16:00–18:00 产品评审 珠峰（3楼）']);
    await office.taps('陈晨', '修改');
    await office.taps('陈晨', '提交', { title: '产品终审' });
    await office.tick();
    expect(calendarOf('王磊')).toEqual(['3月5日 16:00–18:00 产品终审 珠峰（3楼）']);
    await office.taps('陈晨', '参会与材料');
    await office.taps('陈晨', '保存', { attendees: '王磊、何佳', agenda: '预算 何佳 20分钟' });
    await office.tick();
    expect(calendarOf('何佳')).toEqual(['3月5日 16:00–18:00 产品终审 珠峰（3楼）']);
    expect(calendarOf('林晓')).toEqual([]);
    expect(office.feishu.calendar.events()[0]?.description).toContain('预算 何佳 20分钟');
  });

  test('somebody moves it in the calendar: its host is told once, and nothing is overwritten', async () => {
    office.feishu.calendar.movesEvent(eventId(), onDay('06', '10:00', '12:00'));
    office.later({ hours: 4 });
    await office.tick();
    expect(office.last('陈晨')).toContain('有人在飞书日历里改了这场会议的时间');
    expect(office.last('陈晨')).toContain('3月6日（周五）10:00–12:00');
    const seen = office.sees('陈晨').length;
    office.later({ hours: 4 });
    await office.tick();
    expect(office.sees('陈晨')).toHaveLength(seen);
    expect(calendarOf('王磊')).toEqual(['3月6日 10:00–12:00 产品终审 珠峰（3楼）']);
  });

  test('renamed while the times differ: the title alone is written', async () => {
    await office.taps('陈晨', '修改');
    await office.taps('陈晨', '提交', { title: '产品定稿' });
    await office.tick();
    expect(calendarOf('王磊')).toEqual(['3月6日 10:00–12:00 产品定稿 珠峰（3楼）']);
  });

  test('the host wants it back: the calendar is as the booking says', async () => {
    const tapped = await office.taps('陈晨', '日历改回来');
    expect(tapped.toast?.content).toBe('日历马上改回来');
    await office.tick();
    expect(calendarOf('王磊')).toEqual(['3月5日 16:00–18:00 产品定稿 珠峰（3楼）']);
  });

  test('moved again, the host goes along: a change of the booking, shown before it counts', async () => {
    office.feishu.calendar.movesEvent(eventId(), onDay('06', '14:00', '16:00'));
    office.later({ hours: 17 }); // Wednesday, 11:00
    await office.tick();
    const draft = await office.taps('陈晨', '预订按日历改');
    expect(draft.text).toContain('14:00–16:00');
    await office.taps('陈晨', '提交');
    await office.tick();
    expect(calendarOf('王磊')).toEqual(['3月6日 14:00–16:00 产品定稿 珠峰（3楼）']);
    const seen = office.sees('陈晨').length;
    office.later({ hours: 4 });
    await office.tick();
    expect(office.sees('陈晨').slice(seen)).toEqual([]);
  });

  test('an attendee who declines in the calendar is told to the host', async () => {
    office.feishu.calendar.declines(eventId(), idIn('何佳'));
    office.later({ hours: 4 }); // 19:00
    await office.tick();
    expect(office.last('陈晨')).toContain('何佳在飞书日历里谢绝了');
  });

  test('deleted in the calendar: the host puts it back; cancelled with the booking it goes for good', async () => {
    office.feishu.calendar.deletesEvent(eventId());
    office.later({ hours: 13 }); // Thursday, 08:00
    await office.tick();
    office.later({ hours: 2 });
    await office.tick();
    expect(office.last('陈晨')).toContain('在飞书日历里被删了');
    await office.taps('陈晨', '放回日历');
    await office.tick();
    expect(calendarOf('王磊')).toEqual(['3月6日 14:00–16:00 产品定稿 珠峰（3楼）']);
    await office.says('陈晨', '取消会议室');
    await office.tick();
    expect(calendarOf('王磊')).toEqual([]);
  });

  test('Feishu refused nothing, but told that the event was deleted', () => {
    const refused = refusedForGood(office.feishu);
    expect(refused.filter((call) => !call.endsWith(' 193003'))).toEqual([]);
    expect(refused).toHaveLength(1);
  });
});
