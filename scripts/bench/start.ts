/**
 * `npm run bench -- start`: from `node src/main.ts` until it listens, on a Postgres that is there, with its own for the first time, and again; beside a bare fastify with the
 * SDK loaded. Then the memory of the program that has nothing to do, beside Koishi with its Lark adapter.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Line, share, tell, times, wait } from './line.ts';
import { hasKoishi, NOT_INSTALLED, startPeer } from './peers.ts';
import { startProgram } from './program.ts';
import { stand } from './standing.ts';

const ROUNDS = 5;
/** What was read at the start is given back by then, ms. */
const IDLE_MS = 20_000;

/** Times of several starts, ms: the quickest, since others' load only makes it longer. */
async function readyIn(
  script: string,
  envOf: () => NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const program = await startProgram(script, envOf(), args);
    took.push(program.readyMs);
    await program.stop();
  }
  return Math.min(...took);
}

const folders: string[] = [];
function fresh(): string {
  const folder = mkdtempSync(join(tmpdir(), 'office-start-'));
  folders.push(folder);
  return folder;
}
const own = { PORT: '0', LOG_LEVEL: 'error', SIMULATOR: 'on' };

const standing = await stand();
try {
  const floor = await readyIn('scripts/bench/floors.ts', () => standing.env, ['bare']);
  const line = (what: string, mine: number, most: number): Line => ({
    what: `start to ready, ${what}`,
    beside: `bare fastify with the SDK loaded ${(floor / 1_000).toFixed(2)} s`,
    ours: `${(mine / 1_000).toFixed(2)} s`,
    ratio: times(mine / floor),
    must: `≤ ${most} s`,
    kept: mine <= most * 1_000,
  });
  const there = await readyIn('src/main.ts', () => standing.env);
  tell(line('a Postgres that is there', there, 1));
  tell(
    line(
      'embedded Postgres, the first time',
      await readyIn('src/main.ts', () => ({ ...own, DATA_DIR: fresh() })),
      4,
    ),
  );
  const again = fresh();
  tell(
    line(
      'embedded Postgres, again',
      await readyIn('src/main.ts', () => ({ ...own, DATA_DIR: again })),
      1.5,
    ),
  );
  const office = await standing.office();
  const koishi = hasKoishi() ? await startPeer('koishi', standing.env) : undefined;
  await wait(IDLE_MS);
  const samples: number[] = [];
  for (let sample = 0; sample < 5; sample++) {
    samples.push(office.memory());
    await wait(1_000);
  }
  const mine = share(samples, 0.5);
  const theirs = koishi?.memory();
  await office.stop();
  await koishi?.stop();
  tell({
    what: 'idle memory, on Postgres',
    beside: theirs === undefined ? `Koishi ${NOT_INSTALLED}` : `Koishi ${theirs.toFixed(0)} MB`,
    ours: `${mine.toFixed(0)} MB`,
    ratio: theirs === undefined ? '—' : times(mine / theirs),
    must: '≤ 160 MB',
    kept: mine <= 160,
  });
} finally {
  await standing.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
