import { words } from '../../cards/words.ts';
import { keepSetting, settingNamed } from '../../db/setting.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { sealEntries } from '../audit/seal.ts';
import { type Verdict, verifyRecord } from '../audit/verify.ts';
import type { Channel, Desk } from '../channels/channel.ts';
import { tryAgain } from '../delivery/dead.ts';
import { beginAbsences } from '../filing/absences.ts';
import { createNames } from '../conversation/names.ts';
import type { Setup } from '../filing/move.ts';
import { forgetLoose, lookAtFiles } from '../filing/files.ts';
import { keepMeetings } from '../meetings/due.ts';
import { keepSpaces } from '../meetings/space-check-in.ts';
import { questionSeries } from '../meetings/series-question.ts';
import { reconcileCalendar } from '../meetings/reconcile.ts';
import { offerAnother } from '../conversation/offer-another.ts';
import { askForMinutes } from '../minutes/asking.ts';
import { type Files, readFiles } from '../minutes/files.ts';
import { followUp } from '../minutes/follow-up.ts';
import { takeBackFromLeavers } from '../minutes/leavers.ts';
import { lookAtTasks } from '../minutes/ticked.ts';
import { clearOld } from '../privacy/retention.ts';
import { closeUnseen } from '../repairs/accepting.ts';
import { keepMajor } from '../repairs/major.ts';
import { openRounds } from '../rounds/open.ts';
import { remindRounds } from '../rounds/remind.ts';
import { ringDue } from '../responses/ring.ts';
import { offerClaims } from '../trips/claims.ts';
import { remindTravellers } from '../trips/departures.ts';
import { oweLedger } from '../trips/ledger.ts';
import type { Secret } from '../secret.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { readWished, wishNightly } from './directory.ts';
import { expireDrafts } from './drafts.ts';
import { skewOf } from './readiness.ts';
import { holdLease } from './lease.ts';
import { lookForMissed } from './missed.ts';
import { oweReports } from './reports.ts';
import { tellOfLeavers } from '../supplies/holders.ts';
import { keepStock } from '../supplies/keeping.ts';
import { remindDue } from './reminders.ts';
import { tellRole } from './tell-role.ts';
import type { Duty } from './tick.ts';

export type DutiesOptions = {
  readonly office: Office;
  readonly setup: Setup;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly deliver: () => Promise<void>;
  /** Hears what was missed while nobody of us was there. */
  readonly desk: Pick<Desk, 'missed'>;
  /** Whether the platform's events reach this process. */
  readonly connected: () => boolean;
  readonly log: (what: string, about: object) => void;
  /** Adds the calls of the platform that this process has made to those of the month. */
  readonly storeCalls: () => Promise<void>;
  /** Brings what stands on the platforms for things of ours in line. */
  readonly keep: () => Promise<void>;
  /** Begins the nightly backup; nothing where none is made. */
  readonly backUp: () => Promise<void>;
  readonly auditKey: Secret;
  /** This process, as leases name it. */
  readonly holder: string;
  readonly realTime: Clock;
};

/** The whole record is verified at night from this hour on, in the office's zone. */
const NIGHT_HOUR = 3;

/** Everything that is done by the clock, listed by hand. */
export function duties(options: DutiesOptions): {
  readonly often: readonly Duty[];
  readonly minutely: readonly Duty[];
} {
  const { office, setup, channels } = options;
  // Read when the first file comes: who is named in it.
  const names = createNames();
  const files: Files = { channels, people: async (tx) => (await names.lexicon(tx)).people };
  return {
    often: [
      { name: 'deliver', run: options.deliver },
      { name: 'counterparts', run: options.keep },
      { name: 'seal', run: () => seal(options) },
      { name: 'files', run: () => lookAtFiles(office, setup, channels) },
      { name: 'minutes-files', run: () => readFiles(office, setup, files) },
      { name: 'directory', run: () => directory(options, readWished) },
      { name: 'missed', run: () => missed(options) },
    ],
    minutely: [
      { name: 'out of reach', run: () => tryAgain(office) },
      { name: 'absences', run: () => beginAbsences(office, setup) },
      { name: 'unseen repairs', run: () => closeUnseen(office, setup) },
      { name: 'major faults', run: () => keepMajor(office, setup) },
      { name: 'reminders', run: () => remindDue(office, setup) },
      { name: 'meetings', run: () => keepMeetings(office, setup) },
      { name: 'spaces', run: () => keepSpaces(office, setup) },
      { name: 'series', run: () => questionSeries(office, setup) },
      { name: 'calendar', run: () => lookAtCalendar(options) },
      { name: 'rounds', run: () => openRounds(office, setup) },
      { name: 'round reminders', run: () => remindRounds(office, setup) },
      { name: 'stock', run: () => keepStock(office, setup) },
      { name: 'leavers-assets', run: () => tellOfLeavers(office, setup) },
      { name: 'reports', run: () => oweReports(office, setup) },
      { name: 'responses', run: () => ringDue(office, setup) },
      { name: 'minutes', run: () => askForMinutes(office, setup) },
      { name: 'ticked tasks', run: () => lookAtTasks(office, setup, channels.get('feishu')) },
      { name: 'minutes-leavers', run: () => takeBackFromLeavers(office, setup) },
      { name: 'follow-up', run: () => followUp(office, setup) },
      { name: 'departures', run: () => remindTravellers(office, setup) },
      { name: 'claims', run: () => offerClaims(office, setup) },
      { name: 'expense ledger', run: () => oweLedger(office, setup) },
      { name: 'files-forgotten', run: () => forgetLoose(office) },
      { name: 'drafts', run: () => expireDrafts(office, setup) },
      { name: 'directory by night', run: () => directory(options, wishNightly) },
      { name: 'calls', run: options.storeCalls },
      { name: 'record', run: () => nightlyVerification(options) },
      { name: 'backup', run: options.backUp },
      { name: 'clock', run: () => watchClock(office) },
      { name: 'retention', run: () => nightlyClearing(options) },
    ],
  };
}

