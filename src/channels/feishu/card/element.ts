/** The parts a card JSON 2.0 is made of (platform notes §5), as far as we use them. */

/** A component or a text object: `tag` says which, the other members belong to it. */
export type Element = { readonly tag: string; readonly [member: string]: unknown };

/** A whole card, ready to be turned into JSON. */
export type FeishuCard = {
  readonly schema: '2.0';
  readonly config: { readonly [member: string]: unknown };
  readonly header: { readonly [member: string]: unknown };
  readonly body: { readonly elements: readonly Element[] };
};

/** The largest card, bytes of JSON and objects with a `tag` (platform notes §5.2). */
const MOST_BYTES = 30_000;
const MOST_TAGS = 200;

/** Kept free for the mark that a card gets when it is sent, `"element_id":"s…",` (send.ts). Bytes. */
const MARK_BYTES = 60;

/** True when the platform would take a card of this size, marked. */
export const fits = (card: FeishuCard): boolean =>
  tagsIn(card) <= MOST_TAGS && Buffer.byteLength(JSON.stringify(card)) <= MOST_BYTES - MARK_BYTES;

function tagsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = 'tag' in value && typeof value.tag === 'string' ? 1 : 0;
  return Object.values(value).reduce<number>((sum, member) => sum + tagsIn(member), own);
}
