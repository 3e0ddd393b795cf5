/** The stand-in's calendar refuses what the platform refuses. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFeishu, type Feishu } from './index.ts';
import { usualScopes } from './scopes.ts';
import { isObject, listAt, parseJson, textAt } from './json.ts';

let now = Date.parse('2026-03-03T02:00:00Z');
let feishu: Feishu;
let token: string;
let host: string;
let calendar: string;
beforeAll(async () => {
  feishu = await createFeishu({
    clock: () => now,
    scopes: [...usualScopes, 'calendar:calendar', 'vc:room:readonly'],
  });
  host = feishu.addPerson({ name: '陈晨' });
  const answer = await fetch(`${feishu.baseUrl}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: feishu.appId, app_secret: feishu.appSecret }),
  });
  token = textAt(await answer.json(), 'tenant_access_token') ?? '';
  const { data } = await call('POST', 'calendars/primary');
  const [first] = listAt(data, 'calendars');
  calendar = textAt(isObject(first) ? first['calendar'] : undefined, 'calendar_id') ?? '';
});
afterAll(() => feishu.close());

async function call(method: string, path: string, body?: object) {
  const answer = await fetch(`${feishu.baseUrl}/open-apis/calendar/v4/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const read = parseJson(await answer.text());
  const code = isObject(read) ? read['code'] : undefined;
  return { code, status: answer.status, data: isObject(read) ? read['data'] : undefined };
}

const at = (hour: string) => ({
  timestamp: String(Date.parse(`2026-03-05T${hour}:00+08:00`) / 1_000),
  timezone: 'Asia/Shanghai',
});
const times = { start_time: at('15:00'), end_time: at('16:00') };
const KEY = 'k'.repeat(43);

const create = (body: object, key = KEY) =>
  call('POST', `calendars/${calendar}/events?idempotency_key=${key}`, body);
const idIn = (data: unknown): string =>
  textAt(isObject(data) ? data['event'] : undefined, 'event_id') ?? '';

async function event(key: string): Promise<string> {
  return idIn((await create({ summary: '评审', ...times }, key.padEnd(40, '-'))).data);
}

test.each<[string, object, string?]>([
  ['a key that is too short', times, 'short'],
  ['a timestamp that is a number', { ...times, start_time: { ...at('15:00'), timestamp: 1 } }],
  ['milliseconds', { ...times, start_time: { ...at('15:00'), timestamp: '1772694000000' } }],
  ['no zone of IANA', { ...times, start_time: { ...at('15:00'), timezone: 'UTC+8' } }],
  ['no end', { start_time: at('15:00') }],
  ['attendees at creation', { ...times, attendees: [{ type: 'user', user_id: 'ou_1' }] }],
  ['a title too long', { ...times, summary: '长'.repeat(1_001) }],
])('an event with %s: 190002', async (_, body, key) => {
  expect(await create(body, key)).toMatchObject({ code: 190_002, status: 400 });
});

test('a bot that organises must let attendees begin: 193101', async () => {
  const vchat = { vc_type: 'vc', meeting_settings: { allow_attendees_start: false } };
  expect(await create({ ...times, vchat })).toMatchObject({ code: 193_101 });
});

test('the same key again makes no second event, and does not tell which it was', async () => {
  const id = await event('once');
  expect(id).not.toBe('');
  expect(await create({ summary: '评审', ...times }, 'once'.padEnd(40, '-'))).toMatchObject({
    code: 0,
    data: {},
  });
  expect(feishu.calendar.events().filter((each) => each.id === id)).toHaveLength(1);
});

test('what was deleted stays deleted: 193003', async () => {
  const id = await event('deleted');
  expect(await call('DELETE', `calendars/${calendar}/events/${id}`)).toMatchObject({ code: 0 });
  for (const method of ['GET', 'PATCH', 'DELETE'])
    expect(
      await call(method, `calendars/${calendar}/events/${id}`, method === 'GET' ? undefined : {}),
    ).toMatchObject({ code: 193_003, status: 403 });
});

const asks = (id: string, room: string, more: object = { operate_id: host }) =>
  call('POST', `calendars/${calendar}/events/${id}/attendees?user_id_type=open_id`, {
    attendees: [{ type: 'resource', room_id: room, ...more }],
  });
const answersOf = async (id: string): Promise<readonly unknown[]> => {
  const { data } = await call('GET', `calendars/${calendar}/events/${id}/attendees?page_size=50`);
  return listAt(data, 'items').map((each) => textAt(each, 'rsvp_status'));
};

test('a room needs somebody who answers for it, and answers later: of two who ask, one has it', async () => {
  const room = feishu.calendar.addRoom({ name: '珠峰' });
  const [first, second] = [await event('first'), await event('second')];
  expect(await asks(first, room, {})).toMatchObject({ code: 190_002 });
  await asks(first, room);
  now += 10;
  await asks(second, room);
  expect(await answersOf(first)).toEqual(['needs_action']);
  now += 3_000;
  expect(await answersOf(first)).toEqual(['accept']);
  expect(await answersOf(second)).toEqual(['decline']);
});

test('a room that needs approval, is out of use, or lets nobody have it that long, declines', async () => {
  for (const [key, trouble] of Object.entries({
    approval: { needsApproval: true },
    disabled: { enabled: false },
    length: { longestHours: 0.5 },
  })) {
    const id = await event(key);
    await asks(id, feishu.calendar.addRoom({ name: key, ...trouble }));
    now += 3_000;
    expect(await answersOf(id), key).toEqual(['decline']);
  }
});

test('without a bot there is no calendar: 190007', async () => {
  const other = await createFeishu({ botStatus: 1, scopes: ['calendar:calendar'] });
  const asked = await fetch(`${other.baseUrl}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: other.appId, app_secret: other.appSecret }),
  });
  const own = textAt(await asked.json(), 'tenant_access_token') ?? '';
  const answer = await fetch(`${other.baseUrl}/open-apis/calendar/v4/calendars/primary`, {
    method: 'POST',
    headers: { authorization: `Bearer ${own}` },
  });
  expect(await answer.json()).toMatchObject({ code: 190_007 });
  await other.close();
});
