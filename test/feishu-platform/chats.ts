/** Chats and what was said in them. Cards are kept as sent, with every earlier state, so that a stale one can be tapped. */
import { newId } from './ids.ts';
import type { JsonObject } from './json.ts';

export type Chat =
  | { readonly kind: 'p2p'; readonly id: string; readonly person: string }
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly name: string;
      readonly members: ReadonlySet<string>;
      readonly hasBot: boolean;
      readonly dissolved: boolean;
    };

export type Sender = { readonly app: string } | { readonly person: string };

export type Mention = { readonly key: string; readonly openId: string; readonly name: string };

/** Times in ms. `content` is the JSON text as the APIs carry it; a card is kept parsed in `card` as well. */
export type Message = {
  readonly id: string;
  readonly chat: string;
  readonly type: string;
  readonly content: string;
  readonly card?: JsonObject;
  /** Earlier states of the card, oldest first. */
  readonly earlier: readonly JsonObject[];
  readonly sender: Sender;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly recalled: boolean;
  readonly root?: string;
  readonly parent?: string;
  readonly thread?: string;
  readonly mentions: readonly Mention[];
};

export type NewMessage = Pick<Message, 'chat' | 'type' | 'content' | 'sender'> &
  Partial<Pick<Message, 'id' | 'card' | 'root' | 'parent' | 'thread' | 'mentions'>>;

export type Chats = {
  readonly chat: (id: string) => Chat | undefined;
  /** The private chat of a person with the bot; made at first use. */
  readonly privateChat: (openId: string) => Chat;
  readonly addGroup: (name: string, members: readonly string[], hasBot: boolean) => string;
  readonly changeGroup: (
    id: string,
    change: Partial<Omit<Extract<Chat, { kind: 'group' }>, 'kind' | 'id'>>,
  ) => void;
  readonly message: (id: string) => Message | undefined;
  readonly add: (message: NewMessage) => Message;
  readonly change: (id: string, change: Partial<Message>) => Message;
  /** Shows another card in place of the present one. */
  readonly redraw: (id: string, card: JsonObject) => Message;
  /** All messages of a chat, in the order they came. */
  readonly said: (chat: string) => readonly Message[];
};

/** `clock` in ms. */
export function createChats(clock: () => number): Chats {
  const chats = new Map<string, Chat>();
  const messages = new Map<string, Message>();
  const privateChats = new Map<string, Chat>();
  const order = new Map<string, string[]>();
  const present = (id: string): Message => {
    const found = messages.get(id);
    if (!found) throw new Error(`there is no message ${id}`);
    return found;
  };
  const change = (id: string, what: Partial<Message>): Message => {
    const changed = { ...present(id), ...what };
    messages.set(id, changed);
    return changed;
  };
  return {
    chat: (id) => chats.get(id),
    privateChat(openId) {
      const known = privateChats.get(openId);
      if (known) return known;
      const chat: Chat = { kind: 'p2p', id: newId('oc_'), person: openId };
      privateChats.set(openId, chat);
      chats.set(chat.id, chat);
      return chat;
    },
    addGroup(name, members, hasBot) {
      const id = newId('oc_');
      const members_ = new Set(members);
      chats.set(id, { kind: 'group', id, name, members: members_, hasBot, dissolved: false });
      return id;
    },
    changeGroup(id, what) {
      const chat = chats.get(id);
      if (chat?.kind !== 'group') throw new Error(`there is no group ${id}`);
      chats.set(id, { ...chat, ...what });
    },
    message: (id) => messages.get(id),
    add(given) {
      const now = clock();
      const message: Message = {
        id: newId('om_'),
        mentions: [],
        ...given,
        earlier: [],
        createdAt: now,
        updatedAt: now,
        recalled: false,
      };
      messages.set(message.id, message);
      order.set(message.chat, [...(order.get(message.chat) ?? []), message.id]);
      return message;
    },
    change,
    redraw(id, card) {
      const { card: before, earlier } = present(id);
      const kept = before ? [...earlier, before] : earlier;
      return change(id, {
        card,
        content: JSON.stringify(card),
        earlier: kept,
        updatedAt: clock(),
      });
    },
    said: (chat) => (order.get(chat) ?? []).map(present),
  };
}
