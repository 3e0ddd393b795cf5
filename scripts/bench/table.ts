/**
 * `npm run bench`: every promise of speed, one bench after the other, each in a process of its own; one table, printed and kept in docs/performance.md. With names
 * (`npm run bench -- table webhook tap`) only those are measured anew, and the other lines of the paper stay as they are.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { findBinaries } from '../../db/embedded/binaries.ts';
import { type Line, say, verdict } from './line.ts';
import { between, writeBetween } from './paper.ts';

/** In the order of the table. */
const MEASURED = [
  'webhook',
  'message',
  'tap',
  'sustained',
  'call',
  'booking',
  'rooms',
  'tick',
  'broadcast',
  'language',
  'start',
  'growth',
] as const;

const root = fileURLToPath(new URL('../..', import.meta.url));
/** No single bench takes as long, ms. */
const LONGEST_MS = 10 * 60_000;

function measure(name: string): Promise<readonly Line[]> {
  const lines: Line[] = [];
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/bench.ts', name],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], timeout: LONGEST_MS },
  );
  child.on('message', (line: Line) => lines.push(line));
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      if (code !== 0 && !lines.some(({ kept }) => kept === false))
        lines.push({
          what: name,
          beside: '—',
          ours: `did not finish (${String(code)})`,
          ratio: '—',
          must: '—',
          kept: false,
        });
      resolve(lines);
    });
  });
}

type Measured = { readonly name: string; readonly on: string; readonly lines: readonly Line[] };

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function tableOf(measured: readonly Measured[]): string {
  const heads = ['what', 'beside', 'ours', 'ratio', 'must', '', 'bench, day'];
  return [
    row(heads),
    row(heads.map(() => '---')),
    ...measured.flatMap(({ name, on, lines }) =>
      lines.map((line) =>
        row([
          line.what,
          line.beside,
          line.ours,
          line.ratio,
          line.must,
          verdict(line),
          `\`${name}\` ${on}`,
        ]),
      ),
    ),
  ].join('\n');
}

/** Lines of benches that are not measured this time, as the paper has them. */
function standing(names: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const kept = new Map<string, string[]>();
  for (const line of between('table').split('\n')) {
    const name = /\| `(\w+)` [\d-]+ \|$/.exec(line)?.[1];
    if (name !== undefined && !names.has(name)) kept.set(name, [...(kept.get(name) ?? []), line]);
  }
  return kept;
}

function machine(): string {
  const [cpu] = cpus();
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
  return [
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    `Node ${process.versions.node}`,
    `Postgres ${findBinaries().version}`,
    `after ${commit.stdout.toString().trim()}`,
    'no seed: nothing is drawn by chance',
  ].join(', ');
}

const asked = process.argv.slice(3);
const names = asked.length > 0 ? MEASURED.filter((name) => asked.includes(name)) : MEASURED;
const today = new Date().toISOString().slice(0, 10);
const before = standing(new Set(names));
const found = new Map<string, Measured>();
for (const name of names) {
  say(`\n${name}`);
  found.set(name, { name, on: today, lines: await measure(name) });
}
const all = [...found.values()];
say(`\n${tableOf(all)}\n`);
const [head = '', rule = ''] = tableOf([]).split('\n');
const rows = MEASURED.flatMap((name) => {
  const fresh = found.get(name);
  return fresh ? tableOf([fresh]).split('\n').slice(2) : (before.get(name) ?? []);
});
writeBetween('table', [`Measured ${today}: ${machine()}.`, '', head, rule, ...rows].join('\n'));
if (all.some(({ lines }) => lines.some(({ kept }) => kept === false))) process.exitCode = 1;
