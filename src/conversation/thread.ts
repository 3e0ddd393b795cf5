/** 来龙去脉: what a request came from and what it led to, read from the records themselves. Who may not read one sees only that it is there. */
import type { Card } from '../../cards/card.ts';
import { MOST_LINES, threadCard, type ThreadLine } from '../../cards/thread.ts';
import { momentText } from '../../cards/times.ts';
import { STATE } from '../../cards/vocabulary.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { mayRead } from '../filing/act.ts';
import { readRequest, requestNumbered, type Request } from '../filing/store.ts';
import { fold } from '../language/fold.ts';
import { requestNumber } from '../language/slots/codes.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import type { Led } from './last-said.ts';
import { NOT_FOUND } from './outcomes.ts';
import { answer, say, type Talk } from './talk.ts';
import { recordsOf, roundBefore } from './thread-records.ts';

const WISH = /来龙去脉|前因后果|\bwhole story\b|\bwhat led to\b/iu;

/** 「这事的来龙去脉」, in reply to a card, with a number, or of the newest of one's own. Undefined for any other sentence. */
export async function threadByWord(talk: Talk, text: string): Promise<Led | undefined> {
  if (!WISH.test(text)) return undefined;
  const request = await meant(talk, text);
  if (request && mayRead(request, talk.person.id))
    await answer(talk, { view: 'thread', request: request.id });
  else if (request === null)
    await say(
      talk,
      '您还没有申请。带上编号再说一次，例如「ROOM-26-0002 的来龙去脉」',
      'You have no requests. Please add a number, such as “the whole story of ROOM-26-0002”',
    );
  else await say(talk, NOT_FOUND.zh, NOT_FOUND.en);
  return {};
}

/** Null: none was named, and there is none of their own. */
async function meant(
  { work, about, person }: Talk,
  text: string,
): Promise<Request | null | undefined> {
  const [number] = fold(text).match(requestNumber) ?? [];
  if (number !== undefined) return requestNumbered(work.tx, number);
  if (about && 'request' in about) return readRequest(work.tx, about.request);
  const row = await work.tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', person.id)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? readRequest(work.tx, row.id) : null;
}

/** The card for one reader; undefined when the request is none of their business. */
export async function drawThread(
  tx: Tx,
  id: number,
  reader: number,
  at: Hearing,
): Promise<Card | undefined> {
  const asked = await readRequest(tx, id);
  if (!asked || !mayRead(asked, reader)) return undefined;
  const first = await beginning(tx, asked);
  const round = mayRead(first, reader) ? await roundBefore(tx, first, at) : [];
  const lines = [...round, ...(await below({ tx, reader, at, asked: id }, first, round.length))];
  return threadCard(
    asked.number,
    lines.slice(0, MOST_LINES),
    Math.max(0, lines.length - MOST_LINES),
  );
}

/** No chain of causes is longer; a circle ends here. */
const LONGEST = 10;

/** Where it all began. */
async function beginning(tx: Tx, request: Request): Promise<Request> {
  let first = request;
  for (let steps = 0; steps < LONGEST; steps++) {
    const cause = await cameFrom(tx, first);
    if (!cause) return first;
    first = cause;
  }
  return first;
}

/** The request that this one came from. */
async function cameFrom(tx: Tx, { id, kind }: Request): Promise<Request | undefined> {
  if (kind === 'expense') {
    const claim = await tx
      .selectFrom('expense')
      .select('trip_id')
      .where('request_id', '=', id)
      .executeTakeFirst();
    return claim?.trip_id ? readRequest(tx, claim.trip_id) : undefined;
  }
  if (kind !== 'repair') return undefined;
  const fault = await tx
    .selectFrom('equipment_fault')
    .innerJoin('meeting', 'meeting.id', 'equipment_fault.meeting_id')
    .select('meeting.request_id')
    .where('equipment_fault.repair_id', '=', id)
    .executeTakeFirst();
  return fault && readRequest(tx, fault.request_id);
}

type Reader = {
  readonly tx: Tx;
  readonly reader: number;
  readonly at: Hearing;
  /** The request that was asked about. */
  readonly asked: number;
};

/** A request with all that it led to, each one deeper than what it came from. */
async function below(to: Reader, request: Request, depth: number): Promise<readonly ThreadLine[]> {
  const line = requestLine(to, request, depth);
  if (depth >= LONGEST) return [line];
  const own = mayRead(request, to.reader) ? await recordsOf(to, request, depth + 1) : [];
  const led = await Promise.all(
    (await ledTo(to.tx, request)).map((each) => below(to, each, depth + 1)),
  );
  return [line, ...own, ...led.flat()];
}

function requestLine({ reader, at, asked }: Reader, request: Request, depth: number): ThreadLine {
  const { id, number, form, state, submitted_at } = request;
  const kind = kindNamed(request.kind);
  return {
    depth,
    title: words(`${kind.title.zh} ${number}`, `${kind.title.en} ${number}`),
    state: STATE[state].name,
    at: momentText(submitted_at, at),
    ...(id === asked ? { asked: true } : {}),
    ...(mayRead(request, reader) ? { about: kind.summary(form, at), request: { id, number } } : {}),
  };
}

/** The requests that this one led to, the oldest first. */
async function ledTo(tx: Tx, { id, kind }: Request): Promise<readonly Request[]> {
  const rows =
    kind === 'trip'
      ? await tx
          .selectFrom('expense')
          .select('request_id as led')
          .where('trip_id', '=', id)
          .execute()
      : kind === 'room'
        ? await tx
            .selectFrom('equipment_fault')
            .innerJoin('meeting', 'meeting.id', 'equipment_fault.meeting_id')
            .select('equipment_fault.repair_id as led')
            .where('meeting.request_id', '=', id)
            .orderBy('equipment_fault.id')
            .execute()
        : [];
  const requests = await Promise.all(rows.map(({ led }) => readRequest(tx, led)));
  return requests.flatMap((each) => each ?? []);
}
