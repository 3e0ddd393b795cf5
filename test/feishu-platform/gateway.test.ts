import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import { apiLimits, createRates } from './rates.ts';
import { refusal, sdkClient } from './sdk-client.ts';

let feishu: Feishu;
let client: ReturnType<typeof sdkClient>;
let now: number;
let pace: number;

beforeEach(async () => {
  now = Temporal.Instant.from('2026-01-05T01:00:00Z').epochMilliseconds;
  pace = 0;
  feishu = await createFeishu({ clock: () => now, pace: () => pace });
  client = sdkClient(feishu);
});
afterEach(() => feishu.close());

const send = (to: string, uuid?: string) =>
  client.im.message.create({
    params: { receive_id_type: 'open_id' },
    data: {
      receive_id: to,
      msg_type: 'text',
      content: '{"text":"hi"}',
      ...(uuid !== undefined && { uuid }),
    },
  });

const botInfo = () => client.request({ method: 'GET', url: '/open-apis/bot/v3/info' });

const tokenOf = async (): Promise<{ token: string; expire: number }> => {
  const answer = await fetch(`${feishu.baseUrl}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_id: feishu.appId, app_secret: feishu.appSecret }),
  });
  const body = (await answer.json()) as { tenant_access_token: string; expire: number };
  return { token: body.tenant_access_token, expire: body.expire };
};

describe('tokens', () => {
  test('one token while 30 minutes are left, then another, and both are good', async () => {
    const first = await tokenOf();
    expect(first.expire).toBe(7_200);
    now += 90 * 60 * 1_000;
    expect(await tokenOf()).toEqual({ token: first.token, expire: 1_800 });
    now += 1_000;
    const second = await tokenOf();
    expect(second.token).not.toBe(first.token);
    const status = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${feishu.baseUrl}/open-apis/bot/v3/info`, { headers })).status;
    };
    expect([await status(first.token), await status(second.token)]).toEqual([200, 200]);
  });

  test('a wrong secret is told with HTTP 200', async () => {
    const wrong = sdkClient({ ...addressOf(feishu), appSecret: 'wrong' });
    const call = wrong.request({ method: 'GET', url: '/open-apis/bot/v3/info' });
    await expect(call).rejects.toThrow();
    expect(feishu.calls.map(({ status, code }) => [status, code])).toContainEqual([200, 10015]);
  });

  test('after a revocation every call is refused until the token is fetched anew', async () => {
    await botInfo();
    feishu.revokeTokens();
    expect(await refusal(botInfo())).toMatchObject({ status: 400, code: 99991663 });
    client.forgetToken();
    await expect(botInfo()).resolves.toMatchObject({ code: 0, bot: { activate_status: 2 } });
  });

  test('none at all, and one of the wrong sort, have codes of their own', async () => {
    const code = async (authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await fetch(`${feishu.baseUrl}/open-apis/bot/v3/info`, { headers });
      return ((await answer.json()) as { code: number }).code;
    };
    expect([await code(), await code('Bearer x-1'), await code('Bearer t-1')]).toEqual([
      99991661, 99991671, 99991663,
    ]);
  });
});

const addressOf = ({ appId, baseUrl }: Feishu) => ({ appId, baseUrl });

