import type { Work } from '../../db/work.ts';
import { move, type Setup } from './move.ts';
import { lockRequest } from './store.ts';

/**
 * Somebody left: every step that waited for them goes on with whoever now stands there (`move` sees to it), and those people
 * are told. Runs in the transaction that made the person inactive.
 */
export async function replaceLeaver(work: Work, setup: Setup, left: number): Promise<void> {
  const rows = await work.tx
    .selectFrom('task')
    .select('request_id')
    .distinct()
    .where('person_id', '=', left)
    .where('state', '=', 'open')
    .orderBy('request_id')
    .execute();
  for (const { request_id } of rows) {
    const request = await lockRequest(work.tx, request_id);
    if (!request) continue;
    await move(work, setup, request, request.workflow, [], { act: 'reseated', person: left });
  }
}
