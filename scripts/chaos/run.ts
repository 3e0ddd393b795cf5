import { join } from 'node:path';
import type { Base } from './base.ts';
import { createCounts } from './counts.ts';
import { openHistory } from './history.ts';
import type { Played, Scene } from './scene.ts';
import { openWorld, type Size } from './world.ts';

/** Plays a scene and prints what came of it. False when a promise was broken, or a fault that was meant to happen did not. */
export async function runScene(
  base: Base,
  scene: Scene,
  {
    seed,
    size,
    folder,
    line,
  }: {
    readonly seed: number;
    readonly size: Size;
    readonly folder: string;
    readonly line: (text: string) => void;
  },
): Promise<boolean> {
  const began = performance.now();
  base.nursery.spare = scene.faults.some((fault) => fault.startsWith('kill -9')) ? 1 : 0;
  const counts = createCounts(scene.faults);
  const history = openHistory(join(folder, `${scene.name}-${seed}.jsonl`));
  const world = await openWorld(base, { seed, size, counts, history, ...scene });
  try {
    // What ends a scene before its time is a finding, too.
    const { figures, broken } = await scene.play(world).catch((error: unknown): Played => ({
      figures: {},
      broken: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    }));
    const verdict = [...broken, ...counts.missing().map((fault) => `it never happened: ${fault}`)];
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    line(
      `${scene.name} (${scene.promises.join(' ')}), ${seconds} s: ${verdict.length === 0 ? 'kept' : 'BROKEN'}`,
    );
    line(
      `  faults: ${counts
        .all()
        .map(([fault, times]) => `${fault} ${times}`)
        .join(' · ')}`,
    );
    line(
      `  figures: ${Object.entries(figures)
        .map(([what, figure]) => `${what} ${figure}`)
        .join(' · ')}`,
    );
    for (const each of verdict.slice(0, 12)) line(`  ${each}`);
    return verdict.length === 0;
  } finally {
    await world.close();
    await history.close();
  }
}
