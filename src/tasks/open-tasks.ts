import type { Work } from '../../db/work.ts';

/** Who owes what in the step that is open now. */
export type Owing = {
  readonly step: string;
  readonly sort: 'approval' | 'task';
  /** Each with a deadline of their own: they may work in different places. */
  readonly people: ReadonlyMap<number, Deadline>;
};

/** Feishu's cards can be tapped and changed for fourteen days: what waits longer comes again as a fresh card. */
export const FRESH_AFTER = { hours: 13 * 24 };

/** By when it is due, and when its first reminder is, if there are any. */
export type Deadline = {
  readonly due: Temporal.Instant | undefined;
  readonly remindAt: Temporal.Instant | undefined;
};

/**
 * Makes the open tasks of a request those of `owing`: tasks of people who no longer owe it are closed (`done` if it was
 * `doer`, else cancelled), missing ones are opened. Returns the people for whom a task was opened now.
 */
export async function settleTasks(
  work: Work,
  request: number,
  owing: Owing | undefined,
  doer: number | undefined,
): Promise<readonly number[]> {
  const open = await work.tx
    .selectFrom('task')
    .select(['id', 'step_id', 'person_id'])
    .where('request_id', '=', request)
    .where('state', '=', 'open')
    .orderBy('id')
    .forUpdate()
    .execute();
  const stays = (task: (typeof open)[number]): boolean =>
    task.step_id === owing?.step && owing.people.has(task.person_id);
  const over = Map.groupBy(
    open.filter((each) => !stays(each)),
    (task) => (task.person_id === doer ? 'done' : 'cancelled'),
  );
  for (const [state, closed] of over)
    await work.tx
      .updateTable('task')
      .set({ state, closed_at: work.now, next_reminder_at: null })
      .where(
        'id',
        'in',
        closed.map(({ id }) => id),
      )
      .execute();
  if (!owing) return [];
  const has = new Set(open.filter(stays).map((task) => task.person_id));
  const added = [...owing.people].filter(([person]) => !has.has(person));
  await openTasks(work, request, owing, added);
  return added.map(([person]) => person);
}

/** The open tasks of a request, with when each is next reminded of. */
export type StandingTask = { readonly id: number; readonly next: string | null };

export async function standingTasks(work: Work, request: number): Promise<readonly StandingTask[]> {
  const rows = await work.tx
    .selectFrom('task')
    .select(['id', 'next_reminder_at'])
    .where('request_id', '=', request)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute();
  return rows.map(({ id, next_reminder_at: next }) => ({ id, next: next?.toString() ?? null }));
}

/** Opens tasks again that were closed with something that is taken back: due and reminded of when they were. */
export async function reopenTasks(work: Work, standing: readonly StandingTask[]): Promise<void> {
  for (const { id, next } of standing)
    await work.tx
      .updateTable('task')
      .set({
        state: 'open',
        closed_at: null,
        next_reminder_at: next === null ? null : Temporal.Instant.from(next),
      })
      .where('id', '=', id)
      .where('state', '!=', 'open')
      .execute();
}

async function openTasks(
  work: Work,
  request: number,
  owing: Owing,
  people: readonly (readonly [number, Deadline])[],
): Promise<void> {
  if (people.length === 0) return;
  await work.tx
    .insertInto('task')
    .values(
      people.map(([person, { due, remindAt }]) => ({
        request_id: request,
        step_id: owing.step,
        person_id: person,
        sort: owing.sort,
        state: 'open' as const,
        opened_at: work.now,
        due_at: due ?? null,
        closed_at: null,
        next_reminder_at: remindAt ?? work.now.add(FRESH_AFTER),
      })),
    )
    .execute();
}
