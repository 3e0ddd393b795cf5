/**
 * What departments have promised and spent of their budgets for supplies, in fen. A request promises what it asks for, at the catalogue's
 * prices, when it is approved, and frees it when it is taken back; once it is handed over, what it cost takes the place of that. Whoever
 * promises something of a budget locks its row first.
 */
import { yuanText } from '../../../cards/money.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { voiceName } from '../../../cards/vocabulary.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import { budgetOf, type Rules } from '../../settings/index.ts';

/** A budget: whose, of which period (`2026-03`, `2026-Q1`), and its bound in fen. */
export type SupplyBudget = {
  readonly department: string;
  readonly period: string;
  readonly limit: number;
};

/** The budget that what is approved on a day (the office's) counts for; `departments` from the innermost on. Undefined: nobody said one. */
export function supplyBudget(
  rules: Rules,
  departments: readonly string[],
  day: Temporal.PlainDate,
): SupplyBudget | undefined {
  const given = budgetOf(rules, 'supply', departments);
  if (!given) return undefined;
  const month = Math.round(given.yuan * 100);
  const { department } = given;
  return rules.supplies.budget.per === 'quarter'
    ? { department, period: `${day.year}-Q${Math.ceil(day.month / 3)}`, limit: 3 * month }
    : { department, period: day.toPlainYearMonth().toString(), limit: month };
}

/** What is promised and spent of a budget, fen, without one request. */
export async function usedOf(
  tx: Tx,
  { department, period }: Pick<SupplyBudget, 'department' | 'period'>,
  except?: number,
): Promise<number> {
  let rows = tx
    .selectFrom('supply_promise')
    .where('department', '=', department)
    .where('period', '=', period);
  if (except !== undefined) rows = rows.where('request_id', '!=', except);
  const { promised, spent } = await rows
    .select((at) => [
      at.fn.sum<number | null>('promised').as('promised'),
      at.fn.sum<number | null>('spent').as('spent'),
    ])
    .executeTakeFirstOrThrow();
  return Number(promised ?? 0) + Number(spent ?? 0);
}

/**
 * Promises so much to a request, in place of what was promised to it before. `most`: the budget is not exceeded by it; a request for
 * nothing that has a price exceeds none. Refusal `supply.budget` then, and nothing is promised.
 */
export async function promise(
  work: Work,
  rules: Rules,
  budget: SupplyBudget,
  {
    request,
    fen,
    most,
  }: { readonly request: number; readonly fen: number; readonly most: boolean },
): Promise<void> {
  const { department, period } = budget;
  await lock(work.tx, budget);
  const used = await usedOf(work.tx, budget, request);
  if (most && fen > 0 && used + fen > budget.limit)
    throw new Refusal('supply.budget', overText(rules, budget, used, fen), nextText(rules));
  await put(work.tx, { request_id: request, department, period, promised: fen, spent: 0 });
}

/** Until the end of the transaction nobody else promises anything of it. */
async function lock(
  tx: Tx,
  { department, period }: Pick<SupplyBudget, 'department' | 'period'>,
): Promise<void> {
  await tx
    .insertInto('supply_budget')
    .values({ department, period })
    .onConflict((at) => at.doNothing())
    .execute();
  await tx
    .selectFrom('supply_budget')
    .select('department')
    .where('department', '=', department)
    .where('period', '=', period)
    .forUpdate()
    .execute();
}

const put = (
  tx: Tx,
  row: {
    readonly request_id: number;
    readonly department: string;
    readonly period: string;
    readonly promised: number;
    readonly spent: number;
  },
) =>
  tx
    .insertInto('supply_promise')
    .values(row)
    .onConflict((at) => at.column('request_id').doUpdateSet(row))
    .execute();

/** What is taken back, or is to be approved anew, promises nothing. */
export async function free(work: Work, request: number): Promise<void> {
  await work.tx
    .updateTable('supply_promise')
    .set({ promised: 0 })
    .where('request_id', '=', request)
    .execute();
}

/**
 * What was handed over has cost so much: it counts in place of what was promised, also beyond it, since the things are gone. `budget`: where
 * what was promised nothing counts, because nobody had said a budget when it was approved.
 */
export async function spend(
  work: Work,
  request: number,
  fen: number,
  budget: SupplyBudget | undefined,
): Promise<void> {
  const { numUpdatedRows } = await work.tx
    .updateTable('supply_promise')
    .set({ promised: 0, spent: fen })
    .where('request_id', '=', request)
    .executeTakeFirst();
  if (numUpdatedRows > 0n || !budget) return;
  const { department, period } = budget;
  await put(work.tx, { request_id: request, department, period, promised: 0, spent: fen });
}

/** What was handed over came back: it is only promised again. */
export async function promiseAgain(work: Work, request: number, fen: number): Promise<void> {
  await work.tx
    .updateTable('supply_promise')
    .set({ promised: fen, spent: 0 })
    .where('request_id', '=', request)
    .execute();
}

/** 「研发部本月的物资预算是 ¥400，还剩 ¥250，这次 ¥300，超出 ¥50」 */
export function overText(
  { supplies: { budget: how } }: Rules,
  { department, limit }: SupplyBudget,
  used: number,
  fen: number,
): Words {
  const [bound, left, asked, over] = [
    limit,
    Math.max(0, limit - used),
    fen,
    used + fen - limit,
  ].map(yuanText);
  return words(
    `${department}${how.per === 'quarter' ? '本季度' : '本月'}的物资预算是 ${bound}，还剩 ${left}，这次 ${asked}，超出 ${over}`,
    `${department} may spend ${bound} on supplies this ${how.per}; ${left} is left, this is ${asked}, ${over} too much`,
  );
}

function nextText({ supplies: { budget } }: Rules): Words {
  const voice = voiceName(budget.beyond);
  return words(
    `请减少数量，或请${voice.zh}也批：审批人说「加签」和对方的名字，申请人重新提交`,
    `Take less, or have it approved by the ${voice.en}, too: the approver adds them, the requester submits again`,
  );
}
