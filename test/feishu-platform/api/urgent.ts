/** PATCH …/urgent_app: rings people about a message. */
import type { Chat } from '../chats.ts';
import { badParameter, Denial, invalidField } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked } from '../gateway.ts';
import { isObject } from '../json.ts';
import { queryOne } from './asking.ts';
import { messageAsked, ours } from './message-parts.ts';
import type { MessageParts } from './message-parts.ts';

/** People named in one call. */
const MOST_PEOPLE = 200;

/** Rings those of the list who are in the chat; the others are told back. Refused when it would ring nobody. */
export function buzz(parts: MessageParts, asked: Asked): Answer {
  const message = messageAsked(parts, asked);
  if (message.recalled) throw new Denial(230110, 'The message has been deleted.');
  if (!ours(parts, message)) throw new Denial(230012, 'The operator is not the message sender.');
  const idType = queryOne(asked, 'user_id_type') ?? '';
  if (!['open_id', 'union_id', 'user_id'].includes(idType))
    throw invalidField('user_id_type', 'must be open_id, union_id or user_id');
  const chat = parts.chats.chat(message.chat);
  const named = peopleIn(asked).map((id) => ({ id, person: parts.company.find(idType, id) }));
  const rung = named.flatMap(({ person }) =>
    person && chat && isIn(chat, person.openId) ? [person] : [],
  );
  if (rung.length === 0) throw badParameter('all user ids are invalid');
  if (rung.some(({ unreadUrgent }) => unreadUrgent >= 200))
    throw new Denial(230023, 'The user has too many unread urgent messages.');
  for (const { openId, unreadUrgent } of rung)
    parts.company.changePerson(openId, { unreadUrgent: unreadUrgent + 1 });
  const invalid = named.filter(({ person }) => !person || !rung.includes(person));
  return success({ invalid_user_id_list: invalid.map(({ id }) => id) });
}

function peopleIn({ body }: Asked): readonly string[] {
  const list: unknown = isObject(body) ? body['user_id_list'] : undefined;
  if (!Array.isArray(list)) throw invalidField('user_id_list', 'is required and must be a list');
  const ids = list.filter((each) => typeof each === 'string');
  if (ids.length !== list.length || ids.length === 0 || ids.length > MOST_PEOPLE)
    throw invalidField('user_id_list', `must hold 1 to ${MOST_PEOPLE} ids`);
  return ids;
}

const isIn = (chat: Chat, openId: string): boolean =>
  chat.kind === 'p2p' ? chat.person === openId : chat.members.has(openId);
