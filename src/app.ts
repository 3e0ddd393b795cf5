/** The one place where the parts are joined, by hand. */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { Counter, Gauge, Registry } from 'prom-client';
import { type Db, openDatabase } from '../db/database.ts';
import { demoCompany } from '../db/demo.ts';
import { migrate } from '../db/migrate.ts';
import { inWork, type Office } from '../db/work.ts';
import type { Channel, Desk } from './channels/channel.ts';
import { type Calls, callsThisMonth, createCalls } from './channels/feishu/calls.ts';
import {
  APPROVALS_PATH,
  createFeishuChannel,
  type FeishuChannel,
  type FeishuOptions,
} from './channels/feishu/index.ts';
import { createSimulatorChannel, type SimulatorChannel } from './channels/simulator/index.ts';
import type { Config } from './config.ts';
import { createDesk } from './conversation/desk.ts';
import { createNames } from './conversation/names.ts';
import { offerAnother } from './conversation/offer-another.ts';
import { drawStanding, drawView, examples } from './conversation/views.ts';
import { keepCounterparts } from './counterparts/keep.ts';
import { idThere } from './counterparts/want.ts';
import { createDeliverer } from './delivery/deliver.ts';
import { startJobs } from './delivery/jobs.ts';
import { oweMoved } from './delivery/moved.ts';
import { followApproval, wantApprovalForms } from './filing/in-centre.ts';
import type { Setup } from './filing/move.ts';
import { tellUndeliverable } from './filing/undeliverable.ts';
import { hearEvent, lockBefore } from './meetings/event-heard.ts';
import { followBooking } from './meetings/follow.ts';
import { followSeries } from './meetings/series.ts';
import { followLine } from './meetings/sharing/waiting.ts';
import { wantTaskList } from './minutes/as-tasks.ts';
import { createModel, type Model } from './model/index.ts';
import { kinds } from './requests/index.ts';
import { followRepair } from './repairs/follow.ts';
import { followRequest } from './responses/follow.ts';
import { oweInstead } from './responses/tell.ts';
import { keepRounds } from './rounds/open.ts';
import { nightlyBackup } from './scheduler/backups.ts';
import { type DiskOptions, guardDisk, whileThereIsRoom } from './scheduler/disk.ts';
import { duties } from './scheduler/duties.ts';
import { readiness } from './scheduler/readiness.ts';
import { processName } from './scheduler/lease.ts';
import { startTicking, type Ticking } from './scheduler/tick.ts';
import { reduced } from './reduced.ts';
import type { Secret } from './secret.ts';
import { followTrip } from './trips/follow.ts';
import { calendarOf, type Rules } from './settings/index.ts';
import { forgetRequests, openDemo } from './simulation/demo-office.ts';
import { forwardBy, officeClock, saveOffset } from './simulation/office-clock.ts';
import { type Clock, type MovableClock, systemClock } from './time/clock.ts';
import { calendarFeeds } from './web/calendars.ts';
import { outsidePages } from './web/outside.ts';
import { createServer } from './web/server.ts';

