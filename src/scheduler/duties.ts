import type { Office } from '../../db/work.ts';
import { sealEntries } from '../audit/seal.ts';
import type { Channel } from '../channels/channel.ts';
import { beginAbsences } from '../filing/absences.ts';
import type { Setup } from '../filing/move.ts';
import type { Secret } from '../secret.ts';
import type { Clock } from '../time/clock.ts';
import { readDirectory } from './directory.ts';
import { expireDrafts } from './drafts.ts';
import { holdLease } from './lease.ts';
import { remindDue } from './reminders.ts';
import type { Duty } from './tick.ts';

export type DutiesOptions = {
  readonly office: Office;
  readonly setup: Setup;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly deliver: () => Promise<void>;
  readonly auditKey: Secret;
  /** This process, as leases name it. */
  readonly holder: string;
  readonly realTime: Clock;
};

/** The whole directory is read again at night from this hour on, in the office's zone. */
const NIGHT_HOUR = 3;

/** Everything that is done by the clock, listed by hand. */
export function duties(options: DutiesOptions): {
  readonly often: readonly Duty[];
  readonly minutely: readonly Duty[];
} {
  const { office, setup } = options;
  return {
    often: [
      { name: 'deliver', run: options.deliver },
      { name: 'seal', run: () => seal(options) },
    ],
    minutely: [
      { name: 'absences', run: () => beginAbsences(office, setup) },
      { name: 'reminders', run: () => remindDue(office, setup) },
      { name: 'drafts', run: () => expireDrafts(office, setup) },
      { name: 'directory', run: () => nightlyDirectory(options) },
    ],
  };
}

async function seal({ office, auditKey, holder, realTime }: DutiesOptions): Promise<void> {
  const mine = await holdLease(office.db, 'seal', holder, 30, realTime.now());
  if (mine) await sealEntries(office.db, auditKey);
}

/** Once a night, and at once while nobody is known yet. Only one replica reads; a failed reading is tried again next minute. */
async function nightlyDirectory(options: DutiesOptions): Promise<void> {
  const { office, setup, channels, holder, realTime } = options;
  const channel = channels.get('feishu');
  if (!channel) return;
  const local = realTime.now().toZonedDateTimeISO(setup.rules.timeZone);
  const today = local.toPlainDate().toString();
  const last = await office.db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', 'directory-read')
    .executeTakeFirst();
  const due = last === undefined || (last.value < today && local.hour >= NIGHT_HOUR);
  if (!due || !(await holdLease(office.db, 'directory', holder, 300, realTime.now()))) return;
  await readDirectory(office, setup, channel);
  await office.db
    .insertInto('setting')
    .values({ name: 'directory-read', value: today })
    .onConflict((at) => at.column('name').doUpdateSet({ value: today }))
    .execute();
}
