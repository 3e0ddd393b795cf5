/** What people's acts stand on, and who they are in the eyes of the app. */
import type { TapTokens } from './api/delayed-update.ts';
import type { KnownToPlatform } from './card-rules.ts';
import type { Chats } from './chats.ts';
import type { Company, Person } from './company.ts';
import type { Published } from './console.ts';
import type { Files } from './files.ts';
import type { JsonObject } from './json.ts';
import type { AppKeys, Pusher } from './push.ts';
import { seenUser } from './scopes.ts';

/** `clock` in ms; `unfilled`: how inputs left alone come. */
export type ActingParts = {
  readonly clock: () => number;
  readonly keys: AppKeys;
  readonly bot: { readonly openId: string; readonly name: string };
  readonly scopes: ReadonlySet<string>;
  readonly company: Company;
  readonly chats: Chats;
  readonly files: Files;
  readonly pusher: Pusher;
  readonly console: Pick<Published, 'subscribed'>;
  readonly tapTokens: TapTokens;
  readonly known: KnownToPlatform;
  readonly cardUrl: () => string | undefined;
  readonly unfilled: 'empty' | 'absent';
};

/** A person's ids; `user_id` only with its scope. */
export function personIds(parts: ActingParts, person: Person): JsonObject {
  const ids = { union_id: person.unionId, user_id: person.userId, open_id: person.openId };
  return seenUser(ids, parts.scopes);
}
