/** What an attack came to, as it is printed. */

/** One line of the table. `times` 0: it never happened, and proves nothing. */
export type Finding = {
  /** The promise, `P4`. */
  readonly promise: string;
  readonly tried: string;
  readonly times: number;
  readonly came: string;
  readonly kept: boolean;
};

/** How often each thing happened, by name. */
export type Tally = {
  readonly add: (what: string, times?: number) => void;
  readonly of: (what: string) => number;
  /** `200 × 12, 401 × 3`, the most frequent first. */
  readonly told: () => string;
};

export function tally(): Tally {
  const counts = new Map<string, number>();
  const of = (what: string): number => counts.get(what) ?? 0;
  return {
    add: (what, times = 1) => void counts.set(what, of(what) + times),
    of,
    told: () =>
      [...counts]
        .toSorted(([, one], [, other]) => other - one)
        .map(([what, times]) => `${what} × ${times}`)
        .join(', ') || '–',
  };
}

/** Whether a promise was kept: nothing that happened broke it, and everything that should have happened did. */
export const isKept = ({ times, kept }: Finding): boolean => kept && times > 0;

/** The findings as a table of lines, as wide as what stands in them. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => [
    finding.promise,
    finding.tried,
    String(finding.times),
    isKept(finding) ? 'kept' : finding.times === 0 ? 'NEVER HAPPENED' : 'BROKEN',
    finding.came,
  ]);
  const heads = ['', 'tried', 'times', '', 'what came of it'];
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [heads, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Does `act` for 0, 1 … `times`, at most `width` side by side. */
export async function manyTimes(
  times: number,
  width: number,
  act: (turn: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < times) await act(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, times) }, worker));
}
