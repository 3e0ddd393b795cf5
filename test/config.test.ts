import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type Config, readConfig } from '../src/config.ts';

const feishu = {
  FEISHU_APP_ID: 'cli_a1',
  FEISHU_APP_SECRET: 'canary-secret',
  FEISHU_ENCRYPT_KEY: 'canary-key',
  FEISHU_VERIFICATION_TOKEN: 'canary-token',
};

const configOf = (env: { readonly [name: string]: string }): Config => {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.mistakes.join('\n'));
  return result.config;
};

const mistakesOf = (env: { readonly [name: string]: string }): readonly string[] => {
  const result = readConfig(env);
  return result.ok ? [] : result.mistakes;
};

describe('a fresh machine needs no variable at all', () => {
  test('everything has its default', () => {
    expect(configOf({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      dataDir: './data',
      officeConfig: { path: './office.yaml', required: false },
      feishu: null,
      simulator: true,
      model: null,
      publicUrl: null,
      logLevel: 'info',
    });
  });

  test('an empty value is the same as none, and blanks around one are dropped', () => {
    expect(configOf({ PORT: '', DATABASE_URL: '  ', HOST: ' 0.0.0.0 ' })).toEqual({
      ...configOf({}),
      host: '0.0.0.0',
    });
  });

  test('.env.example, copied as it is, changes nothing', () => {
    const example = parseEnv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8'));
    const set = Object.entries(example).map(([name, value]) => [name, value ?? ''] as const);
    expect(configOf(Object.fromEntries(set))).toEqual(configOf({}));
    expect(Object.keys(example)).toHaveLength(19);
  });
});

describe('each wrong value gets one line that names it and what was expected', () => {
  test.for([
    ['PORT', 'abc', 'PORT: 应为 0–65535 的整数，现在是 “abc”'],
    ['PORT', '65536', 'PORT: 应为 0–65535 的整数，现在是 “65536”'],
    ['PORT', '3e3', 'PORT: 应为 0–65535 的整数，现在是 “3e3”'],
    ['HOST', 'http://x', 'HOST: 应为主机名或 IP 地址，如 127.0.0.1，现在是 “http://x”'],
    ['SIMULATOR', 'yes', 'SIMULATOR: 应为 auto、on、off 之一，现在是 “yes”'],
    [
      'PUBLIC_URL',
      'office',
      'PUBLIC_URL: 应为网址，如 https://office.example.com，现在是 “office”',
    ],
  ] as const)('%s=%s', ([name, value, line]) => {
    expect(mistakesOf({ [name]: value })).toEqual([line]);
  });

  test('all at once, those between variables too', () => {
    const wrong = { PORT: '-1', LOG_LEVEL: 'loud', FEISHU_APP_ID: 'cli_a1', FEISHU_TRANSPORT: 'x' };
    const names = mistakesOf(wrong).map((line) => line.split(':')[0]);
    expect(new Set(names)).toEqual(
      new Set(['FEISHU_APP_SECRET', 'FEISHU_TRANSPORT', 'LOG_LEVEL', 'PORT']),
    );
  });

  test('a line stays a line, whatever was typed', () => {
    const [line] = mistakesOf({ LOG_LEVEL: `a\nb\u202e${'x'.repeat(500)}` });
    expect(line).not.toMatch(/[\n\u202e]/);
    expect(line?.length).toBeLessThan(160);
  });

  test('an address of a database with a password in it is not shown', () => {
    expect(mistakesOf({ DATABASE_URL: 'mysql://root:canary@db/x' }).join()).not.toContain('canary');
    expect(mistakesOf({ DATABASE_URL: 'mysql://root:canary@db/x' })).toHaveLength(1);
  });
});

test('port 0 takes any free one', () => {
  expect(configOf({ PORT: '0' }).port).toBe(0);
});

describe('Feishu', () => {
  test('is on with all four, with addresses without a slash at the end', () => {
    const config = configOf({ ...feishu, FEISHU_BASE_URL: 'https://open.larksuite.com/' });
    expect(config.feishu).toMatchObject({
      appId: 'cli_a1',

      baseUrl: 'https://open.larksuite.com',
    });
    expect(config.feishu?.appSecret.reveal()).toBe('canary-secret');
  });

  test.for(['FEISHU_APP_ID', 'FEISHU_APP_SECRET'])('%s alone is refused', (name) => {
    const lines = mistakesOf({ [name]: 'x' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(name);
  });

  test('by webhook an app needs both keys; over a long connection neither, but an id the SDK takes', () => {
    const { FEISHU_APP_ID, FEISHU_APP_SECRET } = feishu;
    const app = { FEISHU_APP_ID, FEISHU_APP_SECRET };
    const connection = { ...app, FEISHU_TRANSPORT: 'websocket' };
    expect(mistakesOf(app).map((line) => line.split(':')[0])).toEqual([
      'FEISHU_ENCRYPT_KEY',
      'FEISHU_VERIFICATION_TOKEN',
    ]);
    expect(mistakesOf(connection)).toEqual([expect.stringContaining('FEISHU_APP_ID')]);
    const config = configOf({ ...connection, FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718' });
    expect(config.feishu).toMatchObject({ transport: 'websocket' });
    expect(config.feishu?.encryptKey).toBeUndefined();
  });

  test.for([
    ['auto', false],
    ['off', false],
    ['on', true],
  ] as const)('beside it the simulator set to %s is on: %s', ([SIMULATOR, on]) => {
    expect(configOf({ ...feishu, SIMULATOR }).simulator).toBe(on);
  });
});

test('only the default rules file may be missing', () => {
  expect(configOf({ OFFICE_CONFIG: './office.yaml' }).officeConfig.required).toBe(false);
  expect(configOf({ OFFICE_CONFIG: '/etc/office.yaml' }).officeConfig.required).toBe(true);
});

test('no secret shows, however the configuration is printed', () => {
  const config = configOf({ ...feishu, DATABASE_URL: 'postgres://a:canary-pass@db/office' });
  const secret = config.feishu?.appSecret;
  const printed = [
    JSON.stringify(config),
    inspect(config, { depth: 9 }),
    String(secret),
    [secret].join(),
  ];
  for (const text of printed) {
    expect(text).not.toContain('canary');
    expect(text).toContain('[secret]');
  }
  expect(config.databaseUrl?.reveal()).toBe('postgres://a:canary-pass@db/office');
});

describe('a language model', () => {
  const model = {
    LLM_BASE_URL: 'https://llm.example.com/v1/',
    LLM_API_KEY: 'canary-model-key',
    LLM_MODEL: 'qwen-plus',
  };

  test('is on with all three, and its key does not print', () => {
    const config = configOf(model);
    expect(config.model).toMatchObject({
      baseUrl: 'https://llm.example.com/v1',
      name: 'qwen-plus',
    });
    expect(config.model?.apiKey.reveal()).toBe('canary-model-key');
    expect(inspect(config) + JSON.stringify(config)).not.toContain('canary');
  });

  test.for(Object.keys(model))('%s missing is one line', (name) => {
    const lines = mistakesOf({ ...model, [name]: '' });
    expect(lines).toEqual([`${name}: 语言模型的三项应同时设置（或都留空）`]);
  });

  test('each wrong value is one line, the key is not in it', () => {
    const lines = mistakesOf({
      LLM_BASE_URL: 'ftp://llm',
      LLM_API_KEY: 'canary with blanks',
      LLM_MODEL: 'a model',
    });
    expect(lines.map((line) => line.split(':')[0])).toEqual(Object.keys(model));
    expect(lines.join()).not.toContain('canary');
  });
});

describe('the approval centre', () => {
  const quick = { FEISHU_APPROVAL_TOKEN: 'canary-approval', FEISHU_APPROVAL_KEY: 'canary-seal' };

  test('is known by a token of ours, at our public address', () => {
    const config = configOf({ ...feishu, ...quick, PUBLIC_URL: 'https://office.example.com' });
    expect(config.feishu?.approvalToken?.reveal()).toBe('canary-approval');
    expect(config.feishu?.approvalKey?.reveal()).toBe('canary-seal');
    expect(inspect(config, { depth: null })).not.toContain('canary');
  });

  test('needs the address with the token, and the token with the key', () => {
    expect(mistakesOf({ ...feishu, ...quick })).toEqual([
      'PUBLIC_URL: 已设置 FEISHU_APPROVAL_TOKEN，应同时设置它（审批中心按这个地址通知本程序）',
    ]);
    expect(mistakesOf({ ...feishu, FEISHU_APPROVAL_KEY: 'canary-seal' })).toEqual([
      'FEISHU_APPROVAL_TOKEN: 已设置 FEISHU_APPROVAL_KEY，应同时设置它（或两个都留空）',
    ]);
  });
});
