/**
 * `npm run chaos [-- --seed N --only NAME[,NAME] --long | --short]`: two programs behind a balancer, while database, platform and the programs
 * themselves fail; what came of it is held against the promises by a checker that knows none of our code. Ends with 1 when a promise was
 * broken, or when a fault that was meant to happen did not.
 */
import { parseArgs } from 'node:util';
import { openBase } from './chaos/base.ts';
import { runScene } from './chaos/run.ts';
import { scenes } from './chaos/scenes.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    long: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    history: { type: 'string', default: '.tmp/chaos' },
  },
});
const names = values.only?.split(',');
const unknown = names?.filter((name) => scenes.every((scene) => scene.name !== name)) ?? [];
if (unknown.length > 0) {
  process.stderr.write(
    `no scene ${unknown.join(', ')}; there are ${scenes.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
const size = values.long ? 'long' : values.short ? 'short' : 'usual';
const line = (text: string): void => void process.stdout.write(`${text}\n`);
const seed = Number(values.seed);
line(`seed ${seed}, ${size}; the history of each scene is under ${values.history}`);
const base = await openBase();
let red = 0;
try {
  for (const scene of scenes.filter(({ name }) => names?.includes(name) ?? true))
    if (!(await runScene(base, scene, { seed, size, folder: values.history, line }))) red++;
} finally {
  await base.close();
}
line(red === 0 ? 'every promise was kept' : `RED: ${red} scenes; again with --seed ${seed}`);
process.exitCode = red === 0 ? 0 : 1;
