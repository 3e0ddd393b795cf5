/** Changing what was sent: another card in its place, an edited text, a recall. */
import type { Message } from '../chats.ts';
import { Denial, badParameter } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked } from '../gateway.ts';
import type { JsonObject } from '../json.ts';
import { checkContent, checkedCard, refusedCard } from '../message-content.ts';
import { bodyText } from './asking.ts';
import { checkLane, messageAsked, ours, shown } from './message-parts.ts';
import type { MessageParts } from './message-parts.ts';

/** How long a card can be changed after it was sent, ms. */
const CARD_LIFE_MS = 14 * 24 * 60 * 60 * 1_000;

/** PATCH: another card in place of the one that was sent. */
export function redraw(parts: MessageParts, asked: Asked): Answer {
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

function nextCard(parts: MessageParts, message: Message, content: string): JsonObject {
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
export function edit(parts: MessageParts, asked: Asked): Answer {
  const message = messageAsked(parts, asked);
  if (message.card !== undefined) throw badParameter('This message is a card; use PATCH.');
  if (!ours(parts, message)) throw new Denial(230071, 'The operator is not the message sender.');
  const content = bodyText(asked, 'content');
  const type = bodyText(asked, 'msg_type');
  checkContent(type, content, parts.known, (id) => parts.company.people.get(id)?.name);
  const edited = parts.chats.change(message.id, { content, type, updatedAt: parts.clock() });
  return success(shown(parts, edited));
}

/** DELETE: takes back a message of our own. */
export function recall(parts: MessageParts, asked: Asked): Answer {
  const message = messageAsked(parts, asked);
  if (!ours(parts, message)) throw new Denial(230026, 'No permission to recall this message.');
  if (message.recalled) throw new Denial(230011, 'The message was withdrawn.');
  parts.chats.change(message.id, { recalled: true, updatedAt: parts.clock() });
  return success({});
}
