import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { codeOf, Stop } from '../stop.ts';

/**
 * Writes a file that is either whole or not there: under a temporary name beside it, synced, renamed. An older file of that
 * name is replaced only then. Readable by us only, since it may hold people's data. Throws Stop when it cannot be written.
 */
export async function writeWhole(
  path: string,
  chunks: Iterable<Uint8Array | string> | AsyncIterable<string>,
  through?: Transform,
): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    const file = createWriteStream(unfinished, { mode: 0o600, flush: true });
    const from = Readable.from(chunks, { objectMode: false });
    await (through ? pipeline(from, through, file) : pipeline(from, file));
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    // What went wrong first is what people need to hear, not that there is nothing to remove
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (!ON_DISK.has(codeOf(error))) throw error;
    throw new Stop(`${path}: 写不了这个文件（${codeOf(error)}）| cannot be written`);
  }
}

/** What a file system says; anything else comes from what was to be written. */
const ON_DISK = new Set([
  'ENOENT',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EISDIR',
  'ENOTDIR',
  'EDQUOT',
]);

/** Without this a power cut can undo the renaming. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
