/** What is loaded while the database starts: the office itself, and the door at which it listens. */
import { join } from 'node:path';
import type { Embedded } from '../db/embedded.ts';
import { createApp, kindNames } from './app.ts';
import { auditKey } from './audit/key.ts';
import { nameless } from './cli/understand.ts';
import { keepCompiled } from './compile-cache.ts';
import type { Config } from './config.ts';
import { understand } from './language/understand.ts';
import { reduced } from './reduced.ts';
import type { Secret } from './secret.ts';
import { readRules, type Rules } from './settings/index.ts';
import { StartRefusal } from './start-refusal.ts';
import { systemClock } from './time/clock.ts';
import { watchLoop } from './watchdog.ts';

/** All that is in hand must be done by then. */
const STOP_MS = 10_000;

/**
 * Opens the office on its database, and listens until a signal ends it; then `embedded`, our own Postgres, ends with it. Throws StartRefusal, with a line for each mistake
 * in office.yaml.
 */
export async function serve(
  config: Config,
  connectionString: Secret,
  embedded: Embedded | undefined,
): Promise<void> {
  const app = await createApp({
    config,
    rules: await ruled(config),
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
}

/**
 * A sentence in each language, for nobody: what is learned of language is laid out with the first one, half a second of work that the first person to
 * write after a start would wait for.
 */
function listenOnce(): void {
  const now = systemClock().now().toZonedDateTimeISO('UTC');
  for (const text of ['下周二去上海出差一天', 'two boxes of A4']) understand(text, nameless, now);
}

async function ruled({ officeConfig: { path, required } }: Config): Promise<Rules> {
  const read = await readRules(path, { mustExist: required, kinds: kindNames });
  if (!read.ok) throw new StartRefusal(read.mistakes);
  return read.rules;
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