export type AppOptions = {
  readonly config: Config;
  readonly rules: Rules;
  readonly connectionString: Secret;
  /** The audit record is sealed with it. */
  readonly auditKey: Secret;
  /** The machine's clock unless a test brings its own. */
  readonly clock?: Clock;
  /** Where a backup is put every night; none is made without. */
  readonly backupFolder?: string;
  /** Disks that must have room; none is looked at without. */
  readonly disk?: DiskOptions;
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
  const metrics = new Registry();
  const db = await openDatabase({
    connectionString: options.connectionString,
    onConnectionError: (error) => log('database.connection', { error: error.name }),
  });
  await migrate(db);
  const realTime = options.clock ?? systemClock();
  const started = realTime.now();
  const clock = config.simulator ? await officeClock(db, realTime) : realTime;
  const office: Office = { db, clock };
  await keepRounds(office, rules);
  const channels = new Map<string, Channel>();
  const jobs = await startJobs({
    connectionString: options.connectionString.reveal(),
    deliver: () => deliverer.deliver(),
    failed: (message) => log('jobs', { error: message }),
  });
  const setup: Setup = {
    rules,
    calendar: calendarOf(rules),
    jobs,
    followers: [
      followRequest,
      followBooking,
      followSeries,
      followRepair,
      followApproval,
      followTrip,
      followLine,
    ],
    ...(config.publicUrl === null
      ? {}
      : { links: { url: config.publicUrl, key: options.auditKey } }),
  };
  const deliverer = createDeliverer({
    office,
    jobs,
    quiet: { hours: rules.reminders.quietHours, calendar: setup.calendar },
    realTime,
    channels,
    draw: (tx, view, person, now) => drawView(tx, view, person, rules, now, setup.links),
    drawStanding: (tx, view, person, now) =>
      drawStanding(tx, view, person, rules, now, setup.links),
    undeliverable: async (work, delivery, why) => {
      await tellUndeliverable(work, setup, delivery, why);
      await oweInstead(work, setup, delivery);
    },
    moved: (work, delivery, subject, message) => oweMoved(work, jobs, delivery, subject, message),
    random: Math.random,
    log,
  });
  const deliver = (): void => {
    deliverer.deliver().catch((error: unknown) => log('delivery', { error: reduced(error) }));
  };
  const disk = options.disk && (await guardDisk(options.disk, { office, setup, log }));
  const unguarded = createDesk({
    office,
    setup,
    names: createNames(),
    model: modelOf(config, clock, metrics, log),
    committed: deliver,
    refusedBeyond: refusedMessages(metrics),
    log: (what, about) => server?.log.error({ what, ...about }, what),
  });
  const desk = disk ? whileThereIsRoom(unguarded, () => disk.full()) : unguarded;
  const holder = processName();
  const backup =
    options.backupFolder === undefined
      ? undefined
      : nightlyBackup({
          office,
          setup,
          holder,
          realTime,
          backups: { folder: options.backupFolder, auditKey: options.auditKey },
          log,
        });
  const plugins: FastifyPluginAsync[] = [];
  const callbacks: FastifyPluginAsync[] = [];
  const calls = createCalls(() => realTime.now());
  const around = { office, realTime, rules, calls };
  const feishu = config.feishu ? await feishuChannel(config, around, channels, log) : undefined;
  if (feishu) {
    channels.set(feishu.name, feishu);
    await wantCentres(office, rules, feishu);
    callbacks.push(feishu.incoming(desk));
    feishuMetrics(feishu, metrics);
    quotaMetrics({ db, clock: realTime }, metrics);
  }
  const ticking = startTicking(
    duties({
      office,
      setup,
      channels,
      deliver: () => deliverer.deliver(),
      desk,
      connected: () => feishu?.connected() ?? true,
      log,
      storeCalls: () => calls.store(db),
      keep: () =>
        keepCounterparts({
          office,
          realTime,
          channels,
          watchers: { event: hearEvent(setup, offerAnother) },
          locks: { event: lockBefore },
          random: Math.random,
          log,
        }),
      backUp: async () => backup?.tick(),
      auditKey: options.auditKey,
      holder,
      realTime,
    }),
    {
      timeZone: rules.timeZone,
      now: () => realTime.now(),
      failed: (duty, error) => log('duty', { duty, error: reduced(error) }),
    },
  );
  if (config.simulator) {
    await openDemo(office);
    const simulator = simulatorChannel(office, clock, ticking, rules);
    channels.set(simulator.name, simulator);
    plugins.push(simulator.routes(desk));
  }
  plugins.push(
    calendarFeeds(office, rules),
    outsidePages({
      office,
      setup,
      key: options.auditKey,
      chatLink: (says) => chatLink(config, says),
      committed: deliver,
    }),
  );
  const created = await createServer({
    logLevel: config.logLevel,
    metrics,
    plugins,
    callbacks,
    ready: () =>
      readiness({
        db,
        jobs,
        ticking,
        realTime,
        started,
        machine: systemClock(),
        connected: () => feishu?.connected() ?? true,
        diskFull: () => disk?.full() ?? false,
      }),
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
      disk?.stop();
      await ticking.stop();
      await backup?.stop();
      await deliverer.deliver().catch(() => undefined); // the database may be gone: rows wait for the next start
      deliverer.stop();
      await jobs.stop();
      await feishu?.close();
      await calls.store(db).catch(() => undefined); // the database may be gone
      await db.destroy();
    },
  };
}

