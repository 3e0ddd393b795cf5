import type { Work } from '../../db/work.ts';
import { handedBack } from '../workflow/returning.ts';
import { move, type Setup } from './move.ts';
import { lockRequest, type Request } from './store.ts';

/**
 * What was granted cannot be had after all: it is the requester's turn again, to mend it or to take it back. Undefined when there is
 * nothing granted any more.
 */
export async function handBack(work: Work, setup: Setup, id: number): Promise<Request | undefined> {
  const request = await lockRequest(work.tx, id);
  const next = request && handedBack(request.workflow);
  if (!request || !next || 'denied' in next) return undefined;
  return move(work, setup, request, next.workflow, next.happenings, {
    act: 'handed-back',
    person: request.requester_id,
  });
}
