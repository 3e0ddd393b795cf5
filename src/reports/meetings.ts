import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import type { Period } from './period.ts';

/** A meeting to come, and what has to stand ready for it. */
export type Meeting = {
  readonly room: string;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  readonly who: string;
  readonly title: string;
  /** Equipment and tea, in the words of who booked. */
  readonly setUp: readonly string[];
  /** Still waits for approval. */
  readonly held: boolean;
};

/** What the list says of a booking beyond its room and time; a form of before the kind changed says nothing. */
const told = z
  .object({ title: z.string(), equipment: z.array(z.string()) })
  .partial()
  .catch({});

/** Meetings that begin in the period, in the order of time. */
export async function meetingsIn(tx: Tx, { from, to }: Period): Promise<readonly Meeting[]> {
  const rows = await bookings(tx)
    .where('booking.state', 'in', ['held', 'booked'])
    .where('booking.starts_at', '>=', from)
    .where('booking.starts_at', '<', to)
    .execute();
  return rows.map(({ form, state, ...row }) => {
    const { title = '', equipment = [] } = told.parse(form);
    return { ...row, title, setUp: equipment, held: state === 'held' };
  });
}

/** A room that was given back because nobody came. */
export type NoShow = Pick<Meeting, 'room' | 'from' | 'to' | 'who'> & { readonly person: number };

/**
 * Rooms of the period that were released though their booking was not called off and has no other time or room now: nobody came. A booking
 * that somebody cancelled is released as well, and is told apart by the state of its request.
 */
export async function releasedNoShows(tx: Tx, { from, to }: Period): Promise<readonly NoShow[]> {
  const rows = await bookings(tx)
    .where('booking.state', '=', 'released')
    .where('request.state', 'in', ['booked', 'done'])
    .where('booking.starts_at', '>=', from)
    .where('booking.starts_at', '<', to)
    .where((at) =>
      at.not(
        at.exists(
          at
            .selectFrom('booking as other')
            .select('other.id')
            .whereRef('other.request_id', '=', 'booking.request_id')
            .whereRef('other.day', 'is not distinct from', 'booking.day')
            .where('other.state', 'in', ['held', 'booked']),
        ),
      ),
    )
    // A date that was taken out of a series or moved was called off: nobody was to come.
    .where((at) =>
      at.or([
        at('booking.day', 'is', null),
        at.exists(
          at
            .selectFrom('meeting')
            .select('meeting.id')
            .whereRef('meeting.request_id', '=', 'booking.request_id')
            .whereRef('meeting.day', '=', 'booking.day')
            .whereRef('meeting.starts_at', '=', 'booking.starts_at')
            .where('meeting.state', '=', 'released'),
        ),
      ]),
    )
    .execute();
  return rows.map(({ room, from: begins, to: ends, who, person }) => ({
    room,
    from: begins,
    to: ends,
    who,
    person,
  }));
}

const bookings = (tx: Tx) =>
  tx
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .innerJoin('person', 'person.id', 'request.requester_id')
    .select(['room.name as room', 'booking.starts_at as from', 'booking.ends_at as to'])
    .select(['person.name as who', 'person.id as person', 'request.form', 'booking.state'])
    .where('request.kind', '=', 'room')
    .orderBy('booking.starts_at')
    .orderBy('booking.id');
