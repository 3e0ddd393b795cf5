/** 让一让, 征用: somebody needs the room that another has booked. By consent, or by authority with a reason on record. */
import type { Selectable } from 'kysely';
import { attempt, type Work } from '../../../db/work.ts';
import type { Tx } from '../../../db/database.ts';
import type { RoomBumpTable } from '../../../db/tables.ts';
import { record } from '../../audit/record.ts';
import { owe } from '../../delivery/owe.ts';
import { holdsAny, readOrganisation } from '../../directory/organisation.ts';
import { act as actOn } from '../../filing/act.ts';
import { handBack } from '../../filing/hand-back.ts';
import type { Setup } from '../../filing/move.ts';
import { lockRequest, type Request } from '../../filing/store.ts';
import { submit } from '../../filing/submit.ts';
import type { Hearing } from '../../requests/fields.ts';
import type { Alternative } from '../../requests/room/alternatives.ts';
import { dropHold, holdRoom, releaseBooking } from '../../requests/room/bookings.ts';
import { allRooms } from '../../requests/room/rooms.ts';
import type { Rules } from '../../settings/rules.ts';
import { keepEvent } from '../event.ts';
import { meetingOf } from '../store.ts';
import {
  alternativeOf,
  alternativesTo,
  formVersion,
  isAhead,
  keyOf,
  placeOf,
  relocate,
} from './booked.ts';
import { feedLine, withoutLine } from './waiting.ts';
import { ROOM } from './wishes.ts';

export type BumpRow = Selectable<RoomBumpTable>;

export const readBump = (tx: Tx, id: number): Promise<BumpRow | undefined> =>
  tx.selectFrom('room_bump').selectAll().where('id', '=', id).executeTakeFirst();

/** Whether somebody may take a room for something urgent without its host's leave. */
export async function mayBump(work: Work, rules: Rules, person: number): Promise<boolean> {
  const org = await readOrganisation(work.tx, rules.roles, work.now);
  return holdsAny(org, rules.rooms.bump, person);
}

