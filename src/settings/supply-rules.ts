import type { Span } from '../time/spans.ts';

/** How the store room is kept. */
export type SupplyRules = {
  /** From an order to the delivery; by the wall clock, as is `cover`. */
  readonly leadTime: Span;
  /** How long what is bought should last beside that. */
  readonly cover: Span;
  /** Quotes to compare before something is ordered; fewer need a reason. */
  readonly quotes: number;
  /** Above this share of the budget it is written down what was bargained. */
  readonly bargainAbove: number;
  /** What was delivered is inspected and in its place within this span. */
  readonly shelve: Span;
  /** What a department may take of an item in a month, in units; `others` for departments not named. */
  readonly quotas: { readonly [department: string]: { readonly [item: string]: number } };
  /** A department's use of an item is told when it is more than so many times its median of six months. */
  readonly outlier: number;
};

export const usualSupplies: SupplyRules = {
  leadTime: '7d',
  cover: '30d',
  quotes: 3,
  bargainAbove: 0.95,
  shelve: '1wd',
  quotas: {},
  outlier: 3,
};

/** What the first of these departments that has a quota of an item may take of it in a month; undefined: as much as is approved. */
export function quotaOf(
  { quotas }: SupplyRules,
  departments: readonly string[],
  item: string,
): { readonly department: string; readonly most: number } | undefined {
  const of = (name: string): number | undefined =>
    Object.hasOwn(quotas, name) && quotas[name] && Object.hasOwn(quotas[name], item)
      ? quotas[name][item]
      : undefined;
  for (const department of departments) {
    const most = of(department);
    if (most !== undefined) return { department, most };
  }
  const most = of('others');
  const [own] = departments;
  return most === undefined || own === undefined ? undefined : { department: own, most };
}
