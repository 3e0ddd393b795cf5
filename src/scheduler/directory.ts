import { words } from '../../cards/words.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Channel } from '../channels/channel.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { peopleById } from '../directory/people.ts';
import { type Claimed, claimReading, noteReading, wishReading } from '../directory/reading.ts';
import { applySnapshot, missingFrom, type SyncResult } from '../directory/sync.ts';
import { replaceLeaver } from '../filing/leavers.ts';
import type { Setup } from '../filing/move.ts';
import { oweNoticeToRole } from '../filing/notices.ts';
import type { Clock } from '../time/clock.ts';

/** The whole directory is wished for at night from this hour on, in the office's zone. */
const NIGHT_HOUR = 3;

/**
 * So many people whom a reading misses are looked for one by one, a call each. When more are missing the app's range was cut,
 * and the office manager is asked anyway.
 */
const MOST_LOOKED_FOR = 500;
/** So many of them are named in a message. */
const NAMED = 5;

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
  const missing = await missingFrom(office.db, channel.name, snapshot);
  const whereabouts =
    missing.length > 0 && missing.length <= MOST_LOOKED_FOR
      ? await channel.whereabouts?.(missing)
      : undefined;
  await inWork(office, { actor: `channel:${channel.name}` }, async (work) => {
    const result = await applySnapshot(work, channel.name, snapshot, {
      accepted,
      began,
      ...(whereabouts && { whereabouts }),
      language: setup.rules.language,
    });
    if (result.synced) {
      for (const person of result.left) await replaceLeaver(work, setup, person);
      await tellOutside(work, setup, channel, result.outside);
    } else await tellRefused(work, setup, channel, result);
    await noteReading(work, channel.name, {
      wishes,
      refused: result.synced ? 0 : result.wouldLeave,
    });
    await record(work, 'directory.read', 'office', {
      after: result.synced
        ? { people: result.people, left: result.left.length, outside: result.unseen }
        : result,
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

/** The office manager hears who went out of sight, once: they are kept, and nobody is told anything about them. */
async function tellOutside(
  work: Work,
  setup: Setup,
  channel: Channel,
  people: readonly number[],
): Promise<void> {
  if (people.length === 0) return;
  const known = await peopleById(work.tx, people);
  const names = people.flatMap((id) => known.get(id)?.name ?? []).toSorted();
  const first = names.slice(0, NAMED);
  const more = names.length > NAMED;
  const text = words(
    `通讯录里看不到${first.join('、')}${more ? `等 ${names.length} 人` : ''}了：应用的通讯录权限范围不再包括他们，或他们已离职。暂按原来的资料保留，他们仍可正常办事。要继续同步，请管理员把他们加回权限范围；如果确实离职了，请管理员运行 npm run office -- directory accept`,
    `${first.join(', ')}${more ? ` and ${names.length - NAMED} more` : ''} can no longer be seen in the directory: the app’s contact range leaves them out, or they have left. They are kept as they were and can go on as usual. To keep them up to date, have them put back into the range; if they have really left, have npm run office -- directory accept run`,
  );
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const notice = { key: `directory-outside:${work.now.toString()}`, text };
  await oweNoticeToRole(work, setup.jobs, org, 'office-manager', notice, channel.name);
}
