/** The whole program behind a stand-in of Feishu, both listening on 127.0.0.1, and people who write and tap in the client. */
import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import { demoCompany } from '../../db/demo.ts';
import { inWork } from '../../db/work.ts';
import { type App, createApp } from '../../src/app.ts';
import type { DirectorySnapshot } from '../../src/channels/channel.ts';
import { type Environment, readConfig } from '../../src/config.ts';
import { readRooms } from '../../src/imports/rooms.ts';
import { readSupplies } from '../../src/imports/supplies.ts';
import { importRooms } from '../../src/requests/room/import.ts';
import { importSupplies } from '../../src/requests/supply/import.ts';
import { Secret } from '../../src/secret.ts';
import { readRules, type Rules } from '../../src/settings/index.ts';
import {
  createFeishu,
  type Feishu,
  type FeishuOptions,
  type Tapped,
} from '../feishu-platform/index.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import {
  allButtons,
  callBack,
  type Callback,
  type Filled,
  type Found,
  idIn,
  namedIn,
  seen,
} from './feishu-client.ts';
import { settled, TUESDAY } from './office.ts';
import { unlimited } from './unlimited.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How Feishu reaches the office in this turn of the tests. */
    readonly transport: 'webhook' | 'websocket';
  }
}

export type FeishuOffice = {
  readonly app: App;
  readonly feishu: Feishu;
  readonly database: FreshDatabase;
  /** Where events and taps go; with replicas, all their addresses are in `urls`. */
  readonly url: string;
  readonly urls: readonly string[];
  /** A person writes in the private chat; resolves when everything it set off has arrived. Answers the message's id. */
  says(person: string, text: string): Promise<string>;
  /** A person replies to the newest card of theirs that holds `to`. */
  replies(person: string, to: string, text: string): Promise<void>;
  /** A person sends a picture without a word. */
  sends(person: string): Promise<string>;
  /** A person opens the private chat. */
  opens(person: string): Promise<void>;
  /** A person touches an entry of the bot's menu. */
  touches(person: string, entry: string): Promise<void>;
  /** A person taps the newest button of that label among their cards, with what they fill in. Throws unless it was answered well. */
  taps(person: string, label: string, form?: Filled): Promise<Tapped>;
  /** The newest button of that label among a person's cards. */
  button(person: string, label: string): Found;
  /** A card callback with a content of the test's own, signed as the platform signs. */
  callsBack(callback: Callback): Promise<Tapped>;
  /** All that the bot has sent a person as it looks now, oldest first. */
  sees(person: string): readonly string[];
  last(person: string): string;
  /** How long each tap took to be answered, ms. */
  readonly tapTimes: readonly number[];
  roleHolder(role: string): string;
  /** Checks for the office's night and day duties now, in all replicas at once. */
  tick(): Promise<void>;
  /** One more program on the same database, as after a restart. Who starts it stops it. */
  start(): Promise<App>;
  /** The same in each of the replicas, to be called at once. */
  readonly ticks: readonly (() => Promise<void>)[];
  settle(): Promise<void>;
  /** Sets the office's and the platform's clock forward, by less than a day; nothing else is done. */
  later(by: Temporal.DurationLike): void;
  stop(): Promise<void>;
};

/** The office's clock, which is also the platform's: it runs on from `start` and can be set forward. */
export function runningFrom(start: Temporal.Instant): {
  readonly now: () => Temporal.Instant;
  readonly forward: (by: Temporal.DurationLike) => void;
} {
  const opened = performance.now();
  let from = start;
  return {
    now: () => from.add({ microseconds: Math.round((performance.now() - opened) * 1_000) }),
    forward: (by) => {
      from = from.add(by);
    },
  };
}

/** A company, the demo one unless told, as a tenant of the stand-in. */
export function settle(
  feishu: Pick<Feishu, 'addPerson' | 'addDepartment'>,
  company: DirectorySnapshot = demoCompany,
): void {
  for (const { id, name, parent, leader } of company.departments) {
    feishu.addDepartment({ id, name, ...(parent && { parent }), ...(leader && { leader }) });
  }
  for (const person of company.people) {
    feishu.addPerson({
      name: person.name,
      openId: person.id,
      department: person.departments,
      ...(person.nameEn && { enName: person.nameEn }),
      ...(person.email && { email: person.email }),
      ...(person.employeeNo && { employeeNo: person.employeeNo }),
      ...(person.jobTitle && { title: person.jobTitle }),
      ...(person.leader && { leader: person.leader }),
    });
  }
}

