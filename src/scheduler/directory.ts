import { inWork, type Office } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Channel } from '../channels/channel.ts';
import { applySnapshot, type SyncResult } from '../directory/sync.ts';
import { replaceLeaver } from '../filing/leavers.ts';
import type { Setup } from '../filing/move.ts';

/**
 * Reads the whole directory of a channel and makes ours the same. The reading happens outside the transaction; a failed page
 * throws and changes nothing. What waited for people who have left goes on to others in the same transaction.
 */
export async function readDirectory(
  office: Office,
  setup: Setup,
  channel: Channel,
): Promise<SyncResult> {
  const snapshot = await channel.directory();
  return inWork(office, { actor: `channel:${channel.name}` }, async (work) => {
    const result = await applySnapshot(work, channel.name, snapshot, {
      language: setup.rules.language,
    });
    if (result.synced) for (const person of result.left) await replaceLeaver(work, setup, person);
    await record(work, 'directory.read', 'office', {
      after: result.synced ? { people: result.people, left: result.left.length } : result,
    });
    return result;
  });
}
