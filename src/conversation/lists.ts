import type { Card } from '../../cards/card.ts';
import { bulkCard, LINES, listCard, type RequestLine, whichCard } from '../../cards/answers.ts';
import { pageOf, type Wanted } from '../../cards/pages.ts';
import { momentText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import { readRequest, type Request } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed, kinds } from '../requests/index.ts';

/** What a list of the person's own requests is narrowed to. */
export type Narrowed = { readonly kind?: string; readonly status?: string };

/** 我的申请: newest first, page by page. */
export async function myRequests(
  tx: Tx,
  person: number,
  at: Hearing,
  wanted: Wanted,
  narrowed: Narrowed = {},
): Promise<Card> {
  let query = tx.selectFrom('request').where('requester_id', '=', person);
  if (narrowed.kind) query = query.where('kind', '=', narrowed.kind);
  const states = STATUS[narrowed.status ?? ''];
  if (states) query = query.where('state', 'in', states);
  const { total } = await query
    .select((q) => q.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const page = pageOf(wanted, total, LINES);
  const rows = await query
    .select('id')
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .offset(page.first)
    .limit(LINES)
    .execute();
  const lines = await linesOf(
    tx,
    rows.map((row) => row.id),
    at,
  );
  return listCard(
    words('我的申请', 'My requests'),
    words(
      '还没有申请。直接说要办什么就行，比如「领两盒A4纸」',
      'No requests yet. Just say what you need',
    ),
    lines,
    { ...page, list: listName(narrowed) },
  );
}

/** How the pages of a narrowed list name it: `requests:trip:pending`. */
const listName = ({ kind = '', status = '' }: Narrowed): string =>
  kind === '' && status === '' ? 'requests' : `requests:${kind}:${status}`;

/** States by the status people ask for. */
const STATUS: { readonly [status: string]: readonly Request['state'][] } = {
  pending: ['pending'],
  approved: ['approved', 'working', 'booked', 'done'],
  rejected: ['rejected'],
};

/** 我的待办: what waits for the person, first what is due first. */
export async function myTasks(tx: Tx, person: number, at: Hearing, wanted: Wanted): Promise<Card> {
  const open = tx.selectFrom('task').where('person_id', '=', person).where('state', '=', 'open');
  const { total } = await open
    .select((q) => q.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const page = pageOf(wanted, total, LINES);
  const rows = await open
    .select(['request_id', 'due_at'])
    .orderBy('due_at', (order) => order.asc().nullsLast())
    .orderBy('id')
    .offset(page.first)
    .limit(LINES)
    .execute();
  const lines = await linesOf(
    tx,
    rows.map((row) => row.request_id),
    at,
    true,
  );
  const late = new Map(
    rows.map((row) => [
      row.request_id,
      row.due_at !== null && Temporal.Instant.compare(row.due_at, at.now.toInstant()) < 0,
    ]),
  );
  return listCard(
    words('我的待办', 'My tasks'),
    words('没有等您处理的事', 'Nothing is waiting for you'),
    lines.map((line) => ({ ...line, late: late.get(line.id) ?? false })),
    { ...page, list: 'tasks' },
  );
}

/** One line a request, in the order of `ids`; with the requester's name for those who did not file it. */
async function linesOf(
  tx: Tx,
  ids: readonly number[],
  at: Hearing,
  withRequester = false,
): Promise<readonly RequestLine[]> {
  const requests = (await Promise.all(ids.map((id) => readRequest(tx, id)))).flatMap(
    (each) => each ?? [],
  );
  const people = await peopleById(
    tx,
    requests.map((each) => each.requester_id),
  );
  return requests.map((request) => {
    const kind = kindNamed(request.kind);
    const who = withRequester ? `${people.get(request.requester_id)?.name ?? ''} · ` : '';
    const summary = kind.summary(request.form, at);
    return {
      id: request.id,
      number: request.number,
      kind: kind.title,
      summary: words(`${who}${summary.zh}`, `${who}${summary.en}`),
      state: request.state,
      when: momentText(request.submitted_at, at),
    };
  });
}

/** 「哪一张？」 */
export const whichRequest = async (
  tx: Tx,
  {
    requests,
    act,
    said,
    more = 0,
  }: {
    readonly requests: readonly number[];
    readonly act: string;
    readonly said?: string | undefined;
    readonly more?: number | undefined;
  },
  at: Hearing,
): Promise<Card> =>
  whichCard(
    words('是哪一张？', 'Which one?'),
    act,
    await linesOf(tx, requests, at, true),
    more,
    said,
  );

/** What 「全部同意」 would approve: those of the listed that still wait for the person. Undefined when none does. */
export async function bulkRequests(
  tx: Tx,
  listed: readonly { readonly id: number; readonly version: number }[],
  person: number,
  at: Hearing,
): Promise<Card | undefined> {
  const versions = new Map(listed.map(({ id, version }) => [id, version]));
  const open = await tx
    .selectFrom('task')
    .select('request_id')
    .where('person_id', '=', person)
    .where('state', '=', 'open')
    .where('sort', '=', 'approval')
    .where('request_id', 'in', [...versions.keys()])
    .execute();
  const waiting = new Set(open.map((row) => row.request_id));
  const ids = listed.flatMap(({ id }) => (waiting.has(id) ? [id] : []));
  if (ids.length === 0) return undefined;
  const lines = await linesOf(tx, ids, at, true);
  return bulkCard(lines.map((line) => ({ ...line, version: versions.get(line.id) ?? 0 })));
}

/** The kind behind a word of the language module's `target` slot (`supplies`, `travel`). */
export const kindOfTarget = (target: unknown): string | undefined =>
  kinds.find((kind) => kind.heardAs.intent.split('.')[0] === target)?.name;
