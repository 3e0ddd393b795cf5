import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartRefusal } from '../../src/start-refusal.ts';
import { lastLine } from './cluster.ts';
import { dataOf, type Place, run } from './place.ts';
import { isPostgresOf, isWorkedIn, signalReaches } from './process.ts';
import { type Address, SOCKET, writeSettings } from './settings.ts';

/** Where the server of this home listens, by its own `postmaster.pid`; null when it does not run. */
export function runningServer(home: string): Address | null {
  const lines = postmasterLines(home);
  if (!lines || !isPostgresOf(Number(lines[0]), dataOf(home))) return null;
  const folder = lines[4] ?? '';
  // A server that was handed its home as a descriptor names its socket by it
  const host = folder.replace(/^\/proc\/self\/fd\/\d+/, () => home) || (lines[5] ?? '');
  return { host, port: Number(lines[3]) };
}

/** Lines: pid, data folder, start, port, socket folder, address, memory, state (miscadmin.h, "LOCK_FILE_LINE_"). */
function postmasterLines(home: string): readonly string[] | null {
  const file = join(dataOf(home), 'postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : null;
}

/** Starts the server and waits until it accepts connections; after a crash it first recovers, which may take minutes. */
export async function startServer(place: Place, address: Address): Promise<void> {
  cutLog(place.home);
  writeSettings(place, address);
  await startPatiently(place, address);
}

/** After a kill the server and its children need a moment to go; until then a new one is refused, rightly. */
async function startPatiently(place: Place, address: Address): Promise<void> {
  for (let tries = 1; ; tries++) {
    dropStaleLocks(place.home, address);
    const logged = logSize(place.home);
    const ended = await run(place, 'pg_ctl', startArguments(place));
    if (ended.code === 0) return;
    const why = lastWords(place.home, logged) || lastLine(ended.said);
    if (tries === 20 || !/shared memory block|lock file .* already exists/.test(why))
      throw new StartRefusal(`内置数据库启动失败：${why}（日志 ${logOf(place.home)}）`);
    await pause(250);
  }
}

const startArguments = (place: Place): readonly string[] => [
  'start',
  '--wait',
  '--timeout=300',
  '--silent',
  `--pgdata=${dataOf(place.seenHome)}`,
  `--log=${logOf(place.seenHome)}`,
];

/** Stops the server: running transactions are rolled back, all is written. Gives up waiting after 8 s, below our own 10. */
export async function stopServer(place: Place): Promise<void> {
  const running = runningServer(place.home);
  if (!running) return;
  const data = `--pgdata=${dataOf(place.seenHome)}`;
  await run(place, 'pg_ctl', ['stop', '--mode=fast', '--wait', '--timeout=8', '--silent', data]);
  const inside = join(place.home, 'socket');
  if (running.host.startsWith('/') && running.host !== inside)
    rmSync(running.host, { recursive: true, force: true });
}

/**
 * Removes the lock files of a dead server whose number now belongs to another process, at which Postgres would refuse for
 * ever. Never while any process of a server lives on: the files are what keeps a second server off the data.
 */
function dropStaleLocks(home: string, address: Address): void {
  const data = dataOf(home);
  const pid = Number(postmasterLines(home)?.[0]);
  if (!pid || !signalReaches(pid) || isPostgresOf(pid, data) || isWorkedIn(data)) return;
  rmSync(join(data, 'postmaster.pid'), { force: true });
  rmSync(join(address.host, `${SOCKET}.lock`), { force: true });
}

const logOf = (home: string): string => join(home, 'log');

const logSize = (home: string): number =>
  statSync(logOf(home), { throwIfNoEntry: false })?.size ?? 0;

/** Above 5 MB the old log makes room; one generation is kept. */
function cutLog(home: string): void {
  if (logSize(home) > 5_000_000) renameSync(logOf(home), `${logOf(home)}.1`);
}

/** The reason in the server's log, from byte `from` on: its last FATAL or PANIC line. */
function lastWords(home: string, from: number): string {
  if (!existsSync(logOf(home))) return '';
  const lines = readFileSync(logOf(home)).subarray(from).toString('utf8').split('\n');
  return lines.findLast((line) => /\b(?:FATAL|PANIC):/.test(line))?.trim() ?? '';
}
