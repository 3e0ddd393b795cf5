/** The doctor before a set-up of Feishu in which one thing is wrong: it names that one, and nothing else. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { Db } from '../../db/database.ts';
import { demoCompany } from '../../db/demo.ts';
import { inWork } from '../../db/work.ts';
import type { DirectorySnapshot } from '../../src/channels/channel.ts';
import { optionalPermissions, permissions } from '../../src/channels/feishu/index.ts';
import { applySnapshot } from '../../src/directory/sync.ts';
import { usualScopes } from '../feishu-platform/scopes.ts';
import { createFeishu, type Feishu, type FeishuOptions } from '../feishu-platform/index.ts';
import { settle } from '../office/feishu-office.ts';
import { commandLine } from './command-line.ts';

const OFFICE = readFileSync(new URL('../../office.yaml', import.meta.url), 'utf8');

/** A sound set-up but for what `spoil` does to the platform, the environment, or what has come in so far. */
async function examined({
  company = demoCompany,
  options = {},
  spoil = () => undefined,
  env = {},
  heard = [
    'feishu:msg:1',
    'feishu:msg:2',
    'feishu:msg:3',
    'feishu:msg:4',
    'feishu:msg:5',
    'feishu:tap:1',
  ],
  before = async () => undefined,
  rules = (yaml) => yaml,
}: Case): Promise<readonly string[]> {
  const feishu = await createFeishu({ transport: 'websocket', ...options });
  onTestFinished(() => feishu.close());
  settle(feishu, company);
  spoil(feishu);
  const office = await commandLine();
  const clock = { now: () => Temporal.Instant.from('2026-03-03T02:00:00Z') };
  await inWork({ db: office.db, clock }, { actor: 'system' }, (work) =>
    applySnapshot(work, 'simulator', demoCompany),
  );
  mkdirSync(join(office.folder, 'data'));
  for (const key of heard)
    await office.db
      .insertInto('inbound')
      .values({
        key,
        kind: 'message',
        chat: null,
        received_at: Temporal.Instant.from('2026-03-03T02:00:00Z'),
        answer: null,
      })
      .execute();
  await before(office.db);
  const { out } = await office.run(['doctor'], {
    env: {
      FEISHU_APP_ID: feishu.appId,
      FEISHU_APP_SECRET: feishu.appSecret,
      FEISHU_TRANSPORT: 'websocket',
      FEISHU_BASE_URL: feishu.baseUrl,
      OFFICE_CONFIG: office.file('office.yaml', rules(OFFICE)),
      ...env,
    },
  });
  return out.split('\n').filter((line) => /^[!✘]/.test(line));
}

type Case = {
  readonly company?: DirectorySnapshot;
  readonly options?: FeishuOptions;
  readonly spoil?: (feishu: Feishu) => unknown;
  readonly env?: { readonly [name: string]: string };
  readonly heard?: readonly string[];
  readonly before?: (db: Db) => Promise<unknown>;
  /** Changes office.yaml. */
  readonly rules?: (yaml: string) => string;
};

const without =
  (scope: string) =>
  (feishu: Feishu): boolean =>
    feishu.scopes.delete(scope);

test('a sound set-up: nothing is found', async () => {
  expect(await examined({})).toEqual([]);
});

test('the calendar needs its permission where it is switched on, and only there', async () => {
  const rules = (yaml: string): string => yaml.replace('calendar: off', 'calendar: on ');
  expect(await examined({ rules })).toEqual([expect.stringContaining('缺权限 calendar:calendar')]);
  const scopes = [...usualScopes, 'calendar:calendar'];
  expect(await examined({ rules, options: { scopes } })).toEqual([]);
});

test('a company in which nobody has a leader lacks no permission', async () => {
  const people = demoCompany.people.map(({ id, name, departments, active }) => ({
    id,
    name,
    departments,
    active,
  }));
  expect(await examined({ company: { ...demoCompany, people } })).toEqual([]);
});

test.each<[string, Case, string]>([
  ['the secret is wrong', { env: { FEISHU_APP_SECRET: 'another' } }, '应用凭证（10015）'],
  [
    'the app id is another',
    { env: { FEISHU_APP_ID: 'cli_0123456789abcdef' } },
    '应用凭证（10014）',
  ],
  ['the bot is not enabled', { options: { botStatus: 1 } }, '未启用'],
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
    { heard: ['feishu:msg:1', 'feishu:msg:2', 'feishu:msg:3', 'feishu:msg:4', 'feishu:msg:5'] },
    '从没收到过按钮点击',
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
  const found = await examined(spoilt);
  expect(found, found.join('\n')).toHaveLength(1);
  expect(found[0]).toContain(named);
});

test('the README names every permission, and none besides', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const step = /3\. \*\*开权限[\s\S]*?(?=\n4\. )/.exec(readme)?.[0] ?? '';
  const named = [...step.matchAll(/`((?:im|contact|calendar|vc):[\w:.]+)`/g)].map(
    ([, scope]) => scope,
  );
  const listed = [...permissions, ...optionalPermissions].map(({ scope }) => scope);
  expect(new Set(named)).toEqual(new Set(listed));
});
