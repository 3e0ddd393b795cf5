/** What a keeper of the store room did, noted so that they may take it back. */
import { z } from 'zod';
import type { Selectable } from 'kysely';
import type { ReceiptTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import type { Rules } from '../settings/rules.ts';
import { noteDeed } from '../undo/deeds.ts';

/** A delivery as it stood; `low` says whether its item had been told to run low, and when. */
export const receiptBefore = z.object({
  state: z.enum(['draft', 'in', 'dropped']),
  quantity: z.number(),
  damaged: z.number(),
  value_fen: z.number(),
  score: z.number().nullable(),
  person_id: z.number(),
  supplier: z.number().nullable(),
  at: z.string(),
  shelve: z.string().nullable(),
  shelved: z.string().nullable(),
  low: z.string().nullable(),
});

/** How an item stood in a stock-take. */
export const countedBefore = z.object({
  item: z.number(),
  counted: z.number().nullable(),
  expected: z.number().nullable(),
  skipped: z.boolean(),
});

type Receipt = Selectable<ReceiptTable>;

/** Notes what was done with a delivery, which is of this `version` now. `low`: when its item was told to run low, before. */
export async function noteReceipt(
  work: Work,
  rules: Rules,
  was: Receipt,
  done: {
    readonly act: 'receive' | 'receive-not' | 'shelved';
    readonly person: number;
    readonly version: number;
    readonly low?: Temporal.Instant | null;
  },
): Promise<void> {
  if (rules.undoSeconds === null) return;
  const { act, person, version, low } = done;
  await noteDeed(work, {
    person,
    subject: `receipt:${was.id}`,
    act,
    version,
    before: {
      state: was.state,
      quantity: was.quantity,
      damaged: was.damaged,
      value_fen: was.value_fen,
      score: was.score,
      person_id: was.person_id,
      supplier: was.supplier_id,
      at: was.at.toString(),
      shelve: was.shelve_due?.toString() ?? null,
      shelved: was.shelved_at?.toString() ?? null,
      low: low?.toString() ?? null,
    } satisfies z.infer<typeof receiptBefore>,
    owed: [],
  });
}

/** Notes that an item was counted or skipped in a stock-take, which is of this `version` now. */
export async function noteCount(
  work: Work,
  rules: Rules,
  was: z.infer<typeof countedBefore>,
  done: {
    readonly take: number;
    readonly person: number;
    readonly version: number;
    readonly owed: readonly string[];
  },
): Promise<void> {
  if (rules.undoSeconds === null) return;
  const { take, person, version, owed } = done;
  await noteDeed(work, {
    person,
    subject: `take:${take}`,
    act: 'take-count',
    version,
    before: was,
    owed,
  });
}
