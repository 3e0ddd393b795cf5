import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import { LINES, listCard, type RequestLine, whichCard } from '../../cards/answers.ts';
import { type BulkAct, bulkCard, type BulkLine } from '../../cards/bulk.ts';
import { pageOf, type Wanted } from '../../cards/pages.ts';
import { momentText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import { readRequest, type Request } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed, kinds } from '../requests/index.ts';
import type { Rules } from '../settings/rules.ts';
import { bulkOffer, withdrawOffer } from './bulk-offers.ts';

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
  const { total } = await theirs(tx, person, narrowed)
    .select((q) => q.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const page = pageOf(wanted, total, LINES);
  const ids = await pageOfRequests(tx, person, page.first, narrowed);
  const lines = await linesOf(tx, ids, at, {
    offers: (request) => withdrawOffer(request, person, at.now.toInstant()),
  });
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

function theirs(tx: Tx, person: number, { kind, status = '' }: Narrowed) {
  let query = tx.selectFrom('request').where('requester_id', '=', person);
  if (kind) query = query.where('kind', '=', kind);
  const states = STATUS[status];
  return states ? query.where('state', 'in', states) : query;
}

async function pageOfRequests(
  tx: Tx,
  person: number,
  first: number,
  narrowed: Narrowed,
): Promise<readonly number[]> {
  const rows = await theirs(tx, person, narrowed)
    .select('id')
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .offset(first)
    .limit(LINES)
    .execute();
  return rows.map(({ id }) => id);
}

/** A list as it stands in a delivery. */
export const listShown = z.object({
  view: z.enum(['requests', 'tasks']),
  first: z.number().default(0),
  kind: z.string().exactOptional(),
  status: z.string().exactOptional(),
});
export type ListShown = z.infer<typeof listShown>;

/** Which requests of theirs a list that was shown names; without one the newest. */
export const listedRequests = (
  tx: Tx,
  person: number,
  shown: ListShown | undefined,
): Promise<readonly number[]> => pageOfRequests(tx, person, shown?.first ?? 0, shown ?? {});

/** Which requests wait for them on a list that was shown; without one all that do, first what is due first. */
export async function listedTasks(
  tx: Tx,
  person: number,
  shown: ListShown | undefined,
): Promise<readonly number[]> {
  const rows = await waiting(tx, person)
    .select('request_id')
    .orderBy('due_at', (order) => order.asc().nullsLast())
    .orderBy('id')
    .offset(shown?.first ?? 0)
    .limit(shown ? LINES : MOST_WAITING)
    .execute();
  return rows.map((row) => row.request_id);
}

/** So many of what waits are looked at for one sentence. */
const MOST_WAITING = 50;

const waiting = (tx: Tx, person: number) =>
  tx.selectFrom('task').where('person_id', '=', person).where('state', '=', 'open');

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
export async function myTasks(
  tx: Tx,
  person: number,
  rules: Rules,
  at: Hearing,
  wanted: Wanted,
): Promise<Card> {
  const open = waiting(tx, person);
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
    {
      withRequester: true,
      offers: (request) => bulkOffer(request, person, rules, at.now.toInstant()),
    },
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
  {
    withRequester = false,
    offers,
  }: {
    readonly withRequester?: boolean;
    readonly offers?: (request: Request) => RequestLine['offer'];
  } = {},
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
    const offer = offers?.(request);
    return {
      id: request.id,
      number: request.number,
      kind: kind.title,
      summary: words(`${who}${summary.zh}`, `${who}${summary.en}`),
      state: request.state,
      when: momentText(request.submitted_at, at),
      ...(offer ? { offer } : {}),
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
    await linesOf(tx, requests, at, { withRequester: true }),
    more,
    said,
  );

/** What would be done at once: those of the listed that still stand as they were listed. Undefined when none does. */
export async function bulkRequests(
  tx: Tx,
  { requests: listed, act, said }: BulkView,
  person: number,
  at: Hearing,
): Promise<Card | undefined> {
  const versions = new Map(listed.map(({ id, version }) => [id, version]));
  const waits =
    act === 'withdraw'
      ? theirs(tx, person, {})
          .select('id')
          .where('id', 'in', [...versions.keys()])
      : waiting(tx, person)
          .select('request_id as id')
          .where('sort', '=', act === 'approve' ? 'approval' : 'task')
          .where('request_id', 'in', [...versions.keys()]);
  const open = new Set((await waits.execute()).map(({ id }) => id));
  const ids = listed.flatMap(({ id }) => (open.has(id) ? [id] : []));
  if (ids.length === 0) return undefined;
  const lines = await linesOf(tx, ids, at, { withRequester: act !== 'withdraw' });
  return bulkCard(
    lines.map((line) => ({ ...line, version: versions.get(line.id) ?? 0 })),
    act,
    said,
  );
}

/** Several that were listed, and what is to be done with them; `said`: so many were spoken of. */
type BulkView = {
  readonly requests: readonly BulkLine[];
  readonly act: BulkAct;
  readonly said?: number | undefined;
};

/** The kind behind a word of the language module's `target` slot (`supplies`, `travel`). */
export const kindOfTarget = (target: unknown): string | undefined =>
  kinds.find((kind) => kind.heardAs.intent.split('.')[0] === target)?.name;
