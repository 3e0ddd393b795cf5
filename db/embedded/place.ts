import { spawn } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, realpathSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StartRefusal } from '../../src/start-refusal.ts';
import { type Account, accountFor, canUse, ownedBy } from './account.ts';
import { type Binaries, program, runnable } from './binaries.ts';

/** Where the embedded server lives: its folder under DATA_DIR, its programs, and who runs them. */
export type Place = {
  /** `DATA_DIR/postgres`, without symbolic links in it. */
  readonly home: string;
  /** The same folder as the server sees it: the same path, or a descriptor where that path will not do. */
  readonly seenHome: string;
  readonly account: Account;
  readonly binaries: Binaries;
  /** False for tests only: nothing is synced to disk. */
  readonly durable: boolean;
  readonly maxConnections: number;
};

/** The folder of the data itself, within the server's home. */
export const dataOf = (home: string): string => join(home, 'data');

/** The place as it was once prepared, for a program that only wants to connect; null when there is none. */
export const homeIn = (dataDir: string): string | null => {
  const home = join(dataDir, 'postgres');
  return existsSync(home) ? realpathSync(home) : null;
};

/** Makes the server's home and finds programs that its account can run. Throws StartRefusal when there is no way. */
export async function preparePlace(
  dataDir: string,
  binaries: Binaries,
  options: { readonly durable?: boolean; readonly maxConnections?: number },
): Promise<Place> {
  const folder = join(dataDir, 'postgres');
  const account = accountFor(folder);
  await mkdir(folder, { recursive: true });
  ownedBy(account, folder, 0o700);
  const home = realpathSync(folder);
  const barred = !canUse(account, home);
  if (barred && process.platform !== 'linux')
    throw new StartRefusal(
      `DATA_DIR: 用户 ${account.name} 用不了 ${dataDir}：请用普通用户运行、换一个目录，或设置 DATABASE_URL`,
    );
  const shelves = [join(realpathSync(dataDir), 'postgres-bin'), ...SHARED_SHELF];
  return {
    home,
    seenHome: barred ? `/proc/self/fd/${HOME_DESCRIPTOR}` : home,
    account,
    binaries: await runnable(binaries, account, shelves),
    durable: options.durable ?? true,
    maxConnections: options.maxConnections ?? 40, // two replicas of 12 and their job workers
  };
}

/** Where root may keep a copy of the programs that everybody can reach; by the file system hierarchy standard. */
const SHARED_SHELF = process.platform === 'win32' ? [] : ['/var/cache/banshi-postgres'];

/**
 * Descriptor under which a home is handed to the server whose path will not do. We as root open a folder under root's own home, where
 * the account may not go; Linux lets the child, which inherits the open folder, enter it through /proc/self/fd.
 */
const HOME_DESCRIPTOR = 3;

/** How a program ended: its exit code (null: by a signal) and what it said. */
export type Ended = { readonly code: number | null; readonly said: string };

/** Runs `initdb` or `pg_ctl` as the place's account and waits for its end. Throws only when it cannot be run at all. */
export async function run(
  place: Place,
  name: 'initdb' | 'pg_ctl',
  args: readonly string[],
): Promise<Ended> {
  const home = process.platform === 'win32' ? null : openSync(place.home, constants.O_RDONLY);
  try {
    return await ending(
      spawn(program(place.binaries, name), args, {
        ...place.account.as,
        cwd: process.platform === 'win32' ? place.home : '/', // ours may be closed to the account
        ...(process.platform === 'win32' ? {} : { env: { LC_ALL: 'C', TZ: 'UTC' } }), // no PG… of ours
        stdio: ['ignore', 'pipe', 'pipe', home ?? 'ignore'],
        windowsHide: true,
      }),
    );
  } finally {
    if (home !== null) closeSync(home);
  }
}

const ending = (child: ReturnType<typeof spawn>): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said: said.join('').trim() }));
  });
