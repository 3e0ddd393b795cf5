/** `im.message.receive_v1` → a message to the office (platform notes §3.1). */
import { z } from 'zod';
import type { IncomingMessage } from '../channel.ts';
import { clean } from '../../../cards/clean.ts';
import { contentOf, formOf } from './message-content.ts';
import type { MentionText } from './message-content.ts';

/** Why a message is nothing to us: said by a bot, said in a group without calling us, recalled before it came. */
export type Ignored = { readonly ignored: 'bot' | 'not-mentioned' | 'recalled' | 'system' };

const mentionShape = z.object({
  key: z.string(),
  id: z.object({ open_id: z.string().default('') }).default({ open_id: '' }),
  mentioned_type: z.string().optional(),
  name: z.string().default(''),
});
type Mention = z.infer<typeof mentionShape>;

const shape = z.object({
  sender: z.object({
    sender_id: z.object({ open_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }).nullish(),
    sender_type: z.string(),
  }),
  message: z.object({
    message_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    chat_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string().default(''),
    create_time: z.string().optional(),
    update_time: z.string().optional(),
    parent_id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{0,64}$/)
      .optional(),
    mentions: z.array(mentionShape).default([]),
  }),
});

/**
 * Reads the event. `bot` is our own open id; while it is unknown any mentioned bot counts as us, since groups deliver only
 * what mentions one. `undefined`: not the shape that is documented.
 */
export function readMessage(
  event: unknown,
  bot: string | undefined,
  now: Temporal.Instant,
): IncomingMessage | Ignored | undefined {
  const parsed = shape.safeParse(event);
  if (!parsed.success) return undefined;
  const { sender, message } = parsed.data;
  if (sender.sender_type !== 'user' || !sender.sender_id) return { ignored: 'bot' };
  if (message.message_type === 'system') return { ignored: 'system' };
  if (EMPTY.has(message.content)) return { ignored: 'recalled' };
  const group = message.chat_type !== 'p2p';
  const isBot = botAmong(bot);
  if (group && !message.mentions.some(isBot)) return { ignored: 'not-mentioned' };
  const { message_id: id, message_type: type, content: raw } = message;
  const form = formOf(type);
  const content = form
    ? { text: '', files: [], form }
    : contentOf(type, raw, id, mentionText(message.mentions, isBot));
  if (!content) return undefined;
  return {
    key: messageKey(id),
    from: { channel: 'feishu', id: sender.sender_id.open_id },
    chat: message.chat_id,
    group,
    message: id,
    ...content,
    ...(message.parent_id && { repliesTo: message.parent_id }),
    ...editionOf(message),
    sentAt: instantOf(message.create_time) ?? now,
  };
}

/** Its writer may change a message later; whether the platform tells of that is not known, so its times do. */
function editionOf({
  message_id: id,
  create_time: written,
  update_time: changed,
}: {
  readonly message_id: string;
  readonly create_time?: string | undefined;
  readonly update_time?: string | undefined;
}): Pick<IncomingMessage, 'edition'> {
  const [from, to] = [instantOf(written), instantOf(changed)];
  if (!from || !to || Temporal.Instant.compare(from, to) >= 0) return {};
  return { edition: `feishu:edit:${id}:${to.epochMilliseconds}` };
}

/** What is left of a message that was recalled before it came. */
const EMPTY: ReadonlySet<string> = new Set(['', '{}', '{"text":""}']);

/** The key that a message is heard under, once. */
export const messageKey = (id: string): string => `feishu:msg:${id}`;

const botAmong =
  (bot: string | undefined) =>
  (mention: Mention): boolean =>
    bot === undefined ? mention.mentioned_type === 'bot' : mention.id.open_id === bot;

const mentionText =
  (mentions: readonly Mention[], isBot: (mention: Mention) => boolean): MentionText =>
  (placeholder) => {
    if (placeholder === '@_all') return '';
    const mention = mentions.find(({ key }) => key === placeholder);
    if (!mention) return undefined;
    return isBot(mention) ? '' : clean(mention.name, 60);
  };

/** A stamp of the platform; seconds, milliseconds or microseconds by its number of digits (10, 13, 16). */
function instantOf(stamp: string | undefined): Temporal.Instant | undefined {
  if (stamp === undefined || !/^\d{10}(\d{3}){0,2}$/.test(stamp)) return undefined;
  const milliseconds = Number(stamp.padEnd(13, '0').slice(0, 13));
  return Temporal.Instant.fromEpochMilliseconds(milliseconds);
}