/** The language model, when one is configured; it knows the request kinds and nothing else. */
function modelOf(
  config: Config,
  clock: Clock,
  metrics: Registry,
  log: (what: string, about: object) => void,
): Model | undefined {
  if (!config.model) return undefined;
  const sentences = new Counter({
    name: 'banshi_model_sentences_total',
    help: 'Sentences the rules were unsure of, by what came of asking the language model',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  return createModel({
    config: config.model,
    offered: kinds.map((kind) => kind.heardAs),
    now: () => clock.now().epochMilliseconds,
    log,
    count: (outcome) => sentences.inc({ outcome }),
  });
}

/** Counts what was beyond a limit and not acted on. */
function refusedMessages(metrics: Registry): (of: 'person' | 'group') => void {
  const refused = new Counter({
    name: 'banshi_messages_refused_total',
    help: 'Messages that were not acted on since too many came within a minute, of one person or in one group',
    labelNames: ['of'],
    registers: [metrics],
  });
  return (of) => refused.inc({ of });
}

/** The calls of the month as far as they are stored: those of all replicas, at most a minute old. */
function quotaMetrics({ db, clock }: Office, metrics: Registry): void {
  new Gauge({
    name: 'banshi_feishu_calls_month',
    help: 'Calls of Feishu’s API in this month, all replicas together; cost="free" is outside the monthly quota',
    labelNames: ['route', 'cost'],
    registers: [metrics],
    async collect() {
      this.reset();
      const stored = await callsThisMonth(db, clock.now()).catch(() => []); // the other figures are wanted all the more
      for (const { route, free, count } of stored)
        this.set({ route, cost: free ? 'free' : 'charged' }, count);
    },
  });
}

/** Whether Feishu's events can reach us, and what happened to those that came. */
function feishuMetrics(feishu: FeishuChannel, metrics: Registry): void {
  new Gauge({
    name: 'banshi_feishu_connected',
    help: '1 while events of Feishu can reach this process, as far as it lies with us',
    registers: [metrics],
    collect() {
      this.set(feishu.connected() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'banshi_feishu_happened',
    help: 'What happened in the Feishu channel since the start, by name',
    labelNames: ['what'],
    registers: [metrics],
    collect() {
      for (const [what, count] of Object.entries(feishu.counts())) this.set({ what }, count);
    },
  });
}

function feishuChannel(
  config: Config,
  around: {
    readonly office: Office;
    readonly realTime: Clock;
    readonly rules: Rules;
    readonly calls: Calls;
  },
  channels: ReadonlyMap<string, Channel>,
  log: (what: string, about: object) => void,
): Promise<FeishuChannel> {
  const feishu = config.feishu;
  if (!feishu) throw new Error('feishu is not configured');
  return createFeishuChannel({
    ...feishu,
    now: () => around.realTime.now(),
    zone: around.rules.timeZone,
    calls: around.calls,
    log,
    fetchAttachment: (id) => fetchAttachment(around.office.db, channels, id),
    ...around.rules.feishu,
    ...decidingThere(config),
    idThere: (sort, about) => idThere(around.office.db, { channel: 'feishu', sort, about }),
  });
}

/** How the approval centre is to call us: at our public address, known by the token of our own. */
function decidingThere({ feishu, publicUrl }: Config): Pick<FeishuOptions, 'deciding'> {
  if (!feishu?.approvalToken || publicUrl === null) return {};
  const { approvalToken: token, approvalKey: key } = feishu;
  return { deciding: { url: `${publicUrl}${APPROVALS_PATH}`, token, ...(key && { key }) } };
}

/** What has to stand in Feishu before the first task or approval does. */
const wantCentres = (office: Office, { feishu: on }: Rules, feishu: FeishuChannel): Promise<void> =>
  inWork(office, { actor: 'system' }, async (work) => {
    if (on.tasks) await wantTaskList(work);
    if (on.approvals) await wantApprovalForms(work, feishu.decidingMark());
  });

/** The bytes of a picture that belongs to a request: as they were stored, else from the channel it was sent in. */
async function fetchAttachment(
  db: Db,
  channels: ReadonlyMap<string, Channel>,
  id: string,
): Promise<{ readonly bytes: Uint8Array; readonly name: string } | undefined> {
  const row = await db
    .selectFrom('attachment')
    .leftJoin('attachment_content', 'attachment_id', 'attachment.id')
    .select(['channel', 'file_key', 'message', 'name', 'sort', 'bytes'])
    .where('attachment.id', '=', Number(id))
    .executeTakeFirst();
  if (row?.bytes) return { bytes: row.bytes, name: row.name };
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
    // The demo company has no desks.
    examples: examples(false).map((each) => each.says),
    zone: rules.timeZone,
    onClock: async (step) => {
      if (!('forward' in clock)) return;
      clock.forward(forwardBy(step, clock.now(), calendarOf(rules)));
      await saveOffset(office.db, clock);
      await ticking.now();
    },
    onReset: async () => {
      await forgetRequests(office);
      await keepRounds(office, rules);
    },
  });
}

/** Where a scanned label leads: the bot's chat in Feishu, or the simulator with the sentence written. */
function chatLink({ feishu, simulator }: Config, says: string): string | null {
  if (feishu)
    return `https://applink.feishu.cn/client/bot/open?appId=${encodeURIComponent(feishu.appId)}`;
  return simulator ? `/?say=${encodeURIComponent(says)}` : null;
}

/** Names of the request kinds, for those who check settings before anything runs. */
export const kindNames: readonly string[] = kinds.map((kind) => kind.name);
