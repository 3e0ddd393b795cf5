/** Groups and who is in them: the bot is put in and out, people join. */
import { personIds } from './acting-parts.ts';
import type { ActingParts } from './acting-parts.ts';
import type { Chat } from './chats.ts';
import type { Person } from './company.ts';
import type { JsonObject } from './json.ts';
import { mayKnowGroups } from './scopes.ts';
import type { Outcome } from './wire.ts';

type Group = Extract<Chat, { kind: 'group' }>;

/** Puts the bot into the group, or out of it, and tells the app if it may know. */
export async function changeBot(
  parts: ActingParts,
  person: Person,
  chat: string,
  hasBot: boolean,
): Promise<readonly Outcome[]> {
  const group = groupOf(parts, chat);
  if (!group.members.has(person.openId)) throw new Error(`${person.name} is in no group ${chat}`);
  if (group.hasBot === hasBot) throw new Error(`${group.name} has the bot: ${hasBot}`);
  parts.chats.changeGroup(chat, { hasBot });
  const type = `im.chat.member.bot.${hasBot ? 'added' : 'deleted'}_v1`;
  return tell(parts, type, change(parts, person, group));
}

/** A person joins the group; the app is told while the bot is in it. */
export async function joinGroup(
  parts: ActingParts,
  person: Person,
  chat: string,
): Promise<readonly Outcome[]> {
  const group = groupOf(parts, chat);
  parts.chats.changeGroup(chat, { members: new Set([...group.members, person.openId]) });
  if (!group.hasBot) return [];
  const { name } = person;
  const user = { name, tenant_key: parts.keys.tenantKey, user_id: personIds(parts, person) };
  const event = { ...change(parts, person, group), users: [user] };
  return tell(parts, 'im.chat.member.user.added_v1', event);
}

function groupOf(parts: ActingParts, id: string): Group {
  const chat = parts.chats.chat(id);
  if (chat?.kind !== 'group') throw new Error(`there is no group ${id}`);
  return chat;
}

const change = (parts: ActingParts, person: Person, { id, name }: Group): JsonObject => ({
  chat_id: id,
  operator_id: personIds(parts, person),
  external: false,
  operator_tenant_key: parts.keys.tenantKey,
  name,
  i18n_names: { zh_cn: name, en_us: '', ja_jp: '' },
});

const tell = async (
  { scopes, pusher }: ActingParts,
  type: string,
  event: JsonObject,
): Promise<readonly Outcome[]> =>
  mayKnowGroups.some((scope) => scopes.has(scope)) ? pusher.event({ type, event }) : [];
