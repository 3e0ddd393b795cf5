import type { Tx } from '../../db/database.ts';
import type { Person } from '../directory/people.ts';
import { readDraft, requestOf } from './drafts.ts';

/** What a card shows that somebody replied to: a request, or a draft that is still one. */
export type About = { readonly request: number } | { readonly draft: number };
/** A question to the office: a reply is said to the other side, never to us. */
export type AboutQuestion = { readonly question: number };

/**
 * What a message of ours is about, for the person it was sent to. A card that became another's (a submitted draft) counts as
 * what it shows now; one that has moved further down is still about the same. Undefined for lists, sentences, strangers' cards.
 */
export async function aboutMessage(
  tx: Tx,
  person: Person,
  channel: string,
  message: string,
): Promise<About | AboutQuestion | undefined> {
  const subject =
    (await shownNow(tx, person, channel, message)) ??
    (await sentOnce(tx, person, channel, message)) ??
    (await inThread(tx, person, channel, message));
  const [sort, number] = (subject ?? '').split(':');
  const id = Number(number);
  if (sort === 'request') return { request: id };
  if (sort === 'question') return { question: id };
  return sort === 'draft' ? draftOrRequest(tx, id) : undefined;
}

/** The card of minutes, or of somebody's action items, that was replied to; `actions` 0: all of theirs. */
export type MinutesCard = { readonly minutes: number } | { readonly actions: number };

/** The same for what is about minutes; undefined for every other message. */
export async function minutesCardAt(
  tx: Tx,
  person: Person,
  channel: string,
  message: string,
): Promise<MinutesCard | undefined> {
  const subject =
    (await shownNow(tx, person, channel, message)) ??
    (await sentOnce(tx, person, channel, message));
  const [sort, number] = (subject ?? '').split(':');
  if (sort === 'minutes') return { minutes: Number(number) };
  return sort === 'actions' ? { actions: Number(number) } : undefined;
}

async function shownNow(
  tx: Tx,
  person: Person,
  channel: string,
  message: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('shown_card')
    .select('subject')
    .where('channel', '=', channel)
    .where('message', '=', message)
    .where('person_id', '=', person.id)
    .orderBy('shown_at', 'desc')
    .orderBy('subject', 'desc') // of the same moment, the request a draft became
    .executeTakeFirst();
  return row?.subject;
}

async function sentOnce(
  tx: Tx,
  person: Person,
  channel: string,
  message: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('delivery')
    .select('view')
    .where('channel', '=', channel)
    .where('platform_message', '=', message)
    .where('person_id', '=', person.id)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  if (!row) return undefined;
  const { view, request, question, draft, minutes, scope } = row.view;
  if (view === 'minutes') return `minutes:${String(minutes)}`;
  if (view === 'actions') return `actions:${String(scope)}`;
  if (view === 'request') return `request:${String(request)}`;
  if (view === 'question') return `question:${String(question)}`;
  return view === 'draft' ? `draft:${String(draft)}` : undefined;
}

/** In the thread of a group the asker replies to their own message, or to what we sent there. */
async function inThread(
  tx: Tx,
  person: Person,
  channel: string,
  message: string,
): Promise<string | undefined> {
  const sent = tx
    .selectFrom('delivery')
    .select('address')
    .where('channel', '=', channel)
    .where('platform_message', '=', message);
  const row = await tx
    .selectFrom('response')
    .select('id')
    .where('channel', '=', channel)
    .where('asked_by', '=', person.id)
    .where((q) => q.or([q('thread', '=', message), q('thread', 'in', sent)]))
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row && `question:${row.id}`;
}

async function draftOrRequest(tx: Tx, id: number): Promise<About | undefined> {
  const draft = await readDraft(tx, id);
  if (draft?.state !== 'submitted') return draft && { draft: id };
  const request = await requestOf(tx, draft);
  return request === undefined ? undefined : { request };
}
