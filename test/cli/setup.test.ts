/** `setup feishu`: what it prints to be pasted, what it puts into `.env`, and that no secret is ever shown. */
import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseEnv } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ask } from '../../src/cli/setup/ask.ts';
import { withVariables } from '../../src/cli/setup/env-file.ts';
import { createFeishu } from '../feishu-platform/index.ts';
import { feishuVariables, settle } from '../office/feishu-office.ts';
import { type CommandLine, commandLine } from './command-line.ts';

async function platform() {
  const feishu = await createFeishu({ transport: 'websocket' });
  onTestFinished(() => feishu.close());
  settle(feishu);
  return feishu;
}

const envOf = (office: CommandLine) => readFileSync(join(office.folder, '.env'), 'utf8');

describe('what is printed', () => {
  test('without credentials: the lists, the addresses, what is missing; nothing is written', async () => {
    const office = await commandLine();
    const { code, out } = await office.run(['setup', 'feishu'], {
      env: { PUBLIC_URL: 'https://office.example.com/' },
    });
    expect(code).toBe(1);
    for (const said of [
      'https://open.feishu.cn/app',
      '批量导入',
      'https://office.example.com/feishu/events',
      'https://office.example.com/feishu/cards',
      'im.message.receive_v1',
      'card.action.trigger',
      '还没有 FEISHU_APP_ID、FEISHU_APP_SECRET、FEISHU_ENCRYPT_KEY、FEISHU_VERIFICATION_TOKEN',
    ])
      expect(out).toContain(said);
    expect(existsSync(join(office.folder, '.env'))).toBe(false);
  });

  test('over the long connection there is no address and no key to be set', async () => {
    const office = await commandLine();
    const { out } = await office.run(['setup', 'feishu', '--transport', 'websocket']);
    expect(out).toContain('使用长连接接收事件');
    expect(out).toContain('使用长连接接收回调');
    expect(out).not.toMatch(/Encrypt Key|你的域名/);
    expect(out).toContain('还没有 FEISHU_APP_ID、FEISHU_APP_SECRET：');
  });

  test('with credentials the platform is asked, and the secret is not shown', async () => {
    const feishu = await platform();
    const office = await commandLine();
    const sound = await office.run(['setup', 'feishu'], { env: feishuVariables(feishu) });
    expect(sound).toMatchObject({ code: 0, err: '' });
    expect(sound.out).toContain(`/app/${feishu.appId}`);
    expect(sound.out).toContain('看得到的都对了');
    feishu.scopes.delete('im:resource');
    const lacking = await office.run(['setup', 'feishu'], { env: feishuVariables(feishu) });
    expect(lacking.code).toBe(1);
    expect(lacking.out).toContain('✘ 缺权限 im:resource');
    expect(sound.out + lacking.out).not.toContain(feishu.appSecret);
  });

  test('a variable that is wrong: 78, after the guide', async () => {
    const office = await commandLine();
    const env = { FEISHU_TRANSPORT: 'pigeon', FEISHU_APP_ID: 'cli_1', FEISHU_APP_SECRET: 'geheim' };
    const ended = await office.run(['setup', 'feishu'], {
      env: { ...env, FEISHU_ENCRYPT_KEY: 'k', FEISHU_VERIFICATION_TOKEN: 't' },
    });
    expect(ended.code).toBe(78);
    expect(ended.err).toContain('FEISHU_TRANSPORT');
    expect(ended.out).toContain('card.action.trigger');
  });

  test.each([[[]], [['dingtalk']], [['feishu', 'now']], [['feishu', '--transport', 'mail']]])(
    'setup %j is no usage',
    async (args) => {
      const office = await commandLine();
      expect(await office.run(['setup', ...args])).toMatchObject({ code: 2, out: '' });
    },
  );
});

