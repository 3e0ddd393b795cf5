/**
 * Messages: send, reply, change a card, recall, read. Every business error is an HTTP 400.
 *
 * The same `uuid` within an hour answers with the message of the first call; the documents promise only that there will be no
 * second one.
 */
import type { Chat, Chats, Message } from '../chats.ts';
import { idOf } from '../company.ts';
import type { Company, Person } from '../company.ts';
import { Denial, badParameter, invalidField } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked, Route } from '../gateway.ts';
import { checkContent, checkedCard, refusedCard } from '../message-content.ts';
import type { KnownToPlatform } from '../card-rules.ts';
import { laneLimits } from '../rates.ts';
import type { Rates } from '../rates.ts';
import { mayRead, mayRecall, mayUpdate, mayWrite } from '../scopes.ts';
import { bodyText, bodyTextIfAny, page, queryOne } from './asking.ts';

/** How long the same uuid is one message, ms. */
const UUID_WINDOW_MS = 60 * 60 * 1_000;
/** How long a card can be changed after it was sent, ms. */
const CARD_LIFE_MS = 14 * 24 * 60 * 60 * 1_000;

export type MessageParts = {
  readonly clock: () => number;
  readonly appId: string;
  readonly tenantKey: string;
  readonly company: Company;
  readonly chats: Chats;
  readonly rates: Rates;
  readonly known: KnownToPlatform;
  readonly scopes: ReadonlySet<string>;
  /** Open ids that exist, but in another app's eyes. */
  readonly foreignIds: ReadonlySet<string>;
};

type Once = Map<string, { readonly message: string; readonly at: number }>;

export function messageRoutes(parts: MessageParts): readonly Route[] {
  const once: Once = new Map();
  const one = '/open-apis/im/v1/messages/:message_id';
  return [
    {
      method: 'POST',
      path: '/open-apis/im/v1/messages',
      needs: mayWrite,
      answer: (asked) => send(parts, once, asked),
    },
    {
      method: 'POST',
      path: `${one}/reply`,
      needs: mayWrite,
      answer: (asked) => reply(parts, once, asked),
    },
    { method: 'PATCH', path: one, needs: mayUpdate, answer: (asked) => redraw(parts, asked) },
    { method: 'PUT', path: one, needs: mayUpdate, answer: (asked) => edit(parts, asked) },
    { method: 'DELETE', path: one, needs: mayRecall, answer: (asked) => recall(parts, asked) },
    { method: 'GET', path: one, needs: mayRead, answer: (asked) => read(parts, asked) },
    {
      method: 'GET',
      path: '/open-apis/im/v1/messages',
      needs: mayRead,
      answer: (asked) => list(parts, asked),
    },
  ];
}

function send(parts: MessageParts, once: Once, asked: Asked): Answer {
  const idType = queryOne(asked, 'receive_id_type');
  if (idType === undefined) throw invalidField('receive_id_type', 'is required');
  const chat = receiver(parts, idType, bodyText(asked, 'receive_id'));
  return post(parts, once, asked, chat, {});
}

function reply(parts: MessageParts, once: Once, asked: Asked): Answer {
  const parent = messageAsked(parts, asked);
  if (parent.recalled) throw new Denial(230011, 'The message was withdrawn.');
  const chat = parts.chats.chat(parent.chat);
  if (!chat) throw new Denial(232009, 'The chat has been dissolved.');
  checkOpen(parts, chat);
  return post(parts, once, asked, chat, { parent: parent.id, root: parent.root ?? parent.id });
}

function post(
  parts: MessageParts,
  once: Once,
  asked: Asked,
  chat: Chat,
  place: { readonly parent?: string; readonly root?: string },
): Answer {
  const type = bodyText(asked, 'msg_type');
  const content = bodyText(asked, 'content');
  const uuid = bodyTextIfAny(asked, 'uuid');
  if (uuid !== undefined && uuid.length > 50) throw invalidField('uuid', 'is longer than 50');
  const before = uuid === undefined ? undefined : repeated(parts, once, uuid);
  if (before) return success(shown(parts, before));
  checkLane(parts.rates, `chat ${chat.id}`);
  const checked = checkContent(
    type,
    content,
    parts.known,
    (id) => parts.company.people.get(id)?.name,
  );
  const message = parts.chats.add({
    chat: chat.id,
    type,
    content,
    sender: { app: parts.appId },
    ...place,
    ...checked,
  });
  if (uuid !== undefined) once.set(uuid, { message: message.id, at: parts.clock() });
  return success(shown(parts, message));
}

