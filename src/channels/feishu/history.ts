/** What a person wrote in their private chat, as the platform lists it: read back after we were away longer than it repeats. */
import { z } from 'zod';
import type { IncomingMessage, Written } from '../channel.ts';
import type { FeishuClient } from './client.ts';
import { sorted } from './faults.ts';
import { readMessage } from './message.ts';

/** The most that one call lists. */
const PAGE = 50;

/** A message as it is listed; an event of the same message names the same things otherwise. */
const listed = z.object({
  message_id: z.string(),
  msg_type: z.string(),
  create_time: z.string(),
  update_time: z.string().optional(),
  updated: z.boolean().default(false),
  deleted: z.boolean().default(false),
  parent_id: z.string().default(''),
  chat_id: z.string(),
  sender: z.object({ id: z.string(), sender_type: z.string() }),
  body: z.object({ content: z.string() }).optional(),
  mentions: z
    .array(z.object({ key: z.string(), id: z.string().default(''), name: z.string().default('') }))
    .default([]),
});

/**
 * One page of what was written in a chat since then, oldest first. What was taken back, is ours, or cannot be read is left out. Throws
 * `DeliveryFault` (look).
 */
export async function writtenSince(
  client: FeishuClient,
  {
    chat,
    since,
    page,
  }: {
    readonly chat: string;
    readonly since: Temporal.Instant;
    readonly page?: string | undefined;
  },
  around: { readonly bot: string | undefined; readonly now: Temporal.Instant },
): Promise<Written> {
  const params = {
    container_id_type: 'chat',
    container_id: chat,
    start_time: String(Math.floor(since.epochMilliseconds / 1_000)),
    sort_type: 'ByCreateTimeAsc' as const,
    page_size: PAGE,
    ...(page !== undefined && { page_token: page }),
  };
  try {
    const { data } = await client.call((sdk) => sdk.im.v1.message.list({ params }));
    const messages = (data?.items ?? []).flatMap((item) => heardIn(item, around));
    const next = data?.has_more === true ? data.page_token : undefined;
    return { messages, ...(next ? { next } : {}) };
  } catch (error) {
    throw sorted(error, 'look');
  }
}

function heardIn(
  item: unknown,
  { bot, now }: { readonly bot: string | undefined; readonly now: Temporal.Instant },
): readonly IncomingMessage[] {
  const parsed = listed.safeParse(item);
  if (!parsed.success || parsed.data.deleted) return [];
  const { sender, msg_type, body, mentions, updated, update_time, ...rest } = parsed.data;
  const read = readMessage(
    {
      sender: { sender_id: { open_id: sender.id }, sender_type: sender.sender_type },
      message: {
        ...rest,
        chat_type: 'p2p',
        message_type: msg_type,
        content: body?.content ?? '',
        ...(updated && update_time !== undefined ? { update_time } : {}),
        mentions: mentions.map(({ id, ...mention }) => ({ ...mention, id: { open_id: id } })),
      },
    },
    bot,
    now,
  );
  return read && !('ignored' in read) ? [read] : [];
}
