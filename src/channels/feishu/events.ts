/** Verified events → what the office is told. Unknown and uninteresting ones are counted by the caller, never an error. */
import { z } from 'zod';
import type { DirectoryChange, IncomingMessage, IncomingOpening, IncomingTap } from '../channel.ts';
import { changeOf } from './contact.ts';
import type { Event } from './envelope.ts';
import { readMessage } from './message.ts';
import { readTap } from './tap.ts';

export type Heard =
  | { readonly heard: 'message'; readonly message: IncomingMessage }
  | { readonly heard: 'tap'; readonly tap: IncomingTap }
  | { readonly heard: 'opening'; readonly opening: IncomingOpening }
  | { readonly heard: 'directory'; readonly change: DirectoryChange }
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
    default: {
      const change = changeOf(came, key);
      return change ? { heard: 'directory', change } : { heard: 'nothing', why: 'unknown-type' };
    }
  }
}

const ids = z.object({ open_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) });

/** The chat's event names the person in `operator_id`, the menu's one level deeper and without a chat. */
const openingShape = z.union([
  z.object({ operator_id: ids, chat_id: z.string().optional() }),
  z.object({ operator: z.object({ operator_id: ids }), event_key: z.string().max(100) }),
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
