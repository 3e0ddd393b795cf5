import { clockSkew } from '../../db/checks.ts';
import type { Db } from '../../db/database.ts';
import { isMigrated } from '../../db/migrate.ts';
import type { Jobs } from '../delivery/jobs.ts';
import { codeOf } from '../stop.ts';
import type { Clock } from '../time/clock.ts';
import type { Ticking } from './tick.ts';

/** Longer without a tick means that deadlines and reminders are not being kept. */
const SILENT_MINUTES = 3;

/** More, and times that were promised are not those that people mean. */
const MOST_SKEW_SECONDS = 120;

/** What is wrong with the clocks; undefined: they agree. */
export async function skewOf(db: Db, machine: Clock): Promise<string | undefined> {
  const skew = (await clockSkew(db, () => machine.now())).total('seconds');
  return Math.abs(skew) > MOST_SKEW_SECONDS
    ? `the clock differs from the database’s by ${Math.round(skew)} s`
    : undefined;
}

/** Whether the program can do its work now, and if not, why: database, migrations, job workers, the clock's tick, the chat. */
export async function readiness(parts: {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly ticking: Ticking;
  readonly realTime: Clock;
  readonly started: Temporal.Instant;
  /** This machine's clock, which the database's is held against. */
  readonly machine: Clock;
  /** Whether the chat platform's events can reach us. */
  readonly connected: () => boolean;
  /** Whether the disk has too little room to take anything in. */
  readonly diskFull: () => boolean;
}): Promise<{ readonly ready: boolean; readonly reasons: readonly string[] }> {
  const reasons: string[] = [];
  try {
    if (!(await isMigrated(parts.db))) reasons.push('migrations are not complete');
    const skewed = await skewOf(parts.db, parts.machine);
    if (skewed) reasons.push(skewed);
  } catch (error) {
    // Whoever asks need not sign in: they get its code, none of its words.
    reasons.push(`the database does not answer: ${codeOf(error) || 'unknown'}`);
  }
  if (!parts.jobs.ready()) reasons.push('job workers are not running');
  const last = parts.ticking.last() ?? parts.started;
  if (parts.realTime.now().since(last).total('minutes') > SILENT_MINUTES) {
    reasons.push(`no tick for ${SILENT_MINUTES} minutes`);
  }
  if (parts.diskFull()) reasons.push('the disk is full: nothing is taken in');
  if (!parts.connected()) reasons.push('the long connection to the chat platform is down');
  return { ready: reasons.length === 0, reasons };
}
