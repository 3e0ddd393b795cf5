/** What the conditions of office.yaml are held against. */
import type { Tx } from '../../db/database.ts';
import type { Organisation } from '../directory/organisation.ts';
import { kindNamed } from '../requests/index.ts';
import type { RequestKind, Spent, StoredForm } from '../requests/kind.ts';
import { budgetOf, isOverStandard, type Rules } from '../settings/index.ts';
import type { Circumstances } from '../settings/rules.ts';
import { departmentsOf } from '../workflow/routing.ts';

type Asked = {
  readonly kind: RequestKind;
  readonly form: StoredForm;
  readonly requester: number;
  /** The request that is being changed: what it held so far does not count again. */
  readonly changes?: number | undefined;
  /** Who is asked besides because a standard is exceeded that the kind knows, or a budget that it keeps account of. */
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
    overBudget:
      spent !== undefined && fen(spent.spent) + fen(kind.measure(form, rules)) > fen(spent.yuan),
    overStandard:
      (kind.budget === undefined && askedToo.length > 0) || isOverStandard(rules, transports),
  };
}

const fen = (yuan: number): number => Math.round(yuan * 100);

/** States of requests that count no more: what they held is free again. */
export const GIVEN_BACK = ['rejected', 'withdrawn', 'cancelled'] as const;

/**
 * What a department has asked for this month, or what its kind's own account says. Undefined when the rules set no budget for this kind and
 * department.
 */
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
  const { requester: person, changes } = asked;
  const own = kindNamed(asked.kind).budget?.({
    tx,
    rules,
    person,
    now: now.toZonedDateTimeISO(rules.timeZone),
    ...(changes === undefined ? {} : { changes }),
  });
  if (own) return own;
  const budget = budgetOf(rules, asked.kind, departmentsOf(person, org));
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
  if (changes !== undefined) rows = rows.where('id', '!=', changes);
  const { sum } = await rows
    .select((at) => at.fn.sum<number | null>('measure').as('sum'))
    .executeTakeFirstOrThrow();
  return {
    department: budget.department,
    spent: Number(sum ?? 0),
    yuan: budget.yuan,
    per: 'month',
  };
}
