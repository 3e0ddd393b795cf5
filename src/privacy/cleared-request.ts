/** A request without anybody's words: its numbers, amounts, times and choices stay for the ledgers. */
import type { Tx } from '../../db/database.ts';
import { kinds } from '../requests/index.ts';
import type { StoredForm } from '../requests/kind.ts';
import type { Decision, Workflow } from '../workflow/workflow.ts';

type Outcome = { readonly [step: string]: { readonly [field: string]: unknown } };

/** Of a form its kind says what stays; one that is of no kind any more keeps nothing. */
const keptForm = (kind: string, form: StoredForm): StoredForm =>
  kinds.find((each) => each.name === kind)?.keeps(form) ?? {};

/** What doers filled in: numbers and yes or no stay. */
const keptOutcome = (outcome: Outcome): Outcome =>
  Object.fromEntries(
    Object.entries(outcome).map(([step, fields]) => [
      step,
      Object.fromEntries(
        Object.entries(fields).filter(([, value]) => ['number', 'boolean'].includes(typeof value)),
      ),
    ]),
  );

/** The steps without what was said to them; `of` only: by this person. */
function withoutComments(workflow: Workflow, of?: number): Workflow {
  const silent = (decision: Decision): Decision => {
    if (of !== undefined && decision.by !== of) return decision;
    const { comment: _, ...rest } = decision;
    return rest;
  };
  return {
    ...workflow,
    steps: workflow.steps.map((step) => ({
      ...step,
      seats: step.seats.map((seat) =>
        seat.decision ? { ...seat, decision: silent(seat.decision) } : seat,
      ),
      ...(step.earlier ? { earlier: step.earlier.map(silent) } : {}),
    })),
  };
}

/** Writes one request back without words. */
export async function clearRequest(tx: Tx, id: number, now: Temporal.Instant): Promise<void> {
  const row = await tx
    .selectFrom('request')
    .select(['kind', 'form', 'outcome', 'workflow'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('request')
    .set({
      form: JSON.stringify(keptForm(row.kind, row.form)),
      outcome: JSON.stringify(keptOutcome(row.outcome)),
      // Written by move.ts as what it is
      workflow: JSON.stringify(withoutComments(row.workflow as Workflow)),
      cleared_at: now,
    })
    .where('id', '=', id)
    .execute();
}

/** Takes out of other people's requests what this person said when they decided there. */
export async function clearComments(tx: Tx, person: number): Promise<void> {
  const rows = await tx
    .selectFrom('request')
    .innerJoin('task', 'task.request_id', 'request.id')
    .select(['request.id', 'request.workflow'])
    .distinctOn('request.id')
    .where('task.person_id', '=', person)
    .where('request.requester_id', '<>', person)
    .orderBy('request.id')
    .execute();
  for (const { id, workflow } of rows)
    await tx
      .updateTable('request')
      .set({ workflow: JSON.stringify(withoutComments(workflow as Workflow, person)) })
      .where('id', '=', id)
      .execute();
}
