import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoCompany } from '../../db/demo.ts';
import { migrations } from '../../db/migrations/index.ts';
import { inWork } from '../../db/work.ts';
import { monthOf } from '../../src/channels/feishu/calls.ts';
import { applySnapshot } from '../../src/directory/sync.ts';
import { key, sealUpTo, write } from '../audit/recorded.ts';
import { createFeishu, type FeishuOptions } from '../feishu-platform/index.ts';
import { type CommandLine, commandLine } from './command-line.ts';

/** A command line whose directory is the demo company. */
async function withPeople(): Promise<CommandLine> {
  const office = await commandLine();
  const clock = { now: () => Temporal.Instant.from('2026-03-03T02:00:00Z') };
  await inWork({ db: office.db, clock }, { actor: 'system' }, (work) =>
    applySnapshot(work, 'simulator', demoCompany),
  );
  mkdirSync(join(office.folder, 'data'));
  return office;
}

const examined = async (office: CommandLine, env = {}) => {
  const ended = await office.run(['doctor'], { env });
  return { ...ended, errors: ended.out.split('\n').filter((line) => line.startsWith('✘')) };
};

describe('doctor', () => {
  test('a sound office: everything looked at, no error, exit code 0', async () => {
    const { code, out, errors } = await examined(await withPeople());
    expect(errors).toEqual([]);
    expect(code).toBe(0);
    for (const looked of [
      '环境变量',
      '磁盘',
      'office.yaml',
      'PostgreSQL',
      '时钟',
      '结构是最新',
      '16 人在职',
      '会议室 0 间，物资 0 种；要办理请先导入：npm run office -- import rooms rooms.csv、',
      '没有滞留',
      '操作记录',
      '未配置飞书',
    ]) {
      expect(out).toContain(looked);
    }
    expect(out.split('\n').filter((line) => line.includes('✔')).length).toBeGreaterThan(8);
  });

  test('a role that nobody holds, and people who are not there', async () => {
    const office = await withPeople();
    await sql`update person set active = false where name = '钱芳'`.execute(office.db);
    const rules = office.file(
      'office.yaml',
      'roles: { office: [ou_office_1, ou_nobody], office-manager: [E003], director: [ou_director], finance: [ou_finance], repair: [] }\n',
    );
    const { code, out, errors } = await examined(office, { OFFICE_CONFIG: rules });
    expect(code).toBe(1);
    expect(errors.map((line) => /角色 (\S+) 没有人/.exec(line)?.[1])).toEqual([
      'finance',
      'repair',
    ]);
    expect(out).toContain('! office.yaml roles：找不到在职人员 “ou_nobody”');
    expect(out).toContain('找不到在职人员 “ou_finance”');
    expect(out).not.toContain('“E003”');
  });

  test('wrong settings, wrong rules, no database: each is a finding and the rest is still looked at', async () => {
    const office = await commandLine();
    const settings = await examined(office, { FEISHU_APP_ID: 'cli_a' });
    expect(settings.errors).toHaveLength(1);
    expect(settings.errors[0]).toContain('FEISHU_APP_SECRET');
    const env = {
      OFFICE_CONFIG: office.file('office.yaml', 'company: 1\n'),
      DATABASE_URL: 'postgres://a:geheim@127.0.0.1:1/a',
    };
    const { code, out, errors } = await examined(office, env);
    expect(code).toBe(1);
    expect(errors).toHaveLength(2);
    expect(errors[0]).toContain('office.yaml:1');
    expect(errors[1]).toContain('127.0.0.1:1');
    expect(out).not.toContain('geheim');
  });

  test('what is stuck: messages that are late or dead, events set aside, a record without its key', async () => {
    const office = await withPeople();
    await sql`insert into delivery (id, what, lane, channel, address, view, attention, priority, state, due, created_at)
      values (gen_random_uuid(), 'a', 'l', 'simulator', 'x', '{}', true, 1, 'waiting', now() - interval '1 day', now()),
        (gen_random_uuid(), 'b', 'l', 'simulator', 'x', '{}', true, 1, 'waiting', now() + interval '1 day', now()),
        (gen_random_uuid(), 'c', 'l', 'simulator', 'x', '{}', true, 1, 'dead', now(), now())`.execute(
      office.db,
    );
    await sql`insert into set_aside (key, reason, body, at) values ('k', 'r', 'b', now())`.execute(
      office.db,
    );
    await write(office.db, 2);
    await sealUpTo(office.db, 2);
    const { code, out, errors } = await examined(office);
    expect(code).toBe(1);
    expect(errors).toHaveLength(2);
    expect(errors[0]).toContain('1 条消息到期超过 10 分钟');
    expect(errors[1]).toContain('audit.key');
    expect(out).toContain('! 1 条消息送不到');
    expect(out).toContain('! 1 个事件处理不了');
    expect(out).not.toContain(key.reveal());
  });

  test('tables of an older program are a warning, and are not changed', async () => {
    const office = await commandLine();
    const known = Object.keys(migrations);
    await sql`delete from kysely_migration where name = ${known.at(-1)}`.execute(office.db);
    const { code, out } = await examined(office);
    expect(code).toBe(0);
    expect(out).toContain('! 数据库结构还没有升级');
    const { rows } = await sql`select name from kysely_migration`.execute(office.db);
    expect(rows).toHaveLength(known.length - 1);
  });
});

