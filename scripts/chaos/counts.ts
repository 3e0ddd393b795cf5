/** How often each fault happened: a fault that did not happen proves nothing. */
export type Counts = {
  readonly add: (fault: string, times?: number) => void;
  readonly of: (fault: string) => number;
  readonly all: () => readonly (readonly [fault: string, times: number])[];
  /** What was meant to happen and did not. */
  readonly missing: () => readonly string[];
};

export function createCounts(meant: readonly string[]): Counts {
  const counts = new Map(meant.map((fault) => [fault, 0]));
  return {
    add: (fault, times = 1) => void counts.set(fault, (counts.get(fault) ?? 0) + times),
    of: (fault) => counts.get(fault) ?? 0,
    all: () => [...counts],
    missing: () => [...counts].filter(([, times]) => times === 0).map(([fault]) => fault),
  };
}
