/**
 * A strict stand-in of the Feishu open platform for tests: the APIs the office calls, the events and card callbacks it
 * receives, and people who write and tap. The program under test talks to it over HTTP through the official SDK, as it would
 * to the real one.
 *
 * Where the documents are silent it takes the reading that is harder on the program. Not served: long connection, calendar,
 * approval, docs, CardKit, card templates, JSON 1.0 cards.
 */
import Fastify from 'fastify';
import { createActing } from './acting.ts';
import type { Acting } from './acting.ts';
import { botRoutes } from './api/bot.ts';
import { contactRoutes } from './api/contact.ts';
import { createTapTokens } from './api/delayed-update.ts';
import { fileRoutes } from './api/files.ts';
import { messageRoutes } from './api/messages.ts';
import { tokenRoutes } from './api/token.ts';
import { createArrivals } from './arrivals.ts';
import type { Arrivals } from './arrivals.ts';
import type { KnownToPlatform } from './card-rules.ts';
import { createChats } from './chats.ts';
import type { Chats } from './chats.ts';
import { createCompany } from './company.ts';
import type { Company } from './company.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createFiles } from './files.ts';
import { openGateway } from './gateway.ts';
import type { Call } from './gateway.ts';
import { newAppId, newId } from './ids.ts';
import { createInbox } from './inbox.ts';
import type { Inbox } from './inbox.ts';
import { createPusher } from './push.ts';
import type { AgainOptions, AppKeys, Pending } from './push.ts';
import { createRates } from './rates.ts';
import { createRawPushes } from './raw-pushes.ts';
import type { RawPushes } from './raw-pushes.ts';
import { usualScopes } from './scopes.ts';
import { createTokens } from './tokens.ts';
import type { Outcome } from './wire.ts';

export { textOf } from './card-text.ts';
export type { Said, Saying, Tapped } from './acting.ts';
export type { Seen } from './inbox.ts';
export type { Tap } from './tap.ts';
export type { Outcome } from './wire.ts';

/**
 * - clock: ms since 1970, the platform's idea of now (real time); stamps, token life, uuid window and the ladder go by it.
 * - pace: monotonic ms (real time); rate limits and measured times go by it.
 * - rates: `off` lets everything pass, for tests that count nothing.
 * - encryptKey: empty for an app without encryption.
 * - deadlineMs: how long the program may take for a push (the platform's 3000).
 * - tokenSeconds: life of a tenant token (7200).
 * - unfilled: how an optional input left alone comes in a form (`""`).
 */
export type FeishuOptions = Partial<AppKeys> & {
  readonly clock?: () => number;
  readonly pace?: () => number;
  readonly random?: () => number;
  readonly rates?: 'enforced' | 'off';
  readonly scopes?: readonly string[];
  readonly deadlineMs?: number;
  readonly tokenSeconds?: number;
  readonly unfilled?: 'empty' | 'absent';
};

export type Feishu = AppKeys &
  Acting &
  Inbox &
  Pick<Arrivals, 'waitFor'> &
  Pick<
    Company,
    'addPerson' | 'addDepartment' | 'changePerson' | 'changeDepartment' | 'person' | 'setRange'
  > &
  Pick<Chats, 'privateChat' | 'changeGroup'> &
  RawPushes & {
    /** What FEISHU_BASE_URL is set to. */
    readonly baseUrl: string;
    readonly appSecret: string;
    readonly botOpenId: string;
    /** Where events go; while it is unset they stay pending. */
    webhookUrl: string | undefined;
    /** Where card callbacks go; the same address unless set. */
    cardUrl: string | undefined;
    /** Permissions of the app; a test may add and remove. */
    readonly scopes: Set<string>;
    readonly calls: readonly Call[];
    /** Events without a 200 so far, and those given up after the last attempt. */
    readonly pending: readonly Pending[];
    readonly lost: readonly Pending[];
    readonly redeliver: (options?: AgainOptions) => Promise<readonly Outcome[]>;
    /** A group with these people, and the bot unless said otherwise; its chat id. */
    readonly addGroup: (
      name: string,
      members: readonly string[],
      options?: { readonly bot?: boolean },
    ) => string;
    /** An open id that another app knows somebody by. */
    readonly foreignOpenId: () => string;
    /** Switches a fault on for the next calls; the result switches it off. */
    readonly fail: Faults['add'];
    readonly revokeTokens: () => void;
    readonly close: () => Promise<void>;
  };

