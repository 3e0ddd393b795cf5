/**
 * Where a scene plays: programs as processes behind a balancer, a database and a platform behind fault proxies, the company's people, one
 * clock, one history.
 */
import pg from 'pg';
import { createFeishu, type Feishu, type Tapped } from '../../test/feishu-platform/index.ts';
import type { JsonObject } from '../../test/feishu-platform/json.ts';
import { feishuVariables, settle } from '../../test/office/feishu-office.ts';
import { newestWith } from '../bench/day/people.ts';
import { type Chance, chance } from '../bench/year/chance.ts';
import { type Balancer, openBalancer } from './balancer.ts';
import { type Base, KEYS, START } from './base.ts';
import { createRunClock, type RunClock } from './clock.ts';
import { company } from './company.ts';
import type { Counts } from './counts.ts';
import { type DatabaseProxy, openDatabaseProxy } from './database-proxy.ts';
import type { History } from './history.ts';
import { openPlatformProxy, type PlatformProxy } from './platform-proxy.ts';
import type { Nursery, Replica } from './replicas.ts';
import type { Scene } from './scene.ts';

/** How large a scene is: `short` for tests and breakages, `usual` for `npm run chaos`, `long` for the figures of the promises. */
export type Size = 'short' | 'usual' | 'long';

/** A message somebody wrote; `at`: ms of real time from writing to the 200. Undefined: not acknowledged yet. */
export type Said = { readonly id: string; readonly person: string; readonly text: string };

