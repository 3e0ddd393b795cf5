/** The program as it is really started, a process of its own, with the stand-in of Feishu before it and a Postgres behind it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../db/database.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { createFeishu } from '../../test/feishu-platform/index.ts';
import { feishuVariables, settle } from '../../test/office/feishu-office.ts';
import type { Environment } from '../../src/config.ts';
import type { Secret } from '../../src/secret.ts';
import { everyRoute, type Target } from './target.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** What the process tells of itself since it was last asked. */
export type Figures = {
  /** Since the start, seconds. */
  readonly cpu: number;
  /** Resident, megabytes. */
  readonly memory: number;
  /** 99 of 100 turns of the event loop came no later than this, ms. */
  readonly lag: number;
  /** Of the log so far. */
  readonly lines: number;
};

export type Program = Target & {
  readonly figures: () => Promise<Figures>;
  /** What it logged as an error of its own. */
  readonly errors: () => readonly string[];
  /** All that it said on both outputs, where it was told to say all (`LOG_LEVEL` `trace`); else only its error output. */
  readonly said: () => string;
  /** Its `DATA_DIR`. */
  readonly folder: string;
  /** Runs these commands of `npm run office` beside it, one after the other in one process; all that was printed. */
  readonly office: (commands: readonly (readonly string[])[]) => Promise<string>;
  /** Sends it a signal. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** The code it ended with; null while it runs. */
  readonly ended: () => number | null;
  readonly stop: () => Promise<void>;
};

export type ProgramOptions = {
  /** More of its surroundings. */
  readonly env?: Environment;
  /** A database that is there already, and stays; unless told, a server of its own. */
  readonly connectionString?: Secret;
};

/** Starts it with every route that it can have, and the machine's clock. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'office-attacked-'));
  const embedded = options.connectionString
    ? { connectionString: options.connectionString, stop: () => Promise.resolve() }
    : await startEmbedded(folder, { durable: false, maxConnections: 60 });
  const feishu = await createFeishu({ transport: 'webhook', rates: 'off' });
  settle(feishu);
  const rules = join(folder, 'office.yaml');
  writeFileSync(rules, awakeRules());
  const environment = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    ...feishuVariables(feishu),
    ...everyRoute,
    LOG_LEVEL: 'info',
    DATABASE_URL: embedded.connectionString.reveal(),
    DATA_DIR: folder,
    OFFICE_CONFIG: rules,
    ...options.env,
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // The attacks make it say too much to be kept; what goes to the error output is little.
  const said: string[] = [];
  const heard = environment.LOG_LEVEL === 'trace' ? [child.stdout, child.stderr] : [child.stderr];
  for (const stream of heard)
    stream.setEncoding('utf8').on('data', (chunk: string) => said.push(chunk));
  const { origin, lines, errors } = await listening(child);
  feishu.webhookUrl = `${origin}/feishu/events`;
  const db = await openDatabase({ connectionString: embedded.connectionString });
  await directoryKnown(db);
  return {
    origin,
    feishu,
    db,
    now: Date.now,
    errors,
    folder,
    said: () => said.join(''),
    office: (commands) => printedBy(commands, environment),
    signal: (signal) => void child.kill(signal),
    ended: () => child.exitCode,
    figures: async () => ({ ...(await figuresOf(origin)), lines: lines() }),
    async stop() {
      if (child.exitCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      await db.destroy();
      await feishu.close();
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As `src/cli/office.ts`, for several commands. */
const OBEY = `
  import { obey } from './src/cli/commands.ts';
  for (const words of JSON.parse(process.env.COMMANDS)) await obey(words);`;

async function printedBy(
  commands: readonly (readonly string[])[],
  given: NodeJS.ProcessEnv,
): Promise<string> {
  const env = { ...given, COMMANDS: JSON.stringify(commands) };
  const command = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', OBEY];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  await once(child, 'close');
  return parts.join('');
}

/** The office's own rules at any hour, and with the approval centre. */
function awakeRules(): string {
  const own = readFileSync(join(ROOT, 'office.yaml'), 'utf8');
  const awake = own
    .replace(/^( +quietHours:).*$/m, '$1 off')
    .replace('approvals: off', 'approvals: on')
    // Attackers are as fast as the machine, and each attack is to be tried in full.
    .replace(
      /^limits:.*$/m,
      'limits: { messages: off, group: off, requests: off, perDay: off, open: off }',
    );
  if (!awake.includes('approvals: on'))
    throw new Error('office.yaml has no approval centre to switch on');
  return awake;
}

/** Where it listens, and how many lines it has printed since. */
async function listening(child: ChildProcess): Promise<{
  readonly origin: string;
  readonly lines: () => number;
  readonly errors: Program['errors'];
}> {
  let printed = '';
  let count = 0;
  const errors: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (printed + chunk).split('\n');
    const whole = parts.slice(0, -1);
    count += whole.length;
    // pino's levels: 50 is an error, 60 fatal.
    errors.push(...whole.filter((line) => /"level":[56]0/.test(line)));
    printed = parts.at(-1) ?? '';
    const text = whole.join('\n');
    const port = /办事已启动：http:\/\/localhost:(\d+)/.exec(text)?.[1];
    if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
  });
  child.once('exit', (code) =>
    reject(new Error(`ended with ${code} before it listened: ${printed}`)),
  );
  const origin = await promise;
  return { origin, lines: () => count, errors: () => errors };
}

async function directoryKnown(db: Target['db']): Promise<void> {
  const until = performance.now() + 30_000;
  for (;;) {
    const reading = await db
      .selectFrom('directory_reading')
      .select(['met', 'wishes'])
      .where('channel', '=', 'feishu')
      .executeTakeFirst();
    if (reading && reading.wishes > 0 && reading.met >= reading.wishes) return;
    if (performance.now() > until) throw new Error('the directory was not read');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function figuresOf(origin: string): Promise<Omit<Figures, 'lines'>> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const value = (name: string): number =>
    Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return {
    cpu: value('process_cpu_seconds_total'),
    memory: value('process_resident_memory_bytes') / 2 ** 20,
    lag: value('nodejs_eventloop_lag_p99_seconds') * 1_000,
  };
}
