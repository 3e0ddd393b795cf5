/**
 * A strict stand-in of the Feishu open platform for tests: the APIs the office calls, the events and card callbacks it
 * receives, and people who write and tap. The program under test talks to it over HTTP through the official SDK, as it would
 * to the real one.
 *
 * Where the documents are silent it takes the reading that is harder on the program. Not served: calendar,
 * approval, docs, CardKit, card templates, JSON 1.0 cards.
 */
import Fastify from 'fastify';
import { createActing } from './acting.ts';
import type { Acting } from './acting.ts';
import { botRoutes } from './api/bot.ts';
import { contactRoutes } from './api/contact.ts';
import { fileRoutes } from './api/files.ts';
import { messageRoutes } from './api/messages.ts';
import { tokenRoutes } from './api/token.ts';
import type { Arrivals } from './arrivals.ts';
import type { Chats } from './chats.ts';
import type { Company } from './company.ts';
import type { Console } from './console.ts';
import type { Faults } from './faults.ts';
import { openGateway } from './gateway.ts';
import type { Call, Route } from './gateway.ts';
import { newId } from './ids.ts';
import { createInbox } from './inbox.ts';
import type { Inbox } from './inbox.ts';
import type { Connections } from './long-connection.ts';
import { createParts, settled } from './parts.ts';
import type { FeishuOptions, Parts } from './parts.ts';
import type { AgainOptions, AppKeys, Pending } from './push.ts';
import { createRawPushes } from './raw-pushes.ts';
import type { RawPushes } from './raw-pushes.ts';
import type { Outcome } from './wire.ts';

export type { FeishuOptions } from './parts.ts';
export type { Tapped } from './tapping.ts';
export type { Outcome } from './wire.ts';

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
    /** How the app has its events and taps. */
    readonly transport: 'webhook' | 'websocket';
    readonly botOpenId: string;
    /** Where events go; while it is unset they stay pending. */
    webhookUrl: string | undefined;
    /** Where card callbacks go; the same address unless set. */
    cardUrl: string | undefined;
    /** The long connections of the app. */
    readonly connections: Connections;
    /** Permissions of the app; a test may add and remove. */
    readonly scopes: Set<string>;
    /** What an administrator clicks, for an app that is not published yet. */
    readonly console: Console;
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
  const parts = createParts(settled(options));
  const server = Fastify({ bodyLimit: 40 * 1024 * 1024, forceCloseConnections: true });
  const closing = new AbortController();
  const heard = (call: Call): void => {
    parts.calls.push(call);
    parts.arrivals.ring();
  };
  openGateway(
    server,
    {
      ...parts,
      ...parts.settings,
      scopes: parts.scopes,
      rates: parts.rates,
      closing: closing.signal,
      heard,
    },
    routes(parts),
  );
  const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 });
  parts.longConnections.attach(server.server, baseUrl);
  const close = async (): Promise<void> => {
    closing.abort();
    parts.longConnections.close();
    await server.close();
  };
  return surface(parts, baseUrl, close);
}

function routes(parts: Parts): readonly Route[] {
  const { settings, files, chats, tokens, tapTokens, longConnections } = parts;
  return [
    ...tokenRoutes(settings.keys, tokens),
    ...botRoutes(settings.bot, parts.console.botStatus),
    ...messageRoutes({ ...parts, ...settings.keys, clock: settings.clock }),
    ...fileRoutes(files, chats),
    ...contactRoutes(parts),
    ...tapTokens.routes,
    ...longConnections.routes,
  ];
}

/** What a test holds in its hands. */
function surface(parts: Parts, baseUrl: string, close: () => Promise<void>): Feishu {
  const { settings, company, chats, addresses, pusher } = parts;
  const cardUrl = (): string | undefined => addresses.cards ?? addresses.events;
  return {
    ...settings.keys,
    ...createActing({ ...settings, ...parts, scopes: parts.scopes, cardUrl }),
    ...createInbox(chats, settings.keys.appId),
    ...createRawPushes({ ...settings, pusher, url: () => addresses.events }),
    ...directory(company),
    ...outside(parts),
    privateChat: chats.privateChat,
    changeGroup: chats.changeGroup,
    addGroup: (name, members, { bot = true } = {}) => chats.addGroup(name, members, bot),
    baseUrl,
    botOpenId: settings.bot.openId,
    transport: settings.transport,
    connections: parts.longConnections.connections,
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
    get pending() {
      return pusher.pending();
    },
    get lost() {
      return pusher.lost();
    },
    redeliver: pusher.again,
    close,
  };
}

const directory = (company: Company) => ({
  addPerson: company.addPerson,
  addDepartment: company.addDepartment,
  changePerson: company.changePerson,
  changeDepartment: company.changeDepartment,
  person: company.person,
  setRange: company.setRange,
});

/** What is seen of, and done to, the program from outside the chats. */
const outside = ({ scopes, console, calls, arrivals, faults, tokens, foreignIds }: Parts) => ({
  scopes,
  console,
  calls,
  waitFor: arrivals.waitFor,
  fail: faults.add,
  revokeTokens: tokens.revoke,
  foreignOpenId: () => {
    const id = newId('ou_');
    foreignIds.add(id);
    return id;
  },
});
