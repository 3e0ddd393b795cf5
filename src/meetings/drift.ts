/** 日历里的改动: somebody changed the event of a meeting in the calendar. Its host is told and chooses; nothing is overwritten silently. */
import { type Drifted, driftCard } from '../../cards/calendar.ts';
import { periodText } from '../../cards/times.ts';
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { type Drift, readStanding } from '../channels/event.ts';
import { counterpartOf } from '../counterparts/want.ts';
import { restand } from '../counterparts/restand.ts';
import { owe } from '../delivery/owe.ts';
import type { Setup } from '../filing/move.ts';
import type { Hearing } from '../requests/fields.ts';
import { eventOf, standingOf } from './event.ts';
import { lockMeeting, type Meeting, readMeeting } from './store.ts';
import type { DrawnMeeting } from './draw.ts';

/** Owes the host the card that tells what was changed and asks what is to count. */
export async function tellDrift(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  drift: Drift,
): Promise<void> {
  const what = 'moved' in drift ? `moved:${drift.moved.from}:${drift.moved.to}` : 'deleted';
  await record(work, 'meeting.changed-in-calendar', `request:${meeting.request_id}`, {
    after: drift,
  });
  await owe(work, setup.jobs, meeting.host_id, meeting.channel, {
    what: `drift:${meeting.id}:${meeting.revision}:${what}:${work.now.toString()}`,
    view: { view: 'calendar', meeting: meeting.id },
    attention: true,
    priority: 3,
    notAfter: meeting.ends_at,
  });
}

/** The card for the host; undefined for anybody else. What was settled meanwhile is said to be. */
export async function drawDrift(
  tx: Tx,
  id: number,
  reader: number,
  at: Hearing,
): Promise<DrawnMeeting | undefined> {
  const meeting = await readMeeting(tx, id);
  if (meeting?.host_id !== reader) return undefined;
  const standing = await standingOf(tx, id);
  const time = periodText(meeting.starts_at, meeting.ends_at, at);
  const drift = meeting.state === 'planned' ? (standing?.drift ?? null) : null;
  const card = driftCard({
    id,
    place: meeting.place,
    title: meeting.title,
    time,
    once: meeting.day !== null,
    drift: drift && drifted(drift, at),
  });
  return { card, subject: `drift:${id}`, version: meeting.revision };
}

const drifted = (drift: Drift, at: Hearing): Drifted =>
  'moved' in drift
    ? {
        moved: periodText(
          Temporal.Instant.from(drift.moved.from),
          Temporal.Instant.from(drift.moved.to),
          at,
        ),
      }
    : { deleted: true };

/** What the host may choose about: the meeting with what was changed; undefined when it is not theirs, or settled. */
export async function driftOf(
  work: Work,
  id: number,
  person: number,
): Promise<{ readonly meeting: Meeting; readonly drift: Drift } | undefined> {
  const meeting = await lockMeeting(work.tx, id);
  if (meeting?.host_id !== person) {
    await record(work, 'refused.calendar', `meeting:${id}`, { after: { person } });
    return undefined;
  }
  const drift = meeting.state === 'planned' ? (await standingOf(work.tx, id))?.drift : undefined;
  return drift ? { meeting, drift } : undefined;
}

/** The calendar is made as the booking has it: moved back, or put there anew. */
export async function restore(work: Work, id: number, drift: Drift): Promise<void> {
  const counterpart = await counterpartOf(work.tx, eventOf(id));
  const standing = readStanding(counterpart?.external);
  if (!counterpart || !standing) return;
  if ('deleted' in drift) return restand(work, counterpart, { id: null, facts: null });
  const written = { ...standing.written, ...drift.moved };
  await restand(work, counterpart, {
    id: counterpart.external_id,
    facts: { ...standing, written, drift: null },
  });
}
