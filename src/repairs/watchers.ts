/** Whoever met the same fault: they join a repair, are told how it goes on, and may leave again. */
import { enumerated, type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { addNote } from '../filing/notes.ts';
import { oweNotice } from '../filing/notices.ts';
import { letRead } from '../filing/readers.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { oweCard } from '../filing/tell.ts';
import { wordsIn } from '../requests/repair/open-tickets.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';

type Watcher = { readonly id: number; readonly name: string };

/** Everybody who watches a repair now, longest first. */
export const watchersOf = (tx: Tx, request: number): Promise<readonly Watcher[]> =>
  tx
    .selectFrom('watcher')
    .innerJoin('person', 'person.id', 'watcher.person_id')
    .select(['person.id', 'person.name'])
    .where('request_id', '=', request)
    .where('left_at', 'is', null)
    .orderBy('joined_at')
    .orderBy('person_id')
    .execute();

/** Whether somebody may still join: it is worked on. */
const mayJoin = (request: Request): boolean =>
  request.kind === 'repair' && openStep(request.workflow)?.id === 'fix';

/**
 * Joins a repair as a watcher, with what the person said of it where that is more than is there. Undefined when it is no longer worked
 * on: then theirs is a report of its own.
 */
export async function joinRepair(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  said: string,
): Promise<Request | undefined> {
  const request = await lockRequest(work.tx, id);
  if (!request || !mayJoin(request)) return undefined;
  if (request.requester_id === person) return request;
  await work.tx
    .insertInto('watcher')
    .values({ request_id: id, person_id: person, joined_at: work.now, left_at: null })
    .onConflict((at) => at.columns(['request_id', 'person_id']).doUpdateSet({ left_at: null }))
    .execute();
  await letRead(work, request, [person]);
  const known = wordsIn(request.form, 'problem');
  if (said !== '' && !known.includes(said)) await addNote(work, id, person, said);
  await record(work, 'repair.joined', `request:${id}`, { after: { person } });
  // Who works on it sees how many wait, without being disturbed by each of them.
  const step = openStep(request.workflow);
  for (const doer of step ? assigneesOf(step) : [])
    await oweCard(work, setup, request, doer, 'quiet', `:joined:${person}`);
  await oweCard(work, setup, request, request.requester_id, 'quiet', `:joined:${person}`);
  return (await lockRequest(work.tx, id)) ?? request;
}

/** Leaves it again: nothing more is told. False when they did not watch it. */
export async function leaveRepair(work: Work, id: number, person: number): Promise<boolean> {
  const left = await work.tx
    .updateTable('watcher')
    .set({ left_at: work.now })
    .where('request_id', '=', id)
    .where('person_id', '=', person)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (left.numUpdatedRows === 0n) return false;
  await record(work, 'repair.left', `request:${id}`, { after: { person } });
  return true;
}

/** Its card to all who watch it, as news, except to whoever caused it. `again` tells several of one version apart. */
export async function oweWatchers(
  work: Work,
  setup: Setup,
  request: Request,
  by: number,
  again = '',
): Promise<void> {
  for (const { id: person } of await watchersOf(work.tx, request.id))
    if (person !== by) await oweCard(work, setup, request, person, 'news', again);
}

/** A sentence to its reporter and all who watch it, once a `key`. */
export async function tellAll(
  work: Work,
  setup: Setup,
  request: Request,
  key: string,
  text: Words,
): Promise<void> {
  const watchers = await watchersOf(work.tx, request.id);
  for (const person of new Set([request.requester_id, ...watchers.map(({ id }) => id)]))
    await oweNotice(work, setup.jobs, person, { key, text }, request.channel);
}

/** 「4 人：王芳、李雷…」 */
export function watchersText(watchers: readonly Watcher[]): Words {
  const names = enumerated(watchers.slice(0, NAMED).map(({ name }) => name));
  const more = watchers.length > NAMED;
  return words(
    `${watchers.length} 人：${names.zh}${more ? ' 等' : ''}`,
    `${watchers.length}: ${names.en}${more ? ' and more' : ''}`,
  );
}

/** So many are named; the others are counted. */
const NAMED = 6;
