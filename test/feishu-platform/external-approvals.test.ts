import { afterEach, beforeEach, expect, test } from 'vitest';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { decrypt } from './crypto.ts';
import { createFeishu } from './index.ts';
import type { Feishu } from './index.ts';
import { parseObject } from './json.ts';
import { refusal, sdkClient } from './sdk-client.ts';

let feishu: Feishu;
let client: ReturnType<typeof sdkClient>;
let zhang: string;

beforeEach(async () => {
  feishu = await createFeishu();
  client = sdkClient(feishu);
  zhang = feishu.addPerson({ name: '张三' });
});
afterEach(() => feishu.close());

const texts = (pairs: Readonly<Record<string, string>>, locale: 'zh-CN' | 'en-US' = 'zh-CN') => ({
  locale,
  texts: Object.entries(pairs).map(([key, value]) => ({ key, value })),
  is_default: locale === 'zh-CN',
});
const link = { pc_link: 'https://office.example.com' };

async function define(external: object = {}, name = '@i18n@name'): Promise<string> {
  const { data } = await client.approval.v4.externalApproval.create({
    data: {
      approval_name: name,
      approval_code: 'banshi-trip',
      group_code: 'banshi',
      group_name: '@i18n@group',
      external: { support_pc: true, ...external },
      i18n_resources: [texts({ [name]: '出差申请', '@i18n@group': '办事' })],
    },
  });
  return data?.approval_code ?? '';
}

const instance = (code: string, more: object = {}, task: object = {}) => ({
  approval_code: code,
  status: 'PENDING' as const,
  instance_id: 'r-1',
  links: link,
  title: '@i18n@1',
  form: [{ name: '@i18n@2', value: '@i18n@3' }],
  open_id: zhang,
  start_time: '1772503200000',
  end_time: '0',
  update_time: '1772503200000',
  update_mode: 'UPDATE' as const,
  task_list: [
    {
      task_id: 't-1',
      open_id: zhang,
      links: link,
      status: 'PENDING' as const,
      create_time: '1772503200000',
      end_time: '0',
      update_time: '1772503200000',
      action_context: 'c',
      action_configs: [{ action_type: 'APPROVE' }, { action_type: 'REJECT' }],
      ...task,
    },
  ],
  i18n_resources: [
    texts({ '@i18n@1': '出差 0001', '@i18n@2': '事由', '@i18n@3': '客户拜访' }),
    texts({ '@i18n@1': 'Trip 0001', '@i18n@2': 'Why', '@i18n@3': 'A customer' }, 'en-US'),
  ],
  ...more,
});
type Pushed = Parameters<typeof client.approval.v4.externalInstance.create>[0] & object;
const push = (data: Pushed['data']) => client.approval.v4.externalInstance.create({ data });

test('the platform gives a definition its code; what it does not know is refused', async () => {
  const code = await define();
  expect(code).not.toBe('banshi-trip');
  await push(instance(code));
  expect(await refusal(push(instance('banshi-trip')))).toMatchObject({ code: 1390002 });
  expect(await refusal(define({}, '@i18n@n'))).toMatchObject({ code: 1390001 });
  expect(await refusal(define({ support_pc: false }))).toMatchObject({ code: 1390001 });
});

test('an approver sees it in their language; what is no newer changes nothing', async () => {
  const code = await define();
  await push(instance(code));
  const [seen] = feishu.approvals.listed(zhang, 'to-do');
  expect([seen?.title, ...(seen?.lines ?? [])]).toEqual(['出差 0001', '事由：客户拜访']);
  expect(feishu.approvals.listed(zhang, 'to-do', 'en-US')[0]?.title).toBe('Trip 0001');
  const done = { status: 'APPROVED', end_time: '1772503300000' } as const;
  await push(instance(code, done, done));
  expect(feishu.approvals.listed(zhang, 'to-do')).toHaveLength(1);
  const newer = { update_time: '1772503300000' };
  await push(instance(code, { ...done, ...newer }, { ...done, ...newer }));
  expect(feishu.approvals.listed(zhang, 'to-do')).toHaveLength(0);
  expect(feishu.approvals.statusOf('0001')).toBe('APPROVED');
});

test('ids, keys, people, times and scope are looked at', async () => {
  const code = await define();
  const codeOf = async (data: Pushed['data']) => (await refusal(push(data))).code;
  expect(await codeOf(instance(code, {}, { task_id: 'r-1' }))).toBe(1390001);
  expect(await codeOf(instance(code, { title: '出差 0001' }))).toBe(1390001);
  expect(await codeOf(instance(code, { title: '@i18n@9' }))).toBe(1390001);
  expect(await codeOf(instance(code, { end_time: '1' }))).toBe(1390001);
  expect(await codeOf(instance(code, {}, { open_id: 'ou_nobody' }))).toBe(1390004);
  feishu.scopes.delete('approval:external_instance');
  expect(await codeOf(instance(code))).toBe(99991672);
});

test('a tap there is a sealed call; a refusal is shown in our words', async () => {
  const heard: unknown[] = [];
  const server = await listening(async (request, answer) => {
    const { encrypt } = parseObject(await bodyOf(request)) ?? {};
    heard.push(parseObject(decrypt(String(encrypt), 'a-key')));
    const late = { message: '已经批过了', without_prefix: 'true' };
    return heard.length === 1 ? answer(200, {}) : answer(409, late);
  });
  try {
    await push(
      instance(
        await define({
          action_callback_url: 'https://office.example.com/feishu/approvals',
          action_callback_token: 'a-token',
          action_callback_key: 'a-key',
        }),
      ),
    );
    feishu.officeUrl = server.url;
    const decided = await feishu.approvals.decide(zhang, '0001', 'APPROVE', { reason: '好' });
    expect(decided.status).toBe(200);
    expect(heard[0]).toMatchObject({
      action_type: 'APPROVE',
      action_context: 'c',
      user_id: feishu.person(zhang).userId,
      task_id: 't-1',
      reason: '好',
      token: 'a-token',
    });
    expect(await feishu.approvals.decide(zhang, '0001', 'REJECT')).toMatchObject({
      status: 409,
      shown: '已经批过了',
    });
  } finally {
    server.close();
  }
});

type Answer = (status: number, body: object) => void;

async function listening(
  hear: (request: IncomingMessage, answer: Answer) => Promise<void>,
): Promise<{ readonly url: string; readonly close: () => Server }> {
  const server = createServer((request, response) => {
    const answer: Answer = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    hear(request, answer).catch((error: unknown) => answer(500, { error: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
