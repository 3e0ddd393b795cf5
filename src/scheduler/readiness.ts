import type { Db } from '../../db/database.ts';
import { isMigrated } from '../../db/migrate.ts';
import type { Jobs } from '../delivery/jobs.ts';
import type { Clock } from '../time/clock.ts';
import type { Ticking } from './tick.ts';

/** Longer without a tick means that deadlines and reminders are not being kept. */
const SILENT_MINUTES = 3;

/** Whether the program can do its work now, and if not, why: database, migrations, job workers, the clock's tick, the chat. */
export async function readiness(parts: {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly ticking: Ticking;
  readonly realTime: Clock;
  readonly started: Temporal.Instant;
  /** Whether the chat platform's events can reach us. */
  readonly connected: () => boolean;
}): Promise<{ readonly ready: boolean; readonly reasons: readonly string[] }> {
  const reasons: string[] = [];
  try {
    if (!(await isMigrated(parts.db))) reasons.push('migrations are not complete');
  } catch (error) {
    reasons.push(`database: ${error instanceof Error ? error.message : 'unknown'}`);
  }
  if (!parts.jobs.ready()) reasons.push('job workers are not running');
  const last = parts.ticking.last() ?? parts.started;
  if (parts.realTime.now().since(last).total('minutes') > SILENT_MINUTES) {
    reasons.push(`no tick for ${SILENT_MINUTES} minutes`);
  }
  if (!parts.connected()) reasons.push('the long connection to the chat platform is down');
  return { ready: reasons.length === 0, reasons };
}
