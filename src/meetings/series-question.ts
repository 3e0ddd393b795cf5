/** 「还要吗」: a series that nobody comes to is questioned. Nothing is ever cancelled by itself: without an answer the office is told. */
import { sql } from 'kysely';
import { seriesQuestionCard } from '../../cards/series-dates.ts';
import type { Card } from '../../cards/card.ts';
import { momentText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { type Office, oneByOne, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe } from '../delivery/owe.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { nameOf } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { oweNoticeToRole } from '../filing/notices.ts';
import { lockRequest, readRequest } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { seriesTimeText } from '../requests/room/series-facts.ts';
import type { Rules } from '../settings/rules.ts';
import { addSpan } from '../time/working-time.ts';
import { datesOf, isAhead, repeatedForm } from './series-dates.ts';

/** Asks the hosts of series that nobody came to, and tells the office of those who do not answer. */
export async function questionSeries(office: Office, setup: Setup): Promise<void> {
  await oneByOne(office, [(work) => ask(work, setup), (work) => tellOffice(work, setup)]);
}

/** A no-show longer ago is not asked about any more: after a standstill the next one is. */
const LATEST_DAYS = 7;

/**
 * The next series whose last dates nobody came to, counted since the last question. Locked by its request, so that two replicas ask once; the
 * key of the question does the rest.
 */
async function ask(work: Work, setup: Setup): Promise<boolean> {
  const { questionAfter, answerWithin } = setup.rules.rooms.series;
  if (questionAfter === null || setup.rules.rooms.checkIn === null) return false;
  const { rows } = await sql<{ request: number; day: Temporal.PlainDate }>`
    select m.request_id as request, m.day from meeting m join request r on r.id = m.request_id
    where m.day is not null and m.state = 'released' and r.state = 'booked'
      and m.starts_at > ${work.now.subtract({ hours: 24 * LATEST_DAYS })}
      and (select count(*) filter (where run.state = 'released') from (
        select p.state from meeting p where p.request_id = m.request_id and p.starts_at <= m.starts_at
          and p.state in ('released', 'over') and p.day > coalesce(
            (select max(q.day) from series_question q where q.request_id = m.request_id), '-infinity')
        order by p.starts_at desc limit ${questionAfter}) run) >= ${questionAfter}
      and exists (select from meeting ahead where ahead.request_id = m.request_id
        and ahead.state = 'planned' and ahead.starts_at > ${work.now})
    order by m.starts_at desc limit 1 for update of r skip locked`.execute(work.tx);
  const [found] = rows;
  const request = found && (await readRequest(work.tx, found.request));
  if (!found || !request) return false;
  const row = await work.tx
    .insertInto('series_question')
    .values({
      request_id: request.id,
      day: found.day,
      host_id: request.requester_id,
      missed: questionAfter,
      asked_at: work.now,
      due_at: addSpan(work.now, answerWithin, setup.calendar),
    })
    .onConflict((at) => at.columns(['request_id', 'day']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  await record(work, 'series.questioned', `request:${request.id}`, {
    after: { missed: questionAfter },
  });
  await owe(work, setup.jobs, request.requester_id, request.channel, {
    what: `series-question:${row.id}`,
    view: { view: 'series-question', question: row.id },
    attention: true,
    priority: 3,
  });
  return true;
}

/** Its host has not answered: the office hears of it once, and decides with them. */
async function tellOffice(work: Work, setup: Setup): Promise<boolean> {
  const row = await work.tx
    .selectFrom('series_question')
    .selectAll()
    .where('due_at', '<=', work.now)
    .orderBy('due_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  const request = row && (await readRequest(work.tx, row.request_id));
  if (!row || !request) return false;
  await work.tx
    .updateTable('series_question')
    .set({ due_at: null })
    .where('id', '=', row.id)
    .execute();
  if (request.state !== 'booked') return true;
  const form = repeatedForm(request);
  const host = await nameOf(work.tx, row.host_id);
  const at = { now: work.now.toZonedDateTimeISO(setup.rules.timeZone) };
  const rule = form ? seriesTimeText(form.when, form.series, at) : words('', '');
  const text = words(
    `${host}的周期预订 ${request.number}（${form?.room ?? ''} ${rule.zh}）连续 ${row.missed} 次没人来，问过还要不要，没有答复。预订没有取消，请与${host}确认`,
    `Nobody came ${row.missed} times in a row to ${request.number} of ${host} (${form?.room ?? ''}, ${rule.en}); they were asked and did not answer. Nothing was cancelled; please settle it with them`,
  );
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const notice = { key: `series-unanswered:${row.id}`, text };
  await oweNoticeToRole(work, setup.jobs, org, 'office', notice, request.channel);
  await record(work, 'series.unanswered', `request:${request.id}`);
  return true;
}

/** 还要, or that it was ended: settles what was asked about a series. Only its host's answer counts; false when nothing was open. */
export async function answerQuestion(
  work: Work,
  request: number,
  person: number,
  answer: 'keep' | 'end',
): Promise<boolean> {
  const locked = await lockRequest(work.tx, request);
  if (locked?.requester_id !== person) return false;
  const done = await work.tx
    .updateTable('series_question')
    .set({ answer, answered_at: work.now, due_at: null })
    .where('request_id', '=', request)
    .where('answer', 'is', null)
    .returning('id')
    .execute();
  if (done.length > 0)
    await record(work, 'series.answered', `request:${request}`, { after: { answer } });
  return done.length > 0;
}

/** The question as it stands. Undefined for anybody but its host, and when the series is over. */
export async function drawQuestionOf(
  tx: Tx,
  wanted: { readonly question: number } | { readonly request: number },
  reader: number,
  rules: Rules,
  at: Hearing,
): Promise<Card | undefined> {
  const query = tx.selectFrom('series_question').selectAll().orderBy('id', 'desc').limit(1);
  const row = await (
    'question' in wanted
      ? query.where('id', '=', wanted.question)
      : query.where('request_id', '=', wanted.request)
  ).executeTakeFirst();
  const request = row && (await readRequest(tx, row.request_id));
  const form = request && repeatedForm(request);
  if (!row || !request || !form || row.host_id !== reader) return undefined;
  const dates = await datesOf(tx, request, rules.timeZone, at.now.toInstant());
  const over = request.state !== 'booked' && row.answer === null;
  return seriesQuestionCard({
    request,
    rule: seriesTimeText(form.when, form.series, at),
    room: form.room,
    missed: row.missed,
    ahead: dates.filter(isAhead).length,
    due: row.due_at ? momentText(row.due_at, at) : null,
    answer: over ? 'end' : row.answer,
  });
}