describe('.env', () => {
  const OURS = '# 我们的\nHOST=0.0.0.0\nFEISHU_APP_ID=\n\n# 末尾\nLOG_LEVEL=warn';

  test('is written when asked for: other lines stay, only its owner reads it', async () => {
    const feishu = await platform();
    const office = await commandLine();
    office.file('.env', OURS);
    const env = feishuVariables(feishu);
    const { code, out } = await office.run(['setup', 'feishu', '--write'], { env });
    expect(code).toBe(0);
    expect(out).toContain(
      '已写入 .env：FEISHU_TRANSPORT、FEISHU_BASE_URL、FEISHU_APP_ID、FEISHU_APP_SECRET',
    );
    expect(out).not.toContain(feishu.appSecret);
    expect(envOf(office)).toBe(
      `${OURS.replace('APP_ID=', `APP_ID=${feishu.appId}`)}\nFEISHU_TRANSPORT=websocket\nFEISHU_BASE_URL=${feishu.baseUrl}\nFEISHU_APP_SECRET=${feishu.appSecret}\n`,
    );
    expect(statSync(join(office.folder, '.env')).mode & 0o777).toBe(0o600);
    // And from now on it is enough by itself, also for which platform it is
    const alone = await office.run(['setup', 'feishu']);
    expect(alone.code).toBe(0);
  });

  test('is not written unless asked for', async () => {
    const feishu = await platform();
    const office = await commandLine();
    await office.run(['setup', 'feishu'], { env: feishuVariables(feishu) });
    expect(existsSync(join(office.folder, '.env'))).toBe(false);
  });

  test('begins with .env.example where there is none', async () => {
    const feishu = await platform();
    const office = await commandLine();
    office.file('.env.example', OURS);
    await office.run(['setup', 'feishu', '--write'], { env: feishuVariables(feishu) });
    expect(parseEnv(envOf(office))).toMatchObject({ HOST: '0.0.0.0', FEISHU_APP_ID: feishu.appId });
  });

  test('another secret in it is overwritten only by --replace', async () => {
    const feishu = await platform();
    const office = await commandLine();
    office.file('.env', 'FEISHU_APP_SECRET=alt-geheim\n');
    const env = feishuVariables(feishu);
    const refused = await office.run(['setup', 'feishu', '--write'], { env });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('FEISHU_APP_SECRET');
    expect(refused.err + refused.out).not.toMatch(`alt-geheim|${feishu.appSecret}`);
    expect(envOf(office)).toBe('FEISHU_APP_SECRET=alt-geheim\n');
    await office.run(['setup', 'feishu', '--replace'], { env });
    expect(parseEnv(envOf(office))).toMatchObject({ FEISHU_APP_SECRET: feishu.appSecret });
  });

  test('that is a link to a file elsewhere stays one', async () => {
    const feishu = await platform();
    const office = await commandLine();
    const kept = office.file('kept', 'HOST=0.0.0.0\n');
    symlinkSync(kept, join(office.folder, '.env'));
    await office.run(['setup', 'feishu', '--write'], { env: feishuVariables(feishu) });
    expect(readFileSync(kept, 'utf8')).toContain(feishu.appId);
  });

  test.each([
    'plain',
    'with # hash',
    `it's`,
    'say "hi"',
    `both ' and "`,
    ' blanks ',
    'a=b',
    '$HOME',
  ])('a value such as %j is read back as it is', (value) => {
    const written = withVariables('A=1 # one\r\nB="two"\r\n', { B: value, C: value });
    expect(parseEnv(written)).toEqual({ A: '1', B: value, C: value });
    expect(written.startsWith('A=1 # one\r\n')).toBe(true);
  });

  test('a value over several lines that looks like ours is not touched', () => {
    const text = 'NOTE="first\nFEISHU_APP_ID=inside\n"\n';
    expect(() => withVariables(text, { FEISHU_APP_ID: 'cli_1' })).toThrow('手工填写');
    expect(() => withVariables('', { A: `a'b"c\`d # e` })).toThrow('手工填写');
  });
});

describe('at a terminal', () => {
  test('what is typed for a secret is not shown', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answer = ask({ input, output }, '密钥：', { hidden: true });
    input.write('ge');
    input.write('heim \r');
    expect(await answer).toBe('geheim');
    output.end();
    expect(await text(output)).toBe('密钥： \n');
  });

  test('what is no secret is', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answer = ask({ input, output }, 'App ID：');
    input.write('cli_1\r');
    expect(await answer).toBe('cli_1');
    output.end();
    expect(await text(output)).toMatch(/App ID： .*cli_1/s);
  });

  test.each(['\u0003', '\u0004'])('%j stops it', async (key) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answer = ask({ input, output }, '密钥：', { hidden: true });
    input.write(key);
    await expect(answer).rejects.toThrow('什么都没有写');
  });
});