/** The variables by which the program is pointed at a stand-in. */
export const feishuVariables = (feishu: Feishu): Environment => ({
  PORT: '0',
  SIMULATOR: 'off',
  LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
  FEISHU_APP_ID: feishu.appId,
  FEISHU_APP_SECRET: feishu.appSecret,
  FEISHU_TRANSPORT: feishu.transport,
  ...(feishu.transport === 'webhook' && {
    FEISHU_ENCRYPT_KEY: feishu.encryptKey,
    FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
  }),
  FEISHU_BASE_URL: feishu.baseUrl,
});

/**
 * The demo office in Feishu, with its rooms and its store room; everybody is read from the platform's directory. `replicas`:
 * how many programs share the database; the first one is `app`. `start`: what the clocks show at first. `transport`: how
 * Feishu reaches them; unless told, the one of the two in whose turn the story is told (`vitest.config.ts`).
 */
export async function openFeishuOffice({
  replicas = 1,
  rounds = false,
  start = TUESDAY,
  transport = inject('transport'),
  database: own,
  rules: changed = (rules) => rules,
  env = {},
  through = (given) => Promise.resolve(given),
  ...options
}: FeishuOptions & {
  /** The way to the database, for a test that stands in it. */
  readonly through?: (given: Secret) => Promise<Secret>;
  /** The rules of office.yaml, changed as the test wants. */
  readonly rules?: (rules: Rules) => Rules;
  /** More variables of the surroundings. */
  readonly env?: Environment;
  /** Its database; unless told, a fresh one of the tests' server. */
  readonly database?: FreshDatabase;
  readonly replicas?: number;
  readonly start?: Temporal.Instant;
  /** Recurring work comes by the clock; without this only what the story itself sets off. */
  readonly rounds?: boolean;
} = {}): Promise<FeishuOffice> {
  const database = own ?? (await freshDatabase());
  const clock = runningFrom(start);
  const feishu = await createFeishu({
    clock: () => clock.now().epochMilliseconds,
    transport,
    ...options,
  });
  settle(feishu);
  const config = readConfig({ ...feishuVariables(feishu), ...env });
  const rules = await readRules(new URL('../../office.yaml', import.meta.url).pathname, {
    mustExist: true,
  });
  if (!config.ok || !rules.ok) throw new Error('the demo office is misconfigured');
  const program = {
    config: config.config,
    rules: changed({
      ...rules.rules,
      limits: unlimited,
      ...(rounds ? {} : { rounds: 'off' as const }),
    }),
    connectionString: await through(database.connectionString),
    auditKey: new Secret('00'.repeat(32)),
    clock,
  };
  const app = await createApp(program);
  const others = await Promise.all(Array.from({ length: replicas - 1 }, () => createApp(program)));
  const url = await listen(app);
  const urls = [url, ...(await Promise.all(others.map(listen)))];
  feishu.webhookUrl = url;
  feishu.officeUrl = new URL(url).origin;
  if (feishu.transport === 'websocket') {
    await feishu.waitFor(() => feishu.connections.open() === replicas);
  }
  await fillRooms(app);
  await app.tick();
  // An app that is not published yet may not read it.
  if (options.published !== false) await directoryRead(app);
  const tapTimes: number[] = [];
  return {
    ...people(app, feishu, tapTimes),
    app,
    feishu,
    database,
    url,
    urls,
    tapTimes,
    later: clock.forward,
    roleHolder: (role) => rules.rules.roles[role]?.[0] ?? '',
    ticks: [app, ...others].map((each) => () => each.tick()),
    tick: async () => {
      await Promise.all([app, ...others].map((each) => each.tick()));
      await settled(app);
    },
    start: () => createApp(program),
    async stop() {
      await Promise.all([app, ...others].map((each) => each.stop()));
      await feishu.close();
      await database.drop();
    },
  };
}

/**
 * Resolves when every reading of the directory that was wished for is made: a tick of the program's own may have begun it before
 * the story's did, and be at it still.
 */
export async function directoryRead({ db }: App): Promise<void> {
  const until = performance.now() + 15_000;
  for (;;) {
    const reading = await db
      .selectFrom('directory_reading')
      .select(['met', 'wishes'])
      .executeTakeFirst();
    if (reading && reading.met >= reading.wishes) return;
    if (performance.now() > until) throw new Error('the directory is still to be read');
    await pause(10);
  }
}

/** On a free port; the address of the webhook. */
async function listen({ server }: App): Promise<string> {
  return `${await server.listen({ host: '127.0.0.1', port: 0 })}/feishu/events`;
}