export type World = {
  readonly base: Base;
  readonly by: Chance;
  readonly size: Size;
  readonly counts: Counts;
  readonly history: History;
  readonly clock: RunClock;
  readonly feishu: Feishu;
  readonly balancer: Balancer;
  readonly database: DatabaseProxy;
  readonly platform: PlatformProxy;
  /** Where the database is, past the proxy. */
  readonly url: string;
  /** The database itself, past the proxy: for the checker, and for what a scene puts into it. */
  readonly sql: <Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<readonly Row[]>;
  readonly replicas: (Replica | undefined)[];
  /** Starts the program at a place where none is, or one of `nursery`; ms until it served. */
  readonly start: (place: number, nursery?: Nursery) => Promise<number>;
  readonly kill: (place: number) => Promise<void>;
  /** Somebody writes. */
  readonly says: (
    person: string,
    text: string,
    how?: { readonly replyTo?: string },
  ) => Promise<Said>;
  /** Somebody writes, and the platform has not told us yet; its envelope. */
  readonly writes: (
    person: string,
    text: string,
  ) => Promise<{ readonly said: Said; readonly envelope: JsonObject }>;
  /** What was written, for the checker. */
  readonly said: readonly Said[];
  /** Somebody taps the button with this value on a card. */
  readonly taps: (
    person: string,
    message: string,
    value: JsonObject,
    op?: string,
  ) => Promise<Tapped>;
  /** The newest button of a person's that does this, as soon as it is on the screen. */
  readonly button: (
    person: string,
    act: string,
    ms?: number,
  ) => Promise<{ readonly message: string; readonly value: JsonObject }>;
  /** The platform comes again with what was not acknowledged, as its ladder has it, until all is. */
  readonly redeliver: () => Promise<void>;
  /** Until nothing is on its way any more; the clock runs fast meanwhile. */
  readonly settle: (seconds?: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openWorld(
  base: Base,
  {
    seed,
    size,
    counts,
    history,
    replicas: count = 2,
    rates = 'off',
    begins = 'with the company',
  }: {
    readonly seed: number;
    readonly size: Size;
    readonly counts: Counts;
    readonly history: History;
    readonly replicas?: number;
    readonly rates?: 'off' | 'enforced';
    readonly begins?: Scene['begins'];
  },
): Promise<World> {
  const { url, drop } = await base.fresh(begins === 'with nothing' ? 'empty' : undefined);
  const replicas: (Replica | undefined)[] = Array.from({ length: count }, () => undefined);
  const clock = createRunClock(START, (anchor) => {
    for (const replica of replicas) replica?.tell(anchor);
  });
  const feishu = await createFeishu({
    ...KEYS,
    clock: () => Math.floor(clock.ms()),
    pace: clock.ms,
    rates,
  });
  settle(feishu, company);
  const [database, platform, balancer] = await Promise.all([
    openDatabaseProxy(base.socket),
    openPlatformProxy(feishu.baseUrl),
    openBalancer(),
  ]);
  feishu.webhookUrl = `${balancer.url}/feishu/events`;
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined); // a server that a scene ends
  const sql: World['sql'] = async <Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ) => (await pool.query<Row>(text, [...values])).rows;
  const serving = (): void => {
    balancer.targets = replicas.flatMap((each) => (each?.isAlive() === true ? [each.port] : []));
  };
  const start = async (place: number, nursery = base.nursery): Promise<number> => {
    const began = performance.now();
    const where = {
      connection: database.urlOf(url),
      env: { ...feishuVariables(feishu), FEISHU_BASE_URL: platform.url },
      anchor: clock.anchor,
    };
    // One that cannot begin ends, and is started again, as a supervisor does.
    for (let tries = 1; ; tries++)
      try {
        replicas[place] = await nursery.start(where);
        break;
      } catch (error) {
        if (tries === 10) throw error;
      }
    replicas[place]?.tell(clock.anchor());
    serving();
    return performance.now() - began;
  };
  if (begins === 'with the company') await Promise.all(replicas.map((_, place) => start(place)));
  const said: Said[] = [];
  let messages = 0;
  const world: World = {
    base,
    by: chance(seed),
    size,
    counts,
    history,
    clock,
    feishu,
    balancer,
    database,
    platform,
    url,
    sql,
    replicas,
    said,
    start,
    async kill(place) {
      const dying = replicas[place];
      replicas[place] = undefined;
      await dying?.kill();
      serving();
    },
    async says(person, text, how = {}) {
      const op = 'message';
      const id = String(++messages);
      history.note({ process: person, op, id, type: 'invoke', value: text });
      const { messageId, answers } = await feishu.says(person, text, how);
      const one = { id: messageId, person, text };
      said.push(one);
      const ok = answers.some((each) => each.got === 'answer' && each.status === 200);
      history.note({ process: person, op, id, type: ok ? 'ok' : 'info', value: messageId });
      return one;
    },
    async writes(person, text) {
      const { messageId } = await feishu.says(person, text, { hold: true });
      const one = { id: messageId, person, text };
      said.push(one);
      const envelope = feishu.pending.at(-1)?.envelope;
      if (!envelope) throw new Error('nothing was held');
      return { said: one, envelope };
    },
    async taps(person, message, value, op = 'tap') {
      const id = `${message}:${JSON.stringify(value)}`;
      history.note({ process: person, op, id, type: 'invoke', value });
      const tapped = await feishu.taps(person, message, { button: { value } });
      const told = tapped.toast?.content ?? tapped.stopped ?? String(tapped.error ?? '');
      const type =
        tapped.error !== undefined ? 'info' : tapped.stopped !== undefined ? 'fail' : 'ok';
      history.note({ process: person, op, id, type, value: told });
      return tapped;
    },
    button: (person, act, ms = 10_000) => feishu.waitFor(() => newestWith(feishu, person, act), ms),
    async redeliver() {
      while (feishu.pending.length > 0) {
        const due = Math.min(...feishu.pending.map(({ dueAt }) => dueAt));
        const ahead = Math.max(0, due - clock.ms());
        clock.forward({ milliseconds: Math.ceil(ahead) + 1 });
        await feishu.redeliver({ due: true });
      }
    },
    settle: (seconds = 60) => settled(world, seconds),
    async close() {
      await Promise.all(replicas.map(async (each) => each?.kill()));
      await Promise.all([database.close(), platform.close(), balancer.close(), feishu.close()]);
      await pool.end();
      await drop();
    },
  };
  return world;
}

/** What is due and not sent, and what is in the air. */
const UNDONE = `select count(*)::int as left from delivery
  where (state = 'waiting' and due <= $1 and (quiet is null or quiet in ('go', 'ask'))) or state = 'sending'`;

async function settled(
  { sql, clock, replicas, redeliver, feishu }: World,
  seconds: number,
): Promise<void> {
  const until = performance.now() + seconds * 1_000;
  const { rate } = clock.anchor();
  clock.setRate(60);
  try {
    for (;;) {
      await redeliver();
      await Promise.all(replicas.map(async (each) => each?.order('deliver')));
      const [row] = await sql<{ left: number }>(UNDONE, [new Date(clock.ms())]);
      if (row?.left === 0 && feishu.pending.length === 0) return;
      if (performance.now() > until) return; // the checker tells what was left
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    clock.setRate(rate);
  }
}