function repeated(parts: MessageParts, once: Once, uuid: string): Message | undefined {
  const first = once.get(uuid);
  if (!first || parts.clock() - first.at >= UUID_WINDOW_MS) return undefined;
  return parts.chats.message(first.message);
}

function checkLane(rates: Rates, lane: string): void {
  if (rates.take(lane, laneLimits)) {
    throw new Denial(230020, 'This operation triggers the frequency limit.');
  }
}

/** The chat behind a receive_id, when the bot may write there. */
function receiver(parts: MessageParts, idType: string, id: string): Chat {
  if (idType === 'chat_id') {
    const chat = parts.chats.chat(id);
    if (!chat) throw chatUnknown(id);
    checkOpen(parts, chat);
    return chat;
  }
  if (!['open_id', 'union_id', 'user_id', 'email'].includes(idType)) {
    throw invalidField('receive_id_type', `does not know ${idType}`);
  }
  const person = parts.company.find(idType, id);
  if (!person) throw personUnknown(parts, idType, id);
  checkReachable(person);
  return parts.chats.privateChat(person.openId);
}

const chatUnknown = (id: string): Denial =>
  id.startsWith('oc_')
    ? new Denial(99992356, 'The request you send is not a valid chat_id or not exists')
    : new Denial(230034, 'The receive_id is invalid.');

function personUnknown(parts: MessageParts, idType: string, id: string): Denial {
  if (parts.foreignIds.has(id)) return new Denial(99992361, 'open_id cross app');
  if (idType === 'open_id' && id.startsWith('ou_')) {
    return new Denial(99992351, 'The request you send is not a valid open_id or not exists');
  }
  return new Denial(230034, 'The receive_id is invalid.');
}

function checkOpen(parts: MessageParts, chat: Chat): void {
  if (chat.kind === 'p2p') return checkReachable(parts.company.person(chat.person));
  if (chat.dissolved) throw new Denial(232009, 'The chat has been dissolved.');
  if (!chat.hasBot) throw new Denial(230002, 'The bot can not be outside the group.');
}

function checkReachable(person: Person): void {
  if (!person.available || person.resigned || person.frozen) {
    throw new Denial(230013, 'Bot has NO availability to this user.');
  }
  if (person.muted) throw new Denial(230053, 'The user has stopped the bot from sending messages.');
}

function messageAsked(parts: MessageParts, asked: Asked): Message {
  const id = asked.params['message_id'] ?? '';
  const message = parts.chats.message(id);
  if (message) return message;
  throw id.startsWith('om_')
    ? new Denial(99992354, 'The request you send is not a valid message_id or not exists')
    : badParameter('message_id is invalid');
}

const ours = (parts: MessageParts, message: Message): boolean =>
  'app' in message.sender && message.sender.app === parts.appId;

/** PATCH: another card in place of the one that was sent. */
function redraw(parts: MessageParts, asked: Asked): Answer {
  const message = messageAsked(parts, asked);
  const content = bodyText(asked, 'content');
  if (message.recalled) throw new Denial(230011, 'The message was withdrawn.');
  if (message.card === undefined) throw badParameter('This message is NOT a card.');
  if (!ours(parts, message)) throw badParameter('The operator is not the sender of the card.');
  if (parts.clock() - message.createdAt > CARD_LIFE_MS) {
    throw new Denial(230031, 'The message has exceeded the validity period of 14 days.');
  }
  checkLane(parts.rates, `card ${message.id}`);
  parts.chats.redraw(message.id, nextCard(parts, message, content));
  return success({});
}

function nextCard(
  parts: MessageParts,
  message: Message,
  content: string,
): object & Message['card'] {
  const schema = message.card?.['schema'];
  const next = checkedCard(content, parts.known);
  if (schema === '2.0' && next['schema'] !== '2.0') {
    throw refusedCard({
      code: 200830,
      path: 'ROOT',
      message: 'a card of schema 2.0 cannot be updated to schema 1.0',
    });
  }
  return next;
}

/** PUT: edits a text or post of our own; cards are refused. */
function edit(parts: MessageParts, asked: Asked): Answer {
  const message = messageAsked(parts, asked);
  if (message.card !== undefined) throw badParameter('This message is a card; use PATCH.');
  if (!ours(parts, message)) throw new Denial(230071, 'The operator is not the message sender.');
  const content = bodyText(asked, 'content');
  const type = bodyText(asked, 'msg_type');
  checkContent(type, content, parts.known, (id) => parts.company.people.get(id)?.name);
  const edited = parts.chats.change(message.id, { content, type, updatedAt: parts.clock() });
  return success(shown(parts, edited));
}

