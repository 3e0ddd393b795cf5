/** What all messages APIs share: the message that is asked for, lanes, and how a message is shown. */
import type { KnownToPlatform } from '../card-rules.ts';
import type { Chats, Message } from '../chats.ts';
import type { Company } from '../company.ts';
import { Denial, badParameter } from '../denial.ts';
import type { Files } from '../files.ts';
import type { Asked } from '../gateway.ts';
import { isObject, textAt } from '../json.ts';
import { laneLimits } from '../rates.ts';
import type { Rates } from '../rates.ts';

export type MessageParts = {
  readonly clock: () => number;
  readonly appId: string;
  readonly tenantKey: string;
  readonly company: Company;
  readonly chats: Chats;
  readonly rates: Rates;
  readonly known: KnownToPlatform;
  readonly files: Pick<Files, 'find'>;
  readonly scopes: ReadonlySet<string>;
  /** Open ids that exist, but in another app's eyes. */
  readonly foreignIds: ReadonlySet<string>;
};

/** The message named in the path. */
export function messageAsked(parts: MessageParts, asked: Asked): Message {
  const id = asked.params['message_id'] ?? '';
  const message = parts.chats.message(id);
  if (message) return message;
  throw id.startsWith('om_')
    ? new Denial(99992354, 'The request you send is not a valid message_id or not exists')
    : badParameter('message_id is invalid');
}

/** True for a message of this app. */
export const ours = (parts: MessageParts, message: Message): boolean =>
  'app' in message.sender && message.sender.app === parts.appId;

/** One use of a lane: a chat that is written to, a card that is changed. */
export function checkLane(rates: Rates, lane: string): void {
  if (rates.take(lane, laneLimits)) {
    throw new Denial(230020, 'This operation triggers the frequency limit.');
  }
}

/** The refusal of a chat id: unknown, or none at all. */
export const chatUnknown = (id: string): Denial =>
  id.startsWith('oc_')
    ? new Denial(99992356, 'The request you send is not a valid chat_id or not exists')
    : new Denial(230034, 'The receive_id is invalid.');

/** A message as the APIs show it. Without `source` a card is only its title and a hint to update the client. */
export function shown(parts: MessageParts, message: Message, source = true): object {
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
      id: mention.openId,
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
  const header = card?.['header'];
  return textAt(isObject(header) ? header['title'] : undefined, 'content') ?? '';
}
