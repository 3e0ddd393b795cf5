import { availableParallelism, loadavg } from 'node:os';
import { conservation, type Verdict } from './checker/conservation.ts';
import { idle } from './checker/idle.ts';
import { screens } from './checker/screens.ts';
import type { World } from './world.ts';

/** One story of things going wrong. */
export type Scene = {
  /** For `--only`. */
  readonly name: string;
  /** The numbers of what it shows. */
  readonly promises: readonly string[];
  /** What must have happened in it. */
  readonly faults: readonly string[];
  readonly replicas?: number;
  readonly rates?: 'off' | 'enforced';
  /** With nothing: no table yet, and no program started. */
  readonly begins?: 'with the company' | 'with nothing';
  /** Plays it, and checks what only it knows; the figures are printed. */
  readonly play: (world: World) => Promise<Played>;
};

export type Played = {
  readonly figures: Readonly<Record<string, number | string>>;
  readonly broken: Verdict;
};

/** What has to be true after every scene. */
export const always = async (
  world: World,
  how: { readonly mayDie?: boolean } = {},
): Promise<Verdict> => [
  ...(await conservation(world)),
  ...(await screens(world, how)),
  ...(await idle(world)),
];

/** The value below which a share of the list lies. */
export const at = (list: readonly number[], share: number): number =>
  Math.round(
    list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0,
  );

/** What may take so many ms on a machine that has its processors for us; more in proportion while others use them too. */
export const onThisMachine = (ms: number): number =>
  ms * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
