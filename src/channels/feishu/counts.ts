/** How often something happened since the start, by name; for the metrics page and the doctor. */
export type Counts = {
  /** Counts one more and answers how many that makes. */
  readonly add: (name: string) => number;
  readonly all: () => { readonly [name: string]: number };
};

export function createCounts(): Counts {
  const counts = new Map<string, number>();
  return {
    add(name) {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return count;
    },
    all: () => Object.fromEntries(counts),
  };
}
