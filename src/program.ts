/** Starts the program: its database, and while that starts, all the rest of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbedded } from '../db/embedded.ts';
import { type Config, environment, readConfig } from './config.ts';
import { reduced } from './reduced.ts';
import { StartRefusal } from './start-refusal.ts';

/** The process that starts the database, or makes one, is under way by then: it takes a fifth of that. */
const HEAD_START_MS = 60;

async function main(): Promise<void> {
  const config = configured();
  // Each takes a second or two, so both at once; but loading lets nothing else of ours run, so the server's own process comes first.
  const starting = config.databaseUrl ? undefined : startEmbedded(config.dataDir);
  if (starting) await Promise.race([starting, pause(HEAD_START_MS)]);
  const [{ serve }, embedded] = await Promise.all([import('./serving.ts'), starting]);
  const connectionString = config.databaseUrl ?? embedded?.connectionString;
  if (!connectionString) throw new StartRefusal('没有数据库');
  try {
    await serve(config, connectionString, embedded);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** One clear line a mistake, and the code by which a supervisor knows that starting again will not help. */
function configured(): Config {
  const read = readConfig(environment());
  if (!read.ok) throw new StartRefusal(read.mistakes);
  return read.config;
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
