import type { Words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { reasonOf } from '../delivery/reasons.ts';
import type { Period } from './period.ts';

/** Somebody whose messages of a period did not arrive and are not tried any more; how many, and why the last one did not. */
export type Unsent = { readonly who: string; readonly count: number; readonly why: Words };

/** Who was left without, whoever has most first. Changes of cards in place are not counted: nobody waits for them. */
export async function unsentIn(tx: Tx, { from, to }: Period): Promise<readonly Unsent[]> {
  const rows = await tx
    .selectFrom('delivery')
    .innerJoin('person', 'person.id', 'delivery.person_id')
    .select(['person.id', 'person.name', 'delivery.last_error'])
    .where('delivery.state', '=', 'dead')
    .where('delivery.attention', '=', true)
    .where('person.active', '=', true)
    .where('delivery.created_at', '>=', from)
    .where('delivery.created_at', '<', to)
    .orderBy('delivery.seq')
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id).values()]
    .map((each) => ({
      who: each[0]?.name ?? '',
      count: each.length,
      why: reasonOf(each.at(-1)?.last_error ?? ''),
    }))
    .toSorted((a, b) => b.count - a.count);
}
