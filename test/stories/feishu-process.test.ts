/** The program as it is really started: a process of its own, its database, the platform's address; and well stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createFeishu, type Feishu } from '../feishu-platform/index.ts';
import { freshDatabase } from '../office/database.ts';
import { allButtons, seen } from '../office/feishu-client.ts';
import { feishuVariables, refusedCalls, settle } from '../office/feishu-office.ts';
import { idOf } from '../office/office.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const PATIENCE_MS = 30_000;

let feishu: Feishu;
let folder: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  feishu = await createFeishu({ transport: inject('transport') });
  settle(feishu);
  folder = await mkdtemp(join(tmpdir(), 'office-process-'));
  await writeFile(rulesPath(), await awakeRules());
});
afterEach(async () => {
  running?.kill('SIGKILL');
  await feishu.close();
  await rm(folder, { recursive: true, force: true });
});

const rulesPath = (): string => join(folder, 'office.yaml');

/** The office's own rules, awake at any hour: these programs run on the machine's clock, and at night an approval waits for the morning. */
async function awakeRules(): Promise<string> {
  const own = await readFile(join(ROOT, 'office.yaml'), 'utf8');
  const awake = own.replace(/^( +quietHours:).*$/m, '$1 off');
  if (awake === own) throw new Error('office.yaml has no quiet hours to be put off');
  return awake;
}

/** Starts the program; resolves when it listens and has read who works here. */
async function start(environment: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const { PATH, HOME } = process.env;
  const env = {
    PATH,
    HOME,
    ...feishuVariables(feishu),
    LOG_LEVEL: 'error',
    DATA_DIR: folder,
    OFFICE_CONFIG: rulesPath(),
    ...environment,
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = child;
  const address = await listening(child);
  feishu.webhookUrl = `${address}/feishu/events`;
  if (feishu.transport === 'websocket') await feishu.waitFor(() => feishu.connections.open() === 1);
  return child;
}

/** The address in the line that says so. */
async function listening(child: ChildProcess): Promise<string> {
  let printed = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    const port = /办事已启动：http:\/\/localhost:(\d+)/.exec(printed)?.[1];
    if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
  });
  child.once('exit', (code) =>
    reject(new Error(`ended with ${code} before it listened: ${printed}`)),
  );
  return promise;
}

/** Sends SIGTERM; the code it ended with. */
async function stop(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  running = undefined;
  return code;
}

/** The newest thing a person sees, once it holds this. */
const sees = (person: string, text: string): Promise<string> =>
  feishu.waitFor(
    () => seen(feishu, idOf(person)).findLast((each) => each.includes(text)),
    PATIENCE_MS,
  );

async function taps(person: string, label: string): Promise<string> {
  const found = await feishu.waitFor(() => allButtons(feishu, idOf(person), label)[0], PATIENCE_MS);
  const tapped = await feishu.taps(idOf(person), found.message, { button: found.label });
  return tapped.toast?.content ?? `${tapped.error} ${tapped.why}`;
}

/** Everybody is read from the directory at the start; until then nobody who opens the chat is greeted. */
async function isKnown(person: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await feishu.opensChat(idOf(person));
        return seen(feishu, idOf(person));
      },
      { timeout: PATIENCE_MS },
    )
    .toHaveLength(1);
}

/** From the first word to the trip that waits to be booked. */
async function oneTrip(): Promise<void> {
  await isKnown('陈晨');
  await feishu.says(idOf('陈晨'), '下周二到下周四去上海出差，坐高铁，见客户');
  await sees('陈晨', '目的地　上海');
  expect(await taps('陈晨', '提交')).toMatch(/^已提交 TRIP-\d\d-0001$/);
  expect(await taps('李伟', '同意')).toMatch(/^已同意 TRIP-\d\d-0001$/);
  await sees('陈晨', '【处理中】');
  await sees('吴婷', '[完成]');
}

test(
  'on a Postgres of the administrator’s: one trip, then SIGTERM and exit 0',
  { timeout: 60_000 },
  async () => {
    const database = await freshDatabase();
    try {
      const child = await start({ DATABASE_URL: database.connectionString.reveal() });
      await oneTrip();
      expect(refusedCalls(feishu)).toEqual([]);
      expect(await stop(child)).toBe(0);
    } finally {
      await database.drop();
    }
  },
);

test(
  'on the embedded Postgres: one trip, a restart, and the trip is still there',
  { timeout: 90_000 },
  async () => {
    const first = await start({});
    await oneTrip();
    expect(await stop(first)).toBe(0);
    // What is said while nobody listens comes again when somebody does.
    await feishu.says(idOf('陈晨'), '我的申请');
    expect(feishu.pending).toHaveLength(1);
    const second = await start({});
    await feishu.redeliver();
    expect(feishu.pending).toHaveLength(0);
    expect(await sees('陈晨', '-0001 出差申请')).toContain('我的申请');
    expect(await stop(second)).toBe(0);
  },
);
