/** People write: into the private chat or a group, texts, pictures, files. */
import { personIds } from './acting-parts.ts';
import type { ActingParts } from './acting-parts.ts';
import { imageType } from './api/files.ts';
import type { Chat, Mention, Message } from './chats.ts';
import type { Person } from './company.ts';
import { newId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { otherContent, type OtherType } from './other-types.ts';
import type { DeliverOptions } from './push.ts';
import type { Outcome } from './wire.ts';

/**
 * How something is said. `chat`: in this group, with `mention` of the bot (default) or without; `file` is sent in place of the text, and so
 * is `image`, unless there is a text or a mention: then both are one rich text; `other` is a message of that type without any; `post` in its received form; `everybody`: @所有人 in front;
 * `messageId` says the same message again under another event id.
 */
export type Saying = DeliverOptions & {
  readonly chat?: string;
  readonly mention?: boolean;
  readonly image?: Uint8Array;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
  readonly other?: OtherType;
  readonly everybody?: boolean;
  readonly post?: JsonObject;
  readonly replyTo?: string;
  readonly messageId?: string;
};

/** The message, and the answers to its pushes; no answers when the app may not hear it or it was held. */
export type Said = {
  readonly messageId: string;
  readonly chatId: string;
  readonly answers: readonly Outcome[];
};

/** Writes the message into its chat and tells the app, if it may hear it. */
export async function say(
  parts: ActingParts,
  person: Person,
  text: string,
  how: Saying,
): Promise<Said> {
  const chat = chatOf(parts, person, how.chat);
  const id = how.messageId ?? newId('om_');
  const written = parts.chats.message(id) ?? write(parts, person, chat, id, text, how);
  const heard = hears(parts, chat, written.mentions.length > 0);
  const event = {
    type: 'im.message.receive_v1',
    event: messageEvent(parts, person, chat, written),
  };
  const answers = heard ? await parts.pusher.event(event, how) : [];
  return { messageId: id, chatId: chat.id, answers };
}

function chatOf(parts: ActingParts, person: Person, group: string | undefined): Chat {
  if (group === undefined) return parts.chats.privateChat(person.openId);
  const chat = parts.chats.chat(group);
  if (chat?.kind !== 'group' || !chat.members.has(person.openId)) {
    throw new Error(`${person.name} is in no group ${group}`);
  }
  return chat;
}

/** Which messages the app is told of depends on its scopes. */
function hears(parts: ActingParts, chat: Chat, mentioned: boolean): boolean {
  const { scopes } = parts;
  if (chat.kind === 'p2p') return scopes.has('im:message.p2p_msg:readonly');
  if (!chat.hasBot) return false;
  const atBot = mentioned && scopes.has('im:message.group_at_msg:readonly');
  return atBot || scopes.has('im:message.group_msg');
}

function write(
  parts: ActingParts,
  person: Person,
  chat: Chat,
  id: string,
  text: string,
  how: Saying,
): Message {
  const parent = how.replyTo === undefined ? undefined : parts.chats.message(how.replyTo);
  const bot = { key: '@_user_1', openId: parts.bot.openId, name: parts.bot.name };
  // Only in words can anybody be mentioned.
  const mentioned = chat.kind === 'group' && how.mention !== false && how.other === undefined;
  const mentions: readonly Mention[] = mentioned ? [bot] : [];
  const addressed = mentioned ? `${bot.key} ${text}` : text;
  const spoken = how.everybody ? `@_all ${addressed}` : addressed;
  return parts.chats.add({
    id,
    chat: chat.id,
    sender: { person: person.openId },
    ...contentOf(parts, id, spoken, how),
    mentions,
    ...(parent && { parent: parent.id, root: parent.root ?? parent.id }),
  });
}

function contentOf(
  parts: ActingParts,
  message: string,
  text: string,
  how: Saying,
): { readonly type: string; readonly content: string } {
  if (how.image) {
    const bytes = Buffer.from(how.image);
    const type = imageType(bytes) ?? 'application/octet-stream';
    const key = parts.files.store({ sort: 'image', name: 'image', type, bytes, message });
    if (text !== '') return { type: 'post', content: JSON.stringify(pictured(parts, text, key)) };
    return { type: 'image', content: JSON.stringify({ image_key: key }) };
  }
  if (how.file) {
    const { name } = how.file;
    const bytes = Buffer.from(how.file.bytes);
    const type = 'application/octet-stream';
    const key = parts.files.store({ sort: 'file', name, type, bytes, message });
    return { type: 'file', content: JSON.stringify({ file_key: key, file_name: name }) };
  }
  if (how.other) return otherContent(how.other);
  if (how.post) return { type: 'post', content: JSON.stringify(how.post) };
  return { type: 'text', content: JSON.stringify({ text }) };
}

/** Words with a picture below them, as rich text is received: a mention is a piece of its own. */
function pictured({ bot }: ActingParts, text: string, image: string): JsonObject {
  const line = text.split(/(@_user_1)/).filter((piece) => piece !== '');
  const pieces = line.map((piece) =>
    piece === '@_user_1'
      ? { tag: 'at', user_id: piece, user_name: bot.name }
      : { tag: 'text', text: piece, style: [] },
  );
  return { title: '', content: [pieces, [{ tag: 'img', image_key: image }]] };
}

function messageEvent(
  parts: ActingParts,
  person: Person,
  chat: Chat,
  message: Message,
): JsonObject {
  const mentions = message.mentions.map(({ key, openId, name }) => ({
    key,
    id: { union_id: '', user_id: '', open_id: openId },
    mentioned_type: openId === parts.bot.openId ? 'bot' : 'user',
    name,
    tenant_key: parts.keys.tenantKey,
  }));
  return {
    sender: {
      sender_id: personIds(parts, person),
      sender_type: 'user',
      tenant_key: parts.keys.tenantKey,
    },
    message: {
      message_id: message.id,
      ...(message.root !== undefined && { root_id: message.root, parent_id: message.parent }),
      create_time: String(message.createdAt),
      update_time: String(message.updatedAt),
      chat_id: chat.id,
      chat_type: chat.kind,
      message_type: message.type,
      content: message.content,
      ...(mentions.length > 0 && { mentions }),
    },
  };
}
