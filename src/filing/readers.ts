import { record } from '../audit/record.ts';
import type { Work } from '../../db/work.ts';
import { mayRead } from './act.ts';
import type { Request } from './store.ts';

/**
 * Lets people read a request who have no place in it, since they are told about it. The row must be locked by the caller. Its
 * version stays: nothing that a card shows has changed.
 */
export async function letRead(
  work: Work,
  request: Request,
  people: readonly number[],
): Promise<void> {
  const fresh = people.filter((person) => !mayRead(request, person));
  if (fresh.length === 0) return;
  const workflow = { ...request.workflow, past: [...(request.workflow.past ?? []), ...fresh] };
  await work.tx
    .updateTable('request')
    .set({ workflow: JSON.stringify(workflow) })
    .where('id', '=', request.id)
    .execute();
  await record(work, 'request.opened-to', `request:${request.id}`, { after: { people: fresh } });
}
