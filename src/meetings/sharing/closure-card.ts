import { closureCard, type ClosureModel, MOST_LINES, MOST_MOVES } from '../../../cards/closure.ts';
import { periodText } from '../../../cards/times.ts';
import type { Tx } from '../../../db/database.ts';
import { nameOf, peopleById } from '../../directory/people.ts';
import { readOrganisation } from '../../directory/organisation.ts';
import type { Hearing } from '../../requests/fields.ts';
import { spacesOf } from '../../requests/room/rooms.ts';
import type { Rules } from '../../settings/rules.ts';
import { alternativesTo, choices, placeText } from './booked.ts';
import { type Affected, affectedBy, allows, closes, readClosure, roomNames } from './closures.ts';
import type { Draw } from './draw.ts';
import { ROOM } from './wishes.ts';

/** The card of a closure, for the office, who asked for it, or a host whose booking it affects. Undefined for others. */
export const drawClosure: Draw = async (tx, id, reader, rules, at) => {
  const row = await readClosure(tx, id);
  if (!row) return undefined;
  const now = at.now.toInstant();
  const org = await readOrganisation(tx, rules.roles, now);
  const own = row.person_id === reader;
  const told = row.told.some((person) => Number(person) === reader);
  const office = closes(org, reader);
  if (!own && !told && !(office && row.state !== 'draft')) return undefined;
  const affected = await affectedBy(tx, row, at.now);
  const rooms = await spacesOf(tx, rules, null);
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
  return { card, version: row.version };
};

async function linesOf(
  tx: Tx,
  affected: readonly Affected[],
  at: Hearing,
): Promise<ClosureModel['affected']> {
  const hosts = affected.slice(0, MOST_LINES).map(({ requester_id }) => requester_id);
  const people = await peopleById(tx, hosts);
  return affected.map(({ requester_id, form }) => ({
    host: people.get(requester_id)?.name ?? '',
    place: placeText(form, at),
  }));
}

async function movesOf(
  tx: Tx,
  mine: readonly Affected[],
  rules: Rules,
  at: Hearing,
): Promise<ClosureModel['mine']> {
  const moves: ClosureModel['mine'][number][] = [];
  for (const [place, each] of mine.entries()) {
    // What is not shown is only counted.
    // Who has a desk asks for another by a word: this card moves meetings.
    const isMoved = place < MOST_MOVES && each.kind === ROOM.name;
    const others = isMoved ? await alternativesTo(tx, rules, each, at.now) : [];
    moves.push({
      number: each.number,
      place: placeText(each.form, at),
      alternatives: choices(others, at, `${each.booking}/`),
    });
  }
  return moves;
}
