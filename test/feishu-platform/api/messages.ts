/**
 * Messages: send and reply, and the routes of all that can be done with them. Every business error is an HTTP 400.
 *
 * The same `uuid` within an hour answers with the message of the first call; the documents promise only that there will be no
 * second one.
 */
import type { Chat, Message } from '../chats.ts';
import type { Person } from '../company.ts';
import { Denial, invalidField } from '../denial.ts';
import { success } from '../gateway.ts';
import { parseObject, textAt } from '../json.ts';
import type { Answer, Asked, Route } from '../gateway.ts';
import { checkContent } from '../message-content.ts';
import { buzz } from './urgent.ts';
import { mayBuzz, mayRead, mayRecall, mayUpdate, mayWrite } from '../scopes.ts';
import { bodyText, bodyTextIfAny, queryOne } from './asking.ts';
import { edit, recall, redraw } from './message-changes.ts';
import { chatUnknown, checkLane, messageAsked, shown } from './message-parts.ts';
import type { MessageParts } from './message-parts.ts';
import { list, read } from './message-reading.ts';

/** How long the same uuid is one message, ms. */
const UUID_WINDOW_MS = 60 * 60 * 1_000;

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
    {
      method: 'PATCH',
      path: `${one}/urgent_app`,
      needs: mayBuzz,
      answer: (asked) => buzz(parts, asked),
    },
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
    content: type === 'file' ? named(parts, content) : content,
    sender: { app: parts.appId },
    ...place,
    ...checked,
  });
  if (uuid !== undefined) once.set(uuid, { message: message.id, at: parts.clock() });
  return success(shown(parts, message));
}

/** A file as it is told afterwards: with the name it was uploaded under. */
function named({ files }: MessageParts, content: string): string {
  const key = textAt(parseObject(content), 'file_key');
  return JSON.stringify({ file_key: key, file_name: files.find(key ?? '')?.name });
}

function repeated(parts: MessageParts, once: Once, uuid: string): Message | undefined {
  const first = once.get(uuid);
  if (!first || parts.clock() - first.at >= UUID_WINDOW_MS) return undefined;
  return parts.chats.message(first.message);
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
