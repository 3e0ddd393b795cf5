import type { Work } from '../../db/work.ts';
import type { KnownCounterpart } from '../channels/channel.ts';
import type { Counterpart } from './want.ts';

/**
 * It was seen to stand otherwise than we knew, and shall stand as it is wanted: due at once. A try that is in the air now tells nothing
 * about it any more; what it asked for stays written down, so that the next one looks.
 */
export async function restand(
  work: Work,
  { id, external_id, generation }: Counterpart,
  seen: KnownCounterpart,
): Promise<void> {
  await work.tx
    .updateTable('counterpart')
    .set({
      external_id: seen.id,
      external: seen.facts === null ? null : JSON.stringify(seen.facts),
      ...(seen.id === null && external_id !== null ? { generation: generation + 1 } : {}),
      due_at: work.now,
      lease_holder: null,
      tries: 0,
      dead_at: null,
      failing_since: null,
      trouble: null,
    })
    .where('id', '=', id)
    .execute();
}
