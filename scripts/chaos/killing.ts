/** Programs that are killed while others work, and started again at once. */
import type { World } from './world.ts';

export type Killing = {
  /** To be called at each step of the scene: now and then it is a program's last. */
  readonly step: () => void;
  /** What the seed has in store: at which step which program dies. */
  readonly plan: string;
  /** Until all serve again; ms that each took. */
  readonly over: () => Promise<readonly number[]>;
};

/** `kills` of them, at moments of chance among so many `steps`. */
export function killing(
  { by, kill, start, replicas, counts, history }: World,
  kills: number,
  steps: number,
): Killing {
  const plan = Array.from({ length: kills }, () => ({
    at: by.under(steps),
    place: by.under(replicas.length),
  })).toSorted((a, b) => a.at - b.at);
  const starts: Promise<number>[] = [];
  let step = 0;
  return {
    plan: plan.map(({ at, place }) => `${at}/${place}`).join(' '),
    step() {
      step++;
      const [next] = plan;
      if (next === undefined || next.at > step) return;
      const { place } = next;
      // It is not back yet: a later step will do.
      if (!replicas[place]) return;
      plan.shift();
      counts.add('kill -9');
      history.note({
        process: `program ${place}`,
        op: 'kill',
        id: String(step),
        type: 'ok',
        value: null,
      });
      starts.push(kill(place).then(() => start(place)));
    },
    over: async () => Promise.all(starts),
  };
}