async function seal({ office, auditKey, holder, realTime }: DutiesOptions): Promise<void> {
  const mine = await holdLease(office.db, 'seal', holder, 30, realTime.now());
  if (mine) await sealEntries(office.db, auditKey);
}

/**
 * Once a night the whole record is verified; what does not hold is told to the office manager, with the first broken entry. The
 * head that held is kept, so that the next night also finds what was cut off at the end.
 */
async function nightlyVerification(options: DutiesOptions): Promise<void> {
  const { office, setup, auditKey, holder, realTime } = options;
  const local = office.clock.now().toZonedDateTimeISO(setup.rules.timeZone);
  const today = local.toPlainDate().toString();
  const [day, anchor] = ((await settingNamed(office.db, 'record-verified')) ?? '').split(' ');
  const due = local.hour >= NIGHT_HOUR && (day ?? '') < today;
  if (!due || !(await holdLease(office.db, 'record', holder, 300, realTime.now()))) return;
  const [place, hash] = (anchor ?? '').split(':');
  const anchors = place && hash ? [{ place: Number(place), hash }] : [];
  const verdict = await verifyRecord(office.db, auditKey, anchors);
  await inWork(office, { actor: 'system' }, async (work) => {
    if (!verdict.ok) await tellBroken(work, setup, verdict, today);
    else if (local.day === setup.rules.reminders.monthlyReport.day)
      await tellHead(work, setup, verdict, today);
    const head = verdict.ok ? `${verdict.head.place}:${verdict.head.hash}` : (anchor ?? '');
    await keepSetting(work.tx, 'record-verified', `${today} ${head}`);
  });
}

/** A machine whose clock is wrong is an alarm in the log every minute, until somebody sets it right; `/ready` says so as well. */
async function watchClock({ db }: Office): Promise<void> {
  const skewed = await skewOf(db, systemClock());
  if (skewed) throw new Error(skewed);
}

/** Once a night what was kept long enough is cleared; what is left then is done a minute later. */
async function nightlyClearing({ office, setup, holder, realTime }: DutiesOptions): Promise<void> {
  const local = office.clock.now().toZonedDateTimeISO(setup.rules.timeZone);
  const today = local.toPlainDate().toString();
  if (local.hour < NIGHT_HOUR || ((await settingNamed(office.db, 'cleared')) ?? '') >= today)
    return;
  if (!(await holdLease(office.db, 'clearing', holder, 120, realTime.now()))) return;
  if (await clearOld(office, setup.rules.retention)) await keepSetting(office.db, 'cleared', today);
}

/** Once a month the head goes to those who get the monthly report: a copy of it that nobody here can change. */
async function tellHead(
  work: Work,
  setup: Setup,
  { head, entries }: Extract<Verdict, { readonly ok: true }>,
  today: string,
): Promise<void> {
  const text = words(
    `操作记录 ${entries} 条，校验通过。封条 ${head.place}:${head.hash}，请留存，日后可用它核对记录是否被改过`,
    `${entries} entries of the record verified. Head ${head.place}:${head.hash}; keep it, the record can be checked against it later`,
  );
  for (const role of setup.rules.reminders.monthlyReport.to)
    await tellRole(work, setup, role, { key: `record-head:${today}`, text });
}

async function tellBroken(
  work: Work,
  setup: Setup,
  { firstBroken, why }: Extract<Verdict, { readonly ok: false }>,
  today: string,
): Promise<void> {
  const which = `#${firstBroken.place ?? '-'}`;
  const text = words(
    `操作记录校验没有通过，第一条有问题的是 ${which}：${why.zh}。请让管理员运行 audit verify`,
    `The record does not verify; the first broken entry is ${which}: ${why.en}. Please have audit verify run`,
  );
  await tellRole(work, setup, 'office-manager', { key: `record-broken:${today}`, text });
}

/** Feishu's directory is the one that has to be read; the simulator's company is ours. */
async function directory(
  { office, setup, channels, realTime }: DutiesOptions,
  duty: typeof wishNightly,
): Promise<void> {
  const channel = channels.get('feishu');
  if (channel) await duty(office, setup, channel, realTime);
}

async function missed(options: DutiesOptions): Promise<void> {
  const channel = options.channels.get('feishu');
  if (channel) await lookForMissed({ ...options, channel });
}

/** The calendar is looked at so often, hours, and only by day: some hundred calls a month. */
const CALENDAR_EVERY = 4;
const CALENDAR_DAY = { from: 7, to: 20 };

/** Looks whether the events of the next days stand as they were written. Only one replica looks; one that fails waits for the next. */
async function lookAtCalendar(options: DutiesOptions): Promise<void> {
  const { office, setup, channels, holder, realTime } = options;
  const channel = channels.get('feishu');
  if (!setup.rules.feishu.calendar || !channel) return;
  const now = office.clock.now();
  const { hour } = now.toZonedDateTimeISO(setup.rules.timeZone);
  const last = await settingNamed(office.db, 'calendar-looked');
  const recent = last !== undefined && now.since(last).total('hours') < CALENDAR_EVERY;
  if (recent || hour < CALENDAR_DAY.from || hour >= CALENDAR_DAY.to) return;
  if (!(await holdLease(office.db, 'calendar', holder, 300, realTime.now()))) return;
  await keepSetting(office.db, 'calendar-looked', now.toString());
  await reconcileCalendar(office, setup, channel, offerAnother);
}
