/**
 * `npm run breakages [-- --only P1[,P2]]`: the program is broken on purpose in a fresh copy of the tree, once for each entry of
 * `test/proofs/breakages/`, and the proof that must notice is run there. Ends with 1 when one does not.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Breakage } from '../test/proofs/breakages/breakage.ts';
import { ofChaos } from '../test/proofs/breakages/chaos.ts';
import { ofKeeping } from '../test/proofs/breakages/keeping.ts';
import { ofSecrecy } from '../test/proofs/breakages/secrecy.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',');
const root = fileURLToPath(new URL('..', import.meta.url));
const line = (text: string): void => void process.stdout.write(`${text}\n`);

/** What is not part of the tree, or is large and only read. */
const LEFT = new Set(['node_modules', '.git', '.tmp', 'data', 'coverage']);

/** Applies it in a copy; the exit code of the proof, and the last of what it said. */
function broken({ file, find, replace, command }: Breakage): {
  readonly code: number | null;
  readonly said: string;
} {
  const copy = mkdtempSync(join(tmpdir(), 'office-broken-'));
  try {
    cpSync(root, copy, {
      recursive: true,
      filter: (from) => from === root || !LEFT.has(basename(from)),
    });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const text = readFileSync(join(copy, file), 'utf8');
    if (text.split(find).length !== 2) throw new Error(`${file} does not have it once: ${find}`);
    writeFileSync(
      join(copy, file),
      text.replace(find, () => replace),
    );
    const { status, stdout, stderr } = spawnSync(command, {
      cwd: copy,
      shell: true,
      encoding: 'utf8',
      maxBuffer: 1e8,
      timeout: 15 * 60_000,
    });
    return { code: status, said: `${stdout}${stderr}` };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Red for the reason meant: the proof spoke of a broken promise, it did not merely fail to start. */
const FOUND = /BROKEN|NOT KEPT|FAIL |AssertionError/;

let missed = 0;
for (const breakage of [...ofChaos, ...ofKeeping, ...ofSecrecy].filter(
  ({ promise }) => only?.includes(promise) ?? true,
)) {
  const { code, said } = broken(breakage);
  const caught = code !== 0 && FOUND.test(said);
  if (!caught) missed++;
  line(
    `${caught ? 'caught' : 'MISSED'}  ${breakage.promise} ${breakage.sort.padEnd(7)} ${breakage.file}  ${breakage.command}`,
  );
  const reasons = said
    .split('\n')
    .filter((each) => /^ {2}\S/.test(each) && !/^ {2}(faults|figures):/.test(each));
  for (const each of caught ? reasons.slice(0, 2) : said.split('\n').slice(-12))
    line(`    ${each.trim()}`);
}
process.exitCode = missed === 0 ? 0 : 1;
