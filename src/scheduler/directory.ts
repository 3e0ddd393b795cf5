import { words } from '../../cards/words.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Channel } from '../channels/channel.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { type Claimed, claimReading, noteReading, wishReading } from '../directory/reading.ts';
import { applySnapshot, type SyncResult } from '../directory/sync.ts';
import { replaceLeaver } from '../filing/leavers.ts';
import type { Setup } from '../filing/move.ts';
import { oweNoticeToRole } from '../filing/notices.ts';
import type { Clock } from '../time/clock.ts';

/** The whole directory is wished for at night from this hour on, in the office's zone. */
const NIGHT_HOUR = 3;

/** Wishes for a reading once a night, and at once while nobody is known yet. The night's mark and its wish commit together. */
export async function wishNightly(
  office: Office,
  { rules }: Setup,
  channel: Channel,
  realTime: Clock,
): Promise<void> {
  const local = realTime.now().toZonedDateTimeISO(rules.timeZone);
  const value = local.toPlainDate().toString();
  await inWork(office, { actor: 'system' }, async (work) => {
    const marked = await work.tx
      .insertInto('setting')
      .values({ name: 'directory-read', value })
      .onConflict((at) =>
        at
          .column('name')
          .doUpdateSet({ value })
          .where('setting.value', '<', local.hour < NIGHT_HOUR ? '' : value),
      )
      .returning('value')
      .executeTakeFirst();
    if (marked) await wishReading(work, channel.name);
  });
}

/** Reads the directory when somebody wished for it. What fails is tried again, by this process or another. */
export async function readWished(
  office: Office,
  setup: Setup,
  channel: Channel,
  realTime: Clock,
): Promise<void> {
  const claimed = await claimReading(office.db, channel.name, realTime.now());
  if (claimed) await readDirectory(office, setup, channel, claimed);
}

/**
 * Reads the whole directory of a channel and makes ours the same. The reading happens outside the transaction; a failed page
 * throws and changes nothing. What waited for people who have left goes on to others in the same transaction.
 */
async function readDirectory(
  office: Office,
  setup: Setup,
  channel: Channel,
  { wishes, accepted }: Claimed,
): Promise<void> {
  const began = office.clock.now();
  const snapshot = await channel.directory();
  await inWork(office, { actor: `channel:${channel.name}` }, async (work) => {
    const result = await applySnapshot(work, channel.name, snapshot, {
      accepted,
      began,
      language: setup.rules.language,
    });
    if (result.synced) for (const person of result.left) await replaceLeaver(work, setup, person);
    else await tellRefused(work, setup, channel, result);
    await noteReading(work, channel.name, {
      wishes,
      refused: result.synced ? 0 : result.wouldLeave,
    });
    await record(work, 'directory.read', 'office', {
      after: result.synced ? { people: result.people, left: result.left.length } : result,
    });
  });
}

/** The office manager hears once a day that a reading was not applied, and what to do in either case. */
async function tellRefused(
  work: Work,
  setup: Setup,
  channel: Channel,
  { wouldLeave, of }: Extract<SyncResult, { readonly synced: false }>,
): Promise<void> {
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const day = work.now.toZonedDateTimeISO(setup.rules.timeZone).toPlainDate().toString();
  const text = words(
    `通讯录没有更新：这次读到的名单里少了 ${wouldLeave} 人（共 ${of} 人），像是应用的通讯录权限范围被缩小了。请让管理员检查权限范围；如果这些人确实离职了，请管理员运行 npm run office -- directory accept`,
    `The directory was not updated: ${wouldLeave} of ${of} people are missing from it, as if the app’s contact range had been cut. Please have the range checked; if they have really left, have npm run office -- directory accept run`,
  );
  const notice = { key: `directory-refused:${day}`, text };
  await oweNoticeToRole(work, setup.jobs, org, 'office-manager', notice, channel.name);
}
