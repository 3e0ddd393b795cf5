import { bumpCard } from '../../../cards/bump.ts';
import { nameOf } from '../../directory/people.ts';
import { readRequest } from '../../filing/store.ts';
import { alternativesTo, choices, placeText } from './booked.ts';
import { heldFor, readBump } from './bump.ts';
import type { Draw } from './draw.ts';

/** The card of a room that somebody asks for, for the asker or its host. Undefined for others. */
export const drawBump: Draw = async (tx, id, reader, rules, at) => {
  const row = await readBump(tx, id);
  if (!row || (row.asker_id !== reader && row.host_id !== reader)) return undefined;
  const asks = row.asker_id === reader;
  if (row.state === 'draft' && !asks) return undefined;
  const request = await readRequest(tx, row.request_id);
  if (!request) return undefined;
  // By authority the room is gone; its host chooses among what is held.
  const chooses = row.authority && row.state === 'done' && request.state === 'returned';
  const others = asks
    ? []
    : chooses
      ? await heldFor(tx, rules, id)
      : row.state === 'asked'
        ? await alternativesTo(tx, rules, request, at.now)
        : [];
  const booked = row.asker_request === null ? undefined : await readRequest(tx, row.asker_request);
  const card = bumpCard({
    id,
    version: row.version,
    state: row.state,
    asks,
    authority: row.authority,
    other: await nameOf(tx, asks ? row.host_id : row.asker_id),
    place: placeText(row.form, at),
    reason: row.reason,
    ...(booked && asks ? { number: booked.number } : {}),
    own: request.number,
    chooses,
    alternatives: choices(others, at),
  });
  return { card, version: row.version };
};
