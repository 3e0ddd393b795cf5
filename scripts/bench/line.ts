/** What a bench tells: lines of the one table, printed by themselves when it runs alone. */

/** One promise: what was measured, beside what, and whether it is kept. Units are in the texts. */
export type Line = {
  readonly what: string;
  /** The floor or peer of the same run, with its figure. */
  readonly beside: string;
  readonly ours: string;
  readonly ratio: string;
  readonly must: string;
  /** `null`: not measured here, `ours` says why. */
  readonly kept: boolean | null;
};

/** Prints it, and hands it to the table if that started us. */
export function tell(line: Line): void {
  const { what, beside, ours, ratio, must } = line;
  process.stdout.write(
    `${verdict(line).padEnd(9)}${what}: ${ours} beside ${beside}; ratio ${ratio}, must ${must}\n`,
  );
  if (process.send) process.send(line);
  else if (line.kept === false) process.exitCode = 1;
}

export const verdict = ({ kept }: Line): string =>
  kept === null ? '—' : kept ? 'kept' : 'NOT KEPT';

/** The value at a share of the sorted values: 0.5 is the median. */
export function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
export const times = (value: number): string => value.toFixed(2);

export const say = (text: string): void => void process.stdout.write(`${text}\n`);

export const wait = (forMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, forMs));
