import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Secret } from '../src/secret.ts';
import { StartRefusal } from '../src/start-refusal.ts';
import { type Binaries, findBinaries } from './embedded/binaries.ts';
import { ensureCluster, passwordIn, ROLE } from './embedded/cluster.ts';
import { lockHolder, takeLock } from './embedded/lock.ts';
import { dataOf, homeIn, type Place, preparePlace } from './embedded/place.ts';
import { runningServer, startServer, stopServer } from './embedded/server.ts';
import { type Address, newAddress } from './embedded/settings.ts';

/** The Postgres that we run ourselves. */
export type Embedded = {
  /** For `openDatabase`. It stays the same when the server is started again. */
  readonly connectionString: Secret;
  /** Starts the server again if it stopped by itself (a full disk); true when it had to. */
  readonly revive: () => Promise<boolean>;
  /** Stops the server and frees the data directory. */
  readonly stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  /** False for tests only: nothing is synced to disk. */
  readonly durable?: boolean;
  /** Connections at most; 40 unless told. */
  readonly maxConnections?: number;
  /** Other programs than those npm brought. */
  readonly binaries?: Binaries;
};

/**
 * Starts the embedded Postgres under `dataDir/postgres`, making it the first time, or takes over the one that an earlier,
 * killed run of ours left behind. Only one program at a time: `dataDir/lock`.
 * Throws StartRefusal (78) with one clear line.
 */
export async function startEmbedded(
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<Embedded> {
  const folder = resolve(dataDir);
  try {
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const lock = takeLock(folder);
    try {
      const server = await upAndRunning(folder, options);
      const stop = () => server.stop().finally(lock.release);
      return { ...server, stop };
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw asRefusal(error, dataDir);
  }
}

/**
 * The embedded Postgres for a short command beside the main program: uses the server that the main program runs now and
 * leaves it running; without one, starts and stops it like `startEmbedded`.
 */
export async function useEmbedded(dataDir: string): Promise<Embedded> {
  const folder = resolve(dataDir);
  const home = lockHolder(folder) && homeIn(folder);
  const running = home && runningServer(home);
  if (!running) return startEmbedded(dataDir);
  const connectionString = urlOf(running, passwordIn(folder, false));
  return { connectionString, revive: async () => false, stop: async () => undefined };
}

async function upAndRunning(folder: string, options: EmbeddedOptions): Promise<Embedded> {
  const binaries = options.binaries ?? findBinaries();
  const place = await preparePlace(folder, binaries, options);
  const password = passwordIn(folder, !existsSync(dataOf(place.home)));
  await ensureCluster(place, password);
  const found = await leftBehind(place, password);
  const address = found ?? (await newAddress(place));
  if (!found) await startServer(place, address);
  await ensureDatabase(address, password).catch(async (error: unknown) => {
    await stopServer(place); // nobody would
    throw error;
  });
  return {
    connectionString: urlOf(address, password),
    revive: reviving(place, address),
    stop: () => stopServer(place),
  };
}

/** Starts the server again at the same address. Several who ask at once share one start. */
function reviving(place: Place, address: Address): () => Promise<boolean> {
  let under: Promise<boolean> | null = null;
  return () => {
    if (runningServer(place.home)) return Promise.resolve(false);
    under ??= startServer(place, address)
      .then(() => true)
      .finally(() => (under = null));
    return under;
  };
}

/** The server an earlier run of ours left running, once it answers; one that cannot be reached is stopped. */
async function leftBehind(place: Place, password: Secret): Promise<Address | null> {
  const running = runningServer(place.home);
  if (!running) return null;
  if (await answers(urlOf(running, password, 'postgres'))) return running;
  await stopServer(place);
  return null;
}

/** Waits, up to a minute, for a server that is still recovering. */
async function answers(url: Secret): Promise<boolean> {
  for (let tries = 0; tries < 240; tries++) {
    const failure = await query(url, 'select 1');
    if (failure === null) return true;
    if (failure !== '57P03') return false; // cannot_connect_now
    await pause(250);
  }
  return false;
}

/** Makes our database the first time. */
async function ensureDatabase(address: Address, password: Secret): Promise<void> {
  const failure = await query(urlOf(address, password), 'select 1');
  if (failure === '3D000')
    await query(urlOf(address, password, 'postgres'), `create database ${ROLE}`);
  else if (failure === '28P01')
    throw new StartRefusal(
      '内置数据库不认 DATA_DIR/postgres.password 里的密码：请放回原来的密码文件',
    );
  else if (failure !== null) throw new StartRefusal(`内置数据库已启动但连不上：${failure}`);
}

/** Runs one statement on a connection of its own: null, or the code of what went wrong. */
async function query(url: Secret, text: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url.reveal(), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // a cut while idle shows at the next use
  try {
    await client.connect();
    await client.query(text);
    return null;
  } catch (error) {
    return codeOf(error) || String(error);
  } finally {
    await client.end().catch(() => undefined); // never connected
  }
}

/** The address as a connection string; a socket's folder goes into `host`, as libpq has it. */
function urlOf(address: Address, password: Secret, database = ROLE): Secret {
  const user = `${ROLE}:${encodeURIComponent(password.reveal())}`;
  const host = encodeURIComponent(address.host);
  return new Secret(`postgres://${user}@localhost:${address.port}/${database}?host=${host}`);
}

/** What a file system says when a directory cannot be used. */
const unusable: { readonly [code: string]: string } = {
  EACCES: '没有权限',
  EPERM: '没有权限',
  EROFS: '文件系统只读',
  ENOSPC: '磁盘已满',
  ENOTDIR: '路径中有一段不是目录',
  EEXIST: '同名文件已存在',
};

function asRefusal(error: unknown, dataDir: string): unknown {
  const why = unusable[codeOf(error)];
  return why ? new StartRefusal(`DATA_DIR: 目录 ${dataDir} 用不了：${why}`, 78, error) : error;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
