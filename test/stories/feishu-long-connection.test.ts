/** The office behind a long connection, on two programs: what is said and tapped while connections break, programs stop, and the database is away. */
import { availableParallelism, loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Feishu } from '../feishu-platform/index.ts';
import { type FeishuOffice, openFeishuOffice, refusedCalls } from '../office/feishu-office.ts';
import { idOf } from '../office/office.ts';
import { asAdministrator } from '../office/postgres.ts';

let office: FeishuOffice;
let feishu: Feishu;
beforeAll(async () => {
  office = await openFeishuOffice({ transport: 'websocket', replicas: 2 });
  ({ feishu } = office);
});
afterAll(() => office.stop());

const connected = (count: number): Promise<boolean> =>
  feishu.waitFor(() => feishu.connections.open() === count);

/** Cuts all connections; resolves with the time until all were open again, ms. */
async function cut(): Promise<number> {
  const { connections } = feishu;
  const before = connections.open();
  const began = performance.now();
  connections.drop();
  await feishu.waitFor(() => connections.open() === 0);
  await feishu.waitFor(() => connections.open() === before);
  return Math.round(performance.now() - began);
}

/** What the platform still has to tell, until it has told everything. */
async function redelivered(): Promise<void> {
  await expect
    .poll(
      async () => {
        await feishu.redeliver();
        return feishu.pending;
      },
      { timeout: 10_000 },
    )
    .toEqual([]);
  await office.settle();
}

const trips = () =>
  office.app.db
    .selectFrom('request')
    .select(['state', 'version'])
    .where('kind', '=', 'trip')
    .execute();

const readiness = async (app: App): Promise<{ status: number; body: unknown }> => {
  const { statusCode: status, body } = await app.server.inject('/ready');
  return { status, body: JSON.parse(body) };
};

const connectedMetric = async (app: App): Promise<string | undefined> => {
  const { body } = await app.server.inject('/metrics');
  return /^banshi_feishu_connected (\d)$/m.exec(body)?.[1];
};

test('both programs get some of the events, each one of them', async () => {
  const people = ['陈晨', '王磊', '李伟', '黄静', '何佳'];
  for (const _ of Array(4)) {
    for (const person of people) await feishu.says(idOf(person), '我的待办');
  }
  await office.settle();
  const carried = feishu.connections.carried();
  expect(carried).toHaveLength(2);
  expect(Math.min(...carried)).toBeGreaterThan(0);
  expect(carried.reduce((sum, each) => sum + each, 0)).toBe(20);
});

test('the same message twice, at once and to two programs, is one draft', async () => {
  await feishu.says(idOf('王磊'), '明天下午3点到5点订个10人的会议室', { times: 6 });
  await office.settle();
  expect(office.sees('王磊').filter((text) => text.includes('【草稿】'))).toHaveLength(1);
});

describe('a trip while all connections are cut at every step', () => {
  const times: number[] = [];
  /** Does something, cutting all connections while it is under way, and once more before it is repeated. */
  const amid = async <T>(act: () => Promise<T>): Promise<T> => {
    const acting = act();
    times.push(await cut());
    const done = await acting;
    times.push(await cut());
    await redelivered();
    return done;
  };

  test('is asked for once', async () => {
    await amid(() => feishu.says(idOf('陈晨'), '下周二到下周四去上海出差，坐高铁，见客户'));
    expect(office.sees('陈晨').filter((text) => text.includes('【草稿】'))).toHaveLength(1);
  });

  test('is submitted and approved once, though each tap is made again after it was cut', async () => {
    for (const [person, label] of [
      ['陈晨', '提交'],
      ['李伟', '同意'],
    ] as const) {
      const { message } = office.button(person, label);
      const tap = () => feishu.taps(idOf(person), message, { button: label });
      const first = await amid(tap);
      if (first.error !== undefined) {
        expect(first.error).toBe(200340);
        await office.settle();
        const still = feishu.cards(idOf(person)).find((card) => card.messageId === message);
        if (still?.text.includes(`[${label}]`)) await tap();
      }
      await office.settle();
    }
    expect(await trips()).toHaveLength(1);
    expect(office.last('陈晨')).toContain('【处理中】');
    expect(feishu.lost).toEqual([]);
  });

  test('each connection is open again in a second and the time it takes to connect', () => {
    console.log('all connections open again after, ms', times);
    const slow = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
    expect(Math.max(...times)).toBeLessThan(1_000 + 500 * slow);
  });
});

test('a program that stops closes its connection; what it had not taken yet goes to the others', async () => {
  const third = await office.start();
  await third.server.listen({ host: '127.0.0.1', port: 0 });
  await connected(3);
  const saying = ['陈晨', '王磊', '李伟', '黄静', '何佳'].map((person) =>
    feishu.says(idOf(person), '我的申请'),
  );
  await third.stop();
  expect(feishu.connections.open()).toBe(2);
  const said = await Promise.all(saying);
  await redelivered();
  const taken = await office.app.db
    .selectFrom('inbound')
    .select('key')
    .where(
      'key',
      'in',
      said.map(({ messageId }) => `feishu:msg:${messageId}`),
    )
    .execute();
  expect(taken).toHaveLength(5);
});

test('a platform that refuses keeps no program from starting; it says that it hears nothing, until it does', async () => {
  feishu.connections.refusal = 1;
  const third = await office.start();
  await third.server.listen({ host: '127.0.0.1', port: 0 });
  expect(await readiness(third)).toMatchObject({
    status: 503,
    body: { reasons: ['the long connection to the chat platform is down'] },
  });
  expect(await connectedMetric(third)).toBe('0');
  feishu.connections.refusal = undefined;
  await connected(3);
  await expect.poll(() => readiness(third), { timeout: 5_000 }).toMatchObject({ status: 200 });
  expect(await connectedMetric(third)).toBe('1');
  await third.stop();
});

test('what is said while the database is away comes again, and is done once', async () => {
  const { url } = inject('postgres');
  const name = new URL(office.database.connectionString.reveal()).pathname.slice(1);
  const allow = (allowed: boolean) =>
    asAdministrator(url, `alter database ${name} with allow_connections ${allowed}`);
  await allow(false);
  await asAdministrator(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );
  const said = await feishu.says(idOf('黄静'), '申领两包A4纸');
  expect(said.answers).toMatchObject([{ got: 'answer', status: 500 }]);
  await allow(true);
  await redelivered();
  expect(office.sees('黄静').filter((text) => text.includes('【草稿】'))).toHaveLength(1);
});

test('all went by the platform’s rules', () => {
  expect(feishu.connections.faults).toEqual([]);
  expect(refusedCalls(feishu).filter((call) => !call.includes('/ws/endpoint'))).toEqual([]);
});
