import { words } from '../../cards/words.ts';
import { type Office, oneByOne, type Work } from '../../db/work.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { nameOf } from '../directory/people.ts';
import { calendarOfPerson } from '../filing/due.ts';
import { escalate } from '../filing/escalate.ts';
import type { Setup } from '../filing/move.ts';
import { oweNoticeToRole } from '../filing/notices.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { FRESH_AFTER } from '../tasks/open-tasks.ts';
import { oweCard } from '../filing/tell.ts';
import { addSpan } from '../time/working-time.ts';

/** A person is reminded of one task this often; then their silence is told to others, once. */
const MOST = 3;

/** Reminds of every open task whose time has come. Each in a transaction of its own, so two replicas remind once. */
export async function remindDue(office: Office, setup: Setup): Promise<void> {
  await oneByOne(office, [(work) => remindOne(work, setup)]);
}

async function remindOne(work: Work, setup: Setup): Promise<boolean> {
  const task = await work.tx
    .selectFrom('task')
    .selectAll()
    .where('state', '=', 'open')
    .where('next_reminder_at', '<=', work.now)
    .orderBy('next_reminder_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!task) return false;
  const { rules } = setup;
  const request = await readRequest(work.tx, task.request_id);
  // Reminded often enough, or nothing to be reminded of: only the card is kept alive.
  if (task.reminders >= MOST || (task.sort === 'task' && task.due_at === null)) {
    if (request) await oweCard(work, setup, request, task.person_id, 'waits', fresh(work.now));
    await next(work, task.id, task.reminders, work.now.add(FRESH_AFTER));
    return true;
  }
  if (request) await remind(work, setup, request, task.person_id, task.reminders);
  const overdue = task.due_at !== null && Temporal.Instant.compare(task.due_at, work.now) <= 0;
  if (overdue && task.sort === 'approval')
    await escalate(work, setup, task.request_id, task.person_id);
  const org = await readOrganisation(work.tx, rules.roles, work.now);
  const calendar = calendarOfPerson(rules, org, task.person_id);
  const again =
    task.reminders + 1 < MOST
      ? addSpan(work.now, rules.service.approval.remindEvery, calendar)
      : work.now.add(FRESH_AFTER);
  await next(work, task.id, task.reminders + 1, again);
  return true;
}

const next = (
  work: Work,
  task: number,
  reminders: number,
  at: Temporal.Instant,
): Promise<unknown> =>
  work.tx
    .updateTable('task')
    .set({ reminders, next_reminder_at: at })
    .where('id', '=', task)
    .execute();

/** Each fresh card has a business key of its own. */
const fresh = (now: Temporal.Instant): string => `:fresh:${now.epochMilliseconds}`;

/** The card comes again as a new message; the last time, the office manager hears of it. */
async function remind(
  work: Work,
  setup: Setup,
  request: Request,
  person: number,
  before: number,
): Promise<void> {
  await oweCard(work, setup, request, person, 'waits', `:reminder:${before + 1}`);
  if (before + 1 < MOST) return;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const name = await nameOf(work.tx, person);
  await oweNoticeToRole(
    work,
    setup.jobs,
    org,
    'office-manager',
    {
      key: `silent:${request.id}:${request.version}:${person}`,
      text: words(
        `${request.number} 已提醒${name} ${MOST} 次仍未处理，请您关注`,
        `${name} was reminded of ${request.number} ${MOST} times without an answer`,
      ),
    },
    request.channel,
  );
}
