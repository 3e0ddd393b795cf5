/** What came from whoever repairs a thing, told from what its reporter and others sent; those may be one person. */
import { sql } from 'kysely';
import type { Tx } from '../../../db/database.ts';

/** Whether its person sent it while the repair was theirs to do, or after they did it. */
export const isByDoer = (what: 'note' | 'attachment') => {
  const its = (column: string) => sql.ref(`${what}.${column}`);
  return sql<boolean>`exists (select from task where task.step_id = 'fix'
    and task.request_id = ${its('request_id')} and task.person_id = ${its('person_id')}
    and task.opened_at <= ${its('at')} and (task.state <> 'cancelled' or ${its('at')} <= task.closed_at))`;
};

/** The pictures of a repair that came from whoever worked on it, oldest first. */
export const picturesAfter = (
  tx: Tx,
  request: number,
): Promise<readonly { readonly id: number; readonly name: string }[]> =>
  tx
    .selectFrom('attachment')
    .select(['id', 'name'])
    .where('request_id', '=', request)
    .where('sort', '=', 'image')
    .where(isByDoer('attachment'))
    .orderBy('id')
    .execute();
