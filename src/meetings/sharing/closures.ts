/** 停用, 留作: rooms that the office closes for works, or keeps for something, for a time. */
import { type Selectable, sql } from 'kysely';
import { periodText } from '../../../cards/times.ts';
import { enumerated, type Words, words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { RoomClosureTable } from '../../../db/tables.ts';
import type { Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import { owe, PREFERRED } from '../../delivery/owe.ts';
import {
  holdersOf,
  holdsAny,
  type Organisation,
  readOrganisation,
} from '../../directory/organisation.ts';
import type { Setup } from '../../filing/move.ts';
import { oweNotice } from '../../filing/notices.ts';
import { known, lockRequest, type Request } from '../../filing/store.ts';
import { formOn } from '../series-dates.ts';
import { alternativeOf, isAhead, relocate } from './booked.ts';
import { ROOM } from './wishes.ts';
import { feedLine, offerAgain } from './waiting.ts';

export type ClosureRow = Selectable<RoomClosureTable>;

export const readClosure = (tx: Tx, id: number): Promise<ClosureRow | undefined> =>
  tx.selectFrom('room_closure').selectAll().where('id', '=', id).executeTakeFirst();

/** Who closes rooms, and who allows that they are kept for something. */
const OFFICE = ['office', 'office-manager', 'director'] as const;
const ALLOWS = ['office-manager', 'director'] as const;

/** Whether somebody closes rooms, and whether they allow a block. */
export const closes = (org: Organisation, person: number): boolean => holdsAny(org, OFFICE, person);
export const allows = (org: Organisation, person: number): boolean => holdsAny(org, ALLOWS, person);

/** What was said, to be confirmed by who said it. Nothing is closed yet. */
export async function proposeClosure(
  work: Work,
  closure: {
    readonly person: number;
    readonly rooms: readonly number[];
    readonly from: Temporal.Instant;
    readonly to: Temporal.Instant;
    readonly sort: ClosureRow['sort'];
    readonly reason: string;
  },
): Promise<number> {
  const { id } = await work.tx
    .insertInto('room_closure')
    .values({
      person_id: closure.person,
      rooms: [...closure.rooms],
      starts_at: closure.from,
      ends_at: closure.to,
      sort: closure.sort,
      reason: closure.reason,
      state: 'draft',
      decided_by: null,
      version: 1,
      at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(work, 'room.closure-proposed', `closure:${id}`, {
    after: { rooms: closure.rooms, from: closure.from.toString(), to: closure.to.toString() },
  });
  return id;
}

export type ClosureAct = 'close' | 'drop' | 'allow' | 'refuse' | 'reopen';

/** Does it, if it is theirs to do now; whether it was. Who they are and what they hold is asked here. */
export async function actOnClosure(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  act: ClosureAct,
): Promise<boolean> {
  const row = await work.tx
    .selectFrom('room_closure')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  if (!row || !mayAct(row, org, person, act)) {
    await record(work, 'refused.closure', `closure:${id}`, { after: { person, act } });
    return false;
  }
  if (Temporal.Instant.compare(work.now, row.ends_at) >= 0) return false;
  switch (act) {
    case 'drop':
      await settle(work, row, { state: 'dropped' });
      return true;
    case 'close':
      // A block is allowed by the office manager; by themselves it is at once.
      if (row.sort === 'block' && !allows(org, person)) await ask(work, setup, org, row);
      else await enforce(work, setup, row, person);
      return true;
    case 'allow':
      await enforce(work, setup, row, person);
      await tellAsker(work, setup, row);
      return true;
    case 'refuse':
      await settle(work, row, { state: 'refused', decided_by: person });
      await tellAsker(work, setup, row);
      return true;
    case 'reopen':
      await reopen(work, setup, row, 'reopened');
      return true;
    default:
      return act satisfies never;
  }
}

function mayAct(row: ClosureRow, org: Organisation, person: number, act: ClosureAct): boolean {
  const own = row.person_id === person;
  switch (act) {
    case 'close':
      return own && row.state === 'draft' && (row.sort === 'block' || closes(org, person));
    case 'drop':
      return own && (row.state === 'draft' || row.state === 'asked');
    case 'allow':
    case 'refuse':
      return row.state === 'asked' && !own && allows(org, person);
    case 'reopen':
      return row.state === 'in-force' && closes(org, person);
    default:
      return act satisfies never;
  }
}

const settle = (
  work: Work,
  row: ClosureRow,
  to: Partial<Pick<ClosureRow, 'state' | 'decided_by' | 'ends_at' | 'told'>>,
): Promise<ClosureRow> =>
  work.tx
    .updateTable('room_closure')
    .set({ ...to, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();

async function oweClosure(
  work: Work,
  setup: Setup,
  row: ClosureRow,
  person: number,
  channel: string,
): Promise<void> {
  await owe(work, setup.jobs, person, channel, {
    what: `closure:${row.id}:v${row.version}:p${person}`,
    view: { view: 'sharing', sort: 'closure', id: row.id },
    attention: true,
    priority: 3,
    notAfter: row.ends_at,
  });
}

async function ask(work: Work, setup: Setup, org: Organisation, row: ClosureRow): Promise<void> {
  const asked = await settle(work, row, { state: 'asked' });
  await record(work, 'room.closure-asked', `closure:${row.id}`);
  for (const person of holdersOf(org, 'office-manager'))
    await oweClosure(work, setup, asked, person, PREFERRED);
}

async function tellAsker(work: Work, setup: Setup, row: ClosureRow): Promise<void> {
  const now = await readClosure(work.tx, row.id);
  if (now) await oweClosure(work, setup, now, row.person_id, PREFERRED);
}

/** From now on nobody books them for that time; whoever has, is told with what else there is. */
async function enforce(work: Work, setup: Setup, row: ClosureRow, person: number): Promise<void> {
  // A booking on its way holds its room: it is seen here, or it sees this.
  await work.tx
    .selectFrom('room')
    .select('id')
    .where('id', 'in', row.rooms)
    .orderBy('id')
    .forUpdate()
    .execute();
  const now = work.now.toZonedDateTimeISO(setup.rules.timeZone);
  const affected = await affectedBy(work.tx, row, now);
  const hosts = [...new Set(affected.map(({ requester_id }) => requester_id))];
  const closed = await settle(work, row, {
    state: 'in-force',
    decided_by: person,
    told: hosts,
  });
  await record(work, 'room.closed', `closure:${row.id}`, {
    after: { rooms: row.rooms, affected: [...new Set(affected.map(({ number }) => number))] },
  });
  await offerAgain(work, row.rooms, row.starts_at, row.ends_at);
  for (const host of hosts) {
    const channel = affected.find((each) => each.requester_id === host)?.channel ?? PREFERRED;
    await oweClosure(work, setup, closed, host, channel);
  }
}

/** A booking that a closure is in the way of. Of a series each of its dates is one, and `form` is that of the date. */
export type Affected = Request & { readonly booking: number };

/** What has not begun and has a room that is closed for some of its time; by time. */
export async function affectedBy(
  tx: Tx,
  row: Pick<ClosureRow, 'rooms' | 'starts_at' | 'ends_at'>,
  now: Temporal.ZonedDateTime,
): Promise<readonly Affected[]> {
  const rows = await tx
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .selectAll('request')
    .select(['booking.id as booking', 'booking.day'])
    .select(['booking.starts_at as begins', 'booking.ends_at as ends'])
    .where('booking.room_id', 'in', row.rooms)
    .where('booking.state', 'in', ['held', 'booked'])
    .where('booking.starts_at', '<', row.ends_at)
    .where('booking.ends_at', '>', row.starts_at)
    .where('booking.starts_at', '>', now.toInstant())
    .orderBy('booking.starts_at')
    .execute();
  return rows.map(({ booking, day, begins, ends, ...request }) => ({
    ...known(request),
    // A desk is booked day by day: the form says neither which day this is nor its hours.
    form:
      request.kind === ROOM.name
        ? formOn(request, day, now.timeZoneId)
        : { ...request.form, when: { from: begins.toString(), to: ends.toString() } },
    booking,
  }));
}

/** One tap moves a booking out of a closed room. `key`: which booking, and its alternative. Undefined when that is gone. */
export async function moveAway(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  key: string,
): Promise<Request | undefined> {
  const [about = '', ...to] = key.split('/');
  const row = await readClosure(work.tx, id);
  const now = work.now.toZonedDateTimeISO(setup.rules.timeZone);
  const find = async (): Promise<Affected | undefined> =>
    row?.state === 'in-force'
      ? (await affectedBy(work.tx, row, now)).find((each) => each.booking === Number(about))
      : undefined;
  const found = await find();
  // Read again once it is locked: it may have moved meanwhile.
  const request = found && (await lockRequest(work.tx, found.id)) && (await find());
  if (!request || request.requester_id !== person || !isAhead(request, work.now)) {
    await record(work, 'refused.closure', `closure:${id}`, { after: { person, key } });
    return undefined;
  }
  const place = await alternativeOf(work.tx, setup.rules, request, to.join('/'), now);
  return place && relocate(work, setup, request, place);
}

/** Open again: everybody who was told of the closure is told of that, and who waits for a room may get it. */
async function reopen(
  work: Work,
  setup: Setup,
  row: ClosureRow,
  state: 'reopened' | 'over',
): Promise<void> {
  await settle(work, row, { state });
  await record(work, `room.${state}`, `closure:${row.id}`);
  const names = await roomNames(work.tx, row.rooms);
  const at = work.now.toZonedDateTimeISO(setup.rules.timeZone);
  const was = periodText(row.starts_at, row.ends_at, at);
  const text =
    state === 'reopened'
      ? words(
          `${names.zh}提前重新开放，可以预订了（原定停用：${was.zh}）`,
          `${names.en}: open again, earlier than planned (${was.en})`,
        )
      : words(`${names.zh}已重新开放，可以预订了`, `${names.en}: open again`);
  for (const person of row.told)
    await oweNotice(
      work,
      setup.jobs,
      Number(person),
      { key: `closure:${row.id}:${state}`, text },
      PREFERRED,
    );
  await feedLine(work, setup);
}

/** More rooms than this do not fit in a title. */
const MOST_NAMED = 6;

/** 「珠峰、黄山」, 「珠峰、黄山、…等 40 间」 */
export async function roomNames(tx: Tx, rooms: readonly number[]): Promise<Words> {
  const rows = await tx
    .selectFrom('room')
    .select('name')
    .where('id', 'in', rooms)
    .orderBy('id')
    .execute();
  const names = enumerated(rows.slice(0, MOST_NAMED).map(({ name }) => name));
  const left = rows.length - MOST_NAMED;
  return left > 0
    ? words(`${names.zh}等 ${rows.length} 间`, `${names.en} and ${left} more`)
    : names;
}

/** The closure in force of a room, the next to end. */
export const closureOf = (tx: Tx, room: number): Promise<ClosureRow | undefined> =>
  tx
    .selectFrom('room_closure')
    .selectAll()
    .where('state', '=', 'in-force')
    .where(sql<boolean>`${room} = any(rooms)`)
    .orderBy('ends_at')
    .executeTakeFirst();

/** By the clock: one closure whose time is over. False when there is none. */
export async function endClosure(work: Work, setup: Setup): Promise<boolean> {
  const row = await work.tx
    .selectFrom('room_closure')
    .selectAll()
    .where('state', 'in', ['in-force', 'asked'])
    .where('ends_at', '<=', work.now)
    .orderBy('ends_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!row) return false;
  await reopen(work, setup, row, 'over');
  return true;
}
