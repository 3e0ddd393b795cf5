/** Programs that are killed while others work, and started again at once. */
import type { World } from './world.ts';

export type Killing = {
  /** To be called at each step of the scene: now and then it is a program's last. */
  readonly step: () => void;
  /** Until all serve again; ms that each took. */
  readonly over: () => Promise<readonly number[]>;
};

/** `kills` of them, at moments of chance among so many `steps`. */
export function killing({ by, kill, start, replicas, counts, history }: World, kills: number, steps: number): Killing {
  const moments = Array.from({ length: kills }, () => by.under(steps)).toSorted((a, b) => a - b);
  const starts: Promise<number>[] = [];
  let step = 0;
  return {
    step() {
      step++;
      const [next] = moments;
      if (next === undefined || next > step) return;
      const place = by.under(replicas.length);
      // It is not back yet: the next step will do.
      if (!replicas[place]) return;
      moments.shift();
      counts.add('kill -9');
      history.note({ process: `program ${place}`, op: 'kill', id: String(step), type: 'ok', value: null });
      starts.push(kill(place).then(() => start(place)));
    },
    over: async () => Promise.all(starts),
  };
}
