import type { Tx } from '../../db/database.ts';
import type { Request } from '../filing/store.ts';

/** The pictures of a repair that came from whoever worked on it, oldest first. */
export async function picturesAfter(
  tx: Tx,
  request: Request,
): Promise<readonly { readonly id: number; readonly name: string }[]> {
  const fix = request.workflow.steps.find((step) => step.id === 'fix');
  const doers = new Set([
    ...(fix?.claimedBy === undefined ? [] : [fix.claimedBy]),
    ...(fix?.earlier ?? []).map(({ by }) => by),
    ...(fix?.seats ?? []).flatMap(({ decision }) => (decision ? [decision.by] : [])),
  ]);
  doers.delete(request.requester_id);
  if (doers.size === 0) return [];
  return tx
    .selectFrom('attachment')
    .select(['id', 'name'])
    .where('request_id', '=', request.id)
    .where('sort', '=', 'image')
    .where('person_id', 'in', [...doers])
    .orderBy('id')
    .execute();
}
