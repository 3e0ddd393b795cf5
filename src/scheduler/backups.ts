import { words } from '../../cards/words.ts';
import { keepSetting, settingNamed } from '../../db/setting.ts';
import { inWork, type Office } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { type Backups, backUp } from '../backup/nightly.ts';
import type { Setup } from '../filing/move.ts';
import type { Clock } from '../time/clock.ts';
import { reduced } from '../reduced.ts';
import { codeOf } from '../stop.ts';
import { holdLease, releaseLease } from './lease.ts';
import { tellRole } from './tell-role.ts';

/** From this hour on, in the office's zone. */
const NIGHT_HOUR = 2;

/** The nightly backup: begun by a tick, and on its way while others go on. */
export type NightlyBackup = {
  /** Begins it when it is due. */
  tick(): Promise<void>;
  /** Breaks off the one that is on its way, without waiting for all of it: the next start makes it anew. */
  stop(): Promise<void>;
};

/** By real time: what the simulator's clock says is no reason for another. One replica does it; one that fails is tried again the next night. */
export function nightlyBackup(options: {
  readonly office: Office;
  readonly setup: Setup;
  readonly holder: string;
  readonly realTime: Clock;
  readonly backups: Backups;
  readonly log: (what: string, about: object) => void;
}): NightlyBackup {
  const { office, setup, holder, realTime, backups, log } = options;
  let running: Promise<void> | undefined;
  const stopping = new AbortController();
  const make = async (today: Temporal.PlainDate): Promise<void> => {
    try {
      const { rows, sealed } = await backUp(
        office.db,
        backups,
        realTime.now(),
        today,
        stopping.signal,
      );
      await inWork(office, { actor: 'system' }, (work) =>
        record(work, 'backup.nightly', 'office', { after: { rows, sealed } }),
      );
    } catch (error) {
      if (stopping.signal.aborted) return leaveToNext();
      log('backup', { error: reduced(error) });
      await inWork(office, { actor: 'system' }, async (work) => {
        await record(work, 'backup.failed', 'office', { after: { code: codeOf(error) } });
        await tellRole(work, setup, 'office-manager', {
          key: `backup-failed:${today.toString()}`,
          text: words(
            `昨晚的自动备份没有做成（${codeOf(error) || '见日志'}）。请管理员检查磁盘，并手工运行一次 backup`,
            `Last night’s backup failed (${codeOf(error) || 'see the log'}). Please have the disk looked at and backup run by hand`,
          ),
        });
      });
    }
  };
  const leaveToNext = async (): Promise<void> => {
    await keepSetting(office.db, 'backed-up', '');
    await releaseLease(office.db, 'backup', holder);
  };
  return {
    async tick() {
      const local = realTime.now().toZonedDateTimeISO(setup.rules.timeZone);
      const today = local.toPlainDate();
      if (running || stopping.signal.aborted || local.hour < NIGHT_HOUR) return;
      if (((await settingNamed(office.db, 'backed-up')) ?? '') >= today.toString()) return;
      if (!(await holdLease(office.db, 'backup', holder, 3_600, realTime.now()))) return;
      await keepSetting(office.db, 'backed-up', today.toString());
      running = make(today)
        .catch((error: unknown) => log('backup', { error: reduced(error) }))
        .finally(() => (running = undefined));
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
