/** Reading messages back: one, or the history of a chat. */
import type { Chat } from '../chats.ts';
import { Denial, badParameter, invalidField } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked } from '../gateway.ts';
import { page, queryOne } from './asking.ts';
import { chatUnknown, messageAsked, shown } from './message-parts.ts';
import type { MessageParts } from './message-parts.ts';

/** One message, as a list of one. */
export function read(parts: MessageParts, asked: Asked): Answer {
  const message = messageAsked(parts, asked);
  if (message.recalled) throw new Denial(230110, 'The message has been deleted.');
  return success({ items: [shown(parts, message, cardSource(asked))] });
}

/** History of one chat, by creation time; `start_time` and `end_time` are seconds, both ends included. */
export function list(parts: MessageParts, asked: Asked): Answer {
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
