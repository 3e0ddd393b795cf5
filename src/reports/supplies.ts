import type { Tx } from '../../db/database.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { fenAt } from '../requests/supply/fifo.ts';
import { budgetOf, type Rules } from '../settings/index.ts';
import { departmentsOf } from '../workflow/routing.ts';
import type { Period } from './period.ts';

/**
 * Things of one sort that one person took. `fen`: what they cost the office, the oldest lots first; of what was taken before the ledger
 * kept costs, the catalogue's price.
 */
export type Issue = {
  readonly item: string;
  readonly unit: string;
  readonly quantity: number;
  readonly fen: number;
  readonly person: number;
};

/** What was used up in the period, for whoever asked for it, or took it. */
export async function issuesIn(tx: Tx, { from, to }: Period): Promise<readonly Issue[]> {
  const rows = await tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .leftJoin('request', 'request.id', 'movement.request_id')
    .select(['item.name as item', 'item.unit', 'item.price', 'request.requester_id as requester'])
    .select(['movement.on_hand_change as change', 'movement.value_change as value'])
    .select('movement.person_id as taker')
    .where('movement.sort', '=', 'issue')
    .where('movement.at', '>=', from)
    .where('movement.at', '<', to)
    .execute();
  return rows.flatMap(({ item, unit, price, requester, taker, change, value }) => {
    const person = requester ?? taker;
    if (person === null) return [];
    const fen = value === null ? fenAt(price, -change) : -value;
    return [{ item, unit, quantity: -change, fen, person }];
  });
}

/** What a department took in things, in yuan, and what it might; without a budget nobody said. */
export type DepartmentSpend = {
  readonly department: string;
  readonly yuan: number;
  readonly budget?: number;
};

/** Where a person's supplies are booked: the department that has the budget, else their own. */
export type Charged = (person: number) => {
  readonly department: string;
  readonly budget?: number;
};

/** Sums by department, the largest first; departments with a budget (`budgets`) are there also when they took nothing. */
export function spendOf(
  issues: readonly Issue[],
  charged: Charged,
  budgets: { readonly [department: string]: number } = {},
): readonly DepartmentSpend[] {
  const sums = new Map<string, { fen: number; budget: number | undefined }>(
    Object.entries(budgets).map(([department, budget]) => [department, { fen: 0, budget }]),
  );
  for (const { fen, person } of issues) {
    const { department, budget } = charged(person);
    sums.set(department, { fen: (sums.get(department)?.fen ?? 0) + fen, budget });
  }
  return [...sums]
    .map(([department, { fen, budget }]) => ({
      department,
      yuan: fen / 100,
      ...(budget === undefined ? {} : { budget }),
    }))
    .toSorted((a, b) => b.yuan - a.yuan || a.department.localeCompare(b.department));
}

/** Spend on supplies against the budgets of office.yaml. */
export async function supplySpend(
  tx: Tx,
  rules: Rules,
  issues: readonly Issue[],
  now: Temporal.Instant,
): Promise<readonly DepartmentSpend[]> {
  const org = await readOrganisation(tx, rules.roles, now);
  const charged: Charged = (person) => {
    const departments = departmentsOf(person, org);
    const given = budgetOf(rules, 'supply', departments);
    return given
      ? { department: given.department, budget: given.yuan }
      : { department: departments[0] ?? '—' };
  };
  return spendOf(issues, charged, rules.budgets['supply']?.departments);
}

export type TopItem = { readonly item: string; readonly unit: string; readonly quantity: number };

/** What was handed out, by quantity, the most first. */
export function topItems(issues: readonly Issue[]): readonly TopItem[] {
  return [...Map.groupBy(issues, ({ item }) => item).values()]
    .flatMap((same) => {
      const [first] = same;
      const quantity = same.reduce((sum, each) => sum + each.quantity, 0);
      return first ? [{ item: first.item, unit: first.unit, quantity }] : [];
    })
    .toSorted((a, b) => b.quantity - a.quantity || a.item.localeCompare(b.item));
}
