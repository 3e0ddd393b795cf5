/** Starts the program, and stops it well on signals. */
import { join } from 'node:path';
import { startEmbedded } from '../db/embedded.ts';
import { createApp, kindNames } from './app.ts';
import { auditKey } from './audit/key.ts';
import { nameless } from './cli/understand.ts';
import { keepCompiled } from './compile-cache.ts';
import { type Config, environment, readConfig } from './config.ts';
import { understand } from './language/understand.ts';
import { reduced } from './reduced.ts';
import { readRules, type Rules } from './settings/index.ts';
import { exitCodes, StartRefusal } from './start-refusal.ts';
import { systemClock } from './time/clock.ts';
import { watchLoop } from './watchdog.ts';

/** All that is in hand must be done by then. */
const STOP_MS = 10_000;

async function main(): Promise<void> {
  const config = configured();
  const rules = await ruled(config);
  const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir);
  const connectionString = config.databaseUrl ?? embedded?.connectionString;
  if (!connectionString) throw new StartRefusal('没有数据库');
  try {
    const app = await createApp({
      config,
      rules,
      connectionString,
      auditKey: auditKey(config.dataDir),
      backupFolder: join(config.dataDir, 'backups'),
      disk: { folders: [config.dataDir], ...(embedded && { revive: embedded.revive }) },
    });
    // Before anybody is told that we are there, and may end us.
    stopOnSignals(async () => {
      await app.stop();
      await embedded?.stop();
    });
    await listen(app.server, config);
    listenOnce();
    keepCompiled();
    // What became due while we were away, and the directory if nobody is known yet, without waiting for the first minute.
    void app.tick();
    await watchLoop();
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/**
 * A sentence in each language, for nobody: what is learned of language is laid out with the first one, half a second of work that the first person to
 * write after a start would wait for.
 */
function listenOnce(): void {
  const now = systemClock().now().toZonedDateTimeISO('UTC');
  for (const text of ['下周二去上海出差一天', 'two boxes of A4']) understand(text, nameless, now);
}

function configured(): Config {
  const read = readConfig(environment());
  if (read.ok) return read.config;
  return refuse(read.mistakes);
}

async function ruled(config: Config): Promise<Rules> {
  const { path, required } = config.officeConfig;
  const read = await readRules(path, { mustExist: required, kinds: kindNames });
  return read.ok ? read.rules : refuse(read.mistakes);
}

/** One clear line a mistake, and the code by which a supervisor knows that starting again will not help. */
function refuse(mistakes: readonly string[]): never {
  for (const mistake of mistakes) process.stderr.write(`${mistake}\n`);
  process.exit(exitCodes.configuration);
}

async function listen(
  server: Awaited<ReturnType<typeof createApp>>['server'],
  { host, port }: Config,
): Promise<void> {
  try {
    const address = await server.listen({ host, port });
    process.stdout.write(`办事已启动：${address.replace('127.0.0.1', 'localhost')}\n`);
  } catch (error) {
    await server.close();
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new StartRefusal(
        `PORT: 端口 ${port} 已被占用，请换一个端口（如 PORT=3001），或先停掉占用它的程序`,
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new StartRefusal(`HOST/PORT: 无法在 ${host}:${port} 监听（${code}）`);
    }
    throw error;
  }
}

/** Stops taking new events, finishes what is in hand within ten seconds, and ends with 0. */
function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`停止时出错：${JSON.stringify(reduced(error))}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/**
 * What nobody caught ends us: our state is in the database, and a supervisor starts us again. Node's own report would print all that an
 * error carries.
 */
process.on('uncaughtException', (error) => {
  process.stderr.write(
    `程序出错，已停止 | stopped by a fault: ${JSON.stringify(reduced(error))}\n`,
  );
  process.exit(1);
});

try {
  await main();
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(error.exitCode);
}
