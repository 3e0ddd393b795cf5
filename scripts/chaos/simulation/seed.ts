/** One seed: a company, one or two programs, so many steps, then quiet, then the checker. */
import { createCounts } from '../counts.ts';
import type { Base } from '../base.ts';
import { openHistory } from '../history.ts';
import { always } from '../scene.ts';
import { openWorld, type World } from '../world.ts';
import { deeds } from './deeds.ts';
import { openInside } from './inside.ts';

export type Lived = {
  readonly broken: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  readonly steps: number;
};

/** `history`: where its steps are written. */
export async function live(
  base: Base,
  {
    seed,
    steps,
    history: path,
  }: { readonly seed: number; readonly steps: number; readonly history: string },
): Promise<Lived> {
  const counts = createCounts([]);
  const history = openHistory(path);
  const nursery = openInside();
  const world = await openWorld(
    { ...base, nursery },
    { seed, size: 'short', counts, history, replicas: 1 + (seed % 2) },
  );
  world.clock.setRate(0);
  try {
    for (let step = 0; step < steps; step++) {
      const deed = draw(world);
      history.note({
        process: 'step',
        op: deed.what,
        id: String(step),
        type: 'invoke',
        value: null,
      });
      await deed.act(world);
      await quiet(world);
    }
    world.database.decide = () => 'pass';
    world.platform.decide = () => 'pass';
    await world.redeliver();
    await settled(world);
    const broken = await always(world);
    return { broken, counts: new Map(counts.all()), steps };
  } finally {
    await world.close();
    await nursery.left();
    await history.close();
  }
}

function draw({ by }: World) {
  let at = by.under(deeds.reduce((sum, { weight }) => sum + weight, 0));
  const deed = deeds.find(({ weight }) => (at -= weight) < 0);
  if (!deed) throw new Error('no deed');
  return deed;
}

/** All that is due now is sent, or waits for its next try. */
async function quiet({ replicas }: World): Promise<void> {
  await Promise.all(replicas.map(async (each) => each?.order('deliver')));
}

const NEXT = `select extract(epoch from min(greatest(due, coalesce(lease_until, due)))) * 1000 as at from delivery
  where (state = 'waiting' and (quiet is null or quiet in ('go', 'ask')) and due <= $1) or state = 'sending' or (state = 'waiting' and attempts > 0)`;

/** Time goes on from try to try until nothing is on its way. */
async function settled(world: World): Promise<void> {
  const { sql, clock } = world;
  for (let round = 0; round < 200; round++) {
    await world.redeliver();
    await quiet(world);
    const [next] = await sql<{ at: string | null }>(NEXT, [new Date(clock.ms())]);
    if (next?.at == null) return;
    clock.forward({ milliseconds: Math.max(100, Math.ceil(Number(next.at) - clock.ms()) + 1) });
  }
}
