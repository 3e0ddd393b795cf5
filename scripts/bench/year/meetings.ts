/** What meetings promise: notices, check-in, what the office prepares, minutes. */
import type { Db } from '../../../db/database.ts';
import { count, rungUnder, tally, type Tally, type Ticks } from './counting.ts';

/** The earlier of two moments; null is never. */
const sooner = (one: Temporal.Instant, other: Temporal.Instant | null): Temporal.Instant =>
  other !== null && Temporal.Instant.compare(other, one) < 0 ? other : one;

const later = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(one, other) < 0 ? other : one;

type Planned = {
  readonly id: number;
  readonly host: number;
  readonly starts: Temporal.Instant;
  readonly ends: Temporal.Instant;
  readonly booked: Temporal.Instant;
  readonly checkedIn: Temporal.Instant | null;
};

/** Nobody moves or cancels a meeting in this year; it is booked when its request ended. */
async function meetingsOf(db: Db): Promise<readonly Planned[]> {
  const rows = await db
    .selectFrom('meeting as m')
    .innerJoin('request as r', 'r.id', 'm.request_id')
    .select([
      'm.id',
      'm.host_id as host',
      'm.starts_at as starts',
      'm.ends_at as ends',
      'm.checked_in_at as checkedIn',
      'r.closed_at',
    ])
    .execute();
  return rows.flatMap(({ closed_at: booked, ...meeting }) =>
    booked ? [{ ...meeting, booked }] : [],
  );
}

/** Everybody invited has the notice 24 hours before, or as soon as it is booked; never after it began. */
async function notices(db: Db, meetings: readonly Planned[], ticks: Ticks): Promise<Tally> {
  const sum = tally('notices 24 hours before, a person');
  const rung = await rungUnder(db, 'meeting:%:notice:%', (parts) => `${parts[1]} ${parts.at(-1)}`);
  const invited = Map.groupBy(
    await db.selectFrom('attendance').select(['meeting_id', 'person_id']).execute(),
    (row) => row.meeting_id,
  );
  for (const { id, starts, booked } of meetings)
    for (const { person_id: person } of invited.get(id) ?? []) {
      const due = later(booked, starts.subtract({ hours: 24 }));
      const actual = rung.get(`${id} p${person}`) ?? [];
      count(sum, { due, over: starts, awake: true }, actual, ticks);
    }
  return sum;
}

/** The host is asked to check in ten minutes before, unless they booked it later than that or are there already. */
async function checkIns(db: Db, meetings: readonly Planned[], ticks: Ticks): Promise<Tally> {
  const sum = tally('check-in, ten minutes before');
  const rung = await rungUnder(db, 'meeting:%:check-in:%', (parts) => parts[1] ?? '');
  for (const { id, starts, ends, booked, checkedIn } of meetings) {
    const due = starts.subtract({ minutes: 10 });
    if (Temporal.Instant.compare(booked, due) >= 0) continue;
    count(sum, { due, over: sooner(ends, checkedIn) }, rung.get(String(id)) ?? [], ticks);
  }
  return sum;
}

/** The host is asked for the minutes when the meeting has ended (or its room is approved, later still), within a day, unless nobody came. */
async function minutes(db: Db, ticks: Ticks): Promise<Tally> {
  const sum = tally('minutes asked for');
  const rung = await rungUnder(db, 'minutes:%:asked', (parts) => parts[1] ?? '');
  const ended = await db
    .selectFrom('booking as b')
    .innerJoin('request as r', 'r.id', 'b.request_id')
    .leftJoin('minutes as m', 'm.request_id', 'r.id')
    .select(['b.ends_at as ends', 'r.closed_at as booked', 'm.id'])
    .where('b.state', '=', 'booked')
    .where('b.ends_at', '<=', ticks.end)
    .execute();
  for (const { ends, booked, id } of ended) {
    const actual = id === null ? [] : (rung.get(String(id)) ?? []);
    const due = booked ? later(ends, booked) : ends;
    count(sum, { due, over: ends.add({ hours: 24 }) }, actual, ticks);
  }
  return sum;
}

export async function ofMeetings(db: Db, ticks: Ticks): Promise<readonly Tally[]> {
  const meetings = await meetingsOf(db);
  return [
    await notices(db, meetings, ticks),
    await checkIns(db, meetings, ticks),
    await minutes(db, ticks),
  ];
}
