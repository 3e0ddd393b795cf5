/** The program as it was before, out of the repository's own history. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Before migration 0035. From the first release on: what was released last. */
const OLD = '646bf48eadc28615291b0dffa56f1e3667215905';

/** Its tree, with today's libraries, and its program of a chaos run. Throws where the history is not there (a copy without it, a shallow clone). */
export async function openOld(): Promise<{ readonly program: URL; readonly close: () => void }> {
  const root = join(import.meta.dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'office-old-'));
  const archive = join(folder, 'tree.tar');
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  await run('git', ['-C', root, 'archive', '--format=tar', '-o', archive, OLD]);
  await run('tar', ['-xf', archive, '-C', tree]);
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return {
    program: pathToFileURL(join(tree, 'scripts/chaos/replica.ts')),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
