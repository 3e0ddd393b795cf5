/** The doctor before a set-up of Feishu in which one thing is wrong: it names that one, and nothing else. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Db } from '../../db/database.ts';
import { demoCompany } from '../../db/demo.ts';
import { inWork } from '../../db/work.ts';
import { hear } from '../../src/channels/feishu/events.ts';
import {
  callbacks,
  events,
  optionalPermissions,
  permissions,
  permissionsWhereUsed,
} from '../../src/channels/feishu/index.ts';
import { ofAddress } from '../../src/cli/doctor/feishu-address.ts';
import { applySnapshot } from '../../src/directory/sync.ts';
import { createFeishu, type Feishu, type FeishuOptions } from '../feishu-platform/index.ts';
import {
  type FeishuOffice,
  feishuVariables,
  openFeishuOffice,
  settle,
} from '../office/feishu-office.ts';
import { commandLine } from './command-line.ts';

/** What the doctor finds fault with, one line each, what it says to do, and what it finds well. */
type Found = {
  readonly faults: readonly string[];
  readonly mends: readonly string[];
  readonly rights: readonly string[];
};

const faultsIn = (out: string): Found => ({
  faults: out.split('\n').filter((line) => /^[!✘]/.test(line)),
  mends: out.split('\n').filter((line) => line.includes('→')),
  rights: out.split('\n').filter((line) => line.startsWith('✔')),
});

/** A sound set-up but for what `spoil` does to the platform, the environment, or what has come in so far. */
async function examined({
  options = {},
  spoil = () => undefined,
  env = {},
  heard = ['message', 'message', 'message', 'message', 'message', 'tap'],
  before = async () => undefined,
  switchedOn = '',
}: Case): Promise<Found> {
  const feishu = await createFeishu({ transport: 'websocket', ...options });
  onTestFinished(() => feishu.close());
  settle(feishu);
  spoil(feishu);
  const office = await commandLine();
  const ruled =
    switchedOn === '' ? {} : { OFFICE_CONFIG: office.file('used.yaml', rulesWith(switchedOn)) };
  const clock = { now: () => Temporal.Instant.from('2026-03-03T02:00:00Z') };
  await inWork({ db: office.db, clock }, { actor: 'system' }, (work) =>
    applySnapshot(work, 'simulator', demoCompany),
  );
  mkdirSync(join(office.folder, 'data'));
  for (const [index, kind] of heard.entries())
    await office.db
      .insertInto('inbound')
      .values({
        key: `feishu:${kind}:${index}`,
        kind,
        chat: null,
        received_at: clock.now(),
        answer: null,
      })
      .execute();
  await before(office.db);
  const { out } = await office.runHere(['doctor'], {
    env: { ...feishuVariables(feishu), ...ruled, ...env },
  });
  return faultsIn(out);
}

type Case = {
  readonly options?: FeishuOptions;
  readonly spoil?: (feishu: Feishu) => unknown;
  readonly env?: { readonly [name: string]: string };
  readonly heard?: readonly ('message' | 'tap' | 'opened' | 'directory')[];
  readonly before?: (db: Db) => Promise<unknown>;
  /** What of `feishu` in office.yaml is on, as it is written there. */
  readonly switchedOn?: string;
};

const rulesWith = (switchedOn: string): string =>
  `${readFileSync(new URL('../../office.yaml', import.meta.url), 'utf8').replace(/^feishu:.*$/m, '')}
feishu: { ${switchedOn} }
`;

const without =
  (scope: string) =>
  (feishu: Feishu): boolean =>
    feishu.scopes.delete(scope);

const everybody = (feishu: Feishu, change: Parameters<Feishu['changePerson']>[1]): void => {
  for (const { id } of demoCompany.people) feishu.changePerson(id, change);
};

test('a sound set-up: nothing is found', async () => {
  expect((await examined({})).faults).toEqual([]);
});

