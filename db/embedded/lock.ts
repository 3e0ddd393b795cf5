import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartRefusal } from '../../src/start-refusal.ts';
import { identityOf, isRunning, type ProcessIdentity } from './process.ts';

/** The right to be the one program that works with a data directory. */
export type Lock = { readonly release: () => void };

const identity = z.object({
  pid: z.int(),
  started: z.string().nullable(),
  boot: z.string().nullable(),
});

/**
 * Takes `DATA_DIR/lock`, from a dead holder if need be. Throws StartRefusal (78) naming a living one.
 * The file appears with its content in one step (a hard link), so nobody ever reads half of it.
 */
export function takeLock(dataDir: string): Lock {
  const path = join(dataDir, 'lock');
  const self = identityOf(process.pid);
  const offer = join(dataDir, `lock.${self.pid}`);
  writeFileSync(offer, JSON.stringify(self), { mode: 0o644 });
  try {
    if (!linked(offer, path)) takeOver(offer, path);
  } finally {
    rmSync(offer, { force: true });
  }
  return { release: () => release(path, self) };
}

/** Who works with the data directory now; null when nobody does. */
export function lockHolder(dataDir: string): ProcessIdentity | null {
  const holder = readHolder(join(dataDir, 'lock'));
  return holder && isRunning(holder) ? holder : null;
}

/**
 * Replaces a dead holder's lock. Several may find it dead at once: only the one who makes `lock.heir` goes on, and looks
 * again, since somebody may have been heir before.
 */
function takeOver(offer: string, path: string): void {
  const heir = `${path}.heir`;
  if (!linked(offer, heir)) {
    refuseIfRunning(heir);
    rmSync(heir, { force: true });
    if (!linked(offer, heir)) refuseIfRunning(heir);
  }
  try {
    refuseIfRunning(path);
    renameSync(heir, path);
  } finally {
    rmSync(heir, { force: true });
  }
}

function refuseIfRunning(path: string): void {
  const holder = readHolder(path);
  if (holder && isRunning(holder))
    throw new StartRefusal(
      `数据目录正被另一个办事进程使用（进程号 ${holder.pid}，锁文件 ${path}）：请先停止它，或换一个 DATA_DIR`,
    );
}

/** The holder written in a lock file; null when there is none or it cannot be read (a crash cut it short). */
function readHolder(path: string): ProcessIdentity | null {
  try {
    return identity.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function release(path: string, self: ProcessIdentity): void {
  const holder = readHolder(path);
  if (holder?.pid === self.pid && holder.started === self.started) rmSync(path, { force: true });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
