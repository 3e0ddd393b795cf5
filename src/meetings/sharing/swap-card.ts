import { swapCard } from '../../../cards/swap.ts';
import { nameOf } from '../../directory/people.ts';
import { readRequest } from '../../filing/store.ts';
import { placeText, unsuited } from './booked.ts';
import type { Draw } from './draw.ts';
import { readSwap } from './swap.ts';

/** The card of an exchange for one of the two; once it is done, each sees what they have now. */
export const drawSwap: Draw = async (tx, id, reader, rules, at) => {
  const row = await readSwap(tx, id);
  if (!row || (row.asker_id !== reader && row.other_id !== reader)) return undefined;
  // What is only proposed is nobody else's.
  if (row.state === 'draft' && row.asker_id !== reader) return undefined;
  const asks = row.asker_id === reader;
  const own = await readRequest(tx, asks ? row.asker_request : row.other_request);
  const others = await readRequest(tx, asks ? row.other_request : row.asker_request);
  if (!own || !others) return undefined;
  const open = row.state === 'draft' || row.state === 'asked';
  const note = open ? await unsuited(tx, rules, own.form, others.form) : undefined;
  const card = swapCard({
    id,
    version: row.version,
    state: row.state,
    asks,
    other: await nameOf(tx, asks ? row.other_id : row.asker_id),
    own: placeText(own.form, at),
    others: placeText(others.form, at),
    ...(note ? { note } : {}),
  });
  return { card, version: row.version };
};
