/** Looks now and then whether the events of the next days still stand in the calendar as they were written, and tells their hosts. */
import { dayText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import type { Channel } from '../channels/channel.ts';
import {
  type Drift,
  readStanding,
  type SeenEvent,
  type StandingEvent,
  type StandingRoom,
} from '../channels/event.ts';
import { type Counterpart, noteSeen } from '../counterparts/want.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import { lockRequest, readRequest } from '../filing/store.ts';
import { tellDrift } from './drift.ts';
import { eventOf, keepEvent } from './event.ts';
import { giveBack, type OfferAnother } from './event-heard.ts';
import { lockMeeting, type Meeting, readMeeting } from './store.ts';
import { refresh } from './tell.ts';

/** Events that begin in so many hours are looked at: a meeting further away can be looked at later. */
const AHEAD = { hours: 7 * 24 };
/** So many are looked at in one go; more meetings than this in a week no office has. */
const MOST = 1_000;

/**
 * One call for all of them, and one more for each that is not where it was. Without an event of ours in the next days nothing is called.
 * Meetings that were booked while the calendar was off are put there.
 */
export async function reconcileCalendar(
  office: Office,
  setup: Setup,
  channel: Channel,
  offerAnother: OfferAnother,
): Promise<void> {
  await inWork(office, { actor: 'system' }, (work) => putMissing(work, setup));
  const now = office.clock.now();
  const rows = await office.db
    .selectFrom('counterpart')
    .innerJoin('meeting', 'meeting.id', 'counterpart.about_id')
    .selectAll('counterpart')
    .where('counterpart.channel', '=', channel.name)
    .where('counterpart.sort', '=', 'event')
    .where('counterpart.external_id', 'is not', null)
    .where('counterpart.due_at', 'is', null)
    .where('meeting.state', '=', 'planned')
    .where('meeting.ends_at', '>', now)
    .where('meeting.starts_at', '<', now.add(AHEAD))
    .limit(MOST)
    .execute();
  const ids = rows.flatMap(({ external_id }) => external_id ?? []);
  if (ids.length === 0 || !channel.seeEvents) return;
  const seen = await channel.seeEvents(ids, now, now.add(AHEAD));
  for (const event of seen) {
    const row = rows.find(({ external_id }) => external_id === event.id);
    if (row)
      await inWork(office, { actor: `channel:${channel.name}` }, (work) =>
        compare(work, setup, row, event, offerAnother),
      );
  }
}

/** Planned meetings of which the calendar never heard. */
async function putMissing(work: Work, setup: Setup): Promise<void> {
  const rows = await work.tx
    .selectFrom('meeting')
    .select('meeting.id')
    .leftJoin('counterpart', (join) =>
      join
        .onRef('counterpart.about_id', '=', 'meeting.id')
        .on('counterpart.about_kind', '=', 'meeting'),
    )
    .where('meeting.state', '=', 'planned')
    .where('meeting.starts_at', '>', work.now)
    .where('counterpart.id', 'is', null)
    .orderBy('meeting.id')
    .limit(MOST)
    .execute();
  for (const { id } of rows) {
    const meeting = await readMeeting(work.tx, id);
    if (meeting) await keepEvent(work, setup, meeting);
  }
}

/** Says what is another than we wrote it. What is on its way to be changed by us is left alone. */
async function compare(
  work: Work,
  setup: Setup,
  { id, about_id, external_id }: Counterpart,
  event: SeenEvent,
  offerAnother: OfferAnother,
): Promise<void> {
  const known = await readMeeting(work.tx, about_id);
  if (known) await lockRequest(work.tx, known.request_id);
  const meeting = await lockMeeting(work.tx, about_id);
  const row = await work.tx
    .selectFrom('counterpart')
    .selectAll()
    .where('id', '=', id)
    .where('external_id', '=', external_id)
    .where('due_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  const standing = readStanding(row?.external);
  if (!row || !standing || meeting?.state !== 'planned') return;
  const drift = driftIn(standing, event);
  const declined = event.gone ? standing.declined : (event.declined ?? standing.declined);
  const room = roomIn(standing, event);
  await noteSeen(work, eventOf(about_id), {
    ...standing,
    drift,
    declined,
    room: room ?? standing.room,
  });
  const isNew = drift !== null && JSON.stringify(drift) !== JSON.stringify(standing.drift);
  if (isNew) await tellDrift(work, setup, meeting, drift);
  const fresh = declined.filter((each) => !standing.declined.includes(each));
  if (fresh.length > 0) await tellDeclined(work, setup, meeting, fresh);
  if (room?.answer === 'refused' && standing.room?.answer !== 'refused')
    await giveBack(work, setup, meeting, 'removed', offerAnother);
  else if (room?.answer === 'accepted') await refresh(work, setup, meeting);
}

function driftIn({ written }: StandingEvent, event: SeenEvent): Drift | null {
  if (event.gone) return { deleted: true };
  const isSame = (one: string, other: string): boolean =>
    Math.abs(Temporal.Instant.from(one).since(other).total('seconds')) < 1;
  if (isSame(event.from, written.from) && isSame(event.to, written.to)) return null;
  return { moved: { from: event.from, to: event.to } };
}

/** The room, when it was taken from the event, or accepted after all when nobody waited for it any more; undefined: it is as we knew. */
function roomIn({ room }: StandingEvent, event: SeenEvent): StandingRoom | undefined {
  if (!room || room.answer === 'asked' || event.gone || event.rooms === null) return undefined;
  const seen = event.rooms[room.id] ?? 'refused';
  if (seen === 'refused') return { ...room, answer: 'refused', why: 'removed' };
  return seen === 'accepted' && room.answer === 'silent' ? { ...room, answer: seen } : undefined;
}

/** More names than this do not fit in one line. */
const MOST_NAMES = 8;

/** In the calendar there is no reason asked for: the host hears of it, and decides. */
async function tellDeclined(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  ids: readonly string[],
): Promise<void> {
  const rows = await work.tx
    .selectFrom('address')
    .innerJoin('person', 'person.id', 'address.person_id')
    .select(['person.id', 'person.name', 'address.external_id'])
    .where('address.external_id', 'in', [...ids])
    .where('person.id', '!=', meeting.host_id)
    .orderBy('person.id')
    .execute();
  if (rows.length === 0) return;
  const names = rows
    .slice(0, MOST_NAMES)
    .map(({ name }) => name)
    .join('、');
  const day = dayText(meeting.starts_at.toZonedDateTimeISO(setup.rules.timeZone).toPlainDate());
  // Of a series it is about one date: without saying which, the next would be meant.
  const request = meeting.day && (await readRequest(work.tx, meeting.request_id));
  const which = request ? `${request.number} ${day.zh.replace(/（.*）/u, '')}那次` : '';
  const text = words(
    `${names}${rows.length > MOST_NAMES ? '等' : ''}在飞书日历里谢绝了 ${day.zh}「${meeting.place}」的会议。要改时间说「${which}改到…」，不再邀请说「${which}去掉…」`,
    `${names}${rows.length > MOST_NAMES ? ' …' : ''} declined your meeting in ${meeting.place} on ${day.en} in the Feishu calendar. You may move it, or take them off`,
  );
  const key = `declined:${meeting.id}:${meeting.revision}:${rows.map(({ id }) => id).join(',')}`;
  const notice = { key, text, notAfter: meeting.ends_at };
  await oweNotice(work, setup.jobs, meeting.host_id, notice, meeting.channel);
}
