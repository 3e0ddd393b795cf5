/** A Feishu with our channel connected to it, and a desk that writes down what it is told. */
import Fastify from 'fastify';
import { words } from '../../../cards/words.ts';
import type {
  Desk,
  DirectoryChange,
  GroupChange,
  IncomingMessage,
  IncomingOpening,
  IncomingRecall,
  IncomingTap,
  TapAnswer,
} from '../../../src/channels/channel.ts';
import type { Calls } from '../../../src/channels/feishu/calls.ts';
import { createFeishuChannel, type FeishuChannel } from '../../../src/channels/feishu/index.ts';
import { Secret } from '../../../src/secret.ts';
import { createFeishu, type Feishu, type FeishuOptions } from '../../feishu-platform/index.ts';

/** What reached the office. */
export type Heard = {
  readonly messages: IncomingMessage[];
  readonly taps: IncomingTap[];
  readonly openings: IncomingOpening[];
  readonly changes: DirectoryChange[];
  readonly groups: GroupChange[];
  readonly recalls: IncomingRecall[];
  readonly setAside: { readonly key: string; readonly reason: string; readonly body: string }[];
  readonly refused: string[];
};

/** How the desk behaves; a test replaces what it wants otherwise. */
export type Behaviour = {
  message: (incoming: IncomingMessage) => Promise<void>;
  tap: (incoming: IncomingTap) => Promise<TapAnswer>;
};

export type Setting = {
  readonly feishu: Feishu;
  readonly channel: FeishuChannel;
  readonly heard: Heard;
  readonly behaviour: Behaviour;
  /** Log lines of the channel. */
  readonly lines: { readonly what: string; readonly about: object }[];
  readonly to: (openId: string) => { readonly channel: 'feishu'; readonly id: string };
  /** The program stops taking events; the platform stays. */
  readonly stopServer: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type SettingOptions = FeishuOptions & {
  /** Another than the platform's; then nobody waits for a connection. */
  readonly appSecret?: string;
  readonly calls?: Pick<Calls, 'add'>;
  readonly fetchAttachment?: (file: string) => Promise<{ readonly bytes: Uint8Array } | undefined>;
};

/** Both sides listen on 127.0.0.1. The channel's clock is the platform's. */
export async function createSetting(options: SettingOptions = {}): Promise<Setting> {
  const { fetchAttachment, calls, appSecret, ...platform } = options;
  const clock = platform.clock ?? Date.now;
  const feishu = await createFeishu(platform);
  const lines: { readonly what: string; readonly about: object }[] = [];
  const channel = await createFeishuChannel({
    appId: feishu.appId,
    appSecret: new Secret(appSecret ?? feishu.appSecret),
    ...(feishu.transport === 'webhook' && {
      encryptKey: new Secret(feishu.encryptKey),
      verificationToken: new Secret(feishu.verificationToken),
    }),
    baseUrl: feishu.baseUrl,
    transport: feishu.transport,
    now: () => Temporal.Instant.fromEpochMilliseconds(clock()),
    log: (what, about) => lines.push({ what, about }),
    ...(calls && { calls }),
    ...(fetchAttachment && { fetchAttachment }),
  });
  const heard: Heard = {
    messages: [],
    taps: [],
    openings: [],
    changes: [],
    groups: [],
    recalls: [],
    setAside: [],
    refused: [],
  };
  const behaviour: Behaviour = {
    message: async () => undefined,
    tap: async () => ({ toast: { look: 'success', text: words('已记下', 'Recorded') } }),
  };
  const server = Fastify({ forceCloseConnections: true });
  await server.register(channel.incoming(deskOf(heard, behaviour)));
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  feishu.webhookUrl = `${address}/feishu/events`;
  feishu.cardUrl = `${address}/feishu/cards`;
  if (feishu.transport === 'websocket' && appSecret === undefined) {
    await feishu.waitFor(() => feishu.connections.open() === 1);
  }
  return {
    feishu,
    channel,
    heard,
    behaviour,
    lines,
    to: (id) => ({ channel: 'feishu', id }),
    stopServer: async () => {
      await server.close();
    },
    close: async () => {
      await server.close();
      await channel.close();
      await feishu.close();
    },
  };
}

function deskOf(heard: Heard, behaviour: Behaviour): Desk {
  return {
    message: async (incoming) => {
      heard.messages.push(incoming);
      await behaviour.message(incoming);
    },
    tap: (incoming) => {
      heard.taps.push(incoming);
      return behaviour.tap(incoming);
    },
    missed: async (messages) => void heard.messages.push(...messages),
    opened: async (incoming) => void heard.openings.push(incoming),
    recalled: async (incoming) => void heard.recalls.push(incoming),
    groupChanged: async (change) => void heard.groups.push(change),
    decided: async () => ({ done: false, text: { zh: '', en: '' }, language: 'zh' }),
    directoryChanged: async (change) => void heard.changes.push(change),
    setAside: async (incoming) => void heard.setAside.push(incoming),
    refused: async ({ reason }) => void heard.refused.push(reason),
  };
}