describe('doctor and Feishu', () => {
  const platform = async (options?: FeishuOptions) => {
    const feishu = await createFeishu(options);
    onTestFinished(() => feishu.close());
    const env = {
      FEISHU_APP_ID: feishu.appId,
      FEISHU_APP_SECRET: feishu.appSecret,
      FEISHU_ENCRYPT_KEY: 'encrypt-key-of-this-app',
      FEISHU_VERIFICATION_TOKEN: 'verification-token',
      FEISHU_BASE_URL: feishu.baseUrl,
    };
    return { feishu, env };
  };

  test('credentials, bot and directory are asked of the platform itself', async () => {
    const { feishu, env } = await platform();
    feishu.addPerson({ name: '陈晨' });
    const { code, out } = await examined(await withPeople(), env);
    expect(out).toContain('✔ 飞书应用凭证有效');
    expect(out).toMatch(/✔ 机器人 “.*” 已启用/);
    expect(out).toContain('✔ 通讯录范围');
    expect(out).toContain('! 还没有收到过飞书事件');
    expect(code).toBe(0);
  });

  test('a wrong secret: said to be so, how to mend it, never shown', async () => {
    const { env } = await platform();
    const { code, out, errors } = await examined(await withPeople(), {
      ...env,
      FEISHU_APP_SECRET: 'falsch-geheim',
    });
    expect(code).toBe(1);
    expect(errors).toHaveLength(1);
    expect(out).toContain('FEISHU_APP_SECRET');
    expect(out).not.toContain('falsch-geheim');
  });

  test('the calls of the month: how many, and a warning when they run out', async () => {
    const { feishu, env } = await platform();
    feishu.addPerson({ name: '陈晨' });
    const office = await withPeople();
    const month = monthOf(Temporal.Now.instant());
    await sql`insert into api_call values
      (${month}, 'POST /open-apis/im/v1/messages', false, 120), (${month}, 'GET /open-apis/contact/v3/scopes', true, 7)`.execute(
      office.db,
    );
    const { out } = await examined(office, env);
    expect(out).toMatch(
      /本月飞书接口已调用 120 次（免费版所有自建应用合计 10000 次）.*不计费的 7 次/,
    );
    await sql`update api_call set count = 8001 where not free`.execute(office.db);
    const later = await examined(office, env);
    expect(later.out).toMatch(/! 本月飞书接口已调用 8001 次/);
    expect(later.out).toContain('docs/feishu-quota.md');
    expect(later.code).toBe(0);
  });

  test('people whom the app may not see, and a reading that was not believed', async () => {
    const { feishu, env } = await platform();
    feishu.addPerson({ name: '陈晨' });
    const office = await withPeople();
    await sql`update address set channel = 'feishu', outside_since = now()
      where external_id in ('ou_rd_1', 'ou_rd_2')`.execute(office.db);
    expect((await examined(office, env)).out).toContain('! 有 2 人不在应用的通讯录权限范围里');
    await sql`insert into directory_reading (channel, refused) values ('feishu', 12)`.execute(
      office.db,
    );
    expect((await examined(office, env)).out).toContain('! 最近一次读取的通讯录少了 12 人');
  });
});
