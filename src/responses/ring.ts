import { holdersOf } from '../directory/organisation.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { owe } from '../delivery/owe.ts';
import type { Setup } from '../filing/move.ts';
import { letRead } from '../filing/readers.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { record } from '../audit/record.ts';
import { kindNamed } from '../requests/index.ts';
import { promiseOf } from '../settings/rules.ts';
import { afterQuietHours } from '../time/quiet-hours.ts';
import { addSpan } from '../time/working-time.ts';
import { isQuestion, type Response, subjectOf } from './store.ts';
import { organisation, oweQuestion } from './tell.ts';

/** Looked at in one tick; the rest comes with the next. */
const AT_ONCE = 200;

/**
 * Tells of all that waits too long for a first answer: the office before it is late, then one role of the list after another.
 * Each in a transaction of its own, so two replicas tell once.
 */
export async function ringDue(office: Office, setup: Setup): Promise<void> {
  const due = await office.db
    .selectFrom('response')
    .select(['id', 'request_id'])
    .where('next_at', '<=', office.clock.now())
    .orderBy('next_at')
    .limit(AT_ONCE)
    .execute();
  for (const each of due)
    await inWork(office, { actor: 'system' }, (work) => ringOne(work, setup, each));
}

async function ringOne(
  work: Work,
  setup: Setup,
  { id, request_id }: Pick<Response, 'id' | 'request_id'>,
): Promise<void> {
  // The request comes first in the order of locks: whoever acts on it holds it and then answers.
  const request = request_id === null ? undefined : await lockRequest(work.tx, request_id);
  const response = await work.tx
    .selectFrom('response')
    .selectAll()
    .where('id', '=', id)
    .where('next_at', '<=', work.now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!response) return;
  const { quietHours } = setup.rules.reminders;
  const later = afterQuietHours(work.now, quietHours, setup.rules.timeZone);
  const waits = request === undefined || !cannotWait(request, setup);
  // Quiet hours delay, they do not drop; what is promised around the clock is not delayed.
  if (waits && !later.equals(work.now)) return next(work, response, { next_at: later });
  await ring(work, setup, response, request);
}

async function ring(
  work: Work,
  setup: Setup,
  response: Response,
  request: Request | undefined,
): Promise<void> {
  const { escalate } = setup.rules.service.response;
  const org = await organisation(work, setup);
  const late = Temporal.Instant.compare(response.due_at, work.now) <= 0;
  const roles: string[] = response.told === 0 ? [response.role] : [];
  let told = Math.max(1, response.told);
  if (late) {
    // A role that nobody holds is passed over; it must not end there.
    const rest = escalate.slice(told - 1);
    const here = rest.findIndex((role) => holdersOf(org, role).length > 0);
    roles.push(...rest.slice(here, here + 1));
    told = here < 0 ? escalate.length + 1 : told + here + 1;
  }
  const people = [...new Set(roles.flatMap((role) => holdersOf(org, role)))];
  if (request) await letRead(work, request, people);
  await next(work, response, {
    told,
    next_at: late
      ? told > escalate.length
        ? null
        : addSpan(work.now, response.within, setup.calendar)
      : response.due_at,
  });
  const breaksQuiet = request !== undefined && cannotWait(request, setup);
  const buzz =
    late && breaksQuiet && request !== undefined && promiseOf(setup.rules, request.kind).buzz;
  for (const person of people)
    await tell(work, setup, response, person, told, { buzz, breaksQuiet });
  await record(work, 'response.told', subjectOf(response), { after: { roles, people, late } });
}

const next = async (
  work: Work,
  { id }: Response,
  change: { readonly told?: number; readonly next_at: Temporal.Instant | null },
): Promise<void> => {
  await work.tx.updateTable('response').set(change).where('id', '=', id).execute();
};

async function tell(
  work: Work,
  setup: Setup,
  response: Response,
  person: number,
  told: number,
  loud: { readonly buzz: boolean; readonly breaksQuiet: boolean },
): Promise<void> {
  if (isQuestion(response)) return oweQuestion(work, setup, response, person, 'alarm', `:${told}`);
  await owe(work, setup.jobs, person, response.channel, {
    what: `response:${response.id}:told:${told}:p${person}`,
    view: { view: 'unanswered', response: response.id },
    attention: true,
    priority: 6,
    // What rings is not put off: neither into the morning nor into a bundle.
    ...loud,
  });
}

/** Its kind says that this one is not to wait until the morning. */
const cannotWait = ({ kind, form }: Request, { rules }: Setup): boolean =>
  kindNamed(kind).breaksQuiet(form, rules);
