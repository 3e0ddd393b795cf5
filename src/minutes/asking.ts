import { sql } from 'kysely';
import { type Office, oneByOne, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe } from '../delivery/owe.ts';
import { holdersOf, readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { awake, dueAfter, nextMorning, warnedAt } from './promised.ts';
import { itemsOf, isToHandOut, type Minutes } from './store.ts';
import { oweMinutes } from './telling.ts';

/** A meeting that ended longer ago than this is not asked about any more: its minutes would be overdue when asked for. */
const LATEST_HOURS = 24;
/** An unfinished draft is brought up again at most so often. */
const MOST_REMINDERS = 3;

/** Asks the host of every meeting that has ended for its minutes, once; and reminds of those that are due or unfinished. */
export async function askForMinutes(office: Office, setup: Setup): Promise<void> {
  await oneByOne(office, [(work) => askOne(work, setup), (work) => remindOne(work, setup)]);
}

async function askOne(work: Work, setup: Setup): Promise<boolean> {
  const ended = await work.tx
    .selectFrom('booking')
    .innerJoin('request', 'request.id', 'booking.request_id')
    .leftJoin('minutes', (join) =>
      join
        .onRef('minutes.request_id', '=', 'request.id')
        .onRef('minutes.day', 'is not distinct from', 'booking.day'),
    )
    .select(['request.id', 'booking.ends_at', 'booking.day'])
    .where('booking.state', '=', 'booked')
    .where('booking.ends_at', '<=', work.now)
    .where('booking.ends_at', '>', work.now.subtract({ hours: LATEST_HOURS }))
    .where('request.kind', '=', 'room')
    .where('request.state', '=', 'booked')
    .where('minutes.id', 'is', null)
    .where(isMeeting)
    .orderBy('booking.ends_at')
    .limit(1)
    .forUpdate('request')
    .skipLocked()
    .executeTakeFirst();
  const request = ended && (await readRequest(work.tx, ended.id));
  if (!request || !ended) return false;
  await ask(work, setup, request, ended);
  return true;
}

/** A booking with a subject, people who were asked, or places for two is a meeting; a room for oneself is none. */
const isMeeting = sql<boolean>`(coalesce(request.form ->> 'title', '') <> ''
  or case when jsonb_typeof(request.form -> 'people') = 'number' then (request.form ->> 'people')::numeric >= 2 else false end
  or case when jsonb_typeof(request.form -> 'attendees') = 'array' then jsonb_array_length(request.form -> 'attendees') > 0 else false end)`;

async function ask(
  work: Work,
  setup: Setup,
  request: Request,
  {
    ends_at: ended,
    day,
  }: { readonly ends_at: Temporal.Instant; readonly day: Temporal.PlainDate | null },
): Promise<void> {
  const due = dueAfter(ended, setup);
  const warn = warnedAt(ended, due, setup);
  const late = Temporal.Instant.compare(warn, work.now) <= 0;
  const host = request.requester_id;
  const row = await work.tx
    .insertInto('minutes')
    .values({
      request_id: request.id,
      day,
      host_id: host,
      title: textAt(request, 'title'),
      held_at: ended,
      channel: request.channel,
      state: 'asked',
      due_at: due,
      next_at: late ? due : warn,
      reminders: late ? 1 : 0,
      text: null,
      decisions: '[]',
      attendees: JSON.stringify(attendeesOf(request).filter((person) => person !== host)),
      attachment_id: null,
      fetch_at: null,
      confirmed_at: null,
      created_at: work.now,
    })
    .onConflict((at) => at.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return;
  await record(work, 'minutes.asked', `minutes:${row.id}`, { after: { request: request.id } });
  const how = { occasion: 'asked', attention: true, due: awake(work.now, setup) };
  await oweMinutes(work, setup, row, host, how);
}

const textAt = (request: Request, field: string): string => {
  const value = request.form[field];
  return typeof value === 'string' ? value : '';
};

/** Ids of the people who were asked to come, as the booking holds them; read with care, since another kind writes them. */
function attendeesOf(request: Request): readonly number[] {
  const listed = request.form['attendees'];
  if (!Array.isArray(listed)) return [];
  const ids = listed.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0);
  return [...new Set(ids)];
}

async function remindOne(work: Work, setup: Setup): Promise<boolean> {
  const minutes = await work.tx
    .selectFrom('minutes')
    .selectAll()
    .where('next_at', '<=', work.now)
    .orderBy('next_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!minutes) return false;
  const later = awake(work.now, setup);
  // Quiet hours delay a reminder, they do not drop it.
  if (!later.equals(work.now)) await spoken(work, minutes, minutes.reminders, later);
  else if (minutes.state === 'asked') await remindAsked(work, setup, minutes);
  else await remindDrafted(work, setup, minutes);
  return true;
}

const spoken = (
  work: Work,
  minutes: Minutes,
  reminders: number,
  next: Temporal.Instant | null,
): Promise<unknown> =>
  work.tx
    .updateTable('minutes')
    .set({ reminders, next_at: next })
    .where('id', '=', minutes.id)
    .execute();

/** At 20 hours the host; at 24 hours the host and the office manager, once. */
async function remindAsked(work: Work, setup: Setup, minutes: Minutes): Promise<void> {
  const over = minutes.due_at !== null && Temporal.Instant.compare(minutes.due_at, work.now) <= 0;
  const occasion = over ? 'overdue' : 'soon';
  await oweMinutes(work, setup, minutes, minutes.host_id, { occasion, attention: true });
  await spoken(work, minutes, minutes.reminders + 1, over ? null : minutes.due_at);
  if (!over) return;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  for (const person of holdersOf(org, 'office-manager')) {
    if (person === minutes.host_id) continue;
    await owe(work, setup.jobs, person, minutes.channel, {
      what: `minutes:${minutes.id}:overdue:p${person}`,
      view: { view: 'late-minutes', minutes: minutes.id },
      attention: true,
      priority: 6,
    });
  }
}

/** Items that lack an owner or a date, or came back, are asked for again each working morning, three times. */
async function remindDrafted(work: Work, setup: Setup, minutes: Minutes): Promise<void> {
  const waiting = (await itemsOf(work.tx, minutes.id)).some(isToHandOut);
  const count = minutes.reminders + 1;
  const next = waiting && count < MOST_REMINDERS ? nextMorning(work.now, setup) : null;
  await spoken(work, minutes, count, next);
  if (!waiting) return;
  const how = { occasion: `again:${count}`, attention: true };
  await oweMinutes(work, setup, minutes, minutes.host_id, how);
}
