import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../../src/config.ts';
import type { Anchor } from './clock.ts';
import type { Answer, Order } from './replica.ts';

/** A program that serves; what it is ordered resolves when it is done, or when the program is gone. */
export type Replica = {
  readonly port: number;
  readonly pid: number;
  readonly isAlive: () => boolean;
  readonly tell: (anchor: Anchor) => void;
  readonly order: (what: 'tick' | 'deliver') => Promise<void>;
  /** Ends it at once, as a power cut would. It takes no further step from the moment of the call on. */
  readonly kill: () => Promise<void>;
  readonly signal: (name: 'SIGSTOP' | 'SIGCONT') => void;
  /** What it wrote to its standard error, the last of it. */
  readonly said: () => string;
};

/** Programs that are loaded and wait for where to begin: loading takes longer than beginning. */
export type Nursery = {
  /** So many wait, loaded, after each start: as many as are killed at a time. Loading costs the others processor time. */
  spare: number;
  readonly start: (where: {
    readonly connection: string;
    readonly env: Environment;
    readonly anchor: () => Anchor;
  }) => Promise<Replica>;
  readonly close: () => void;
};

/** `cache`: a folder for what Node makes of our TypeScript. `program`: of another tree than this one. */
export function openNursery(
  cache: string,
  program = new URL('replica.ts', import.meta.url),
): Nursery {
  const load = (): {
    readonly child: ChildProcess;
    readonly loaded: Promise<unknown>;
    readonly said: () => string;
  } => {
    const child = fork(program, {
      // Each reads the office.yaml of its own tree.
      cwd: fileURLToPath(new URL('../..', program)),
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let said = '';
    const hear = (text: Buffer): void => void (said = `${said}${text.toString()}`.slice(-4_000));
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    return { child, loaded: once(child, 'message'), said: () => said };
  };
  const waiting: ReturnType<typeof load>[] = [];
  return {
    spare: 0,
    async start({ connection, env, anchor }) {
      const { child, loaded, said } = waiting.shift() ?? load();
      while (waiting.length < this.spare) waiting.push(load());
      await loaded;
      const answers = new Map<number, () => void>();
      const began = Promise.withResolvers<number>();
      child.on('message', (answer: Answer) => {
        if ('port' in answer) began.resolve(answer.port);
        if ('failed' in answer) {
          began.reject(new Error(`${answer.failed}\n${said()}`));
          // What did not begin does not stay.
          child.kill('SIGKILL');
        }
        if ('done' in answer) answers.get(answer.done)?.();
      });
      child.on('exit', () => {
        began.reject(new Error(`it ended before it began\n${said()}`));
        for (const resolve of answers.values()) resolve();
        answers.clear();
      });
      const send = (order: Order): void =>
        // One that dies just now takes no more orders.
        void child.send(order, () => undefined);
      send({ do: 'begin', connection, env, anchor: anchor() });
      return replicaOf(child, await began.promise, send, answers, said);
    },
    close: () => {
      for (const { child } of waiting) child.kill('SIGKILL');
    },
  };
}

function replicaOf(
  child: ChildProcess,
  port: number,
  send: (order: Order) => void,
  answers: Map<number, () => void>,
  said: () => string,
): Replica {
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  let orders = 0;
  return {
    port,
    pid: child.pid ?? 0,
    isAlive,
    said,
    tell: (anchor) => {
      if (isAlive()) send({ do: 'clock', anchor });
    },
    order(what) {
      if (!isAlive()) return Promise.resolve();
      const id = ++orders;
      const { promise, resolve } = Promise.withResolvers<void>();
      answers.set(id, resolve);
      send({ do: what, id });
      return promise;
    },
    async kill() {
      if (!isAlive()) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    signal: (name) => void child.kill(name),
  };
}
