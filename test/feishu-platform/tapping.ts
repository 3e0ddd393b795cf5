/** People tap: the card as they see it, the callback, the answer on the card. */
import { personIds } from './acting-parts.ts';
import type { ActingParts } from './acting-parts.ts';
import { textOf } from './card-text.ts';
import type { Message } from './chats.ts';
import type { Person } from './company.ts';
import type { JsonObject } from './json.ts';
import { envelope } from './push.ts';
import { judge } from './tap-answer.ts';
import type { Toast } from './tap-answer.ts';
import { prepareTap } from './tap.ts';
import type { Tap } from './tap.ts';

/** How long a card of schema 2.0 can be tapped, ms: after it nothing is sent. */
const CARD_LIFE_MS = 14 * 24 * 60 * 60 * 1_000;

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

/** One tap from the card to the answer. */
export async function tapCard(
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
  if (!parts.console.subscribed('card.action.trigger'))
    return { ms: 0, error: 200340, why: 'no callback is configured, or it is not published' };
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
  const outcome = await parts.pusher.carry(content, { url: parts.cardUrl() });
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
