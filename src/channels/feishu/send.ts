/** Sending and changing messages. */
import { inLanguage, type Language, type Words } from '../../../cards/words.ts';
import { type Address, DeliveryFault, type Sent } from '../channel.ts';
import type { FeishuCard } from './card.ts';
import { type FeishuClient, pathId } from './client.ts';
import { CallFault, isCardRefused, isThreadRefused, sorted } from './faults.ts';
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
    return await post(sender, to, 'interactive', JSON.stringify(card), key);
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