/** Starts a stand-in on a free port of 127.0.0.1. */
export async function createFeishu(options: FeishuOptions = {}): Promise<Feishu> {
  const clock = options.clock ?? Date.now;
  const pace = options.pace ?? (() => performance.now());
  const random = options.random ?? Math.random;
  const deadlineMs = options.deadlineMs ?? 3_000;
  const keys: AppKeys & { readonly appSecret: string } = {
    appId: options.appId ?? newAppId(),
    appSecret: newId(''),
    tenantKey: options.tenantKey ?? newId('').slice(0, 16),
    encryptKey: options.encryptKey ?? newId('key-'),
    verificationToken: options.verificationToken ?? newId('verify-'),
  };
  const bot = { openId: newId('ou_'), name: '办事' };
  const scopes = new Set(options.scopes ?? usualScopes);
  const foreignIds = new Set<string>();
  const calls: Call[] = [];
  const addresses: { events: string | undefined; cards: string | undefined } = {
    events: undefined,
    cards: undefined,
  };

  const company = createCompany();
  const chats = createChats(clock);
  const files = createFiles();
  const faults = createFaults();
  const tokens = createTokens(clock, options.tokenSeconds ?? 7_200);
  const rates = createRates(pace, options.rates !== 'off');
  const arrivals = createArrivals(() => lastCalls(calls));
  const known: KnownToPlatform = {
    person: (id) => ['open_id', 'union_id', 'user_id'].some((sort) => company.find(sort, id)),
    image: (key) => files.uploaded(key, 'image'),
    file: (key) => files.uploaded(key, 'file'),
  };
  const tapTokens = createTapTokens(clock, chats, known);
  const pusher = createPusher({
    clock,
    pace,
    random,
    keys,
    url: () => addresses.events,
    deadlineMs,
    arrived: arrivals.ring,
  });
  const cardUrl = (): string | undefined => addresses.cards ?? addresses.events;

  const server = Fastify({ bodyLimit: 40 * 1024 * 1024, forceCloseConnections: true });
  const closing = new AbortController();
  const heard = (call: Call): void => {
    calls.push(call);
    arrivals.ring();
  };
  openGateway(
    server,
    { clock, pace, tokens, rates, faults, scopes, closing: closing.signal, heard },
    [
      ...tokenRoutes(keys, tokens),
      ...botRoutes(bot),
      ...messageRoutes({ ...keys, clock, company, chats, rates, known, scopes, foreignIds }),
      ...fileRoutes(files, chats),
      ...contactRoutes({ company, scopes, foreignIds }),
      ...tapTokens.routes,
    ],
  );
  const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 });

  return {
    ...keys,
    ...createActing({
      clock,
      keys,
      bot,
      scopes,
      company,
      chats,
      files,
      pusher,
      tapTokens,
      known,
      cardUrl,
      deadlineMs,
      unfilled: options.unfilled ?? 'empty',
    }),
    ...createInbox(chats, keys.appId),
    ...createRawPushes({ clock, random, keys, pusher, url: () => addresses.events }),
    waitFor: arrivals.waitFor,
    addPerson: company.addPerson,
    addDepartment: company.addDepartment,
    changePerson: company.changePerson,
    changeDepartment: company.changeDepartment,
    person: company.person,
    setRange: company.setRange,
    privateChat: chats.privateChat,
    changeGroup: chats.changeGroup,
    baseUrl,
    botOpenId: bot.openId,
    get webhookUrl() {
      return addresses.events;
    },
    set webhookUrl(url) {
      addresses.events = url;
    },
    get cardUrl() {
      return cardUrl();
    },
    set cardUrl(url) {
      addresses.cards = url;
    },
    scopes,
    calls,
    get pending() {
      return pusher.pending();
    },
    get lost() {
      return pusher.lost();
    },
    redeliver: pusher.again,
    addGroup: (name, members, { bot: hasBot = true } = {}) => chats.addGroup(name, members, hasBot),
    foreignOpenId: () => {
      const id = newId('ou_');
      foreignIds.add(id);
      return id;
    },
    fail: faults.add,
    revokeTokens: tokens.revoke,
    close: async () => {
      closing.abort();
      await server.close();
    },
  };
}

function lastCalls(calls: readonly Call[]): string {
  const lines = calls
    .slice(-8)
    .map((call) => `${call.method} ${call.path} ${call.status}/${call.code}`);
  return `the last of ${calls.length} API calls: ${lines.join('; ') || 'none'}`;
}
