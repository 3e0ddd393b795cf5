/** 来龙去脉: what a request came from and what it led to, read from the records themselves. Who may not read one sees only that it is there. */
import { ITEM_STATE } from '../../cards/actions.ts';
import type { Card } from '../../cards/card.ts';
import { PREPARATION } from '../../cards/meeting.ts';
import { MOST_LINES, threadCard, type ThreadLine } from '../../cards/thread.ts';
import { momentText } from '../../cards/times.ts';
import { STATE } from '../../cards/vocabulary.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { nameOf } from '../directory/people.ts';
import { mayRead } from '../filing/act.ts';
import { readRequest, requestNumbered, type Request } from '../filing/store.ts';
import { fold } from '../language/fold.ts';
import { requestNumber } from '../language/slots/codes.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import type { Led } from './last-said.ts';
import { NOT_FOUND } from './outcomes.ts';
import { answer, say, type Talk } from './talk.ts';

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
  const lines = await below({ tx, reader, at, asked: id }, await beginning(tx, asked), 0);
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
  if (kind !== 'room') return [];
  const rows = await tx
    .selectFrom('equipment_fault')
    .innerJoin('meeting', 'meeting.id', 'equipment_fault.meeting_id')
    .select('equipment_fault.repair_id')
    .where('meeting.request_id', '=', id)
    .orderBy('equipment_fault.id')
    .execute();
  const requests = await Promise.all(rows.map(({ repair_id }) => readRequest(tx, repair_id)));
  return requests.flatMap((each) => each ?? []);
}

/** What followed from a request and is no request itself. */
async function recordsOf(
  to: Reader,
  request: Request,
  depth: number,
): Promise<readonly ThreadLine[]> {
  if (request.kind === 'room')
    return [...(await preparations(to, request, depth)), ...(await minutes(to, request, depth))];
  return request.kind === 'supply' ? handedOut(to, request, depth) : [];
}

async function preparations(
  { tx, at }: Reader,
  { id }: Request,
  depth: number,
): Promise<readonly ThreadLine[]> {
  const rows = await tx
    .selectFrom('preparation')
    .innerJoin('meeting', 'meeting.id', 'preparation.meeting_id')
    .select([
      'preparation.sort',
      'preparation.due_at',
      'preparation.done_at',
      'preparation.done_by',
    ])
    .where('meeting.request_id', '=', id)
    .orderBy('preparation.due_at')
    .execute();
  return Promise.all(
    rows.map(async ({ sort, due_at, done_at, done_by }): Promise<ThreadLine> => {
      const who = done_by === null ? undefined : await nameOf(tx, done_by);
      return {
        depth,
        title: PREPARATION[sort],
        state: done_at
          ? words(`${who ?? ''}已完成`, `done by ${who ?? ''}`)
          : words('待办', 'to do'),
        at: momentText(done_at ?? due_at, at),
      };
    }),
  );
}

async function minutes(
  { tx, at }: Reader,
  { id }: Request,
  depth: number,
): Promise<readonly ThreadLine[]> {
  const held = await tx
    .selectFrom('minutes')
    .select(['id', 'state', 'confirmed_at', 'created_at'])
    .where('request_id', '=', id)
    .executeTakeFirst();
  if (!held || held.state === 'waived') return [];
  const items = await tx
    .selectFrom('action_item')
    .select(['number', 'what', 'state', 'opened_at'])
    .where('minutes_id', '=', held.id)
    .where('number', 'is not', null)
    .orderBy('id')
    .execute();
  return [
    {
      depth,
      title: words('会议纪要', 'Minutes'),
      state: held.confirmed_at ? words('已确认', 'confirmed') : words('待整理', 'to be written'),
      at: momentText(held.confirmed_at ?? held.created_at, at),
    },
    ...items.map(({ number, what, state, opened_at }): ThreadLine => {
      const name = state === 'draft' ? undefined : ITEM_STATE[state].name;
      return {
        depth: depth + 1,
        title: words(`行动项 ${number ?? ''}`, `Action item ${number ?? ''}`),
        state: name ?? words('草稿', 'draft'),
        at: momentText(opened_at ?? held.created_at, at),
        about: words(what, what),
      };
    }),
  ];
}

/** What left the store room for it. */
async function handedOut(
  { tx, at }: Reader,
  { id }: Request,
  depth: number,
): Promise<readonly ThreadLine[]> {
  const rows = await tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .select(['item.name', 'item.unit', 'movement.on_hand_change', 'movement.at'])
    .where('movement.request_id', '=', id)
    .where('movement.sort', '=', 'issue')
    .orderBy('movement.id')
    .execute();
  return rows.map(({ name, unit, on_hand_change, at: when }) => ({
    depth,
    title: words(
      `出库 ${name} ${Math.abs(on_hand_change)} ${unit}`,
      `${Math.abs(on_hand_change)} × ${name} out of stock`,
    ),
    state: words('已出库', 'handed out'),
    at: momentText(when, at),
  }));
}
