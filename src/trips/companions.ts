/** Who goes along says so themselves: asked by a card of their own, and whoever asked them is told what they answer. */
import type { Card, Fact } from '../../cards/card.ts';
import { companionCard } from '../../cards/trip.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe } from '../delivery/owe.ts';
import { activePeople, nameOf } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import { liesBehind, readRequest, type Request } from '../filing/store.ts';
import { refreshCards } from '../filing/files.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import { colleagueTold } from '../requests/trip/companions.ts';

/** Those of the named who are colleagues; whoever else travels along is a customer. */
async function colleaguesIn(tx: Tx, request: Request): Promise<readonly number[]> {
  const told = request.form['companions'];
  const names = Array.isArray(told) ? told.filter((each) => typeof each === 'string') : [];
  if (names.length === 0) return [];
  const people = (await activePeople(tx)).filter(({ id }) => id !== request.requester_id);
  return names.flatMap((name) => colleagueTold(people, name)?.id ?? []);
}

/** Who is in a request's companions is asked; who no longer is, is told. `anew`: what they said yes to is another journey now. */
export async function settleCompanions(
  work: Work,
  setup: Setup,
  request: Request,
  anew: boolean,
): Promise<void> {
  const wanted = await colleaguesIn(work.tx, request);
  const known = await companionsOf(work.tx, request.id);
  for (const { person_id: person, state } of known.filter(
    (each) => !wanted.includes(each.person_id),
  )) {
    await work.tx
      .deleteFrom('companion')
      .where('request_id', '=', request.id)
      .where('person_id', '=', person)
      .execute();
    if (state !== 'declined')
      await tellOne(work, setup, request, person, 'companion-dropped', [
        `您不用随 ${request.number} 出差了`,
        `You no longer go along on ${request.number}`,
      ]);
  }
  for (const person of wanted) {
    if (known.some((each) => each.person_id === person) && !anew) continue;
    await work.tx
      .insertInto('companion')
      .values({ request_id: request.id, person_id: person, state: 'asked', answered_at: null })
      .onConflict((at) =>
        at.columns(['request_id', 'person_id']).doUpdateSet({ state: 'asked', answered_at: null }),
      )
      .execute();
    await oweCompanion(work, setup, request, person, true);
  }
}

export const companionsOf = (tx: Tx, request: number) =>
  tx
    .selectFrom('companion')
    .selectAll()
    .where('request_id', '=', request)
    .orderBy('person_id')
    .execute();

const oweCompanion = (
  work: Work,
  setup: Setup,
  request: Request,
  person: number,
  attention: boolean,
): Promise<boolean> =>
  owe(work, setup.jobs, person, request.channel, {
    what: `companion:${request.id}:v${request.version}:p${person}${attention ? '' : ':quiet'}`,
    view: { view: 'companion', request: request.id },
    attention,
    priority: 3,
  });

/** One sentence about a journey as it is now, to one of those it concerns. */
export const tellOne = (
  work: Work,
  setup: Setup,
  request: Request,
  person: number,
  what: string,
  [zh, en]: readonly [string, string],
): Promise<void> =>
  oweNotice(
    work,
    setup.jobs,
    person,
    { key: `${what}:${request.id}:v${request.version}`, text: words(zh, en) },
    request.channel,
  );

/** Their cards show that the journey is not made. */
export async function refreshCompanions(work: Work, setup: Setup, request: Request): Promise<void> {
  for (const { person_id: person } of await companionsOf(work.tx, request.id))
    await oweCompanion(work, setup, request, person, false);
}

const OVER: readonly Request['state'][] = ['rejected', 'withdrawn', 'cancelled'];

/** What a companion sees; undefined for whoever is none. */
export async function drawCompanion(
  tx: Tx,
  request: number,
  person: number,
  at: Hearing,
): Promise<
  { readonly card: Card; readonly subject: string; readonly version: number } | undefined
> {
  const row = (await companionsOf(tx, request)).find((each) => each.person_id === person);
  const trip = row && (await readRequest(tx, request));
  if (!row || !trip) return undefined;
  const kind = kindNamed(trip.kind);
  const told = kind.facts(trip.form, at).filter(({ field }) => field && TOLD.includes(field));
  const table = kind.table(trip.form);
  const card = companionCard({
    request,
    number: trip.number,
    requester: await nameOf(tx, trip.requester_id),
    facts: told.map(({ label, value }) => ({ label, value })),
    ...(table ? { table } : {}),
    state: row.state,
    over: OVER.includes(trip.state),
  });
  return { card, subject: `companion:${request}`, version: trip.version };
}

/** What of the form somebody has to know who is asked along; what it costs is not among it. */
const TOLD = ['to', 'days', 'from', 'transport', 'purpose', 'companions'];

/** What became of an answer; undefined for whoever was not asked. */
export async function answerCompanion(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  coming: boolean,
  at: Hearing,
): Promise<Words | undefined> {
  const row = await work.tx
    .selectFrom('companion')
    .selectAll()
    .where('request_id', '=', id)
    .where('person_id', '=', person)
    .forUpdate()
    .executeTakeFirst();
  const request = row && (await readRequest(work.tx, id));
  if (!row || !request) return undefined;
  if (OVER.includes(request.state)) return words('这次出差已经取消', 'This trip was cancelled');
  if (liesBehind(request, at.now)) return words('已经出发了', 'The trip has begun');
  const state = coming ? 'confirmed' : 'declined';
  if (row.state !== state) {
    await work.tx
      .updateTable('companion')
      .set({ state, answered_at: work.now })
      .where('request_id', '=', id)
      .where('person_id', '=', person)
      .execute();
    await record(work, `companion.${state}`, `request:${id}`, {
      before: { state: row.state },
      after: { person, state },
    });
    await refreshCards(work, setup, request, `companion:${person}:${work.now.toString()}`);
    if (!coming) await tellDeclined(work, setup, request, person);
  }
  return coming ? words('已确认同行', 'You come along') : words('已告知不能去', 'They are told');
}

/** A yes shows on the card; a no has to be known. */
async function tellDeclined(
  work: Work,
  setup: Setup,
  request: Request,
  person: number,
): Promise<void> {
  const name = await nameOf(work.tx, person);
  const key = `companion-declined:${request.id}:${person}:${work.now.toString()}`;
  const text = words(
    `${name}不能随 ${request.number} 出差。要换人，点「修改」或直接说「${request.number} 同行人改成…」`,
    `${name} cannot come along on ${request.number}. Tap “Edit” on it to ask somebody else`,
  );
  await oweNotice(work, setup.jobs, request.requester_id, { key, text }, request.channel);
}

const SAID = {
  asked: words('待确认', 'asked'),
  confirmed: words('已确认', 'coming'),
  declined: words('不能去', 'not coming'),
} as const;

/** 「同行确认：王磊 已确认、林晓 待确认」 on the card of the request. */
export async function companionFacts(tx: Tx, request: Request): Promise<readonly Fact[]> {
  const rows = await tx
    .selectFrom('companion')
    .innerJoin('person', 'person.id', 'companion.person_id')
    .select(['person.name', 'companion.state'])
    .where('companion.request_id', '=', request.id)
    .orderBy('person.name')
    .execute();
  if (rows.length === 0) return [];
  return [
    {
      label: words('同行确认', 'Coming along'),
      value: words(
        rows.map(({ name, state }) => `${name} ${SAID[state].zh}`).join('、'),
        rows.map(({ name, state }) => `${name} ${SAID[state].en}`).join(', '),
      ),
    },
  ];
}
