/** Verified events → what the office is told. Unknown and uninteresting ones are counted by the caller, never an error. */
import { z } from 'zod';
import type {
  DirectoryChange,
  GroupChange,
  IncomingMessage,
  IncomingOpening,
  IncomingRecall,
  IncomingTap,
} from '../channel.ts';
import { changeOf } from './contact.ts';
import type { Event } from './envelope.ts';
import { messageKey, readMessage } from './message.ts';
import { readTap } from './tap.ts';

export type Heard =
  | { readonly heard: 'message'; readonly message: IncomingMessage }
  | { readonly heard: 'tap'; readonly tap: IncomingTap }
  | { readonly heard: 'opening'; readonly opening: IncomingOpening }
  | { readonly heard: 'directory'; readonly change: DirectoryChange }
  | { readonly heard: 'recall'; readonly recall: IncomingRecall }
  | { readonly heard: 'group'; readonly change: GroupChange }
  | { readonly heard: 'nothing'; readonly why: string }
  | { readonly heard: 'nonsense'; readonly key: string };

/** What reading needs to know besides the event: our own open id if known, the time, the office's zone. */
export type Surroundings = {
  readonly bot: string | undefined;
  readonly now: Temporal.Instant;
  readonly zone: string;
};

/** Reads an event by its type. `nonsense`: a type we know in a shape we do not. */
export function hear(came: Event, around: Surroundings): Heard {
  const { id, type, event } = came;
  const key = `feishu:evt:${id}`;
  switch (type) {
    case 'im.message.receive_v1': {
      const message = readMessage(event, around.bot, around.now);
      if (!message) return { heard: 'nonsense', key };
      if ('ignored' in message) return { heard: 'nothing', why: `message:${message.ignored}` };
      return { heard: 'message', message };
    }
    case 'card.action.trigger': {
      const tap = readTap(id, event, around.zone);
      return tap ? { heard: 'tap', tap } : { heard: 'nonsense', key };
    }
    case 'im.chat.access_event.bot_p2p_chat_entered_v1':
    case 'application.bot.menu_v6': {
      const opening = readOpening(key, event);
      return opening ? { heard: 'opening', opening } : { heard: 'nonsense', key };
    }
    case 'im.message.recalled_v1': {
      const recall = readRecall(key, event);
      if (!recall) return { heard: 'nonsense', key };
      return 'ignored' in recall
        ? { heard: 'nothing', why: `recall:${recall.ignored}` }
        : { heard: 'recall', recall };
    }
    case 'im.chat.member.bot.added_v1':
      return group(key, event, 'added');
    case 'im.chat.member.bot.deleted_v1':
    case 'im.chat.disbanded_v1':
      return group(key, event, 'removed');
    default: {
      if (OF_NO_CONCERN.has(type)) return { heard: 'nothing', why: type };
      const change = changeOf(came, key, around.now);
      return change ? { heard: 'directory', change } : { heard: 'nothing', why: 'unknown-type' };
    }
  }
}

/** Who joins a group or reads a message is nobody's request. */
const OF_NO_CONCERN: ReadonlySet<string> = new Set([
  'im.chat.member.user.added_v1',
  'im.chat.member.user.deleted_v1',
  'im.chat.member.user.withdrawn_v1',
  'im.chat.updated_v1',
  'im.message.message_read_v1',
]);

const recallShape = z.object({
  message_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  recall_type: z.string().default('message_owner'),
});

/** A group's owner or an administrator who removes a message does not speak for its writer: their draft stays theirs. */
function readRecall(
  key: string,
  event: unknown,
): IncomingRecall | { readonly ignored: 'by-another' } | undefined {
  const parsed = recallShape.safeParse(event);
  if (!parsed.success) return undefined;
  const { message_id: message, recall_type: by } = parsed.data;
  if (by !== 'message_owner') return { ignored: 'by-another' };
  return { key, channel: 'feishu', message, of: messageKey(message) };
}

const chatShape = z.object({ chat_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) });

function group(key: string, event: unknown, change: GroupChange['change']): Heard {
  const parsed = chatShape.safeParse(event);
  if (!parsed.success) return { heard: 'nonsense', key };
  const { chat_id: chat } = parsed.data;
  return { heard: 'group', change: { key, channel: 'feishu', chat, change } };
}

const ids = z.object({ open_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) });

/** The chat's event names the person in `operator_id`, the menu's one level deeper and without a chat. */
const openingShape = z.union([
  z.object({
    operator_id: ids,
    chat_id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{0,64}$/)
      .optional(),
  }),
  z.object({
    operator: z.object({ operator_id: ids }),
    event_key: z.string().regex(/^\P{C}{0,100}$/u),
  }),
]);

function readOpening(key: string, event: unknown): IncomingOpening | undefined {
  const parsed = openingShape.safeParse(event);
  if (!parsed.success) return undefined;
  if ('operator' in parsed.data) {
    const { operator, event_key: menu } = parsed.data;
    return { key, from: { channel: 'feishu', id: operator.operator_id.open_id }, menu };
  }
  const { operator_id: who, chat_id: chat } = parsed.data;
  return { key, from: { channel: 'feishu', id: who.open_id }, ...(chat && { chat }) };
}
