import { fromKysely, PgBoss } from 'pg-boss';
import type { Tx } from '../../db/database.ts';
import { codeOf, Stop } from '../stop.ts';

/** The queue whose jobs wake the deliverer. A job carries nothing but the id: the row is the truth. */
const QUEUE = 'deliver';

/**
 * Jobs on pg-boss. A committed fact always has its job, a rolled-back one never. Delivery is also tried right after the
 * commit (`wake`), so a job usually finds its work done; it is the safety net for a process that died in between.
 */
export type Jobs = {
  /** Inserts the waking jobs, one for each of these deliveries, in the caller's transaction. */
  wakeAfter(tx: Tx, deliveries: readonly string[]): Promise<void>;
  /** Whether workers are running. */
  ready(): boolean;
  stop(): Promise<void>;
};

export type JobOptions = {
  readonly connectionString: string;
  /** Delivers whatever is due. */
  readonly deliver: () => Promise<void>;
  /** Hears what went wrong in a worker or in the queue itself. */
  readonly failed: (message: string) => void;
};

/**
 * Starts pg-boss in its own schema of the same database and one worker. Settings from the team's reliability notes §9:
 * twenty tries with back-off up to 15 minutes, a dead worker's job is taken up after a minute.
 */
export async function startJobs(options: JobOptions): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: options.connectionString,
    // The worker, and what the queue does for itself; a connection costs the server more than all its jobs of a minute.
    max: 2,
    // Nothing is scheduled here: what is due is a column (src/scheduler).
    schedule: false,
    connectionTimeoutMillis: 2_000,
    application_name: 'banshi-jobs',
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  // Without a listener a database restart would end the process.
  // What it tells of a worker is a plain object with an error's message, not an Error.
  boss.on('error', ({ message }) => options.failed(message));
  await boss.start();
  await boss.createQueue(`${QUEUE}-dead`, { retentionSeconds: 400 * 86_400 });
  await boss.createQueue(QUEUE, {
    retryLimit: 20,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 900,
    expireInSeconds: 60,
    retentionSeconds: 400 * 86_400,
    deadLetter: `${QUEUE}-dead`,
  });
  let running = true;
  await boss.work(QUEUE, { batchSize: 50, pollingIntervalSeconds: 2 }, () =>
    // The queue keeps with its job what was thrown, message and all.
    options.deliver().catch((error: unknown) => {
      throw new Stop(`not delivered: ${codeOf(error)}`);
    }),
  );
  return {
    async wakeAfter(tx, deliveries) {
      const jobs = deliveries.map((delivery) => ({ data: { delivery } }));
      await boss.insert(QUEUE, jobs, { db: fromKysely(tx) });
    },
    ready: () => running,
    async stop() {
      running = false;
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}
