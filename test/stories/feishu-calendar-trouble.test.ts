/** The calendar when things go wrong: several programs, answers that are lost, an outage, a permission that is missing; and switched off. */
import { afterEach, expect, test } from 'vitest';
import type { FeishuOptions } from '../feishu-platform/index.ts';
import { commandLine } from '../cli/command-line.ts';
import { idIn } from '../office/feishu-client.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

let office: FeishuOffice;
afterEach(() => office.stop());

const open = async (
  calendar: boolean,
  more: FeishuOptions & { readonly replicas?: number } = {},
): Promise<void> => {
  office = await openFeishuOffice({
    ...more,
    rules: (rules) => ({ ...rules, feishu: { ...rules.feishu, calendar } }),
  });
};

const books = async (): Promise<void> => {
  await office.says('陈晨', '周四下午3点到5点订珠峰，主题产品评审，参会人：王磊、林晓');
  await office.taps('陈晨', '提交');
};
const later = async (by: Temporal.DurationLike): Promise<void> => {
  office.later(by);
  await office.tick();
};
const calendarOf = (person: string): readonly string[] =>
  office.feishu.calendar.events(idIn(person)).map(({ summary }) => summary);
const calls = (): readonly string[] =>
  office.feishu.calls
    .filter(({ path }) => path.includes('/calendar/') || path.includes('/vc/'))
    .map(({ method, route }) => `${method} ${route.replace(/^.*\/v[14]\//, '')}`);

test('switched off there is not a single call', async () => {
  await open(false);
  await books();
  await office.tick();
  await later({ hours: 4 });
  await office.says('陈晨', '取消会议室');
  await office.tick();
  expect(calls()).toEqual([]);
});

test('what was booked before it was switched on comes in with the next look', async () => {
  await open(true);
  await books();
  await office.app.db.deleteFrom('counterpart').execute(); // as if the calendar had been off
  await later({ hours: 4 });
  await office.tick();
  expect(calendarOf('王磊')).toEqual(['产品评审']);
});

test('three programs make one event and invite everybody once', async () => {
  await open(true, { replicas: 3 });
  await books();
  await Promise.all(office.ticks.map((tick) => tick()));
  await office.tick();
  expect(calendarOf('王磊')).toEqual(['产品评审']);
  expect(calls().filter((call) => call === 'POST calendars/:calendar_id/events')).toHaveLength(1);
  expect(
    calls().filter((call) => call === 'POST calendars/:calendar_id/events/:event_id/attendees'),
  ).toHaveLength(1);
});

test('an answer that is lost: it is looked for, and there is one event', async () => {
  await open(true);
  office.feishu.fail({ cut: 'after' }, { only: /^POST .*\/events$/ });
  office.feishu.fail({ cut: 'after' }, { only: /^POST .*\/attendees$/ });
  await books();
  for (let tries = 0; tries < 6; tries++) await later({ seconds: 90 });
  expect(calendarOf('王磊')).toEqual(['产品评审']);
  expect(office.feishu.calendar.events()).toHaveLength(1);
  expect(office.feishu.calendar.events()[0]?.attendees).toHaveLength(3);
});

test('booked, moved and cancelled while the platform is away: afterwards it stands as it shall, here not at all', async () => {
  await open(true);
  const stopFailing = office.feishu.fail(
    { answer: 502 },
    { times: Number.POSITIVE_INFINITY, only: /calendar/ },
  );
  await books();
  await office.tick();
  await office.says('陈晨', '改到4点');
  await office.taps('陈晨', '提交');
  await later({ minutes: 2 });
  await office.says('罗敏', '周四上午10点到11点订黄山，主题面试');
  await office.taps('罗敏', '提交');
  await later({ minutes: 2 });
  await office.says('罗敏', '取消会议室');
  await later({ minutes: 2 });
  expect(office.feishu.calendar.events()).toEqual([]);
  stopFailing();
  for (let tries = 0; tries < 4; tries++) await later({ minutes: 2 });
  const [event, another] = office.feishu.calendar.events();
  expect(another).toBeUndefined();
  expect(event?.summary).toBe('产品评审');
  expect(new Date(event?.from ?? 0).toISOString()).toBe('2026-03-05T08:00:00.000Z');
});

test('a permission that is missing is asked for less and less often; granted, all comes in', async () => {
  await open(true);
  office.feishu.scopes.delete('calendar:calendar');
  await books();
  for (let minutes = 0; minutes < 180; minutes += 2) await later({ minutes: 2 });
  expect(calls().length).toBeLessThan(12);
  office.feishu.scopes.add('calendar:calendar');
  for (let tries = 0; tries < 3; tries++) await later({ hours: 1 });
  expect(calendarOf('王磊')).toEqual(['产品评审']);
});

test('what Feishu refuses for good: its host is told that the booking stands, the administrator sees it and does it again', async () => {
  await open(true);
  office.feishu.fail({ answer: 400, code: 190_002 }, { only: /^POST .*\/events$/ });
  await books();
  await office.tick();
  expect(office.last('陈晨')).toContain('没能放进飞书日历，预订本身有效');
  const line = await commandLine(office.app.db);
  const dead = await line.run(['deliveries', '--dead']);
  expect(dead.out).toMatch(/#c\d+\t.*\t日程\tmeeting 1\t没做成\t1 次\t190002/);
  const again = await line.run(['deliveries', 'redrive', /#c\d+/.exec(dead.out)?.[0] ?? '']);
  expect(again).toMatchObject({ code: 0 });
  await office.tick();
  expect(calendarOf('王磊')).toEqual(['产品评审']);
});

test('who has left is not invited, and keeps nobody else from it', async () => {
  await open(true);
  await books();
  // They left a moment ago; nobody has told us yet.
  office.feishu.changePerson(idIn('王磊'), { resigned: true });
  await office.tick();
  expect(calendarOf('林晓')).toEqual(['产品评审']);
  expect(calendarOf('陈晨')).toEqual(['产品评审']);
});

test('deleted in the calendar, and changed here before anybody looked: its host is asked, and no second one is made', async () => {
  await open(true);
  await books();
  await office.tick();
  const [event] = office.feishu.calendar.events();
  office.feishu.calendar.deletesEvent(event?.id ?? '');
  await office.says('陈晨', '改到4点');
  await office.taps('陈晨', '提交');
  await office.tick();
  await office.settle();
  expect(office.last('陈晨')).toContain('在飞书日历里被删了');
  expect(calendarOf('王磊')).toEqual([]);
  await office.taps('陈晨', '放回日历');
  await office.tick();
  expect(office.feishu.calendar.events().map(({ from }) => new Date(from).toISOString())).toEqual([
    '2026-03-05T08:00:00.000Z',
  ]);
});

test('nobody but the host decides about it', async () => {
  await open(true);
  await books();
  await office.tick();
  const forged = await office.callsBack({ person: '王磊', value: { v: 1, a: 'cal-follow', m: 1 } });
  expect(forged.toast?.content).toBe('没有找到您的这个会议');
  expect(calendarOf('王磊')).toEqual(['产品评审']);
});
