/** Sending and changing messages, and finding again what may have been sent. */
import { createHash } from 'node:crypto';
import { inLanguage, type Language, type Words } from '../../../cards/words.ts';
import {
  type Address,
  DeliveryFault,
  type OutgoingFile,
  type Sent,
  type Unsure,
} from '../channel.ts';
import type { FeishuCard } from './card.ts';
import { type FeishuClient, pathId } from './client.ts';
import { CallFault, isCardRefused, isThreadRefused, sorted } from './faults.ts';
import { uploadFile } from './files.ts';
import { isObject, parseText } from './json.ts';
import type { Log } from './log.ts';

/** The platform's longest key of a message that is sent once, characters. */
const LONGEST_KEY = 50;
/** How much of a text is sent, characters; the platform takes 150 KB. */
const LONGEST_TEXT = 10_000;

/** A card as it is drawn, and the same in plain words, should the platform refuse it. */
export type SentCard = { readonly card: FeishuCard; readonly plain: string };

/** `tenant`: told whenever an answer of the platform names the tenant we serve. */
export type Sender = {
  readonly client: FeishuClient;
  readonly log: Log;
  readonly tenant: (tenant: string) => void;
};

/** Sends a card. One that the platform calls wrong or too big is sent as words instead, so that its reader is not left out. */
export async function sendCard(
  sender: Sender,
  to: Address,
  { card, plain }: SentCard,
  key: string,
): Promise<Sent> {
  try {
    return await post(sender, to, 'interactive', JSON.stringify(marked(card, key)), key);
  } catch (error) {
    if (!isCardRefused(error)) throw sorted(error, 'send');
    sender.log('feishu.card-refused', { code: error.code, detail: error.detail });
    return sendText(sender, to, plain, key);
  }
}

export const sendWords = (
  sender: Sender,
  to: Address,
  text: Words,
  key: string,
  language: Language,
): Promise<Sent> => sendText(sender, to, inLanguage(text, language), key);

/** Uploads a file and sends it; its reader opens it in the chat. A repeat uploads it again, and the key keeps it one message. */
export async function sendFile(
  sender: Sender,
  to: Address,
  file: OutgoingFile,
  key: string,
): Promise<Sent> {
  try {
    const file_key = await uploadFile(sender.client, file);
    return await post(sender, to, 'file', JSON.stringify({ file_key }), key);
  } catch (error) {
    throw sorted(error, 'send');
  }
}

async function sendText(sender: Sender, to: Address, text: string, key: string): Promise<Sent> {
  try {
    return await post(sender, to, 'text', JSON.stringify({ text: harmless(text) }), key);
  } catch (error) {
    throw sorted(error, 'send');
  }
}

/** Text messages know no escape: without the sign nothing can become a mention. */
const harmless = (text: string): string =>
  text.replaceAll('<', '＜').slice(0, LONGEST_TEXT).toWellFormed() || '…';

/**
 * The card with a name of ours in it, by which it is found again when nobody knows whether it arrived: `s` and 19 hexadecimal
 * digits of the key, since names of elements are short and plain.
 */
function marked(card: FeishuCard, key: string): FeishuCard {
  const [first, ...rest] = card.body.elements;
  if (!first) return card;
  const elements = [{ ...first, element_id: markOf(key) }, ...rest];
  return { ...card, body: { ...card.body, elements } };
}

const markOf = (key: string): string =>
  `s${createHash('sha256').update(key).digest('hex').slice(0, 19)}`;

/** Looked back at most, messages; in a private chat of two hours there are hardly as many. */
const MOST_LOOKED_AT = 200;
const PAGE = 50;

/** How a message is known again beside its mark: by all its words, or by the name of its file. */
export type Known = { readonly words: string } | { readonly file: string };

/**
 * Looks through the chat for what was sent under this key: the card by its mark, words by themselves, a file by its name. A chat we do not know, or a
 * topic, cannot be looked through: `never`.
 */
