/** The parts of a stand-in, joined by hand: its settings, what it keeps, and who talks to whom. */
import { createTapTokens } from './api/delayed-update.ts';
import type { TapTokens } from './api/delayed-update.ts';
import { createArrivals } from './arrivals.ts';
import type { Arrivals } from './arrivals.ts';
import type { KnownToPlatform } from './card-rules.ts';
import { createChats } from './chats.ts';
import type { Chats } from './chats.ts';
import { createCompany } from './company.ts';
import type { Company } from './company.ts';
import { createConsole } from './console.ts';
import type { Console, Published } from './console.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createFiles } from './files.ts';
import type { Files } from './files.ts';
import type { Call } from './gateway.ts';
import { newAppId, newId } from './ids.ts';
import { createLongConnections } from './long-connection.ts';
import type { LongConnections } from './long-connection.ts';
import { createPusher } from './push.ts';
import type { AppKeys, Pusher } from './push.ts';
import { createRates } from './rates.ts';
import type { Rates } from './rates.ts';
import { usualScopes } from './scopes.ts';
import { createTokens } from './tokens.ts';
import type { Tokens } from './tokens.ts';

/**
 * - clock: ms since 1970, the platform's idea of now (real time); stamps, token life, uuid window and the ladder go by it.
 * - pace: monotonic ms (real time); rate limits and measured times go by it.
 * - rates: `off` lets everything pass, for tests that count nothing.
 * - encryptKey: empty for an app without encryption.
 * - deadlineMs: how long the program may take for a push (the platform's 3000).
 * - tokenSeconds: life of a tenant token (7200).
 * - transport: how events and taps come, to the webhook or over a long connection; the console allows one.
 * - botStatus: 0 not yet, 1 stopped, 2 enabled (the usual), 3 not accepted after an update.
 * - published: `false` for an app that was just created: no scope, no subscription, until its first version is published.
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
  readonly transport?: 'webhook' | 'websocket';
  readonly unfilled?: 'empty' | 'absent';
  readonly botStatus?: number;
  readonly published?: boolean;
};

/** The options with everything decided. */
export type Settings = Required<Omit<FeishuOptions, keyof AppKeys>> & {
  readonly keys: AppKeys & { readonly appSecret: string };
  readonly bot: { readonly openId: string; readonly name: string };
};

/** Fills in what a test left open. */
export const settled = (options: FeishuOptions): Settings => ({
  clock: options.clock ?? Date.now,
  pace: options.pace ?? (() => performance.now()),
  random: options.random ?? Math.random,
  rates: options.rates ?? 'enforced',
  scopes: options.scopes ?? usualScopes,
  deadlineMs: options.deadlineMs ?? 3_000,
  tokenSeconds: options.tokenSeconds ?? 7_200,
  transport: options.transport ?? 'webhook',
  unfilled: options.unfilled ?? 'empty',
  botStatus: options.botStatus ?? 2,
  published: options.published ?? true,
  bot: { openId: newId('ou_'), name: '办事' },
  keys: {
    appId: options.appId ?? newAppId(),
    appSecret: newId(''),
    tenantKey: options.tenantKey ?? newId('').slice(0, 16),
    encryptKey: options.encryptKey ?? newId('key-'),
    verificationToken: options.verificationToken ?? newId('verify-'),
  },
});

/** Where pushes go; both may change while the stand-in runs. */
type Addresses = { events: string | undefined; cards: string | undefined };

export type Parts = {
  readonly settings: Settings;
  readonly scopes: Set<string>;
  readonly console: Console & Published;
  readonly foreignIds: Set<string>;
  readonly calls: Call[];
  readonly addresses: Addresses;
  readonly company: Company;
  readonly chats: Chats;
  readonly files: Files;
  readonly faults: Faults;
  readonly tokens: Tokens;
  readonly rates: Rates;
  readonly arrivals: Arrivals;
  readonly known: KnownToPlatform;
  readonly tapTokens: TapTokens;
  readonly pusher: Pusher;
  readonly longConnections: LongConnections;
};

/** Everything but the server. */
export function createParts(settings: Settings): Parts {
  const { clock, pace } = settings;
  const console = createConsole(settings.published ? settings : undefined);
  const addresses: Addresses = { events: undefined, cards: undefined };
  const calls: Call[] = [];
  const company = createCompany();
  const chats = createChats(clock);
  const files = createFiles();
  const arrivals = createArrivals(() => lastCalls(calls));
  const known = knownBy(company, files);
  const longConnections = createLongConnections({
    ...settings,
    app: settings.keys,
    changed: arrivals.ring,
  });
  return {
    settings,
    scopes: console.scopes,
    console,
    foreignIds: new Set(),
    calls,
    addresses,
    company,
    chats,
    files,
    arrivals,
    known,
    faults: createFaults(),
    tokens: createTokens(clock, settings.tokenSeconds),
    rates: createRates(pace, settings.rates === 'enforced'),
    tapTokens: createTapTokens(clock, chats, known),
    pusher: createPusher({
      ...settings,
      url: () => addresses.events,
      arrived: arrivals.ring,
      subscribed: console.subscribed,
      ...(settings.transport === 'websocket' && { overConnection: longConnections.push }),
    }),
    longConnections,
  };
}

/** Whom and what a card may name. */
const knownBy = (company: Company, files: Files): KnownToPlatform => ({
  person: (id) => ['open_id', 'union_id', 'user_id'].some((sort) => company.find(sort, id)),
  image: (key) => files.uploaded(key, 'image'),
  file: (key) => files.uploaded(key, 'file'),
});

function lastCalls(calls: readonly Call[]): string {
  const told = calls
    .slice(-8)
    .map((call) => `${call.method} ${call.path} ${call.status}/${call.code}`);
  return `the last of ${calls.length} API calls: ${told.join('; ') || 'none'}`;
}
