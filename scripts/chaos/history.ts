/** What happened in a run, one JSON line a step, for the checker and for whoever looks into a failure. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** `t`: ms of real time since the run began. `info`: nobody knows whether it happened. */
export type Step = {
  readonly t: number;
  readonly process: string;
  readonly op: string;
  readonly id: string;
  readonly type: 'invoke' | 'ok' | 'fail' | 'info';
  readonly value: unknown;
};

export type History = {
  readonly note: (step: Omit<Step, 't'>) => void;
  readonly steps: readonly Step[];
  readonly close: () => Promise<void>;
};

export function openHistory(path: string): History {
  mkdirSync(dirname(path), { recursive: true });
  const file = createWriteStream(path);
  const began = performance.now();
  const steps: Step[] = [];
  return {
    steps,
    note: (step) => {
      const timed = { t: Math.round((performance.now() - began) * 10) / 10, ...step };
      steps.push(timed);
      file.write(`${JSON.stringify(timed)}\n`);
    },
    close: () => new Promise((resolve) => file.end(resolve)),
  };
}
