/** The duties of a tick: each in its turn, never twice at once. */
import { afterEach, expect, test } from 'vitest';
import { startTicking, type Duty, type Ticking } from '../../src/scheduler/tick.ts';

let ticking: Ticking | undefined;
afterEach(async () => ticking?.stop());

const start = (often: Duty, minutely: Duty): Ticking => {
  ticking = startTicking(
    { often: [often], minutely: [minutely] },
    {
      timeZone: 'Asia/Shanghai',
      now: () => Temporal.Now.instant(),
      failed: (duty, error) => faults.push(`${duty}: ${String(error)}`),
    },
  );
  return ticking;
};
const faults: string[] = [];

test('who asks for a tick while one is being done waits, and what became due meanwhile is done', async () => {
  const due: string[] = ['first'];
  const done: string[] = [];
  let at = 0;
  let most = 0;
  const often: Duty = {
    name: 'often',
    async run() {
      most = Math.max(most, ++at);
      const taken = due.splice(0);
      await new Promise((resolve) => setImmediate(resolve));
      done.push(...taken);
      at -= 1;
    },
  };
  const ticks = start(often, { name: 'minutely', run: () => Promise.resolve() });
  const earlier = ticks.now();
  await new Promise((resolve) => setImmediate(resolve));
  due.push('second');
  await ticks.now();
  expect(done).toEqual(['first', 'second']);
  expect(most).toBe(1);
  await earlier;
});

test('a duty that fails is told, and keeps no other from its turn, now or next time', async () => {
  let runs = 0;
  const ticks = start(
    { name: 'often', run: async () => void (runs += 1) },
    { name: 'minutely', run: () => Promise.reject(new Error('the disk is full')) },
  );
  await ticks.now();
  await ticks.now();
  expect(runs).toBe(2);
  expect(faults).toEqual(Array(2).fill('minutely: Error: the disk is full'));
});
