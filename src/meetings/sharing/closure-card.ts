import { closureCard } from '../../../cards/closure.ts';
import { periodText } from '../../../cards/times.ts';
import type { Tx } from '../../../db/database.ts';
import { nameOf } from '../../directory/people.ts';
import { readOrganisation } from '../../directory/organisation.ts';
import type { Request } from '../../filing/store.ts';
import type { Hearing } from '../../requests/fields.ts';
import { allRooms } from '../../requests/room/rooms.ts';
import type { Rules } from '../../settings/rules.ts';
import type { DrawnMeeting } from '../draw.ts';
import { alternativesTo, keyOf, placeText } from './booked.ts';
import { affectedBy, allows, closes, readClosure, roomNames } from './closures.ts';

/** The card of a closure, for the office, who asked for it, or a host whose booking it affects. Undefined for others. */
export async function drawClosure(
  tx: Tx,
  id: number,
  reader: number,
  rules: Rules,
  at: Hearing,
): Promise<DrawnMeeting | undefined> {
  const row = await readClosure(tx, id);
  if (!row) return undefined;
  const now = at.now.toInstant();
  const org = await readOrganisation(tx, rules.roles, now);
  const own = row.person_id === reader;
  const told = row.told.some((person) => Number(person) === reader);
  const office = closes(org, reader);
  if (!own && !told && !(office && row.state !== 'draft')) return undefined;
  const affected = await affectedBy(tx, row, now);
  const rooms = await allRooms(tx, rules);
  const open = row.state === 'draft' || row.state === 'asked';
  const inForce = row.state === 'in-force';
  const mine = affected.filter((each) => inForce && each.requester_id === reader);
  const card = closureCard({
    id,
    version: row.version,
    state: row.state,
    sort: row.sort,
    rooms: await roomNames(tx, row.rooms),
    time: periodText(row.starts_at, row.ends_at, at),
    reason: row.reason,
    by: await nameOf(tx, row.person_id),
    ...(own || office
      ? { effect: { closed: row.rooms.length, rooms: rooms.length, bookings: affected.length } }
      : {}),
    affected: own || office ? await linesOf(tx, affected, at) : [],
    mine: await movesOf(tx, mine, rules, at),
    mayClose: own && row.state === 'draft',
    mayDrop: own && open,
    mayAllow: !own && row.state === 'asked' && allows(org, reader),
    mayReopen: inForce && office,
    needsAllowing: row.sort === 'block' && !allows(org, row.person_id),
  });
  return { card, subject: `closure:${id}`, version: row.version };
}

const linesOf = async (
  tx: Tx,
  affected: readonly Request[],
  at: Hearing,
): Promise<readonly { readonly host: string; readonly place: ReturnType<typeof placeText> }[]> => {
  const lines = [];
  for (const each of affected)
    lines.push({ host: await nameOf(tx, each.requester_id), place: placeText(each.form, at) });
  return lines;
};

type Moves = Parameters<typeof closureCard>[0]['mine'];

async function movesOf(
  tx: Tx,
  mine: readonly Request[],
  rules: Rules,
  at: Hearing,
): Promise<Moves> {
  const moves: Moves[number][] = [];
  for (const request of mine) {
    const others = await alternativesTo(tx, rules, request, at.now);
    moves.push({
      number: request.number,
      place: placeText(request.form, at),
      alternatives: others.map((each) => ({
        label: placeText({ room: each.room.name, when: each.period }, at),
        key: `${request.id}/${keyOf(each)}`,
      })),
    });
  }
  return moves;
}
