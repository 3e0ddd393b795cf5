/**
 * `npm run simulate [-- --seeds 20 --steps 60 --from 1]`: the whole program in one process, again and again, each time by another seed: people
 * who write and tap, time that passes, a platform and a database that fail, programs that die. Afterwards nothing is lost, doubled, or left.
 * Ends with 1 when a seed was not kept (`SIM_SEED=…` has it again), or when a fault never happened.
 */
import { parseArgs } from 'node:util';
import { openBase } from './chaos/base.ts';
import { FAULTS } from './chaos/simulation/deeds.ts';
import { live } from './chaos/simulation/seed.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    steps: { type: 'string', default: '60' },
    from: { type: 'string', default: process.env['SIM_SEED'] ?? '1' },
    history: { type: 'string', default: '.tmp/simulation' },
  },
});
const line = (text: string): void => void process.stdout.write(`${text}\n`);
const first = Number(values.from);
const seeds = process.env['SIM_SEED'] === undefined ? Number(values.seeds) : 1;
const steps = Number(values.steps);
const base = await openBase();
const counts = new Map<string, number>(FAULTS.map((fault) => [fault, 0]));
let red = 0;
const began = performance.now();
try {
  for (let seed = first; seed < first + seeds; seed++) {
    const lived = await live(base, { seed, steps, history: `${values.history}/${seed}.jsonl` });
    for (const [fault, times] of lived.counts) counts.set(fault, (counts.get(fault) ?? 0) + times);
    if (lived.broken.length === 0) continue;
    red++;
    line(`SIM_SEED=${seed} is not kept:`);
    for (const each of lived.broken.slice(0, 8)) line(`  ${each}`);
  }
} finally {
  await base.close();
}
const missing = [...counts].filter(([, times]) => times === 0).map(([fault]) => fault);
line(`faults: ${[...counts].map(([fault, times]) => `${fault} ${times}`).join(' · ')}`);
for (const fault of missing) line(`it never happened: ${fault}`);
line(
  `${seeds} seeds of ${steps} steps from ${first} in ${((performance.now() - began) / 1_000).toFixed(0)} s: ${red === 0 ? 'all kept' : `${red} NOT KEPT`}`,
);
process.exitCode = red === 0 && missing.length === 0 ? 0 : 1;
