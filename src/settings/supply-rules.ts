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
  readonly budget: SupplyBudgetRules;
  readonly tradeIn: TradeInDue & {
    /** Item → what is otherwise for it. */
    readonly perItem: { readonly [item: string]: Partial<TradeInDue> };
  };
  /** One person alone writes off what had cost at most so many yuan; beyond that a second one agrees. */
  readonly writeOffAlone: number;
};

/** How the budgets of departments (`budgets.supply`, yuan a month) are kept to. */
export type SupplyBudgetRules = {
  /** `hard`: what goes beyond is approved by `beyond` besides, or not at all. `soft`: it is only told. */
  readonly hold: 'hard' | 'soft';
  /** `quarter`: the three months of a quarter are one sum. */
  readonly per: 'month' | 'quarter';
  /** `manager`, `department-head` or a role. */
  readonly beyond: string;
};

/** What one person takes within a span (by the wall clock), in units, as far as the old ones did not come back; more needs a reason. */
export type TradeInDue = { readonly within: Span; readonly due: number };

export const usualSupplies: SupplyRules = {
  leadTime: '7d',
  cover: '30d',
  quotes: 3,
  bargainAbove: 0.95,
  shelve: '1wd',
  quotas: {},
  outlier: 3,
  budget: { hold: 'hard', per: 'month', beyond: 'director' },
  tradeIn: { within: '30d', due: 1, perItem: {} },
  writeOffAlone: 200,
};

/** What one person is due of an item for which the old one is brought. */
export function tradeInDue({ tradeIn }: SupplyRules, item: string): TradeInDue {
  const { perItem, ...usual } = tradeIn;
  return { ...usual, ...(Object.hasOwn(perItem, item) ? perItem[item] : {}) };
}

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
