/** What a calendar that is fetched tells: what really stands, each date of a series by itself. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { inLanguage, type Language, words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import { type CalendarEvent, calendarFile } from '../../exports/calendar-file.ts';
import type { Rules } from '../../settings/rules.ts';
import { type Feed, feedBySecret } from './links.ts';

/** A calendar as it is sent; `tag` changes with its content only. */
export type FeedFile = { readonly body: string; readonly tag: string };

/** The calendar that a secret opens, as it is now; undefined when it opens none. */
export async function feedFile(
  tx: Tx,
  rules: Rules,
  token: string,
  now: Temporal.Instant,
): Promise<FeedFile | undefined> {
  const feed = await feedBySecret(tx, token);
  const drawn = feed && (await drawFeed(tx, rules, feed, now));
  if (drawn === undefined) return undefined;
  return { body: drawn, tag: createHash('sha256').update(drawn).digest('base64url').slice(0, 27) };
}

async function drawFeed(
  tx: Tx,
  rules: Rules,
  { person_id: person, room_id: room }: Feed,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const span = spanOf(rules, now);
  if (person !== null) {
    const reader = await tx
      .selectFrom('person')
      .select(['name', 'language'])
      .where('id', '=', person)
      .executeTakeFirst();
    if (!reader) return undefined;
    const rows = await bookingsIn(tx, span)
      .where((at) =>
        at.or([
          at('request.requester_id', '=', person),
          at.exists(
            at
              .selectFrom('attendance')
              .select('attendance.person_id')
              .whereRef('attendance.meeting_id', '=', 'meeting.id')
              .where('attendance.person_id', '=', person)
              .where('attendance.answer', '!=', 'away'),
          ),
        ]),
      )
      .execute();
    const name = inLanguage(
      words(`${reader.name}的会议`, `Meetings of ${reader.name}`),
      reader.language,
    );
    const events = rows.map((row) => eventOf(row, reader.language, true));
    return calendarFile({ product: 'meetings', name }, events);
  }
  const place = await tx
    .selectFrom('room')
    .select('name')
    .where('id', '=', room ?? 0)
    .executeTakeFirst();
  if (!place || room === null) return undefined;
  const rows = await bookingsIn(tx, span).where('booking.room_id', '=', room).execute();
  return calendarFile({ product: 'rooms', name: place.name }, [
    ...rows.map((row) => eventOf(row, rules.language, rules.rooms.feed.titles)),
    ...(await closuresIn(tx, span, room, rules.language)),
  ]);
}

type Span = { readonly from: Temporal.Instant; readonly to: Temporal.Instant };

/** Whole days on the office's clock, so that a calendar changes at midnight only when nothing else does. */
function spanOf({ rooms, timeZone }: Rules, now: Temporal.Instant): Span {
  const today = now.toZonedDateTimeISO(timeZone).startOfDay();
  return {
    from: today.subtract({ days: rooms.feed.backDays }).toInstant(),
    to: today.add({ days: rooms.feed.aheadDays + 1 }).toInstant(),
  };
}

/** What holds a room for a request, with its meeting once it is booked. */
const bookingsIn = (tx: Tx, { from, to }: Span) =>
  tx
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .innerJoin('person as host', 'host.id', 'request.requester_id')
    .innerJoin('room', 'room.id', 'booking.room_id')
    .leftJoin('meeting', (join) =>
      join
        .onRef('meeting.request_id', '=', 'booking.request_id')
        .on(sql<boolean>`meeting.day is not distinct from booking.day`),
    )
    .select(['booking.starts_at', 'booking.ends_at', 'booking.state', 'booking.day'])
    .select(['room.name as room', 'room.floor', 'host.name as host'])
    .select(['request.id', 'request.number', 'request.form', 'request.version'])
    .select(['request.updated_at', 'meeting.title', 'meeting.revision'])
    .where('booking.state', 'in', ['held', 'booked'])
    .where('booking.starts_at', '<', to)
    .where('booking.ends_at', '>', from)
    .orderBy('booking.starts_at')
    .orderBy('booking.id');

type Row = Awaited<ReturnType<ReturnType<typeof bookingsIn>['execute']>>[number];

/** A form of before the kind changed has no title. */
const titled = z.object({ title: z.string().optional() }).catch({});

/** `tells`: title and host; else only that the room is taken. */
function eventOf(row: Row, language: Language, tells: boolean): CalendarEvent {
  const title = row.title ?? titled.parse(row.form).title;
  const meeting =
    title ?? inLanguage(words(`会议（${row.host}）`, `Meeting (${row.host})`), language);
  const held = row.state === 'held';
  const taken = held
    ? words('已预订（待审批）', 'Booked, to be approved')
    : words('已预订', 'Booked');
  return {
    uid: `room-${row.id}${row.day ? `-${row.day.toString()}` : ''}@banshi`,
    stamp: row.updated_at,
    when: { from: row.starts_at, to: row.ends_at },
    summary: tells ? meeting : inLanguage(taken, language),
    location: inLanguage(
      words(`${row.room}（${row.floor}楼）`, `${row.room} (floor ${row.floor})`),
      language,
    ),
    ...(tells
      ? {
          description: inLanguage(
            words(`主持：${row.host}，单号：${row.number}`, `Host: ${row.host}, ${row.number}`),
            language,
          ),
        }
      : {}),
    // Either grows with what changes of it, and neither ever shrinks.
    sequence: row.version + (row.revision ?? 0),
    status: held ? 'TENTATIVE' : 'CONFIRMED',
  };
}

/** When the room is closed, or kept for something. */
async function closuresIn(
  tx: Tx,
  { from, to }: Span,
  room: number,
  language: Language,
): Promise<readonly CalendarEvent[]> {
  const rows = await tx
    .selectFrom('room_closure')
    .select(['id', 'starts_at', 'ends_at', 'sort', 'version', 'at'])
    .where('state', '=', 'in-force')
    .where('starts_at', '<', to)
    .where('ends_at', '>', from)
    .where(sql<boolean>`${room} = any(rooms)`)
    .orderBy('starts_at')
    .execute();
  return rows.map((row) => ({
    uid: `closure-${row.id}-${room}@banshi`,
    stamp: row.at,
    when: { from: row.starts_at, to: row.ends_at },
    summary: inLanguage(
      row.sort === 'closed' ? words('停用', 'Closed') : words('预留', 'Kept'),
      language,
    ),
    sequence: row.version,
    status: 'CONFIRMED',
  }));
}
