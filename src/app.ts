/** The one place where the parts are joined, by hand. */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { Registry } from 'prom-client';
import { words } from '../cards/words.ts';
import { type Db, openDatabase } from '../db/database.ts';
import { demoCompany } from '../db/demo.ts';
import { isMigrated, migrate } from '../db/migrate.ts';
import type { Office, Work } from '../db/work.ts';
import { record } from './audit/record.ts';
import type { Channel, Desk } from './channels/channel.ts';
import { createFeishuChannel, type FeishuChannel } from './channels/feishu/index.ts';
import { createSimulatorChannel, type SimulatorChannel } from './channels/simulator/index.ts';
import type { Config } from './config.ts';
import { createDesk } from './conversation/desk.ts';
import { createNames } from './conversation/names.ts';
import { drawView, examples } from './conversation/views.ts';
import { createDeliverer, processName } from './delivery/deliver.ts';
import { type Jobs, startJobs } from './delivery/jobs.ts';
import { oweTo } from './delivery/owe.ts';
import { readOrganisation } from './directory/organisation.ts';
import type { Setup } from './filing/move.ts';
import { oweNoticeToRole } from './filing/notices.ts';
import { kinds } from './requests/index.ts';
import { duties } from './scheduler/duties.ts';
import { readDirectory } from './scheduler/directory.ts';
import { startTicking, type Ticking } from './scheduler/tick.ts';
import type { Secret } from './secret.ts';
import { calendarOf, type Rules } from './settings/index.ts';
import { forgetRequests, openDemo } from './simulation/demo-office.ts';
import { forwardBy, officeClock, saveOffset } from './simulation/office-clock.ts';
import { type Clock, type MovableClock, systemClock } from './time/clock.ts';
import { createServer } from './web/server.ts';

export type AppOptions = {
  readonly config: Config;
  readonly rules: Rules;
  readonly connectionString: Secret;
  /** The audit record is sealed with it. */
  readonly auditKey: Secret;
  /** The machine's clock unless a test brings its own. */
  readonly clock?: Clock;
};

export type App = {
  readonly server: FastifyInstance;
  readonly db: Db;
  /** What channels call with what came in. */
  readonly desk: Desk;
  /** The office's clock. */
  readonly now: () => Temporal.Instant;
  /** Sends what is owed and due now. */
  readonly deliver: () => Promise<void>;
  /** Does what a minute's tick does, now. */
  readonly tick: () => Promise<void>;
  /** Stops taking new events, finishes what is in hand, closes connections. */
  readonly stop: () => Promise<void>;
};

/** Builds the whole program on a database. Nothing listens yet; `server.listen` or `server.inject` does the rest. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, rules } = options;
  const log = (what: string, about: object): void => server?.log.warn({ what, ...about }, what);
  let server: FastifyInstance | undefined;
  const db = await openDatabase({
    connectionString: options.connectionString,
    onConnectionError: (error) => log('database.connection', { error: error.name }),
  });
  await migrate(db);
  const realTime = options.clock ?? systemClock();
  const clock = config.simulator ? await officeClock(db, realTime) : realTime;
  const office: Office = { db, clock };
  const channels = new Map<string, Channel>();
  const jobs = await startJobs({
    connectionString: options.connectionString.reveal(),
    deliver: () => deliverer.deliver(),
    failed: (error) => log('jobs', { error: error instanceof Error ? error.message : 'unknown' }),
  });
  const setup: Setup = { rules, calendar: calendarOf(rules), jobs };
  const deliverer = createDeliverer({
    office,
    realTime,
    channels,
    draw: (tx, view, person, now) => drawView(tx, view, person, rules, now),
    undeliverable: (work, delivery, code) => tellUndeliverable(work, setup, delivery, code),
    moved: (work, delivery, subject, message) => oweMoved(work, jobs, delivery, subject, message),
    log,
  });
  const deliver = (): void => {
    deliverer.deliver().catch((error: unknown) => log('delivery', { error: String(error) }));
  };
  const desk = createDesk({
    office,
    setup,
    names: createNames(),
    committed: deliver,
    readDirectory: () => {
      const feishu = channels.get('feishu');
      if (!feishu) return;
      readDirectory(office, setup, feishu).catch((error: unknown) =>
        log('directory', { error: String(error) }),
      );
    },
    log: (what, about) => server?.log.error({ what, ...about }, what),
  });
  const plugins: FastifyPluginAsync[] = [];
  const around = { office, realTime, zone: rules.timeZone };
  const feishu = config.feishu ? await feishuChannel(config, around, channels, log) : undefined;
  if (feishu) {
    channels.set(feishu.name, feishu);
    plugins.push(feishu.webhook(desk));
  }
  const ticking = startTicking(
    duties({
      office,
      setup,
      channels,
      deliver: () => deliverer.deliver(),
      auditKey: options.auditKey,
      holder: processName(),
      realTime,
    }),
    {
      timeZone: rules.timeZone,
      now: () => realTime.now(),
      failed: (duty, error) => log('duty', { duty, error: String(error) }),
    },
  );
  if (config.simulator) {
    await openDemo(office);
    const simulator = simulatorChannel(office, clock, ticking, rules);
    channels.set(simulator.name, simulator);
    plugins.push(simulator.routes(desk));
  }
  const created = await createServer({
    logLevel: config.logLevel,
    metrics: new Registry(),
    plugins,
    ready: () => readiness(db, jobs),
  });
  server = created;
  deliver();
  return {
    server: created,
    db,
    desk,
    now: () => clock.now(),
    deliver: () => deliverer.deliver(),
    tick: () => ticking.now(),
    async stop() {
      await created.close();
      await ticking.stop();
      await deliverer.deliver().catch(() => undefined); // the database may be gone: rows wait for the next start
      deliverer.stop();
      await jobs.stop();
      await feishu?.close();
      await db.destroy();
    },
  };
}

function feishuChannel(
  config: Config,
  around: { readonly office: Office; readonly realTime: Clock; readonly zone: string },
  channels: ReadonlyMap<string, Channel>,
  log: (what: string, about: object) => void,
): Promise<FeishuChannel> {
  const feishu = config.feishu;
  if (!feishu) throw new Error('feishu is not configured');
  return createFeishuChannel({
    ...feishu,
    now: () => around.realTime.now(),
    zone: around.zone,
    log,
    fetchAttachment: (id) => fetchAttachment(around.office.db, channels, id),
  });
}

/** The bytes of a picture that belongs to a request, from the channel it was sent in. */
async function fetchAttachment(
  db: Db,
  channels: ReadonlyMap<string, Channel>,
  id: string,
): Promise<{ readonly bytes: Uint8Array; readonly name: string } | undefined> {
  const row = await db
    .selectFrom('attachment')
    .selectAll()
    .where('id', '=', Number(id))
    .executeTakeFirst();
  const channel = row && channels.get(row.channel);
  return channel?.fetchFile({
    key: row?.file_key ?? '',
    message: row?.message ?? '',
    name: row?.name ?? '',
    sort: row?.sort ?? 'file',
  });
}

