/** Major faults: their doer is asked for progress every day, and everybody who waits for it hears how it stands. */
import { words } from '../../cards/words.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { peopleById } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice, oweNoticeToRole } from '../filing/notices.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { fold } from '../language/fold.ts';
import { kindNamed } from '../requests/index.ts';
import { isByDoer } from '../requests/repair/doers.ts';
import { categoryIn, wordsIn } from '../requests/repair/open-tickets.ts';
import type { Rules } from '../settings/rules.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import { costOf } from './parts.ts';
import { tellAll } from './watchers.ts';

/** Whether a report says by itself that it is a major fault, or belongs to a category whose faults are. */
export function isMajorByForm(form: Request['form'], { repairs }: Rules): boolean {
  const name = categoryIn(form);
  const text = fold(`${wordsIn(form, 'object')} ${wordsIn(form, 'problem')}`).toLowerCase();
  return (
    repairs.major.heard.some((word) => text.includes(fold(word).toLowerCase())) ||
    repairs.major.categories.some((each) => each === name)
  );
}

const clockOf = (now: Temporal.ZonedDateTime): string =>
  now.toPlainTime().toString({ smallestUnit: 'minute' });

/** Makes it a major fault from now on. False when it was one already, or is over. The request must be locked. */
export async function declareMajor(work: Work, setup: Setup, request: Request): Promise<boolean> {
  if (request.kind !== 'repair' || openStep(request.workflow)?.id !== 'fix') return false;
  const { tellAt } = setup.rules.repairs.major;
  const now = work.now.toZonedDateTimeISO(setup.rules.timeZone);
  // After that hour nothing is asked or told of today: its first day is tomorrow.
  const heard = clockOf(now) >= tellAt ? now.toPlainDate() : null;
  const row = await work.tx
    .insertInto('major_fault')
    .values({ request_id: request.id, since: work.now, asked_on: heard, told_on: heard })
    .onConflict((at) => at.column('request_id').doNothing())
    .returning('request_id')
    .executeTakeFirst();
  if (!row) return false;
  await record(work, 'repair.major', `request:${request.id}`);
  const text = words(
    `${request.number} 列为重大故障，每天 ${tellAt} 告诉您进展，直到修好`,
    `${request.number} is a major fault: you hear at ${tellAt} every day how it stands, until it is done`,
  );
  await tellAll(work, setup, request, `major:${request.id}`, text);
  return true;
}

/** What had made it one at that moment was taken back. */
export async function notMajor(
  work: Work,
  request: Request,
  since: Temporal.Instant,
): Promise<void> {
  const gone = await work.tx
    .deleteFrom('major_fault')
    .where('request_id', '=', request.id)
    .where('since', '=', since)
    .executeTakeFirst();
  if (gone.numDeletedRows > 0n) await record(work, 'repair.not-major', `request:${request.id}`);
}

/** A repair that has cost as much as the rules say is one. The request must be locked. */
export async function majorByCost(work: Work, setup: Setup, request: Request): Promise<void> {
  const fen = await costOf(work.tx, request);
  if (fen >= setup.rules.repairs.major.yuan * 100) await declareMajor(work, setup, request);
}

/** Asks and tells what is due today, each ticket in a transaction of its own, once a day whatever the number of replicas. */
export async function keepMajor(office: Office, setup: Setup): Promise<void> {
  const now = office.clock.now().toZonedDateTimeISO(setup.rules.timeZone);
  const today = now.toPlainDate();
  const clock = clockOf(now);
  const { askAt, tellAt } = setup.rules.repairs.major;
  const due = await office.db
    .selectFrom('major_fault')
    .innerJoin('request', 'request.id', 'major_fault.request_id')
    .select(['request_id', 'asked_on', 'told_on'])
    // Its kind is said for the index of open tickets: without it all requests there ever were are looked through.
    .where('request.kind', '=', 'repair')
    .where('request.closed_at', 'is', null)
    .execute();
  const isDue = (at: string, done: Temporal.PlainDate | null): boolean =>
    clock >= at && (done === null || Temporal.PlainDate.compare(done, today) < 0);
  for (const { request_id: id, asked_on: asked, told_on: told } of due) {
    if (!isDue(tellAt, told) && !isDue(askAt, asked)) continue;
    await inWork(office, { actor: 'system' }, async (work) => {
      const request = await lockRequest(work.tx, id);
      if (!request || openStep(request.workflow)?.id !== 'fix') return;
      if (isDue(tellAt, told)) {
        if (await isFirst(work, id, 'told_on', today)) await tell(work, setup, request, today);
      } else if (await isFirst(work, id, 'asked_on', today)) await ask(work, setup, request, today);
    });
  }
}

