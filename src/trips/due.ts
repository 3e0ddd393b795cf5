/** Journeys that something is due for at an hour of the day, each once. */
import type { SelectQueryBuilder, Updateable } from 'kysely';
import type { Tables, TripTable } from '../../db/tables.ts';
import { type Office, oneByOne, type Work } from '../../db/work.ts';
import type { Setup } from '../filing/move.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { type ClockTime, minutesOfClock } from '../time/hours.ts';

/** Journeys looked at in one tick; the rest comes with the next. */
const AT_ONCE = 100;

type Trips = SelectQueryBuilder<Tables, 'trip', { request_id: number }>;

/** `due`: which of the approved journeys, `mark`: what says that it was done; `act` does it, in the transaction of the mark. */
type Due = {
  due(trips: Trips, today: Temporal.PlainDate): Trips;
  mark(today: Temporal.PlainDate): Updateable<TripTable>;
  act(work: Work, request: Request, today: Temporal.PlainDate): Promise<void>;
};

/** Does what is due from this hour on, each journey in a transaction of its own; another replica's journey is left to it. */
export async function eachJourney(
  office: Office,
  { rules }: Setup,
  from: ClockTime,
  due: Due,
): Promise<void> {
  const now = office.clock.now().toZonedDateTimeISO(rules.timeZone);
  if (now.hour * 60 + now.minute < (minutesOfClock(from) ?? 0)) return;
  const today = now.toPlainDate();
  await oneByOne(office, [(work) => nextOne(work, due, today)], AT_ONCE);
}

async function nextOne(work: Work, due: Due, today: Temporal.PlainDate): Promise<boolean> {
  const approved = work.tx.selectFrom('trip').select('request_id').where('state', '=', 'approved');
  const trip = await due
    .due(approved, today)
    .orderBy('request_id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!trip) return false;
  await work.tx
    .updateTable('trip')
    .set(due.mark(today))
    .where('request_id', '=', trip.request_id)
    .execute();
  const request = await readRequest(work.tx, trip.request_id);
  if (request) await due.act(work, request, today);
  return true;
}