function recall(parts: MessageParts, asked: Asked): Answer {
  const message = messageAsked(parts, asked);
  if (!ours(parts, message)) throw new Denial(230026, 'No permission to recall this message.');
  if (message.recalled) throw new Denial(230011, 'The message was withdrawn.');
  parts.chats.change(message.id, { recalled: true, updatedAt: parts.clock() });
  return success({});
}

function read(parts: MessageParts, asked: Asked): Answer {
  const message = messageAsked(parts, asked);
  if (message.recalled) throw new Denial(230110, 'The message has been deleted.');
  return success({ items: [shown(parts, message, cardSource(asked))] });
}

/** History of one chat, by creation time; `start_time` and `end_time` are seconds, both ends included. */
function list(parts: MessageParts, asked: Asked): Answer {
  if (queryOne(asked, 'container_id_type') !== 'chat') {
    throw badParameter('container_id_type must be chat here');
  }
  const id = queryOne(asked, 'container_id') ?? '';
  const chat = parts.chats.chat(id);
  if (!chat) throw chatUnknown(id);
  checkReadable(parts, chat);
  const between = timesAsked(asked);
  const said = parts.chats.said(id).filter((message) => between(message.createdAt));
  const sorted = queryOne(asked, 'sort_type') === 'ByCreateTimeDesc' ? said.toReversed() : said;
  const { items, more } = page(asked, sorted, {
    usual: 20,
    most: 50,
    badSize: () => invalidField('page_size', 'must be between 1 and 50'),
    badToken: () => badParameter('page_token is invalid'),
  });
  const source = cardSource(asked);
  return success({ ...more, items: items.map((message) => shown(parts, message, source)) });
}

function checkReadable(parts: MessageParts, chat: Chat): void {
  if (chat.kind === 'p2p') return;
  if (!chat.hasBot) throw new Denial(230002, 'The bot can not be outside the group.');
  if (!parts.scopes.has('im:message.group_msg')) {
    throw new Denial(230027, 'Lack of necessary permissions, ext=need scope: im:message.group_msg');
  }
}

function timesAsked(asked: Asked): (at: number) => boolean {
  const seconds = (name: string): number | undefined => {
    const given = queryOne(asked, name);
    if (given === undefined || given === '') return undefined;
    if (!/^\d{1,10}$/.test(given)) throw badParameter(`${name} is in seconds`);
    return Number(given);
  };
  const from = seconds('start_time') ?? 0;
  const to = seconds('end_time') ?? Number.MAX_SAFE_INTEGER;
  return (at) => Math.floor(at / 1_000) >= from && Math.floor(at / 1_000) <= to;
}

const cardSource = (asked: Asked): boolean =>
  queryOne(asked, 'card_msg_content_type') === 'user_card_content';

/** A message as the APIs show it. Without `source` a card is only its title and a hint to update the client. */
function shown(parts: MessageParts, message: Message, source = true): object {
  const { sender } = message;
  return {
    message_id: message.id,
    root_id: message.root ?? '',
    parent_id: message.parent ?? '',
    thread_id: message.thread ?? '',
    msg_type: message.type,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted: message.recalled,
    updated: message.updatedAt !== message.createdAt,
    chat_id: message.chat,
    sender: {
      ...('app' in sender
        ? { id: sender.app, id_type: 'app_id', sender_type: 'app' }
        : { id: sender.person, id_type: 'open_id', sender_type: 'user' }),
      tenant_key: parts.tenantKey,
    },
    body: { content: shownContent(message, source) },
    mentions: message.mentions.map((mention) => ({
      key: mention.key,
      id: idOf(parts.company.person(mention.openId), 'open_id'),
      id_type: 'open_id',
      name: mention.name,
      tenant_key: parts.tenantKey,
    })),
  };
}

function shownContent(message: Message, source: boolean): string {
  if (message.recalled) return '{"text":"This message was recalled"}';
  if (message.card === undefined || source) return message.content;
  const hint = { tag: 'text', text: '请升级至最新版本客户端，以查看内容' };
  return JSON.stringify({ title: titleOf(message.card), elements: [[hint]] });
}

function titleOf(card: Message['card']): string {
  const header = card?.['header'] as { title?: { content?: string } } | undefined;
  return header?.title?.content ?? '';
}
