import { schedule } from 'node-cron';

/** What a tick does, one after the other; a failing duty does not keep the others from their turn. */
export type Duty = { readonly name: string; readonly run: () => Promise<void> };

export type Ticking = {
  /** Does every duty now, after those that are being done: when the simulator's clock was moved, and in tests. */
  now(): Promise<void>;
  /** When the last tick ended, for `/ready`; undefined before the first. */
  last(): Temporal.Instant | undefined;
  stop(): Promise<void>;
};

/** A duty that takes longer is left to itself and done again by the next tick. */
const LONGEST_MS = 50_000;

/**
 * node-cron says only that another minute has passed; nothing hangs on a particular tick, since each duty asks the database
 * for all that is due. `often` runs every five seconds (owed messages), `minutely` every minute.
 */
export function startTicking(
  duties: { readonly often: readonly Duty[]; readonly minutely: readonly Duty[] },
  options: {
    readonly timeZone: string;
    readonly now: () => Temporal.Instant;
    readonly failed: (duty: string, error: unknown) => void;
  },
): Ticking {
  let last: Temporal.Instant | undefined;
  const all = async (list: readonly Duty[]): Promise<void> => {
    for (const duty of list) {
      try {
        await within(duty.run(), LONGEST_MS);
      } catch (error) {
        options.failed(duty.name, error);
      }
    }
  };
  const minute = inTurn(async () => {
    await all(duties.minutely);
    last = options.now();
  });
  const often = inTurn(() => all(duties.often));
  const settings = { timezone: options.timeZone, noOverlap: true };
  const tasks = [
    schedule('*/5 * * * * *', often, settings),
    schedule('* * * * *', minute, settings),
  ];
  return {
    async now() {
      await minute();
      await often();
    },
    last: () => last,
    async stop() {
      for (const task of tasks) await task.stop();
    },
  };
}

/** Never twice at once: whoever asks while it is being done waits, so that what became due meanwhile is done as well. `run` throws nothing. */
function inTurn(run: () => Promise<void>): () => Promise<void> {
  let turn = Promise.resolve();
  return () => {
    turn = turn.then(run);
    return turn;
  };
}

/** Without a deadline of its own a handler that hangs is never called again (measured with node-cron 4.6). */
async function within(work: Promise<void>, ms: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`took longer than ${ms} ms`)), ms);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
