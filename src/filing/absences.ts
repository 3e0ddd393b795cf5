/** Absence begins: what waits for somebody goes on to whoever stands in for them, and they are told in one message. */
import { words } from '../../cards/words.ts';
import { type Office, oneByOne, type Work } from '../../db/work.ts';
import { peopleById } from '../directory/people.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import { move, type Setup } from './move.ts';
import { oweNotice } from './notices.ts';
import { lockRequest } from './store.ts';

/** Absences looked at in one tick; the rest comes with the next. */
const AT_ONCE = 100;

/** Hands on what waits for everybody whose absence has begun. Each in a transaction of its own, so two replicas do it once. */
export async function beginAbsences(office: Office, setup: Setup): Promise<void> {
  await oneByOne(office, [(work) => beginOne(work, setup)], AT_ONCE);
}

async function beginOne(work: Work, setup: Setup): Promise<boolean> {
  const row = await work.tx
    .selectFrom('absence')
    .select(['id', 'person_id', 'until'])
    .where('begun', '=', false)
    .where('since', '<=', work.now)
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!row) return false;
  await work.tx.updateTable('absence').set({ begun: true }).where('id', '=', row.id).execute();
  // One that was over before anybody looked hands nothing on.
  if (Temporal.Instant.compare(row.until, work.now) > 0)
    await handOnFrom(work, setup, row.person_id);
  return true;
}

/** Every open approval of somebody absent, in the order of their numbers, as `move` seats it now; then one sentence to them. */
export async function handOnFrom(work: Work, setup: Setup, person: number): Promise<void> {
  const rows = await work.tx
    .selectFrom('task')
    .innerJoin('request', 'request.id', 'task.request_id')
    .select(['task.request_id', 'request.channel'])
    .where('task.person_id', '=', person)
    .where('task.state', '=', 'open')
    .where('task.sort', '=', 'approval')
    .orderBy('task.request_id')
    .execute();
  const handed: { readonly number: string; readonly to: readonly number[] }[] = [];
  for (const { request_id } of rows) {
    const request = await lockRequest(work.tx, request_id);
    if (!request) continue;
    const after = await move(work, setup, request, request.workflow, [], {
      act: 'stood-in',
      person,
    });
    const step = openStep(after.workflow);
    const to = step ? assigneesOf(step) : [];
    if (!to.includes(person)) handed.push({ number: after.number, to });
  }
  const channel = rows[0]?.channel;
  if (handed.length === 0 || channel === undefined) return;
  const names = await peopleById(
    work.tx,
    handed.flatMap(({ to }) => to),
  );
  const list = handed
    .map(({ number, to }) => `${number}（${to.map((id) => names.get(id)?.name ?? '').join('、')}）`)
    .join('、');
  await oweNotice(
    work,
    setup.jobs,
    person,
    {
      key: `stood-in:${work.now.toString()}:${person}`,
      text: words(
        `您不在期间，这些审批已交给代批人：${list}。要自己批，在卡片上点「收回自批」`,
        `While you are away these went to your stand-in: ${list}. You can take each back on its card`,
      ),
    },
    channel,
  );
}
