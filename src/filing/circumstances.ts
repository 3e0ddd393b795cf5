/** What the conditions of office.yaml are held against. */
import type { Tx } from '../../db/database.ts';
import type { Organisation } from '../directory/organisation.ts';
import type { RequestKind, StoredForm } from '../requests/kind.ts';
import { budgetOf, isOverStandard, type Rules } from '../settings/index.ts';
import type { Circumstances } from '../settings/rules.ts';
import { departmentsOf } from '../workflow/routing.ts';

type Asked = {
  readonly kind: RequestKind;
  readonly form: StoredForm;
  readonly requester: number;
  /** The request that is being changed: what it held so far does not count again. */
  readonly changes?: number | undefined;
  /** Who is asked besides because a standard is exceeded that the kind knows. */
  readonly askedToo?: readonly string[] | undefined;
};

/** The circumstances of a request at `now`. */
export async function circumstancesOf(
  tx: Tx,
  { kind, form, requester, changes, askedToo = [] }: Asked,
  org: Organisation,
  rules: Rules,
  now: Temporal.Instant,
): Promise<Circumstances> {
  const departments = departmentsOf(requester, org);
  const { cities = [], transports = [], categories = [] } = kind.asksFor(form);
  const spent = await spentOf(tx, { kind: kind.name, requester, changes }, org, rules, now);
  return {
    departments,
    cities,
    transports,
    categories,
    overBudget: spent !== undefined && spent.spent + kind.measure(form, rules) > spent.yuan,
    overStandard: askedToo.length > 0 || isOverStandard(rules, transports),
  };
}

/** What a department has asked for this month, and what it may spend, in yuan. */
export type Spent = {
  readonly department: string;
  readonly spent: number;
  readonly yuan: number;
};

/** States of requests that count no more: what they held is free again. */
export const GIVEN_BACK = ['rejected', 'withdrawn', 'cancelled'] as const;

/** Undefined when the rules set no budget for this kind and department. */
export async function spentOf(
  tx: Tx,
  asked: {
    readonly kind: string;
    readonly requester: number;
    readonly changes?: number | undefined;
  },
  org: Organisation,
  rules: Rules,
  now: Temporal.Instant,
): Promise<Spent | undefined> {
  const budget = budgetOf(rules, asked.kind, departmentsOf(asked.requester, org));
  if (!budget) return undefined;
  const colleagues = [...org.people.keys()].filter((person) =>
    departmentsOf(person, org).includes(budget.department),
  );
  const local = now.toZonedDateTimeISO(rules.timeZone);
  const month = local.with({ day: 1 }).startOfDay().toInstant();
  let rows = tx
    .selectFrom('request')
    .where('kind', '=', asked.kind)
    .where('requester_id', 'in', colleagues)
    .where('submitted_at', '>=', month)
    .where('state', 'not in', [...GIVEN_BACK]);
  if (asked.changes !== undefined) rows = rows.where('id', '!=', asked.changes);
  const { sum } = await rows
    .select((at) => at.fn.sum<number | null>('measure').as('sum'))
    .executeTakeFirstOrThrow();
  return { department: budget.department, spent: Number(sum ?? 0), yuan: budget.yuan };
}
