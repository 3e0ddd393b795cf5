import type { Tx } from '../../db/database.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { budgetOf, type Rules } from '../settings/index.ts';
import { departmentsOf } from '../workflow/routing.ts';
import type { Period } from './period.ts';

/** Things of one sort that were handed to one person. `price`: yuan a unit, as the catalogue has it now; movements keep none. */
export type Issue = {
  readonly item: string;
  readonly unit: string;
  readonly quantity: number;
  readonly price: number;
  readonly requester: number;
};

/** What left the store room in the period for a request. */
export async function issuesIn(tx: Tx, { from, to }: Period): Promise<readonly Issue[]> {
  const rows = await tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .innerJoin('request', 'request.id', 'movement.request_id')
    .select(['item.name as item', 'item.unit', 'item.price', 'request.requester_id as requester'])
    .select('movement.on_hand_change as change')
    .where('movement.sort', '=', 'issue')
    .where('movement.at', '>=', from)
    .where('movement.at', '<', to)
    .execute();
  return rows.map(({ change, ...row }) => ({ ...row, quantity: -change }));
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
  const fen = new Map<string, { fen: number; budget: number | undefined }>(
    Object.entries(budgets).map(([department, budget]) => [department, { fen: 0, budget }]),
  );
  for (const { quantity, price, requester } of issues) {
    const { department, budget } = charged(requester);
    const sum = fen.get(department)?.fen ?? 0;
    fen.set(department, { fen: sum + Math.round(price * 100) * quantity, budget });
  }
  return [...fen]
    .map(([department, { fen: sum, budget }]) => ({
      department,
      yuan: Math.round(sum) / 100,
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
