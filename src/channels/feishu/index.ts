/** Feishu (or Lark) as a channel: what comes in by webhook or over a long connection, what goes out through the official SDK. */
import type { FastifyPluginAsync } from 'fastify';
import type { Card } from '../../../cards/card.ts';
import { textOf } from '../../../cards/plain.ts';
import { inLanguage, type Language } from '../../../cards/words.ts';
import type { Secret } from '../../secret.ts';
import {
  type Channel,
  type CounterpartAbout,
  type CounterpartSort,
  type Desk,
  formOfKind,
  type Pace,
  THE_TASK_LIST,
} from '../channel.ts';
import { appLinkOf } from './app-link.ts';
import { approvalFormKeeper, approvalKeeper, type Deciding, toldOf } from './approval-centre.ts';
import { approvalPlugin } from './approval-callback.ts';
import { createCalendar } from './calendar.ts';
import { drawCard } from './card.ts';
import type { Calls } from './calls.ts';
import { createClient } from './client.ts';
import { checkCredentials, type Credentials, readBot } from './credentials.ts';
import { readDirectory, whereabouts } from './directory.ts';
import { createCounts } from './counts.ts';
import type { AppSecrets } from './envelope.ts';
import { sorted } from './faults.ts';
import { fetchFile } from './files.ts';
import { writtenSince } from './history.ts';
import { createImages, type FetchAttachment } from './images.ts';
import { named } from '../../reduced.ts';
import type { Log } from './log.ts';
import { createLongConnection } from './long-connection.ts';
import { receive, receivePlain, type ReceiverParts } from './receive.ts';
import { createRefusals } from './refusals.ts';
import { readMeetingRooms } from './rooms.ts';
import { buzz, findSent, sendCard, sendFile, sendWords, updateCard } from './send.ts';
import { tapBody } from './tap-body.ts';
import { taskKeeper, taskListKeeper, tasksSince } from './tasks.ts';
import { createTenant } from './tenant.ts';
import { webhookPlugin } from './webhook.ts';

export { addressAnswers, type AddressAnswer, platformClock } from './from-outside.ts';
export type { Bot, Credentials } from './credentials.ts';
export {
  callbacks,
  events,
  optionalPermissions,
  type Permission,
  permissions,
  permissionsWhereUsed,
  type Subscription,
  type Uses,
} from './permissions.ts';
export { APPROVALS_PATH } from './approval-callback.ts';

export type FeishuOptions = {
  readonly appId: string;
  readonly appSecret: Secret;
  /** What events are encrypted and signed with; without it, or without the token, nothing that comes in is accepted. */
  readonly encryptKey?: Secret;
  /** The Encrypt Key before the present one, while it is being changed in the console. */
  readonly previousEncryptKey?: Secret;
  readonly verificationToken?: Secret;
  /** The platform's address, without a slash at the end. */
  readonly baseUrl: string;
  /** How events come in: to our addresses (unless told otherwise), or over a connection that we keep open. */
  readonly transport?: 'webhook' | 'websocket';
  readonly now: () => Temporal.Instant;
  readonly log: Log;
  /** Counts the calls we make, for the month's quota. */
  readonly calls?: Pick<Calls, 'add'>;
  /** The office's zone, in which moments of forms are told. */
  readonly zone?: string;
  /** Reads an attachment of ours, so that cards can show it; without it pictures are told in words. */
  readonly fetchAttachment?: FetchAttachment;
  /** Whether meetings stand in the bot's calendar; unless it is on, the calendar is never called. */
  readonly calendar?: boolean;
  /** Action items are tasks here, too. */
  readonly tasks?: boolean;
  /** Approvals are in the approval centre, too. */
  readonly approvals?: boolean;
  /** How the approval centre tells what is decided there; without it people decide in our chat. */
  readonly deciding?: Deciding;
  /** The platform's id of what stands there for something of ours; null while it does not. */
  readonly idThere?: IdThere;
};

type IdThere = (sort: CounterpartSort, about: CounterpartAbout) => Promise<string | null>;

export type FeishuChannel = Channel & {
  /** What takes in events and taps, for the server to register: it begins when the server listens and ends when it closes. */
  incoming(desk: Desk): FastifyPluginAsync;
  /** Whether events can reach us, as far as it lies with us. */
  connected(): boolean;
  /** Whether token, bot and directory range are as they must be; every refusal with its code. */
  checkCredentials(): Promise<Credentials>;
  /** What happened how often since the start: `refused:signature`, `late`, `set-aside`, `unknown-type:…`, `disconnected`. */
  counts(): { readonly [name: string]: number };
  /** Another one when the approval centre is to be told anew how to call us. */
  decidingMark(): string;
  /** Ends the connections to the platform. */
  close(): Promise<void>;
};

/** How long a card waits for pictures to be uploaded, ms: when it is sent, and when somebody waits for the answer to a tap. */
const IMAGES_MS = { send: 5_000, tap: 400 } as const;