function simulatorChannel(
  office: Office,
  clock: Clock | MovableClock,
  ticking: Ticking,
  rules: Rules,
): SimulatorChannel {
  return createSimulatorChannel({
    db: office.db,
    clock,
    demo: demoCompany,
    examples: examples().map((each) => each.says),
    zone: rules.timeZone,
    onClock: async (step) => {
      if (!('forward' in clock)) return;
      clock.forward(forwardBy(step, clock.now(), calendarOf(rules)));
      await saveOffset(office.db, clock);
      await ticking.now();
    },
    onReset: () => forgetRequests(office),
  });
}

/** The old card of a request or draft tells that there is a newer one below. */
async function oweMoved(
  work: Work,
  jobs: Jobs,
  delivery: {
    readonly channel: string;
    readonly address: string;
    readonly person_id: number | null;
  },
  subject: string,
  message: string,
): Promise<void> {
  if (delivery.channel !== 'feishu' && delivery.channel !== 'simulator') return;
  const address = { channel: delivery.channel, id: delivery.address } as const;
  await oweTo(
    work,
    jobs,
    { address, person: delivery.person_id },
    {
      what: `moved:${message}:${subject}`,
      view: { view: 'moved', subject, message },
      attention: false,
      priority: 6,
    },
  );
}

/** A message that can never arrive: recorded, and the office manager is told within the minute. */
async function tellUndeliverable(
  work: Work,
  setup: Setup,
  delivery: {
    readonly id: string;
    readonly person_id: number | null;
    readonly channel: string;
    readonly view: { readonly view: string };
  },
  code: string,
): Promise<void> {
  await record(work, 'delivery.dead', 'office', { after: { delivery: delivery.id, code } });
  // A notice about an undeliverable notice would go round in circles.
  if (delivery.view.view !== 'request' || delivery.person_id === null) return;
  const org = await readOrganisation(work.tx, setup.rules.roles);
  const person = await work.tx
    .selectFrom('person')
    .select('name')
    .where('id', '=', delivery.person_id)
    .executeTakeFirst();
  const name = person?.name ?? '';
  const notice = {
    key: `unreachable:${delivery.id}`,
    text: words(
      `消息送不到${name}（${code}），请用其他方式联系`,
      `${name} cannot be reached (${code}); please contact them otherwise`,
    ),
  };
  await oweNoticeToRole(work, setup.jobs, org, 'office-manager', notice, delivery.channel);
}

async function readiness(
  db: Db,
  jobs: Jobs,
): Promise<{ readonly ready: boolean; readonly reasons: readonly string[] }> {
  const reasons: string[] = [];
  try {
    if (!(await isMigrated(db))) reasons.push('migrations are not complete');
  } catch (error) {
    reasons.push(`database: ${error instanceof Error ? error.message : 'unknown'}`);
  }
  if (!jobs.ready()) reasons.push('job workers are not running');
  return { ready: reasons.length === 0, reasons };
}

/** Names of the request kinds, for those who check settings before anything runs. */
export const kindNames: readonly string[] = kinds.map((kind) => kind.name);