describe('rate limits', () => {
  test('a person gets five messages a second, the sixth is refused without a hint when to come', async () => {
    const zhang = feishu.addPerson({ name: '张三' });
    for (const _ of Array(5)) await send(zhang);
    const refused = await refusal(send(zhang));
    expect(refused).toMatchObject({ status: 400, code: 230020 });
    expect(refused.headers).not.toHaveProperty('x-ogw-ratelimit-reset');
    pace = 1_000;
    await expect(send(zhang)).resolves.toMatchObject({ code: 0 });
  });

  test('the window slides: four late in one second leave room for one early in the next', async () => {
    const zhang = feishu.addPerson({ name: '张三' });
    await send(zhang);
    pace = 900;
    for (const _ of Array(4)) await send(zhang);
    pace = 1_100;
    await send(zhang);
    expect(await refusal(send(zhang))).toMatchObject({ code: 230020 });
  });

  test('an app gets 50 calls of an API a second, then 429 with both headers', async () => {
    for (const _ of Array(50)) await botInfo();
    const refused = await refusal(botInfo());
    expect(refused).toMatchObject({
      status: 429,
      code: 99991400,
      headers: { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': '1' },
    });
  });

  test('and 1000 a minute, whoever keeps below 50 a second', () => {
    const rates = createRates(() => pace, true);
    for (const call of Array(1_000).keys()) {
      pace = Math.floor(call / 50) * 1_000;
      expect(rates.take('api', apiLimits)).toBeUndefined();
    }
    pace = 20_000;
    expect(rates.take('api', apiLimits)).toEqual({
      limit: { count: 1_000, windowMs: 60_000 },
      waitMs: 40_000,
    });
    pace = 60_000;
    expect(rates.take('api', apiLimits)).toBeUndefined();
  });
});

describe('trouble on demand', () => {
  test('a 5xx leaves no trace, the next call works', async () => {
    const zhang = feishu.addPerson({ name: '张三' });
    feishu.fail({ answer: 502 }, { only: /messages/ });
    expect(await refusal(send(zhang))).toMatchObject({ status: 502 });
    expect(feishu.inbox(zhang)).toHaveLength(0);
    await send(zhang);
    expect(feishu.inbox(zhang)).toHaveLength(1);
  });

  test('accepted and then cut: the message is there, the caller does not know', async () => {
    const zhang = feishu.addPerson({ name: '张三' });
    feishu.fail({ cut: 'after' }, { only: /messages/ });
    await expect(send(zhang, 'once')).rejects.toThrow();
    expect(feishu.inbox(zhang)).toHaveLength(1);
    await send(zhang, 'once');
    expect(feishu.inbox(zhang)).toHaveLength(1);
  });

  test('cut before: nothing happened', async () => {
    const zhang = feishu.addPerson({ name: '张三' });
    feishu.fail({ cut: 'before' }, { only: /messages/ });
    await expect(send(zhang)).rejects.toThrow();
    expect(feishu.inbox(zhang)).toHaveLength(0);
    expect(feishu.calls.at(-1)).toMatchObject({ status: 0, fault: { cut: 'before' } });
  });

  test('silent: the caller waits until it gives up', async () => {
    await tokenOf();
    const off = feishu.fail({ silent: 'after' }, { times: 100 });
    const call = fetch(`${feishu.baseUrl}/open-apis/bot/v3/info`, {
      signal: AbortSignal.timeout(100),
    });
    await expect(call).rejects.toThrow();
    off();
    await expect(botInfo()).resolves.toMatchObject({ code: 0 });
  });

  test('an answer nobody can read', async () => {
    feishu.fail({ unreadable: true }, { only: /bot/ });
    await expect(botInfo()).resolves.toBe('<html>upstream</html>');
  });

  test('a 429 on demand says when to come again', async () => {
    feishu.fail({ answer: 429, waitSeconds: 7 }, { only: /bot/ });
    const refused = await refusal(botInfo());
    expect(refused).toMatchObject({ status: 429, headers: { 'x-ogw-ratelimit-reset': '7' } });
  });
});

test('a path that does not exist is 404', async () => {
  const call = client.request({ method: 'GET', url: '/open-apis/im/v1/nothing' });
  expect(await refusal(call)).toMatchObject({ status: 404, code: 99991201 });
});

test('waiting ends with the first call that makes it true, or says what came instead', async () => {
  const zhang = feishu.addPerson({ name: '张三' });
  const arrived = feishu.waitFor(() => feishu.inbox(zhang)[0]);
  await send(zhang);
  expect((await arrived).text).toBe('hi');
  const inVain = feishu.waitFor(() => feishu.inbox(zhang)[1], 20);
  await expect(inVain).rejects.toThrow('POST /open-apis/im/v1/messages 200/0');
});
