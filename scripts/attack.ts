/**
 * `npm run attack [-- --seed N --rounds N --only wire,taps,texts]`: the program, as it is really started, under attack. `--rounds` is how many
 * forgeries are sent (100,000 unless told); the other attacks are as many, or a fixed part of it: a tenth of it taps. Prints a table of what was tried, how often, and what came of it; ends
 * with 1 when a promise was not kept, or when something never happened. Tests hold the short form of each (test/proofs).
 */
import { parseArgs } from 'node:util';
import { bodies } from './attack/bodies.ts';
import { type Finding, isKept, tableOf } from './attack/finding.ts';
import { forgeries, replays } from './attack/forgeries.ts';
import { organisations } from './attack/organisations.ts';
import { type Figures, type Program, startProgram } from './attack/program.ts';
import { oversized, slow } from './attack/slow.ts';
import { sentences } from './attack/sentences.ts';
import { changedByClock } from './attack/target.ts';
import { taps } from './attack/taps.ts';
import { exportsOf, texts } from './attack/texts.ts';
import { chance } from './bench/year/chance.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, rounds: { type: 'string' }, only: { type: 'string' } },
});
const seed = Number(values.seed ?? 20_260_303);
const rounds = Number(values.rounds ?? 100_000);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(rounds) || rounds < 100)
  throw new Error('--seed and --rounds are whole numbers, --rounds at least 100');

const only = values.only?.split(',');
const wanted = (attack: 'wire' | 'taps' | 'texts'): boolean => only?.includes(attack) ?? true;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const part = (of: number): number => Math.max(40, Math.floor(rounds / of));
/** The same seed for each attack, so that one can be run again without the others. */
const by = (times: number) => ({ chance: chance(seed), rounds: times });

/** What an attack cost the program, beside what it did. */
async function measured(
  program: Program,
  act: () => Promise<readonly Finding[]>,
  judge: (before: Figures, after: Figures, ms: number) => readonly Finding[],
): Promise<readonly Finding[]> {
  const before = await program.figures();
  const began = performance.now();
  const findings = await act();
  return [...findings, ...judge(before, await program.figures(), performance.now() - began)];
}

const lagAndMemory = (
  promise: string,
  during: string,
  before: Figures,
  after: Figures,
): readonly Finding[] => [
  {
    promise,
    tried: `the event loop meanwhile (${during})`,
    times: 1,
    came: `delay p99 ${after.lag.toFixed(1)} ms`,
    kept: after.lag < 50,
  },
  {
    promise,
    tried: `memory meanwhile (${during})`,
    times: 1,
    came: `${before.memory.toFixed(0)} MB → ${after.memory.toFixed(0)} MB`,
    kept: after.memory - before.memory < 100,
  },
];

say(`attack: seed ${seed}, ${rounds} forgeries`);
const findings: Finding[] = [];
const add = (more: readonly Finding[]): void => {
  findings.push(...more);
  for (const each of more)
    say(`  ${each.promise} ${each.tried}: ${isKept(each) ? 'kept' : 'NOT KEPT'}`);
};

/** What comes over the wire, and what it costs. */
async function wire(started: Program): Promise<void> {
  // What is compiled and cached at first is no growth.
  await forgeries(started, by(2_000));
  await bodies(started, by(1_000));
  // Files that came with it are looked at a minute later.
  const program = { ...started, byClock: await changedByClock(started) };
  add(
    await measured(
      program,
      () => forgeries(program, by(rounds)),
      (before, after, ms) => {
        const each = ((after.cpu - before.cpu) * 1_000) / rounds;
        const lines = after.lines - before.lines;
        const minutes = Math.ceil(ms / 60_000) + 1;
        return [
          {
            promise: 'P4',
            tried: 'CPU of the whole process for one',
            times: rounds,
            came: `${each.toFixed(3)} ms`,
            kept: each <= 0.3,
          },
          {
            promise: 'P4',
            tried: 'log lines about them',
            times: 1,
            came: `${lines} in ${(ms / 60_000).toFixed(1)} min`,
            kept: lines <= 6 * minutes,
          },
          ...lagAndMemory('P4', 'forgeries', before, after),
        ];
      },
    ),
  );
  add(await replays(program, by(part(100))));
  add(
    await measured(
      program,
      () => bodies(program, by(rounds)),
      (before, after) => lagAndMemory('P5', 'fuzzed bodies', before, after),
    ),
  );
  add(await oversized(program, by(part(200))));
  add(await slow(program, by(Math.min(500, part(200)))));
  add([
    {
      promise: 'P5',
      tried: 'the process after all of that',
      times: 1,
      came:
        program.ended() === null
          ? `lives; errors logged: ${program.errors().length} ${[...new Set(program.errors().map((line) => /"(?:what|msg)":"([^"]*)"/.exec(line)?.[1]))].join(', ')}`
          : `ended with ${program.ended()}`,
      kept: program.ended() === null && program.errors().length === 0,
    },
  ]);
}

if (wanted('wire') || wanted('taps')) {
  const program = await startProgram();
  try {
    // The stage is set first: bodies of every sort leave an office in which nobody's draft is their own.
    if (wanted('taps')) add(await taps(program, by(part(10))));
    if (wanted('wire')) await wire(program);
  } finally {
    await program.stop();
  }
}
if (wanted('texts')) {
  add(sentences(seed, rounds));
  add(organisations(seed, part(10)));
  add(texts(chance(seed), part(20)));
  add(await exportsOf(chance(seed), part(20)));
}

say(`\n${tableOf(findings)}`);
const broken = findings.filter((each) => !isKept(each)).length;
say(broken === 0 ? `\nall kept; seed ${seed}` : `\n${broken} not kept; seed ${seed}`);
if (broken > 0) process.exitCode = 1;