test('what is optional is no fault, but the doctor says what does not work without it', async () => {
  const { faults, rights } = await examined({ spoil: without('im:message.urgent') });
  expect(faults).toEqual([]);
  expect(rights).toContainEqual(expect.stringContaining('im:message.urgent（选用）：紧急报修'));
  const all = await examined({});
  expect(all.rights.join()).not.toContain('选用');
});

test('what the office does not use needs no permission, what it uses has them all', async () => {
  const spoil = (feishu: Feishu): void => {
    for (const { scope } of permissionsWhereUsed) feishu.scopes.delete(scope);
  };
  expect((await examined({ spoil })).faults).toEqual([]);
  expect((await examined({ switchedOn: ALL_ON })).faults).toEqual([]);
});

test.each(permissionsWhereUsed.map(({ scope }) => scope))(
  '%s is missed where it is used',
  async (scope) => {
    const { faults } = await examined({ spoil: without(scope), switchedOn: ALL_ON });
    expect(faults, faults.join('\n')).toHaveLength(1);
    expect(faults[0]).toContain(scope);
  },
);

const ALL_ON = 'calendar: on, tasks: on, approvals: on';

test.each<[string, Case, string]>([
  ['the secret is wrong', { env: { FEISHU_APP_SECRET: 'another' } }, '应用凭证（10015）'],
  [
    'the app id is another',
    { env: { FEISHU_APP_ID: 'cli_0123456789abcdef' } },
    '应用凭证（10014）',
  ],
  ['the app is of Lark', { env: { FEISHU_APP_ID: 'cli_aaaaaaaaaaaaaaaa' } }, 'open.larksuite.com'],
  ['the app was never published', { options: { botStatus: 0 } }, '创建并发布版本'],
  ['the app was stopped', { options: { botStatus: 1 } }, '应用被停用了'],
  ['a version waits for the administrator', { options: { botStatus: 4 } }, '通过并启用'],
  [
    'the app has no bot',
    {
      spoil: (feishu) =>
        feishu.fail(
          { answer: 400, code: 11_205 },
          { times: Infinity, only: / \/open-apis\/bot\// },
        ),
    },
    '添加“机器人”',
  ],
  [
    'messages may not be sent',
    {
      spoil: (feishu) => {
        without('im:message:send_as_bot')(feishu);
        without('im:message:update')(feishu);
      },
    },
    'im:message:send_as_bot',
  ],
  ['messages may not be read', { spoil: without('im:message:readonly') }, 'im:message:readonly'],
  ['files may not be uploaded', { spoil: without('im:resource') }, 'im:resource'],
  [
    'the directory may not be read',
    { spoil: without('contact:contact.base:readonly') },
    'contact:contact.base:readonly',
  ],
  [
    'names do not come',
    { spoil: without('contact:user.base:readonly') },
    'contact:user.base:readonly',
  ],
  [
    'leaders do not come',
    { spoil: without('contact:user.department:readonly') },
    'contact:user.department:readonly',
  ],
  [
    'leaders come, and nobody has one',
    { spoil: (feishu) => everybody(feishu, { leader: '' }) },
    '没有一人填了直属上级',
  ],
  [
    'no department has a head',
    {
      spoil: (feishu) => {
        for (const { id } of demoCompany.departments) feishu.changeDepartment(id, { leader: '' });
      },
    },
    '没有一个填了负责人',
  ],
  [
    'a permission is missing, in a range of one department',
    {
      spoil: (feishu) => {
        feishu.setRange({ departments: [demoCompany.departments[0]?.id ?? ''], people: [] });
        without('contact:user.department:readonly')(feishu);
      },
    },
    'contact:user.department:readonly',
  ],
  [
    'who has left is not told',
    { spoil: without('contact:user.employee:readonly') },
    'contact:user.employee:readonly',
  ],
  [
    'departments have no names',
    { spoil: without('contact:department.base:readonly') },
    'contact:department.base:readonly',
  ],
  [
    'departments hang nowhere',
    { spoil: without('contact:department.organize:readonly') },
    'contact:department.organize:readonly',
  ],
  [
    'the contact range is empty',
    { spoil: (feishu) => feishu.setRange({ departments: [], people: [] }) },
    '通讯录权限范围是空的',
  ],
  [
    'the quota of the month is used up',
    {
      spoil: (feishu) =>
        feishu.fail(
          { answer: 429, code: 99_991_403 },
          { times: Infinity, only: / \/open-apis\/im\// },
        ),
    },
    '99991403',
  ],
  [
    'this machine is not on the whitelist',
    {
      spoil: (feishu) =>
        feishu.fail(
          { answer: 400, code: 99_991_401 },
          { times: Infinity, only: / \/open-apis\/(im|bot|contact)\// },
        ),
    },
    '99991401',
  ],
  [
    'no version was published',
    {
      spoil: (feishu) =>
        feishu.fail(
          { answer: 400, code: 230_006 },
          { times: Infinity, only: / \/open-apis\/im\// },
        ),
    },
    '230006',
  ],
  ['nothing ever came', { heard: [] }, '还没有收到过飞书事件'],
  [
    'taps never came',
    { heard: ['message', 'message', 'message', 'message', 'message', 'opened'] },
    '从没收到过按钮点击',
  ],
  [
    'the chat is opened, but messages never came',
    { heard: ['opened', 'opened', 'directory'] },
    'im:message.p2p_msg:readonly',
  ],
  [
    'the clock is a minute ahead',
    { options: { clock: () => Date.now() - 60_000 } },
    '! 本机时钟比飞书快',
  ],
  [
    'the clock is ten minutes behind',
    { options: { clock: () => Date.now() + 600_000 } },
    '✘ 本机时钟比飞书慢',
  ],
  [
    'the keys are not the console’s',
    {
      before: (db) =>
        sql`insert into audit (at, actor, act, subject, after)
          values (now(), 'channel:feishu', 'refused.request', 'office', '{"reason":"signature"}')`.execute(
          db,
        ),
    },
    '验签不过',
  ],
])('%s', async (_, spoilt, named) => {
  const { faults, mends } = await examined(spoilt);
  expect(faults, faults.join('\n')).toHaveLength(1);
  expect(`${faults[0]}\n${mends[0]}`).toContain(named);
});

describe('with the webhook', () => {
  let office: FeishuOffice;
  beforeAll(async () => {
    // The doctor is a process of its own, on the machine's clock
    office = await openFeishuOffice({ transport: 'webhook', start: Temporal.Now.instant() });
    for (const text of ['帮助', '我的申请', '我的待办', '帮助']) await office.says('陈晨', text);
    await office.says('陈晨', '明天下午3点到5点订个10人的会议室');
    await office.taps('陈晨', '提交');
  });
  afterAll(() => office.stop());

  /** Beside the running program, on its database. `env` is what its administrator has set otherwise. */
  async function doctored(env: { readonly [name: string]: string | undefined }): Promise<Found> {
    const line = await commandLine(office.app.db);
    mkdirSync(join(line.folder, 'data'));
    writeFileSync(join(line.folder, 'data', 'audit.key'), '00'.repeat(32));
    const PUBLIC_URL = new URL(office.url).origin;
    const { out } = await line.runHere(['doctor'], {
      env: { ...feishuVariables(office.feishu), PUBLIC_URL, ...env },
    });
    return faultsIn(out);
  }

  /** Something else that answers at our address. */
  async function another(status: number, heads = {}): Promise<string> {
    const server = createServer((_request, response) =>
      response.writeHead(status, heads).end('{}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('a sound set-up: nothing is found, and nothing is left behind by the question', async () => {
    expect((await doctored({})).faults).toEqual([]);
    const { rows } = await sql`select act from audit where act = 'refused.request'`.execute(
      office.app.db,
    );
    expect(rows).toEqual([]);
  });

  test.each<[string, () => Promise<{ readonly [name: string]: string }>, string]>([
    ['no public address', async () => ({ PUBLIC_URL: '' }), '没有设 PUBLIC_URL'],
    ['nothing listens there', async () => ({ PUBLIC_URL: 'http://127.0.0.1:1' }), 'ECONNREFUSED'],
    ['another page is there', async () => ({ PUBLIC_URL: await another(404) }), 'HTTP 404'],
    ['a 200 of somebody else', async () => ({ PUBLIC_URL: await another(200) }), 'HTTP 200'],
    [
      'it sends on to another address',
      async () => ({ PUBLIC_URL: await another(302, { location: office.url }) }),
      'HTTP 302',
    ],
    [
      'the Encrypt Key is not the program’s',
      async () => ({ FEISHU_ENCRYPT_KEY: 'another-key' }),
      '拒绝了用 .env 的密钥做的验证',
    ],
    [
      'the Verification Token is not the program’s',
      async () => ({ FEISHU_VERIFICATION_TOKEN: 'another-token' }),
      '拒绝了用 .env 的密钥做的验证',
    ],
  ])('%s', async (_, spoilt, named) => {
    const { faults } = await doctored(await spoilt());
    expect(faults, faults.join('\n')).toHaveLength(1);
    expect(faults[0]).toContain(named);
  });

  test('events signed with another key are refused, and the doctor says which keys to copy', async () => {
    await office.feishu.pushes(
      { type: 'im.message.receive_v1', event: {} },
      { key: 'another-key' },
    );
    await expect
      .poll(async () => (await doctored({})).faults, { timeout: 20_000 })
      .toEqual([expect.stringContaining('验签不过')]);
  });
});

test.each([
  ['https://office.example.com', 'https://open.feishu.cn', undefined],
  ['http://office.example.com', 'https://open.feishu.cn', '不是 https'],
  ['http://localhost:3000', 'https://open.feishu.cn', '内网地址'],
  ['https://192.168.3.4', 'https://open.feishu.cn', '内网地址'],
  ['https://office.local', 'https://open.larksuite.com', '内网地址'],
  ['https://172.32.0.1', 'https://open.feishu.cn', undefined],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:4000', undefined],
])('the public address %s, for a platform at %s', (address, platform, fault) => {
  const found = ofAddress(address, platform);
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found?.about.zh).toContain(fault);
});

const readme = (): string => readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const readmeStep = (number: number): string =>
  new RegExp(String.raw`\n${number}\. \*\*[\s\S]*?(?=\n${number + 1}\. )`).exec(readme())?.[0] ??
  '';
const namedIn = (step: string): Set<string | undefined> =>
  new Set([...step.matchAll(/`([a-z]\w*(?:[.:]\w+)+)`/g)].map(([, name]) => name));

test('the README names every permission, event and callback, and none besides', () => {
  expect(namedIn(readmeStep(3))).toEqual(
    new Set([...permissions, ...optionalPermissions].map(({ scope }) => scope)),
  );
  const used = /## 在飞书日历、任务和审批中心里办[\s\S]*?(?=\n## )/.exec(readme())?.[0] ?? '';
  const others = [...used.matchAll(/`((?:calendar|task|approval|contact):[\w:.]+)`/g)].map(
    ([, scope]) => scope,
  );
  expect(new Set(others)).toEqual(new Set(permissionsWhereUsed.map(({ scope }) => scope)));
  expect(namedIn(readmeStep(7))).toEqual(new Set(events.map(({ name }) => name)));
  expect(namedIn(readmeStep(8))).toEqual(new Set(callbacks.map(({ name }) => name)));
});

test('whatever is subscribed to is understood when it comes', () => {
  const around = {
    bot: undefined,
    now: Temporal.Instant.from('2026-03-03T02:00:00Z'),
    zone: 'Asia/Shanghai',
  };
  for (const { name } of [...events, ...callbacks])
    expect(hear({ id: '1', type: name, event: {}, late: false }, around)).not.toMatchObject({
      why: 'unknown-type',
    });
});