export async function findSent(
  { client }: Pick<Sender, 'client'>,
  { to, chat, since, key, except }: Omit<Unsure, 'what' | 'language'>,
  known: Known,
): Promise<Sent | undefined> {
  const container = to.id.startsWith('oc_') ? to.id : chat;
  if (container === null || to.id.startsWith('om_'))
    throw new DeliveryFault('never', 'chat-unknown', 'where it would be is not known');
  const params = {
    container_id_type: 'chat',
    container_id: container,
    // The platform's clock may be a little behind ours; seconds.
    start_time: String(Math.floor(since.epochMilliseconds / 1_000) - 60),
    sort_type: 'ByCreateTimeDesc' as const,
    page_size: PAGE,
    card_msg_content_type: 'user_card_content',
  };
  const mark = markOf(key);
  const isIt = ({ message_id, msg_type, sender, body, deleted }: Listed): boolean =>
    sender?.sender_type === 'app' &&
    deleted !== true &&
    !except.has(message_id ?? '') &&
    (msg_type === 'text' || msg_type === 'file'
      ? isKnown(msg_type, body?.content, known)
      : body?.content.includes(mark) === true);
  try {
    let token: string | undefined;
    for (let looked = 0; looked < MOST_LOOKED_AT; looked += PAGE) {
      const page = { params: { ...params, ...(token !== undefined && { page_token: token }) } };
      const { data } = await client.call((sdk) => sdk.im.v1.message.list(page));
      const found = data?.items?.find(isIt)?.message_id;
      if (found !== undefined) return { message: found, chat: container };
      token = data?.page_token;
      if (data?.has_more !== true || !token) return undefined;
    }
    return undefined;
  } catch (error) {
    throw sorted(error, 'look');
  }
}

/** What a listing tells of a message, as far as we look. */
type Listed = {
  readonly message_id?: string | undefined;
  readonly msg_type?: string | undefined;
  readonly deleted?: boolean | undefined;
  readonly sender?: { readonly sender_type: string } | undefined;
  readonly body?: { readonly content: string } | undefined;
};

function isKnown(type: 'text' | 'file', content: string | undefined, known: Known): boolean {
  const parsed = parseText(content ?? '');
  const told = parsed.ok && isObject(parsed.value) ? parsed.value : {};
  return type === 'text'
    ? 'words' in known && told['text'] === harmless(known.words)
    : 'file' in known && told['file_name'] === known.file;
}

/** Rings the app of the person at `to` about a message of ours (urgent_app); nobody but they hear it. */
export async function buzz(
  { client }: Pick<Sender, 'client'>,
  to: Address,
  message: string,
): Promise<void> {
  const path = { message_id: pathId(message, MESSAGE_ROUTE) };
  const params = { user_id_type: 'open_id' as const };
  await client.call((sdk) =>
    sdk.im.v1.message.urgentApp({ path, params, data: { user_id_list: [to.id] } }),
  );
}

async function post(
  { client, tenant }: Sender,
  to: Address,
  type: string,
  content: string,
  key: string,
): Promise<Sent> {
  if (key.length > LONGEST_KEY) {
    throw new DeliveryFault('never', 'key-too-long', `a key has at most ${LONGEST_KEY} characters`);
  }
  const what = { msg_type: type, content, uuid: key };
  const { data } = to.id.startsWith('om_')
    ? await reply(client, to.id, what)
    : await client.call((sdk) =>
        sdk.im.v1.message.create({
          params: { receive_id_type: to.id.startsWith('oc_') ? 'chat_id' : 'open_id' },
          data: { receive_id: to.id, ...what },
        }),
      );
  const message = data?.message_id;
  if (message === undefined) throw unread('/open-apis/im/v1/messages');
  if (data?.sender?.tenant_key) tenant(data.sender.tenant_key);
  return { message, ...(data?.chat_id !== undefined && { chat: data.chat_id }) };
}

type Written = { readonly msg_type: string; readonly content: string; readonly uuid: string };

/** In the topic of the message, so that the group stays quiet; under it where the group has no topics. */
async function reply(client: FeishuClient, message: string, what: Written) {
  const path = { message_id: pathId(message, MESSAGE_ROUTE) };
  const write = (inThread: boolean) =>
    client.call((sdk) =>
      sdk.im.v1.message.reply({ path, data: { ...what, reply_in_thread: inThread } }),
    );
  try {
    return await write(true);
  } catch (error) {
    if (!isThreadRefused(error)) throw error;
    return write(false);
  }
}

const unread = (route: string): CallFault =>
  new CallFault({ reached: 'unclear', code: 'unreadable', route });

const MESSAGE_ROUTE = '/open-apis/im/v1/messages/:id';

/** Shows this card in place of the one that was sent (PATCH); harmless to repeat. */
export async function updateCard(
  { client }: Pick<Sender, 'client'>,
  message: string,
  card: FeishuCard,
): Promise<void> {
  try {
    const path = { message_id: pathId(message, MESSAGE_ROUTE) };
    const data = { content: JSON.stringify(card) };
    await client.call((sdk) => sdk.im.v1.message.patch({ path, data }));
  } catch (error) {
    throw sorted(error, 'update');
  }
}
