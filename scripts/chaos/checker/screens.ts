/** What people see beside what they were owed: each message once, in order, and nothing that was not owed. */
import { createHash } from 'node:crypto';
import { company } from '../company.ts';
import type { World } from '../world.ts';
import type { Verdict } from './conservation.ts';

type Owed = {
  readonly id: string;
  readonly seq: string;
  readonly what: string;
  readonly address: string;
  readonly priority: number;
  readonly state: string;
  readonly generation: number;
  readonly attention: boolean;
  readonly platform_message: string | null;
  readonly last_error: string | null;
};

/** The key under which the platform was asked to send, written down here once more: 40 characters of the hash of delivery and generation. */
const keyOf = (id: string, generation: number): string =>
  createHash('sha256').update(`${id}:${generation}`).digest('base64url').slice(0, 40);

/** `mayDie`: some messages of the scene cannot arrive. */
export async function screens(world: World, { mayDie = false } = {}): Promise<Verdict> {
  const { sql, feishu } = world;
  const broken: string[] = [];
  const owed = await sql<Owed>(
    `select id, seq, what, address, priority, state, generation, attention, platform_message, last_error from delivery order by seq`,
  );
  for (const { what, state, last_error } of owed) {
    if (state === 'dead' && !mayDie) broken.push(`given up: ${what} (${last_error ?? ''})`);
    if (state === 'unknown') broken.push(`nobody knows what became of ${what}`);
  }
  const first = new Map<string, Owed>();
  for (const each of owed)
    if (each.platform_message !== null && !first.has(each.platform_message))
      first.set(each.platform_message, each);
  const visible = new Set<string>();
  for (const { id: person } of company.people) {
    const there = feishu.inbox(person).filter(({ from }) => from === 'bot');
    let last: Owed | undefined;
    for (const { messageId, text } of there) {
      visible.add(messageId);
      const row = first.get(messageId);
      if (!row) {
        broken.push(`doubled, or not owed: ${person} sees 「${text.slice(0, 60)}」 (${messageId})`);
        continue;
      }
      if (last?.priority === row.priority && Number(last.seq) > Number(row.seq))
        broken.push(`out of order: ${person} sees ${row.what} after ${last.what}`);
      last = row;
    }
  }
  for (const { what, state, platform_message: message } of owed)
    if (
      state === 'sent' &&
      message !== null &&
      !visible.has(message) &&
      feishu.cardOf(message) === undefined
    )
      broken.push(`lost: ${what} is said to be sent, and nobody sees it`);
  // One key, one message: the platform shows a second one only when it is asked under another key, or too late.
  const keys = new Set(
    owed.flatMap(({ id, generation }) =>
      Array.from({ length: generation + 1 }, (_, each) => keyOf(id, each)),
    ),
  );
  for (const { method, route, body } of feishu.calls)
    if (method === 'POST' && route === '/open-apis/im/v1/messages') {
      const key =
        typeof body === 'object' && body !== null && 'uuid' in body ? String(body.uuid) : '';
      if (!keys.has(key)) broken.push(`sent under a key that belongs to no delivery: ${key}`);
    }
  return broken.slice(0, 20);
}