/** What the asker says, to be confirmed by them before its host hears of it. */
export async function proposeBump(
  work: Work,
  bump: {
    readonly person: number;
    readonly request: Request;
    readonly reason: string;
    readonly authority: boolean;
  },
): Promise<number> {
  const { request } = bump;
  const { id } = await work.tx
    .insertInto('room_bump')
    .values({
      asker_id: bump.person,
      host_id: request.requester_id,
      request_id: request.id,
      request_version: formVersion(request),
      reason: bump.reason,
      authority: bump.authority,
      form: JSON.stringify(placeOf(request.form)),
      state: 'draft',
      asker_request: null,
      version: 1,
      at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(work, 'room.bump-proposed', `bump:${id}`, { after: { request: request.number } });
  return id;
}

/** The asker asks or drops it; the host keeps the room, gives it, or moves to an alternative. */
export type BumpAct = 'ask' | 'drop' | 'keep' | 'give' | 'move';

/**
 * Does it, if it is theirs to do now; whether it was. `key` names the alternative that the host chose. Throws Refusal when the move or the
 * asker's booking cannot be had; nothing has changed then.
 */
export async function actOnBump(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  act: BumpAct,
  key: string,
  at: Hearing,
): Promise<boolean> {
  const found = await readBump(work.tx, id);
  const request = found && (await lockRequest(work.tx, found.request_id));
  const row = await work.tx
    .selectFrom('room_bump')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const by = act === 'ask' || act === 'drop' ? row?.asker_id : row?.host_id;
  if (!row || !request || by !== person) {
    await record(work, 'refused.bump', `bump:${id}`, { after: { person, act } });
    return false;
  }
  const open = row.state === 'draft' || row.state === 'asked';
  if (act === 'drop') return open && settle(work, setup, row, request, 'withdrawn', row.host_id);
  // Moved by authority, its host still chooses where to.
  if (act === 'move' && row.state === 'done') return chooseLater(work, setup, row, request, key);
  const stands = isAhead(request, work.now) && formVersion(request) === row.request_version;
  if (open && !stands) {
    await settle(work, setup, row, request, 'over', row.asker_id);
    return false;
  }
  switch (act) {
    case 'ask':
      if (row.state !== 'draft') return false;
      if (!row.authority) return settle(work, setup, row, request, 'asked', row.host_id);
      if (!(await mayBump(work, setup.rules, person))) return false;
      return take(work, setup, row, request);
    case 'keep':
      return row.state === 'asked' && settle(work, setup, row, request, 'refused', row.asker_id);
    case 'give':
    case 'move':
      return row.state === 'asked' && yieldTo(work, setup, row, request, act, key, at);
    default:
      return act satisfies never;
  }
}

/** With the host's leave: they move or cancel, and in the same transaction the room is the asker's. */
async function yieldTo(
  work: Work,
  setup: Setup,
  row: BumpRow,
  request: Request,
  act: 'give' | 'move',
  key: string,
  at: Hearing,
): Promise<boolean> {
  if (act === 'move') {
    const place = await alternativeOf(work.tx, setup.rules, request, key, at.now);
    if (!place) return false;
    await relocate(work, withoutLine(setup), request, place);
  } else {
    const wish = { request: request.id, person: row.host_id, act: 'cancel' as const };
    const acted = await actOn(work, withoutLine(setup), wish, at);
    if (acted?.done !== true) return false;
  }
  const booked = await bookFor(work, setup, row, request);
  return settle(work, setup, { ...row, asker_request: booked }, request, 'done', row.asker_id);
}

/** What the asker gets: the room at that time, as any booking of theirs. */
async function bookFor(work: Work, setup: Setup, row: BumpRow, request: Request): Promise<number> {
  const { rules } = setup;
  const person = row.asker_id;
  const now = work.now.toZonedDateTimeISO(rules.timeZone);
  const { form, alsoAsk = [] } = await ROOM.prepare(row.form, { tx: work.tx, rules, person, now });
  const { id } = await submit(work, setup, {
    kind: ROOM,
    form,
    requester: person,
    channel: request.channel,
    chat: 'private',
    alsoAsk,
    begun: row.at,
  });
  return id;
}

/** So many alternatives are held for a host whose room is taken. */
const HELD = 2;

/** By authority: alternatives are held for the host first, then the room changes hands, and its host chooses among them. */
async function take(work: Work, setup: Setup, row: BumpRow, request: Request): Promise<boolean> {
  const { rules } = setup;
  const now = work.now.toZonedDateTimeISO(rules.timeZone);
  const others = await alternativesTo(work.tx, rules, request, now);
  for (const { room, period } of others.slice(0, HELD))
    // One that somebody books in this moment is not theirs; the others are.
    await attempt(work, () => holdRoom(work, rules, { bump_id: row.id }, room.name, period));
  await releaseBooking(work, request.id);
  await handBack(work, withoutLine(setup), request.id);
  const meeting = await meetingOf(work.tx, request.id);
  if (meeting) await keepEvent(work, setup, meeting);
  const booked = await bookFor(work, setup, row, request);
  await record(work, 'room.bumped', `request:${request.id}`, {
    after: { by: row.asker_id, bump: row.id, request: booked },
  });
  return settle(work, setup, { ...row, asker_request: booked }, request, 'done', row.host_id);
}

/** What is held for a host whose room was taken. */
export async function heldFor(tx: Tx, rules: Rules, bump: number): Promise<readonly Alternative[]> {
  const rows = await tx
    .selectFrom('booking')
    .select(['room_id', 'starts_at', 'ends_at'])
    .where('bump_id', '=', bump)
    .where('state', '=', 'held')
    .orderBy('id')
    .execute();
  const rooms = rows.length === 0 ? [] : await allRooms(tx, rules);
  return rows.flatMap((row) => {
    const room = rooms.find(({ id }) => id === row.room_id);
    const period = { from: row.starts_at.toString(), to: row.ends_at.toString() };
    return room ? [{ room, period }] : [];
  });
}

/** One of what was held becomes the host's booking; the rest is free again. */
async function chooseLater(
  work: Work,
  setup: Setup,
  row: BumpRow,
  request: Request,
  key: string,
): Promise<boolean> {
  const chosen = (await heldFor(work.tx, setup.rules, row.id)).find((each) => keyOf(each) === key);
  if (!chosen || request.state !== 'returned') return false;
  await dropHold(work, { bump_id: row.id });
  await relocate(work, setup, request, { room: chosen.room.name, when: chosen.period });
  return settle(work, setup, row, request, 'done', undefined);
}

/** Writes what became of it; `told` hears it by a new message. Always true: it was done. */
async function settle(
  work: Work,
  setup: Setup,
  row: BumpRow,
  request: Request,
  state: BumpRow['state'],
  told: number | undefined,
): Promise<true> {
  const { version } = await work.tx
    .updateTable('room_bump')
    .set({ state, version: row.version + 1, asker_request: row.asker_request })
    .where('id', '=', row.id)
    .returning('version')
    .executeTakeFirstOrThrow();
  await record(work, `room.bump-${state}`, `bump:${row.id}`, { before: { state: row.state } });
  // What was only proposed is nobody else's.
  if (told === undefined || (row.state === 'draft' && state !== 'asked' && state !== 'done'))
    return true;
  await owe(work, setup.jobs, told, request.channel, {
    what: `bump:${row.id}:v${version}`,
    view: { view: 'sharing', sort: 'bump', id: row.id },
    attention: true,
    priority: 3,
    breaksQuiet: row.authority,
  });
  return true;
}

/** By the clock: one room held for a host who has not chosen by its beginning is let go. False when there is none. */
export async function endBumpHold(work: Work, setup: Setup): Promise<boolean> {
  const row = await work.tx
    .selectFrom('booking')
    .select(['id', 'bump_id'])
    .where('bump_id', 'is not', null)
    .where('state', '=', 'held')
    .where('starts_at', '<=', work.now)
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!row) return false;
  await work.tx.deleteFrom('booking').where('id', '=', row.id).execute();
  await record(work, 'room.bump-hold-ended', `bump:${row.bump_id ?? 0}`);
  await feedLine(work, setup);
  return true;
}