/** Builds the channel. A platform that cannot be reached now does not keep the office from starting. */
export async function createFeishuChannel(options: FeishuOptions): Promise<FeishuChannel> {
  const { log } = options;
  const client = createClient(options);
  const tenant = createTenant();
  const counts = createCounts();
  const noteRefusal = createRefusals(counts, log);
  const images = createImages(client, options.fetchAttachment ?? (async () => undefined), log);
  const calendar =
    options.calendar === true ? createCalendar({ client, now: options.now }) : undefined;
  const sender = { client, log, tenant: tenant.learn };
  const draw = async (card: Card, language: Language, ms: number) =>
    drawCard(card, language, await images.keysFor(card, ms));
  const bot = await createBot(() => readBot(client), log);

  const idThere: IdThere = options.idThere ?? (async () => null);
  const link = appLinkOf(options.baseUrl, options.appId);
  const tasks = {
    client,
    link,
    now: options.now,
    list: () => idThere('task-list', THE_TASK_LIST),
  };
  const approvals = {
    client,
    link,
    now: options.now,
    deciding: options.deciding,
    form: (kind: string) => idThere('approval-form', formOfKind(kind)),
  };

  const byConnection = options.transport === 'websocket';
  let connected = (): boolean => !byConnection;

  const update: Channel['update'] = async (message, card, language) =>
    updateCard(sender, message, await draw(card, language, IMAGES_MS.send));

  const receiver = (desk: Desk): ReceiverParts => ({
    desk,
    secrets: secretsOf(options),
    now: options.now,
    zone: options.zone ?? 'Asia/Shanghai',
    log,
    counts,
    noteRefusal,
    tenant: tenant.isOurs,
    bot: bot.id,
    drawAnswer: (answer) =>
      tapBody(answer, (card) => draw(card, answer.language ?? 'zh', IMAGES_MS.tap)),
    tapDoneLate: async ({ message }, { card, language = 'zh' }) => {
      if (message !== undefined && card) await update(message, card, language);
    },
  });
  return {
    name: 'feishu',
    pace: PACE,
    async send(to, what, key, language) {
      if ('text' in what) return sendWords(sender, to, what.text, key, language);
      if ('file' in what) return sendFile(sender, to, what.file, key);
      const card = await draw(what.card, language, IMAGES_MS.send);
      return sendCard(sender, to, { card, plain: textOf(what.card, language) }, key);
    },
    update,
    find: ({ what, ...unsure }) => {
      if ('file' in what) return findSent(sender, unsure, { file: what.file.name });
      const words =
        'text' in what
          ? inLanguage(what.text, unsure.language)
          : textOf(what.card, unsure.language);
      return findSent(sender, unsure, { words });
    },
    writtenSince: (chat, since, page) =>
      writtenSince(client, { chat, since, page }, { bot: bot.id(), now: options.now() }),
    buzz: (to, message) => buzz(sender, to, message),
    counterparts: {
      ...(calendar && { event: calendar.keeper }),
      ...(options.tasks && { task: taskKeeper(tasks), 'task-list': taskListKeeper(tasks) }),
      ...(options.approvals && {
        approval: approvalKeeper(approvals),
        'approval-form': approvalFormKeeper(approvals),
      }),
    },
    ...(options.tasks && { tasksSince: (since) => tasksSince(tasks, since) }),
    ...(calendar && { seeEvents: calendar.see }),
    meetingRooms: async () => {
      try {
        return await readMeetingRooms(client);
      } catch (error) {
        throw sorted(error, 'look');
      }
    },
    directory: () => readDirectory(client),
    whereabouts: (people) => whereabouts(client, people),
    fetchFile: (file) => fetchFile(client, file),
    incoming: (desk) => async (server) => {
      const parts = receiver(desk);
      const keys = options.encryptKey && options.verificationToken;
      // Beside a long connection too, if there are keys: so an app can go over from one to the other without a gap.
      if (keys || !byConnection) {
        if (!keys) log('feishu.no-keys', {});
        await server.register(webhookPlugin((push) => receive(parts, push)));
      }
      if (options.approvals && options.deciding) {
        const { deciding } = options;
        await server.register(
          approvalPlugin({ desk, deciding, client, log, noteRefusal, now: options.now }),
        );
      }
      if (!byConnection) return;
      const connection = createLongConnection({
        ...options,
        counts,
        receive: (envelope) => receivePlain(parts, envelope),
      });
      connected = connection.connected;
      server.addHook('onListen', async () => connection.start());
      server.addHook('preClose', () => connection.stop());
    },
    connected: () => connected(),
    checkCredentials: () => checkCredentials(client, options),
    counts: counts.all,
    decidingMark: () => toldOf(options.deciding),
    close: () => client.close(),
  };
}

function secretsOf(options: FeishuOptions): AppSecrets {
  const { encryptKey, previousEncryptKey, verificationToken } = options;
  const keys = [encryptKey, previousEncryptKey].filter((key) => key !== undefined);
  return {
    appId: options.appId,
    encryptKeys: verificationToken ? keys.map((key) => key.reveal()) : [],
    verificationToken: verificationToken?.reveal() ?? '',
  };
}

/**
 * Feishu allows 5 messages a second to one person or chat, and 50 a second and 1,000 a minute for the app. A bucket lets
 * through what it holds and what refills in the same second, so both together stay below the limit.
 */
const PACE: Pace = {
  lane: { perSecond: 3, holds: 2 },
  app: { perSecond: 40, holds: 8 },
  appMinute: { perSecond: 15.84, holds: 45 },
};

/** Our own open id, asked for at the start and, as long as it is unknown, again when a message needs it. */
async function createBot(
  ask: () => Promise<{ readonly openId: string }>,
  log: Log,
): Promise<{ readonly id: () => string | undefined }> {
  let id: string | undefined;
  let asking = false;
  const look = async (): Promise<void> => {
    asking = true;
    try {
      id = (await ask()).openId;
    } catch (error) {
      log('feishu.bot-unknown', named(error));
    }
    asking = false;
  };
  await look();
  return {
    id: () => {
      if (id === undefined && !asking) void look();
      return id;
    },
  };
}
