/** Repairs that somebody still works on, and what was reported of one thing before. */
import type { Tx } from '../../../db/database.ts';
import { type Broken, isSameThing, keyOf } from './same.ts';

/** A repair on its way, as somebody who reports the same sees it. */
export type OpenTicket = Broken & {
  readonly id: number;
  readonly number: string;
  readonly requester: number;
  readonly problem: string;
  /** Who took it. */
  readonly taker: string | undefined;
};

/** So many open ones are looked through, newest first: an office with more has other worries. */
const MOST = 300;

type Row = {
  readonly id: number;
  readonly number: string;
  readonly requester_id: number;
  readonly form: { readonly [field: string]: unknown };
};

/** What a stored form says in one of its fields of words; '' when it says nothing. */
export function wordsIn(form: { readonly [field: string]: unknown }, field: string): string {
  const value = form[field];
  return typeof value === 'string' ? value : '';
}

/** The name of the category in a stored form; '' when there is none. */
export function categoryIn({ category }: { readonly [field: string]: unknown }): string {
  const chosen = typeof category === 'object' && category !== null && 'name' in category;
  return chosen && typeof category.name === 'string' ? category.name : '';
}

/** What a stored form says of where and what; undefined when it is none of ours. */
export function brokenIn({
  asset,
  place,
  object,
}: {
  readonly [field: string]: unknown;
}): Broken | undefined {
  if (typeof place !== 'string' || typeof object !== 'string') return undefined;
  return { place, object, ...(typeof asset === 'string' ? { asset } : {}) };
}

/**
 * The newest repair on its way that may be about the same thing, except `apart`. One that was done and only waits to be accepted is
 * not: what breaks after that is another fault.
 */
export async function sameTicket(
  tx: Tx,
  broken: Broken,
  apart: readonly number[],
): Promise<OpenTicket | undefined> {
  const rows: readonly Row[] = await tx
    .selectFrom('request')
    .select(['id', 'number', 'requester_id', 'form'])
    .where('kind', '=', 'repair')
    .where('state', '=', 'working')
    .where('closed_at', 'is', null)
    .where((q) =>
      q.not(
        q.exists(
          q
            .selectFrom('task')
            .select('task.id')
            .whereRef('task.request_id', '=', 'request.id')
            .where('task.state', '=', 'open')
            .where('task.step_id', '!=', 'fix'),
        ),
      ),
    )
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  const same = rows.find((row) => {
    const other = brokenIn(row.form);
    return other !== undefined && !apart.includes(row.id) && isSameThing(broken, other);
  });
  const found = same && brokenIn(same.form);
  if (!same || !found) return undefined;
  return {
    ...found,
    id: same.id,
    number: same.number,
    requester: same.requester_id,
    problem: wordsIn(same.form, 'problem'),
    taker: await takerOf(tx, same.id),
  };
}

async function takerOf(tx: Tx, request: number): Promise<string | undefined> {
  const rows = await tx
    .selectFrom('task')
    .innerJoin('person', 'person.id', 'task.person_id')
    .select('person.name')
    .where('task.request_id', '=', request)
    .where('task.state', '=', 'open')
    .limit(2)
    .execute();
  // One who took it, or one of several who could.
  return rows.length === 1 ? rows[0]?.name : undefined;
}

/** A fault of a thing that was reported before. */
export type Earlier = {
  readonly id: number;
  readonly number: string;
  readonly problem: string;
  readonly outcome: { readonly [step: string]: { readonly [field: string]: unknown } };
  readonly at: Temporal.Instant;
};

/**
 * What was reported of the same thing since a moment and before the report `before`, newest first, without what was taken back: by its
 * number where it has one, else by place and thing in plain words.
 */
export async function earlierOf(
  tx: Tx,
  broken: Broken,
  since: Temporal.Instant,
  before: number,
): Promise<readonly Earlier[]> {
  let query = tx
    .selectFrom('request')
    .select(['id', 'number', 'form', 'outcome', 'submitted_at'])
    .where('kind', '=', 'repair')
    .where('state', 'not in', ['withdrawn', 'cancelled', 'rejected'])
    .where('submitted_at', '>=', since)
    .where('id', '<', before);
  if (broken.asset !== undefined)
    query = query.where((at) => at(at.ref('form', '->>').key('asset'), '=', broken.asset ?? ''));
  const rows = await query.orderBy('id', 'desc').limit(MOST).execute();
  const key = keyOf(broken);
  return rows.flatMap(({ id, number, form, outcome, submitted_at: at }) => {
    const other = brokenIn(form);
    if (!other || keyOf(other) !== key) return [];
    return [{ id, number, at, problem: wordsIn(form, 'problem'), outcome }];
  });
}
