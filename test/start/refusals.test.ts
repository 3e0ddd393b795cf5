/** What an administrator sees when something is wrong at the start: one clear line, the right exit code, nothing half done. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../office/database.ts';

let folder: string;
let database: FreshDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-start-'));
  database = await freshDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { readonly code: number | null; readonly said: string; readonly printed: string };

function start(env: { readonly [name: string]: string }): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATA_DIR: join(folder, 'data'),
      DATABASE_URL: database.connectionString.reveal(),
      ...env,
    },
  });
}

async function runs(env: { readonly [name: string]: string }): Promise<Ended> {
  const child = start(env);
  let said = '';
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said.trim(), printed };
}

const lines = (ended: Ended): readonly string[] => ended.said.split('\n');

describe('a wrong start is refused in one line a mistake', () => {
  test('one Feishu credential alone', async () => {
    const ended = await runs({ FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718' });
    expect(ended.code).toBe(78);
    expect(lines(ended)).toHaveLength(1);
    expect(ended.said).toContain('FEISHU_APP_SECRET');
  });

  test('several mistakes at once are all told, and no secret is', async () => {
    const ended = await runs({
      PORT: 'abc',
      SIMULATOR: 'maybe',
      FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718',
      FEISHU_APP_SECRET: 'very-secret-value',
    });
    expect(ended.code).toBe(78);
    expect(lines(ended).length).toBeGreaterThanOrEqual(3);
    expect(ended.said).not.toContain('very-secret-value');
  });

  test('an unknown key of office.yaml is named with its line', async () => {
    const path = join(folder, 'wrong.yaml');
    writeFileSync(path, 'company: 某公司\nrooms:\n  bookAhaed: 60d\n');
    const ended = await runs({ OFFICE_CONFIG: path });
    expect(ended.code).toBe(78);
    expect(lines(ended)).toHaveLength(1);
    expect(ended.said).toContain(':3:3 rooms.bookAhaed');
  });

  test('the database is down', async () => {
    const ended = await runs({ DATABASE_URL: 'postgres://office:very-secret@127.0.0.1:1/office' });
    expect(ended.code).toBe(69);
    expect(lines(ended)).toHaveLength(1);
    expect(ended.said).toContain('127.0.0.1:1');
    expect(ended.said).not.toContain('very-secret');
  });

  test('the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const ended = await runs({ PORT: String(port) });
    other.close();
    expect(ended.code).toBe(78);
    expect(lines(ended)).toHaveLength(1);
    expect(ended.said).toContain(`端口 ${port} 已被占用`);
  });
});

test('SIGTERM ends it with 0, and its own Postgres with it', async () => {
  const data = join(folder, 'own');
  const child = start({ DATABASE_URL: '', DATA_DIR: data });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('办事已启动')) resolve();
    });
    child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.on('close', () => reject(new Error(printed)));
  });
  const url = /http:\/\/\S+/.exec(printed)?.[0] ?? '';
  expect(await (await fetch(`${url}/ready`)).json()).toEqual({ ready: true, reasons: [] });
  child.removeAllListeners('close');
  child.kill('SIGTERM');
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
  expect(existsSync(join(data, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
});
