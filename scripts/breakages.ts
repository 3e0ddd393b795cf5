/**
 * `npm run breakages [-- --only P1[,P2] --without-green]`: the program is broken on purpose in a copy of the tree, once for each entry of
 * `test/proofs/breakages/`, and the proof that must notice is run there. What is to be broken has to stand where the entry says, once, and
 * each command has to be green while nothing is broken (`--without-green` trusts that, which halves the time). Ends with a table, and with
 * 1 when a breakage is not caught. What each command said is kept under `.tmp/breakages`.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Breakage } from '../test/proofs/breakages/breakage.ts';
import { ofComingIn } from '../test/proofs/breakages/coming-in.ts';
import { ofCrashing } from '../test/proofs/breakages/crashing.ts';
import { ofDeciding } from '../test/proofs/breakages/deciding.ts';
import { ofGoingOut } from '../test/proofs/breakages/going-out.ts';
import { ofHours } from '../test/proofs/breakages/hours.ts';
import { ofKeeping } from '../test/proofs/breakages/keeping.ts';
import { ofLimits } from '../test/proofs/breakages/limits.ts';
import { ofSecrecy } from '../test/proofs/breakages/secrecy.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, 'without-green': { type: 'boolean', default: false } },
});
const only = values.only?.split(',');
const root = fileURLToPath(new URL('..', import.meta.url));
const kept = join(root, '.tmp', 'breakages');
const line = (text: string): void => void process.stdout.write(`${text}\n`);
const all: readonly Breakage[] = [
  ...ofComingIn,
  ...ofDeciding,
  ...ofCrashing,
  ...ofGoingOut,
  ...ofHours,
  ...ofKeeping,
  ...ofLimits,
  ...ofSecrecy,
];
const breakages = all.filter(({ promise }) => only?.includes(promise) ?? true);

/** What is not part of the tree, or is large and only read. */
const LEFT = new Set(['node_modules', '.git', '.tmp', 'data', 'coverage']);

/** A command that hangs is no proof. */
const MOST_MS = 15 * 60_000;

type Run = { readonly code: number | null; readonly said: string; readonly seconds: number };

/** Runs a command in the copy, and keeps what it said under a name. */
function run(copy: string, command: string, name: string): Run {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: copy,
    shell: true,
    encoding: 'utf8',
    maxBuffer: 1e8,
    timeout: MOST_MS,
  });
  const said = `${stdout}${stderr}`;
  writeFileSync(join(kept, `${name}.log`), `$ ${command}\n${said}`);
  return { code: status, said, seconds: Math.round((performance.now() - began) / 1000) };
}

/** With the breakage in the copy; the copy is whole again afterwards. */
function broken(copy: string, breakage: Breakage, name: string): Run {
  const path = join(copy, breakage.file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    whole.replace(breakage.find, () => breakage.replace),
  );
  try {
    return run(copy, breakage.command, name);
  } finally {
    writeFileSync(path, whole);
  }
}

/** A proof that could not begin, or that the machine was too slow for, has noticed nothing. */
const OTHERWISE =
  /^(?:SyntaxError|ReferenceError|TypeError|OfficeUnavailable|Error: (?:(?:Test|Hook) timed out|Cannot find|Failed to|.* was answered .*"late"))/;

/** The tests that failed, each with the first line of why; of a property what its smallest example met. */
function failures(said: string): readonly { readonly test: string; readonly why: string }[] {
  const lines = said.split('\n').map((each) => each.trim());
  return lines.flatMap((test, at) => {
    if (!test.startsWith('FAIL ') || !test.includes(' > ')) return [];
    const after = lines.slice(at + 1).filter((each) => each !== '' && !each.startsWith('FAIL '));
    const [why = ''] = after;
    const cause = after.find((each) => each.startsWith('Caused by: '));
    const isProperty = why.startsWith('Error: Property failed') && cause !== undefined;
    return [{ test, why: isProperty ? cause.replace('Caused by: ', '') : why }];
  });
}

/** What the proof found of the broken promise, or null: it is green, or red for another reason. */
function finding({ fails }: Breakage, { code, said }: Run): string | null {
  if (code === 0 || code === null) return null;
  const kept = /^.*(?:BROKEN|NOT KEPT).*$/m.exec(said);
  if (kept) return kept[0].trim();
  const found = failures(said).find(
    ({ test, why }) => !OTHERWISE.test(why) && (fails === undefined || test.includes(fails)),
  );
  return found ? found.why : null;
}

const nameOf = (at: number): string => `${breakages[at]?.promise}-${at + 1}`;
const misplaced = all.filter(
  ({ file, find, replace }) =>
    readFileSync(join(root, file), 'utf8').split(find).length !== 2 || find === replace,
);
for (const { promise, file, find } of misplaced)
  line(`${promise}: ${file} does not have it once: ${find}`);
if (misplaced.length > 0) process.exit(1);

rmSync(kept, { recursive: true, force: true });
mkdirSync(kept, { recursive: true });
const copy = mkdtempSync(join(tmpdir(), 'office-broken-'));
const rows: (readonly string[])[] = [];
let missed = 0;
try {
  cpSync(root, copy, {
    recursive: true,
    filter: (from) => from === root || !LEFT.has(basename(from)),
  });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const notGreen = new Set<string>();
  const commands = values['without-green']
    ? []
    : [...new Set(breakages.map((each) => each.command))];
  for (const [at, command] of commands.entries()) {
    const { code, seconds } = run(copy, command, `green-${at + 1}`);
    line(`${code === 0 ? 'green ' : 'RED   '}  ${seconds} s  ${command}`);
    if (code !== 0) notGreen.add(command);
  }
  for (const [at, breakage] of breakages.entries()) {
    const { promise, sort, what, file, command } = breakage;
    const ran = broken(copy, breakage, nameOf(at));
    const found = notGreen.has(command) ? null : finding(breakage, ran);
    if (found === null) missed++;
    const verdict = found === null ? 'MISSED' : 'caught';
    line(`${verdict}  ${nameOf(at)} ${sort}  ${ran.seconds} s  ${found ?? 'see the log'}`);
    rows.push([
      promise,
      sort,
      what ?? file,
      command.replace('npx vitest run --no-color --project webhook ', ''),
      found === null ? 'MISSED' : `${ran.seconds} s`,
      found ?? (notGreen.has(command) ? 'is red while nothing is broken' : '–'),
    ]);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
line(
  '\n| P | sort | what is broken | command | red in | what failed first |\n|---|---|---|---|---|---|',
);
for (const row of rows) line(`| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
line(`\n${rows.length - missed} of ${rows.length} breakages caught`);
process.exitCode = missed === 0 ? 0 : 1;
