/** `card.action.trigger` → a tap (platform notes §3.3). */
import { z } from 'zod';
import type { IncomingTap } from '../channel.ts';
import { answersOf } from './answers.ts';
import { isObject } from './json.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

const shape = z.object({
  operator: z.object({ open_id: id }),
  action: z.object({
    value: z.unknown(),
    form_value: z.record(z.string(), z.unknown()).default({}),
  }),
  context: z.object({ open_message_id: id.optional(), open_chat_id: id.optional() }).default({}),
});

/** The member of a button's value that says what the form's moment inputs showed when the card was drawn. */
export const SHOWN = 'shown';

/** Reads the event; `undefined` when it has another shape. `zone` is the office's. */
export function readTap(eventId: string, event: unknown, zone: string): IncomingTap | undefined {
  const parsed = shape.safeParse(event);
  if (!parsed.success) return undefined;
  const { operator, action, context } = parsed.data;
  const { value, shown } = wishOf(action.value);
  return {
    key: `feishu:tap:${eventId}`,
    from: { channel: 'feishu', id: operator.open_id },
    ...(context.open_chat_id !== undefined && { chat: context.open_chat_id }),
    ...(context.open_message_id !== undefined && { message: context.open_message_id }),
    value,
    answers: answersOf(action.form_value, { zone, shown: isObject(shown) ? shown : {} }),
  };
}

function wishOf(value: unknown): { readonly value: unknown; readonly shown: unknown } {
  if (!isObject(value)) return { value, shown: undefined };
  const { [SHOWN]: shown, ...wish } = value;
  return { value: wish, shown };
}
