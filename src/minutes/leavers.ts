import { type Office, oneByOne, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { wantTask } from './as-tasks.ts';
import { nextMorning } from './promised.ts';
import { lockMinutes, UNFINISHED } from './store.ts';
import { oweMinutes } from './telling.ts';

/** What is unfinished of people who have left goes back to the host, who hands it to another. */
export async function takeBackFromLeavers(office: Office, setup: Setup): Promise<void> {
  await oneByOne(office, [(work) => takeBackOne(work, setup)]);
}

async function takeBackOne(work: Work, setup: Setup): Promise<boolean> {
  const left = await work.tx
    .selectFrom('action_item')
    .innerJoin('person', 'person.id', 'action_item.owner_id')
    .select(['action_item.id', 'action_item.minutes_id'])
    .where('action_item.state', 'in', UNFINISHED)
    .where('person.active', '=', false)
    .limit(1)
    .executeTakeFirst();
  const minutes = left && (await lockMinutes(work.tx, left.minutes_id));
  if (!left || !minutes) return false;
  const item = await work.tx
    .updateTable('action_item')
    .set((set) => ({ state: 'refused', reason: null, version: set('version', '+', 1) }))
    .where('id', '=', left.id)
    .where('state', 'in', UNFINISHED)
    .returningAll()
    .executeTakeFirst();
  // Another process took it back while this one waited for the lock.
  if (!item) return true;
  await wantTask(work, setup, item);
  const next = await work.tx
    .updateTable('minutes')
    .set({
      state: 'drafted',
      version: minutes.version + 1,
      reminders: 0,
      next_at: nextMorning(work.now, setup),
    })
    .where('id', '=', minutes.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(work, 'action.taken-back', `action:${item.id}`);
  await oweMinutes(work, setup, next, next.host_id, {
    occasion: `left:${item.id}`,
    attention: true,
  });
  return true;
}
