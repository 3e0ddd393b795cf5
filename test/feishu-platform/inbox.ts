/** What people see in their chats. */
import { textOf } from './card-text.ts';
import type { Locale } from './card-text.ts';
import type { Chats, Message } from './chats.ts';
import { parseJson, textAt } from './json.ts';
import type { JsonObject } from './json.ts';

/** A message as it looks now. `states` counts the pictures a card has had; times in ms. */
export type Seen = {
  readonly messageId: string;
  readonly chatId: string;
  readonly from: 'bot' | 'person';
  readonly type: string;
  readonly text: string;
  readonly card?: JsonObject;
  readonly states: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly recalled: boolean;
};

export type Inbox = {
  /** The private chat with the bot from the first message to the last, both sides. */
  readonly inbox: (openId: string, locale?: Locale) => readonly Seen[];
  /** The bot's cards in that chat. */
  readonly cards: (openId: string, locale?: Locale) => readonly Seen[];
  /** What was said in any chat. */
  readonly chat: (chatId: string, locale?: Locale) => readonly Seen[];
  /** The card of a message as it stands; `undefined` when it is none. */
  readonly cardOf: (messageId: string) => JsonObject | undefined;
};

export function createInbox(chats: Chats, appId: string): Inbox {
  const chat: Inbox['chat'] = (id, locale = 'zh_cn') =>
    chats.said(id).map((message) => seen(message, appId, locale));
  const inbox: Inbox['inbox'] = (openId, locale) => chat(chats.privateChat(openId).id, locale);
  return {
    chat,
    inbox,
    cards: (openId, locale) =>
      inbox(openId, locale).filter(({ from, card }) => from === 'bot' && card !== undefined),
    cardOf: (messageId) => chats.message(messageId)?.card,
  };
}

function seen(message: Message, appId: string, locale: Locale): Seen {
  const { sender, card } = message;
  return {
    messageId: message.id,
    chatId: message.chat,
    from: 'app' in sender && sender.app === appId ? 'bot' : 'person',
    type: message.type,
    text: card ? textOf(card, locale) : saidIn(parseJson(message.content)),
    ...(card && { card }),
    states: card ? message.earlier.length + 1 : 0,
    createdAt: message.createdAt,
    updatedAt: message.updatedAt,
    recalled: message.recalled,
  };
}

/** The words of a message, or the name of a file. */
const saidIn = (content: unknown): string =>
  textAt(content, 'text') ?? textAt(content, 'file_name') ?? '';
