/**
 * What departments have promised and spent of their trip budgets, in fen. A journey commits its estimate when it is approved, frees it
 * when it is called off, and its claim puts what was spent in its place. Whoever takes of a budget locks its row first.
 */
import { yuanText } from '../../../cards/money.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';

/** A budget: whose, of which period (`2026-Q1`, `2026`), and its bound in fen. */
export type Budget = {
  readonly department: string;
  readonly period: string;
  readonly limit: number;
};

/** A journey that is about to be committed. */
export type Committing = {
  readonly request: number;
  readonly person: number;
  readonly starts: string;
  readonly ends: string;
  readonly fen: number;
};

/** What is committed and spent of a budget, fen, without one journey. */
export async function usedOf(
  tx: Tx,
  { department, period }: Pick<Budget, 'department' | 'period'>,
  except?: number,
): Promise<number> {
  let rows = tx
    .selectFrom('trip')
    .where('department', '=', department)
    .where('period', '=', period);
  if (except !== undefined) rows = rows.where('request_id', '!=', except);
  const { committed, spent } = await rows
    .select((at) => [
      at.fn.sum<number | null>('committed').as('committed'),
      at.fn.sum<number | null>('spent').as('spent'),
    ])
    .executeTakeFirstOrThrow();
  return Number(committed ?? 0) + Number(spent ?? 0);
}

/** Commits a journey's estimate, in place of what it had committed before. Throws Refusal when the budget does not hold it. */
export async function commit(
  work: Work,
  journey: Committing,
  budget: Budget | undefined,
): Promise<void> {
  if (budget) await ensureRoom(work, budget, journey.request, journey.fen);
  const row = {
    person_id: journey.person,
    starts: Temporal.PlainDate.from(journey.starts),
    ends: Temporal.PlainDate.from(journey.ends),
    reminded: null,
    state: 'approved' as const,
    department: budget?.department ?? null,
    period: budget?.period ?? null,
    committed: journey.fen,
    spent: 0,
  };
  await work.tx
    .insertInto('trip')
    .values({ request_id: journey.request, claim_asked: false, ...row })
    .onConflict((at) => at.column('request_id').doUpdateSet(row))
    .execute();
}

/** A journey that is not made: what it had committed is free again. */
export async function free(work: Work, request: number): Promise<void> {
  await work.tx
    .updateTable('trip')
    .set({ state: 'cancelled', committed: 0 })
    .where('request_id', '=', request)
    .execute();
}

/** What was spent takes the place of what was committed. Throws Refusal when the budget does not hold it. */
export async function spend(
  work: Work,
  request: number,
  fen: number,
  limitOf: (trip: { readonly department: string; readonly period: string }) => number | undefined,
): Promise<void> {
  const trip = await work.tx
    .selectFrom('trip')
    .select(['department', 'period'])
    .where('request_id', '=', request)
    .executeTakeFirst();
  if (!trip) return;
  const { department, period } = trip;
  const limit = department && period ? limitOf({ department, period }) : undefined;
  if (department && period && limit !== undefined)
    await ensureRoom(work, { department, period, limit }, request, fen);
  await work.tx
    .updateTable('trip')
    .set({ committed: 0, spent: fen })
    .where('request_id', '=', request)
    .execute();
}

/** A claim that was given back: what it spent is only promised again, until the next one counts. */
export async function promiseAgain(work: Work, request: number): Promise<void> {
  await work.tx
    .updateTable('trip')
    .set((trip) => ({
      committed: trip
        .case()
        .when('state', '=', 'approved')
        .then(trip('committed', '+', trip.ref('spent')))
        .else(0)
        .end(),
      spent: 0,
    }))
    .where('request_id', '=', request)
    .execute();
}

/** Locks the budget until the commit, and refuses what it does not hold. */
async function ensureRoom(
  work: Work,
  { department, period, limit }: Budget,
  request: number,
  fen: number,
): Promise<void> {
  await work.tx
    .insertInto('trip_budget')
    .values({ department, period })
    .onConflict((at) => at.doNothing())
    .execute();
  await work.tx
    .selectFrom('trip_budget')
    .select('department')
    .where('department', '=', department)
    .where('period', '=', period)
    .forUpdate()
    .execute();
  const left = limit - (await usedOf(work.tx, { department, period }, request));
  if (fen <= left) return;
  throw new Refusal(
    'trip.budget',
    words(
      `${department} ${period} 出差预算不够：这次 ${yuanText(fen)}，只剩 ${yuanText(Math.max(0, left))}`,
      `The trip budget of ${department} for ${period} does not hold this: ${yuanText(fen)} of ${yuanText(Math.max(0, left))} left`,
    ),
    words(
      '请改低预估，或由主任调整 office.yaml 的 trips.budgets',
      'Lower the estimate, or have trips.budgets of office.yaml raised',
    ),
  );
}
