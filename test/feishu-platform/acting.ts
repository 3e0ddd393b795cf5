/** People using the client: they write, open the chat, tap, leave the company. Each act reaches the program as its event. */
import { userFields } from './api/contact.ts';
import { imageType } from './api/files.ts';
import type { TapTokens } from './api/delayed-update.ts';
import type { KnownToPlatform } from './card-rules.ts';
import { textOf } from './card-text.ts';
import type { Chat, Chats, Mention, Message } from './chats.ts';
import type { Company, Person } from './company.ts';
import type { Files } from './files.ts';
import { newId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { envelope, seal } from './push.ts';
import type { AppKeys, DeliverOptions, Pusher } from './push.ts';
import { seenUser } from './scopes.ts';
import { judge } from './tap-answer.ts';
import type { Toast } from './tap-answer.ts';
import { prepareTap } from './tap.ts';
import type { Tap } from './tap.ts';
import type { Outcome } from './wire.ts';

/** The end of a callback's validity for cards of schema 2.0, ms: after it a tap sends nothing. */
const CARD_LIFE_MS = 14 * 24 * 60 * 60 * 1_000;

/**
 * How something is said. `chat`: in this group, with `mention` of the bot (default) or without; `image` and `file` are sent in
 * place of the text; `post` in its received form; `messageId` says the same message again under another event id.
 */
export type Saying = DeliverOptions & {
  readonly chat?: string;
  readonly mention?: boolean;
  readonly image?: Uint8Array;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
  readonly post?: JsonObject;
  readonly replyTo?: string;
  readonly messageId?: string;
};

/** The message, and the answers to its pushes; no answers when the app may not hear it or it was held. */
export type Said = {
  readonly messageId: string;
  readonly chatId: string;
  readonly answers: readonly Outcome[];
};

/**
 * What a tap came to. `stopped`: the client refused before any request. `error`: the code the person sees, `why` its reason.
 * `card` is the new card if the answer brought one. `status` and `body` are the raw answer.
 */
export type Tapped = {
  readonly ms: number;
  readonly toast?: Toast;
  readonly card?: JsonObject;
  readonly text?: string;
  readonly error?: number;
  readonly why?: string;
  readonly stopped?: string;
  readonly opens?: string;
  readonly status?: number;
  readonly body?: string;
  /** The token for a delayed update. */
  readonly token?: string;
};

/** `seen`: tap on the n-th state of the card (0 the first), as a client that has not redrawn. `eventId`: of the callback. */
export type TapOptions = { readonly seen?: number; readonly eventId?: string };

export type Acting = {
  readonly says: (openId: string, text: string, how?: Saying) => Promise<Said>;
  readonly opensChat: (openId: string) => Promise<readonly Outcome[]>;
  readonly touchesMenu: (openId: string, key: string) => Promise<readonly Outcome[]>;
  readonly taps: (
    openId: string,
    messageId: string,
    tap: Tap,
    options?: TapOptions,
  ) => Promise<Tapped>;
  /** Recalls a message of the person's own. */
  readonly recalls: (openId: string, messageId: string) => Promise<readonly Outcome[]>;
  readonly joins: (openId: string) => Promise<readonly Outcome[]>;
  readonly leaves: (openId: string) => Promise<readonly Outcome[]>;
  /** The directory changes; the event carries the fields before. */
  readonly moves: (
    openId: string,
    change: Partial<Pick<Person, 'name' | 'leader' | 'departments' | 'title' | 'frozen'>>,
  ) => Promise<readonly Outcome[]>;
};

export type ActingParts = {
  readonly clock: () => number;
  readonly keys: AppKeys;
  readonly bot: { readonly openId: string; readonly name: string };
  readonly scopes: ReadonlySet<string>;
  readonly company: Company;
  readonly chats: Chats;
  readonly files: Files;
  readonly pusher: Pusher;
  readonly tapTokens: TapTokens;
  readonly known: KnownToPlatform;
  readonly cardUrl: () => string | undefined;
  readonly deadlineMs: number;
  readonly unfilled: 'empty' | 'absent';
};

export function createActing(parts: ActingParts): Acting {
  const { company, pusher } = parts;
  const idsOf = (person: Person): JsonObject => personIds(parts, person);
  return {
    says: (openId, text, how = {}) => say(parts, company.person(openId), text, how),
    opensChat: (openId) => openChat(parts, company.person(openId)),
    touchesMenu: (openId, key) => {
      const person = company.person(openId);
      const event = {
        operator: { operator_id: idsOf(person) },
        event_key: key,
        timestamp: Math.floor(parts.clock() / 1_000),
      };
      return pusher.event({ type: 'application.bot.menu_v6', event });
    },
    taps: (openId, messageId, tap, options = {}) =>
      tapCard(parts, company.person(openId), messageId, tap, options),
    recalls: (openId, messageId) => recall(parts, company.person(openId), messageId),
    joins: (openId) => {
      const object = userObject(parts, company.person(openId));
      return pusher.event({ type: 'contact.user.created_v3', event: { object } });
    },
    leaves: (openId) => leave(parts, company.person(openId)),
    moves: (openId, change) => move(parts, company.person(openId), change),
  };
}

/** `user_id` only with its scope. */
function personIds(parts: ActingParts, person: Person): JsonObject {
  const ids = { union_id: person.unionId, user_id: person.userId, open_id: person.openId };
  return seenUser(ids, parts.scopes);
}

async function say(parts: ActingParts, person: Person, text: string, how: Saying): Promise<Said> {
  const chat = chatOf(parts, person, how.chat);
  const id = how.messageId ?? newId('om_');
  const written = parts.chats.message(id) ?? write(parts, person, chat, id, text, how);
  const heard = hears(parts, chat, written.mentions.length > 0);
  const event = {
    type: 'im.message.receive_v1',
    event: messageEvent(parts, person, chat, written),
  };
  const answers = heard ? await parts.pusher.event(event, how) : [];
  return { messageId: id, chatId: chat.id, answers };
}

function chatOf(parts: ActingParts, person: Person, group: string | undefined): Chat {
  if (group === undefined) return parts.chats.privateChat(person.openId);
  const chat = parts.chats.chat(group);
  if (chat?.kind !== 'group' || !chat.members.has(person.openId)) {
    throw new Error(`${person.name} is in no group ${group}`);
  }
  return chat;
}

/** Which messages the app is told of depends on its scopes. */
function hears(parts: ActingParts, chat: Chat, mentioned: boolean): boolean {
  const { scopes } = parts;
  if (chat.kind === 'p2p') return scopes.has('im:message.p2p_msg:readonly');
  if (!chat.hasBot) return false;
  const atBot = mentioned && scopes.has('im:message.group_at_msg:readonly');
  return atBot || scopes.has('im:message.group_msg');
}

function write(
  parts: ActingParts,
  person: Person,
  chat: Chat,
  id: string,
  text: string,
  how: Saying,
): Message {
  const parent = how.replyTo === undefined ? undefined : parts.chats.message(how.replyTo);
  const bot = { key: '@_user_1', openId: parts.bot.openId, name: parts.bot.name };
  const mentions: readonly Mention[] = chat.kind === 'group' && how.mention !== false ? [bot] : [];
  const spoken = mentions.length > 0 ? `${bot.key} ${text}` : text;
  return parts.chats.add({
    id,
    chat: chat.id,
    sender: { person: person.openId },
    ...contentOf(parts, id, spoken, how),
    mentions,
    ...(parent && { parent: parent.id, root: parent.root ?? parent.id }),
  });
}

function contentOf(
  parts: ActingParts,
  message: string,
  text: string,
  how: Saying,
): { readonly type: string; readonly content: string } {
  if (how.image) {
    const bytes = Buffer.from(how.image);
    const type = imageType(bytes) ?? 'application/octet-stream';
    const key = parts.files.store({ sort: 'image', name: 'image', type, bytes, message });
    return { type: 'image', content: JSON.stringify({ image_key: key }) };
  }
  if (how.file) {
    const { name } = how.file;
    const bytes = Buffer.from(how.file.bytes);
    const type = 'application/octet-stream';
    const key = parts.files.store({ sort: 'file', name, type, bytes, message });
    return { type: 'file', content: JSON.stringify({ file_key: key, file_name: name }) };
  }
  if (how.post) return { type: 'post', content: JSON.stringify(how.post) };
  return { type: 'text', content: JSON.stringify({ text }) };
}

function messageEvent(
  parts: ActingParts,
  person: Person,
  chat: Chat,
  message: Message,
): JsonObject {
  const mentions = message.mentions.map(({ key, openId, name }) => ({
    key,
    id: { union_id: '', user_id: '', open_id: openId },
    mentioned_type: openId === parts.bot.openId ? 'bot' : 'user',
    name,
    tenant_key: parts.keys.tenantKey,
  }));
  return {
    sender: {
      sender_id: personIds(parts, person),
      sender_type: 'user',
      tenant_key: parts.keys.tenantKey,
    },
    message: {
      message_id: message.id,
      ...(message.root !== undefined && { root_id: message.root, parent_id: message.parent }),
      create_time: String(message.createdAt),
      update_time: String(message.updatedAt),
      chat_id: chat.id,
      chat_type: chat.kind,
      message_type: message.type,
      content: message.content,
      ...(mentions.length > 0 && { mentions }),
    },
  };
}

function openChat(parts: ActingParts, person: Person): Promise<readonly Outcome[]> {
  const chat = parts.chats.privateChat(person.openId);
  const last = parts.chats.said(chat.id).at(-1);
  const event = {
    chat_id: chat.id,
    operator_id: personIds(parts, person),
    last_message_id: last?.id ?? '',
    last_message_create_time: last ? String(last.createdAt) : '',
  };
  return parts.pusher.event({ type: 'im.chat.access_event.bot_p2p_chat_entered_v1', event });
}

async function recall(
  parts: ActingParts,
  person: Person,
  messageId: string,
): Promise<readonly Outcome[]> {
  const message = parts.chats.message(messageId);
  if (!message || !('person' in message.sender) || message.sender.person !== person.openId) {
    throw new Error(`${person.name} did not write ${messageId}`);
  }
  parts.chats.change(messageId, { recalled: true });
  const event = {
    message_id: messageId,
    chat_id: message.chat,
    recall_time: String(parts.clock()),
    recall_type: 'message_owner',
  };
  return parts.pusher.event({ type: 'im.message.recalled_v1', event });
}

function userObject(parts: ActingParts, person: Person): JsonObject {
  const fields = {
    ...userFields(person),
    department_ids: person.departments,
    leader_user_id: person.leader ?? '',
  };
  return seenUser(fields, parts.scopes);
}

function leave(parts: ActingParts, person: Person): Promise<readonly Outcome[]> {
  const gone = parts.company.changePerson(person.openId, { resigned: true, departments: [] });
  const { department_ids: _none, ...object } = userObject(parts, gone);
  const old_object = { department_ids: person.departments, open_id: person.openId };
  return parts.pusher.event({ type: 'contact.user.deleted_v3', event: { object, old_object } });
}

function move(
  parts: ActingParts,
  person: Person,
  change: Partial<Person>,
): Promise<readonly Outcome[]> {
  const object = userObject(parts, parts.company.changePerson(person.openId, change));
  const before = Object.entries(userObject(parts, person)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(object[field]),
  );
  const old_object = Object.fromEntries(before);
  return parts.pusher.event({ type: 'contact.user.updated_v3', event: { object, old_object } });
}

async function tapCard(
  parts: ActingParts,
  person: Person,
  messageId: string,
  tap: Tap,
  options: TapOptions,
): Promise<Tapped> {
  const message = visibleCard(parts, person, messageId);
  if (message.recalled) return { ms: 0, stopped: '消息已撤回' };
  if (parts.clock() - message.createdAt > CARD_LIFE_MS) return { ms: 0, stopped: '卡片已过期' };
  const states = [...message.earlier, message.card];
  const card = options.seen === undefined ? message.card : states[options.seen];
  const habits = { zone: person.zone, unfilled: parts.unfilled, now: parts.clock() };
  const prepared = prepareTap(card, tap, habits);
  if ('stopped' in prepared || 'opens' in prepared) return { ms: 0, ...prepared };
  return callBack(parts, person, message, prepared.action, options.eventId);
}

type CardMessage = Message & { readonly card: JsonObject };

function visibleCard(parts: ActingParts, person: Person, messageId: string): CardMessage {
  const message = parts.chats.message(messageId);
  const chat = message && parts.chats.chat(message.chat);
  const visible =
    chat?.kind === 'p2p' ? chat.person === person.openId : chat?.members.has(person.openId);
  if (!message?.card || !visible) throw new Error(`${person.name} sees no card ${messageId}`);
  return { ...message, card: message.card };
}

/** The callback itself: synchronous, never repeated, its answer judged and drawn. */
async function callBack(
  parts: ActingParts,
  person: Person,
  message: CardMessage,
  action: JsonObject,
  eventId: string | undefined,
): Promise<Tapped> {
  const token = parts.tapTokens.issue(message.id);
  const event = {
    operator: { tenant_key: parts.keys.tenantKey, ...personIds(parts, person) },
    token,
    action,
    host: 'im_message',
    context: { open_message_id: message.id, open_chat_id: message.chat },
  };
  const now = parts.clock();
  const given = { type: 'card.action.trigger', event, ...(eventId !== undefined && { eventId }) };
  const content = envelope(parts.keys, given, String(now * 1_000));
  const sealed = seal(parts.keys, content, Math.floor(now / 1_000));
  const outcome = await parts.pusher.raw(parts.cardUrl(), sealed, parts.deadlineMs);
  parts.tapTokens.answered(token);
  const judged = judge(outcome, message.card, parts.known);
  if ('card' in judged && judged.card) parts.chats.redraw(message.id, judged.card);
  return {
    ms: outcome.ms,
    ...judged,
    ...('card' in judged && judged.card && { text: textOf(judged.card) }),
    token,
    ...(outcome.got === 'answer' && { status: outcome.status, body: outcome.body }),
  };
}
