import type { Work } from '../../db/work.ts';

/** What an entry is about: `request:12`, `item:3`, `person:7`, `round:5`, `wish:2`, `office`. */
export type Subject =
  | `${'request' | 'draft' | 'item' | 'room' | 'person' | 'delivery' | 'response'}:${number}`
  | `${'round' | 'rectification' | 'meeting' | 'material' | 'minutes' | 'action' | 'asset'}:${number}`
  | `${'wish' | 'swap' | 'bump' | 'closure' | 'feed'}:${number}`
  | 'office';

/**
 * Writes one entry of the record in the transaction of the fact it tells. `before` and `after` hold only what changed.
 * Free text of people is not put here; refer to the row that holds it.
 */
export async function record(
  work: Work,
  act: string,
  subject: Subject,
  change: { readonly before?: unknown; readonly after?: unknown } = {},
): Promise<void> {
  await work.tx
    .insertInto('audit')
    .values({
      at: work.now,
      actor: work.actor,
      act,
      subject,
      before: change.before === undefined ? null : JSON.stringify(change.before),
      after: change.after === undefined ? null : JSON.stringify(change.after),
      cause: work.cause,
    })
    .execute();
}
