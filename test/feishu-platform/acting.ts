/** People using the client: they write, open the chat, tap, leave the company. Each act reaches the program as its event. */
import { personIds } from './acting-parts.ts';
import type { ActingParts } from './acting-parts.ts';
import { userFields } from './api/contact.ts';
import type { Person } from './company.ts';
import type { JsonObject } from './json.ts';
import { changeBot, joinGroup } from './membership.ts';
import type { DeliverOptions } from './push.ts';
import { say } from './saying.ts';
import type { Said, Saying } from './saying.ts';
import { mayKnowRecalls, seenUser } from './scopes.ts';
import type { Tap } from './tap.ts';
import { tapCard } from './tapping.ts';
import type { TapOptions, Tapped } from './tapping.ts';
import type { Outcome } from './wire.ts';

/** `asOwner`: not as its writer but as the owner of the group. */
export type Recalling = DeliverOptions & { readonly asOwner?: boolean };

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
  /** Recalls a message of the person's own, or as the owner of its group one of somebody else. */
  readonly recalls: (
    openId: string,
    messageId: string,
    how?: Recalling,
  ) => Promise<readonly Outcome[]>;
  /** A member of a group puts the bot into it, or out of it. */
  readonly addsBot: (openId: string, chat: string) => Promise<readonly Outcome[]>;
  readonly removesBot: (openId: string, chat: string) => Promise<readonly Outcome[]>;
  /** Somebody joins a group. */
  readonly joinsGroup: (openId: string, chat: string) => Promise<readonly Outcome[]>;
  readonly joins: (openId: string) => Promise<readonly Outcome[]>;
  readonly leaves: (openId: string) => Promise<readonly Outcome[]>;
  /** The directory changes; the event carries the fields before. */
  readonly moves: (
    openId: string,
    change: Partial<Pick<Person, 'name' | 'leader' | 'departments' | 'title' | 'frozen'>>,
  ) => Promise<readonly Outcome[]>;
};

export function createActing(parts: ActingParts): Acting {
  const { company, pusher } = parts;
  return {
    says: (openId, text, how = {}) => say(parts, company.person(openId), text, how),
    opensChat: (openId) => openChat(parts, company.person(openId)),
    touchesMenu: (openId, key) => {
      const person = company.person(openId);
      const event = {
        operator: { operator_id: personIds(parts, person) },
        event_key: key,
        timestamp: Math.floor(parts.clock() / 1_000),
      };
      return pusher.event({ type: 'application.bot.menu_v6', event });
    },
    taps: (openId, messageId, tap, options = {}) =>
      tapCard(parts, company.person(openId), messageId, tap, options),
    recalls: (openId, messageId, how = {}) => recall(parts, company.person(openId), messageId, how),
    addsBot: (openId, chat) => changeBot(parts, company.person(openId), chat, true),
    removesBot: (openId, chat) => changeBot(parts, company.person(openId), chat, false),
    joinsGroup: (openId, chat) => joinGroup(parts, company.person(openId), chat),
    joins: (openId) => {
      const object = userObject(parts, company.person(openId));
      return pusher.event({ type: 'contact.user.created_v3', event: { object } });
    },
    leaves: (openId) => leave(parts, company.person(openId)),
    moves: (openId, change) => move(parts, company.person(openId), change),
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
  { asOwner = false, ...how }: Recalling,
): Promise<readonly Outcome[]> {
  const message = parts.chats.message(messageId);
  const own = message && 'person' in message.sender && message.sender.person === person.openId;
  if (!message || (!own && !asOwner)) {
    throw new Error(`${person.name} did not write ${messageId}`);
  }
  parts.chats.change(messageId, { recalled: true });
  const event = {
    message_id: messageId,
    chat_id: message.chat,
    recall_time: String(parts.clock()),
    recall_type: asOwner ? 'group_owner' : 'message_owner',
  };
  if (!mayKnowRecalls.some((scope) => parts.scopes.has(scope))) return [];
  return parts.pusher.event({ type: 'im.message.recalled_v1', event }, how);
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
