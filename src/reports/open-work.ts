import { FIRST_LINES } from '../../cards/digest.ts';
import type { Words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import { readRequest } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';

/** A request that waits for somebody: what it is, who is to act, and by when. */
export type OpenMatter = {
  readonly request: number;
  readonly number: string;
  readonly kind: Words;
  readonly summary: Words;
  readonly requester: string;
  /** Everybody the open step waits for. */
  readonly owed: readonly string[];
  readonly due: Temporal.Instant | null;
};

/** How many there are, and the first of them. */
export type Matters = { readonly total: number; readonly first: readonly OpenMatter[] };

/** Steps whose deadline is past at `now`, the oldest first; what nobody needs to do any more is not among them. */
export async function lateMatters(tx: Tx, at: Hearing): Promise<Matters> {
  const rows = await openTasks(tx).where('due_at', '<', at.now.toInstant()).execute();
  return matters(tx, rows, at);
}

/** What waits for one person, first what is due first. */
export async function mattersWaitingFor(tx: Tx, person: number, at: Hearing): Promise<Matters> {
  const rows = await openTasks(tx).where('person_id', '=', person).execute();
  return matters(tx, rows, at);
}

const openTasks = (tx: Tx) =>
  tx
    .selectFrom('task')
    .select(['request_id as request', 'step_id as step', 'person_id as person', 'due_at as due'])
    .where('state', '=', 'open')
    .orderBy('due_at', (order) => order.asc().nullsLast())
    .orderBy('id');

type OpenTask = Awaited<ReturnType<ReturnType<typeof openTasks>['execute']>>[number];

/** One matter a step, however many people it waits for. Only those that are shown are read whole. */
async function matters(tx: Tx, tasks: readonly OpenTask[], at: Hearing): Promise<Matters> {
  const steps = [...Map.groupBy(tasks, ({ request, step }) => `${request}:${step}`).values()];
  const found: OpenMatter[] = [];
  for (const step of steps.slice(0, FIRST_LINES)) {
    const [first] = step;
    const request = first && (await readRequest(tx, first.request));
    if (!first || !request) continue;
    const people = await peopleById(tx, [...step.map((each) => each.person), request.requester_id]);
    const kind = kindNamed(request.kind);
    found.push({
      request: request.id,
      number: request.number,
      kind: kind.title,
      summary: kind.summary(request.form, at),
      requester: people.get(request.requester_id)?.name ?? '',
      owed: step.flatMap(({ person }) => people.get(person)?.name ?? []),
      due: first.due,
    });
  }
  return { total: steps.length, first: found };
}