/** Whether nobody else did it today. */
async function isFirst(
  work: Work,
  id: number,
  what: 'asked_on' | 'told_on',
  today: Temporal.PlainDate,
): Promise<boolean> {
  const { numUpdatedRows } = await work.tx
    .updateTable('major_fault')
    .set({ [what]: today })
    .where('request_id', '=', id)
    .where((q) => q.or([q(what, 'is', null), q(what, '<', today)]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Whoever works on it is asked, unless they have written something today. */
async function ask(
  work: Work,
  setup: Setup,
  request: Request,
  today: Temporal.PlainDate,
): Promise<void> {
  if (await noteOf(work, setup, request, today)) return;
  const step = openStep(request.workflow);
  const text = words(
    `重大故障 ${request.number}（${kindText(request, setup).zh}）今天进展如何？请回复它的卡片说「进展 …」，或在卡片上记进展`,
    `Major fault ${request.number} (${kindText(request, setup).en}): how does it stand today? Please note your progress on its card`,
  );
  for (const person of step ? assigneesOf(step) : [])
    await oweNotice(
      work,
      setup.jobs,
      person,
      { key: `major-ask:${request.id}:${today.toString()}`, text },
      request.channel,
    );
}

/** Everybody who waits for it hears the newest of today; where there is nothing, so does the director. */
async function tell(
  work: Work,
  setup: Setup,
  request: Request,
  today: Temporal.PlainDate,
): Promise<void> {
  const note = await noteOf(work, setup, request, today);
  const step = openStep(request.workflow);
  const people = await peopleById(work.tx, step ? assigneesOf(step) : []);
  const doers = [...people.values()].slice(0, 3).map(({ name }) => name);
  const stands = note
    ? words(`${note.text}（${note.name}）`, `${note.text} (${note.name})`)
    : words(
        `今天没有新进展，由${doers.join('、')}处理`,
        `no news today; ${doers.join(', ')} is on it`,
      );
  const what = kindText(request, setup);
  const text = words(
    `重大故障 ${request.number}（${what.zh}）今日进展：${stands.zh}`,
    `Major fault ${request.number} (${what.en}) today: ${stands.en}`,
  );
  const key = `major-told:${request.id}:${today.toString()}`;
  await tellAll(work, setup, request, key, text);
  await record(work, 'repair.major-told', `request:${request.id}`, { after: { news: !!note } });
  if (note) return;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  await oweNoticeToRole(work, setup.jobs, org, 'director', { key, text }, request.channel);
}

const kindText = (request: Request, { rules }: Setup) =>
  kindNamed('repair').summary(request.form, {
    now: request.submitted_at.toZonedDateTimeISO(rules.timeZone),
  });

/** The newest that was written about it today by whoever works on it. */
const noteOf = (
  work: Work,
  { rules }: Setup,
  request: Request,
  today: Temporal.PlainDate,
): Promise<{ readonly text: string; readonly name: string } | undefined> =>
  work.tx
    .selectFrom('note')
    .innerJoin('person', 'person.id', 'note.person_id')
    .select(['note.text', 'person.name'])
    .where('note.request_id', '=', request.id)
    .where(isByDoer('note'))
    .where('note.at', '>=', today.toZonedDateTime(rules.timeZone).toInstant())
    .orderBy('note.id', 'desc')
    .limit(1)
    .executeTakeFirst();