const file = (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../db/demo/${name}`, import.meta.url));

/** Rooms and supplies, as an administrator imports them. */
async function fillRooms(app: App): Promise<void> {
  const rooms = await readRooms(await file('rooms.csv'), 'rooms.csv');
  const supplies = await readSupplies(await file('supplies.csv'), 'supplies.csv');
  if (!rooms.ok || !supplies.ok) throw new Error('the demo files are damaged');
  await inWork({ db: app.db, clock: { now: app.now } }, { actor: 'system' }, async (work) => {
    await importRooms(work, rooms.rows);
    await importSupplies(work, supplies.rows);
  });
}

type People = Omit<
  FeishuOffice,
  | 'app'
  | 'feishu'
  | 'database'
  | 'url'
  | 'urls'
  | 'tapTimes'
  | 'later'
  | 'roleHolder'
  | 'tick'
  | 'start'
  | 'ticks'
  | 'stop'
>;

function people(app: App, feishu: Feishu, tapTimes: number[]): People {
  const settle = (): Promise<void> => settled(app);
  type How = { readonly image?: Uint8Array; readonly replyTo?: string };
  const say = async (person: string, text: string, how: How = {}): Promise<string> => {
    const { messageId, answers } = await feishu.says(idIn(person), text, how);
    for (const answer of answers) {
      if (answer.got !== 'answer' || answer.status !== 200)
        throw new Error(`「${text}」 was answered ${JSON.stringify(answer)}`);
    }
    await settle();
    return messageId;
  };
  const button: People['button'] = (person, label) => {
    const [found] = allButtons(feishu, person, label);
    if (found) return found;
    const told = seen(feishu, person).join('\n---\n');
    throw new Error(`${person} sees no button 「${label}」, but:\n${told}`);
  };
  const answered = async (tapped: Tapped): Promise<Tapped> => {
    tapTimes.push(tapped.ms);
    await settle();
    return tapped;
  };
  return {
    settle,
    button,
    says: (person, text) => say(person, text),
    async replies(person, to, text) {
      const quoted = feishu.cards(idIn(person)).findLast((each) => each.text.includes(to));
      if (!quoted) throw new Error(`${person} sees no card with 「${to}」`);
      await say(person, text, { replyTo: quoted.messageId });
    },
    sends: (person) => say(person, '', { image: ONE_PIXEL }),
    async opens(person) {
      await feishu.opensChat(idIn(person));
      await settle();
    },
    async touches(person, entry) {
      await feishu.touchesMenu(idIn(person), entry);
      await settle();
    },
    async taps(person, label, form) {
      const found = button(person, label);
      const named = form && namedIn(feishu.cardOf(found.message), found.label, form);
      const tap = { button: found.label, ...(named && { form: named }) };
      const tapped = await answered(await feishu.taps(idIn(person), found.message, tap));
      if (tapped.error === undefined && tapped.stopped === undefined) return tapped;
      throw new Error(
        `${person} tapped 「${label}」: ${tapped.error ?? tapped.stopped} ${tapped.why ?? ''}`,
      );
    },
    callsBack: async (callback) => answered(await callBack(feishu, callback)),
    sees: (person) => seen(feishu, person),
    last: (person) => seen(feishu, person).at(-1) ?? '',
  };
}

/** The smallest picture there is: one transparent pixel. */
export const ONE_PIXEL = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
);

/** The longest and the middle one of some times, ms, for the line a test prints. */
export function figures(times: readonly number[]): {
  readonly count: number;
  readonly median: number;
  readonly most: number;
} {
  const sorted = times.toSorted((a, b) => a - b);
  const rounded = (ms: number | undefined): number => Math.round((ms ?? 0) * 10) / 10;
  return {
    count: sorted.length,
    median: rounded(sorted[Math.floor(sorted.length / 2)]),
    most: rounded(sorted.at(-1)),
  };
}

/** Calls that the platform refused: none in an ordinary story. A card of ours it could not take would be among them. */
export const refusedCalls = (feishu: Feishu): readonly string[] =>
  feishu.calls
    .filter(({ code }) => code !== 0)
    .map(({ method, route, code }) => `${method} ${route} ${code}`);

/** A token that ran out while the clock was set forward, and a pace that a busy machine bunched: both are tried again at once. */
const TRIED_AGAIN = [99_991_663, 230_020];

/** Calls that were refused for good, in stories that set the clock forward. */
export const refusedForGood = (feishu: Feishu): readonly string[] =>
  refusedCalls(feishu).filter((call) => !TRIED_AGAIN.some((code) => call.endsWith(` ${code}`)));

/**
 * How long a tap may take, ms: a third of a second, on a machine that has its processors for us; more in proportion while
 * others use them too.
 */
export const tapLimit = (): number =>
  300 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
