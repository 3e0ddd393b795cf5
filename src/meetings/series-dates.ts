/** The dates of a series as they really stand, and taking some of them out. */
import type { DateState } from '../../cards/series-dates.ts';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { annotate } from '../filing/annotate.ts';
import type { Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import type { StoredForm } from '../requests/kind.ts';
import { occurrenceForm } from '../requests/room/series-edit.ts';
import {
  type Occurrence,
  occurrencesOf,
  type StoredSeries,
  storedSeries,
  withLast,
  withoutDays,
} from '../requests/room/series.ts';

/** One date, and how it stands. */
export type SeriesDate = Occurrence & { readonly state: DateState };

/** The form of a series, read with care; undefined for a single booking or another kind. */
export const repeatedForm = ({
  kind,
  form,
}: Pick<Request, 'kind' | 'form'>): StoredSeries | undefined =>
  kind === 'room' ? storedSeries(form) : undefined;

/** The form that a change of this booking begins with: of a series that of one `day` alone. */
export function formOn(
  request: Pick<Request, 'kind' | 'form'>,
  day: Temporal.PlainDate | null,
  zone: string,
): StoredForm {
  const form = day === null ? undefined : repeatedForm(request);
  const one = form && occurrencesOf(form, zone).find((each) => each.day === day?.toString());
  return form && one ? occurrenceForm(form, one, 'one') : request.form;
}

/** Every date that was ever booked, in the order of time, as its booking and meeting say. Dates that were taken out before are not among them. */
export async function datesOf(
  tx: Tx,
  request: Request,
  zone: string,
  now: Temporal.Instant,
): Promise<readonly SeriesDate[]> {
  const form = repeatedForm(request);
  if (!form) return [];
  const rows = await tx
    .selectFrom('booking')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .leftJoin('meeting', (join) =>
      join
        .onRef('meeting.request_id', '=', 'booking.request_id')
        .onRef('meeting.day', '=', 'booking.day'),
    )
    .select(['booking.day', 'booking.starts_at', 'booking.ends_at', 'booking.state'])
    .select(['room.name as room', 'meeting.state as meeting'])
    .where('booking.request_id', '=', request.id)
    .orderBy('booking.id')
    .execute();
  const latest = new Map(rows.map((row) => [row.day?.toString() ?? '', row]));
  return occurrencesOf(form, zone)
    .flatMap((planned): readonly SeriesDate[] => {
      const row = latest.get(planned.day);
      if (!row) return [];
      const [from, to] = [row.starts_at, row.ends_at];
      const on = from.toZonedDateTimeISO(zone).toPlainDate().toString();
      const state = stateOf(row.state, row.meeting, { from, to }, now);
      return [{ day: planned.day, on, from, to, room: row.room, state }];
    })
    .toSorted((a, b) => Temporal.Instant.compare(a.from, b.from));
}

function stateOf(
  booking: 'held' | 'booked' | 'released',
  meeting: 'planned' | 'cancelled' | 'released' | 'over' | null,
  { from, to }: Pick<Occurrence, 'from' | 'to'>,
  now: Temporal.Instant,
): DateState {
  if (meeting === 'released') return 'no-show';
  if (booking === 'released') return 'cancelled';
  if (Temporal.Instant.compare(to, now) <= 0) return 'over';
  if (Temporal.Instant.compare(from, now) <= 0) return 'now';
  return booking === 'held' ? 'held' : 'ahead';
}

/** Whether it lies ahead and still stands. */
export const isAhead = ({ state }: SeriesDate): boolean => state === 'ahead' || state === 'held';

/**
 * Takes dates out of a series: their rooms are free again, who was told of them hears it, all other dates stand. Nobody approves that.
 * Throws a Refusal when it is not theirs, or nothing of it lies ahead. Whoever takes out all of them cancels the request instead.
 */
export async function dropDates(
  work: Work,
  setup: Setup,
  request: Request,
  by: { readonly person: number; readonly touched?: number },
  days: readonly string[],
): Promise<Request> {
  const form = repeatedForm(request);
  if (!form || days.length === 0 || request.requester_id !== by.person)
    throw new Refusal(
      'series.dates',
      words('这些日期现在不能取消了', 'These dates can no longer be cancelled'),
    );
  await work.tx
    .updateTable('booking')
    .set({ state: 'released' })
    .where('request_id', '=', request.id)
    .where('state', 'in', ['held', 'booked'])
    .where('starts_at', '>', work.now)
    .where(
      'day',
      'in',
      days.map((day) => Temporal.PlainDate.from(day)),
    )
    .execute();
  await record(work, 'series.dates-dropped', `request:${request.id}`, { after: { days } });
  const { series } = withLast(
    { ...form, series: withoutDays(form.series, days) },
    setup.rules.timeZone,
  );
  return annotate(work, setup, request.id, by, { series });
}
