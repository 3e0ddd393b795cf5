import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a replica is told to do, and the hour it is then. */
export type Order = { readonly id: number; readonly at: string } & Deed;
export type Deed =
  | { readonly do: 'tick' }
  | { readonly do: 'message'; readonly key: string; readonly person: string; readonly text: string }
  | {
      readonly do: 'tap';
      readonly key: string;
      readonly person: string;
      readonly value: object;
      readonly answers: { readonly [name: string]: string };
    };
export type Answer = { readonly id: number; readonly done: boolean };

export type Replica = {
  /** Whether it was done; false when it failed or the process was killed meanwhile. */
  order(at: Temporal.Instant, deed: Deed): Promise<boolean>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
};

/** Starts a replica on a database at an hour of the year; resolves when it can be told things. */
export async function startReplica(connection: string, at: Temporal.Instant): Promise<Replica> {
  const child = fork(new URL('replica.ts', import.meta.url), [connection, at.toString()], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const waiting = new Map<number, (done: boolean) => void>();
  let orders = 0;
  const ready = Promise.withResolvers<boolean>();
  waiting.set(0, ready.resolve);
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer.done);
    waiting.delete(answer.id);
  });
  child.on('exit', () => {
    for (const resolve of waiting.values()) resolve(false);
    waiting.clear();
  });
  if (!(await ready.promise)) throw new Error('a replica did not start');
  return {
    order(instant, deed) {
      if (!isAlive(child)) return Promise.resolve(false);
      const id = ++orders;
      const answer = Promise.withResolvers<boolean>();
      waiting.set(id, answer.resolve);
      const order: Order = { id, at: instant.toString(), ...deed };
      // One that dies just now takes no more orders.
      child.send(order, (error) => {
        if (error) answer.resolve(false);
      });
      return answer.promise;
    },
    async kill() {
      if (!isAlive(child)) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const isAlive = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null;
