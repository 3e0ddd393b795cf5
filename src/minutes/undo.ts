/** What was done with an action item a moment ago, taken back by whoever did it. */
import { z } from 'zod';
import { ITEM_STATE } from '../../cards/actions.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { tellTakenBack } from '../filing/undo.ts';
import {
  type Deed,
  keepBack,
  markUndone,
  noteDeed,
  overhear,
  type TakenBack,
} from '../undo/deeds.ts';
import { wantTask } from './as-tasks.ts';
import { type ActionItem, lockMinutes, type Minutes, readItem } from './store.ts';
import { showEverywhere, type TappedCard } from './telling.ts';

/** What stands before; read back as it was written. */
const kept = z.object({
  state: z.enum(['draft', 'open', 'doing', 'done', 'postponed', 'refused', 'dropped']),
  done: z.string().nullable(),
  due: z.string().nullable(),
  reason: z.string().nullable(),
  owner: z.number().nullable(),
  /** Of its minutes, where giving it back changed them. */
  minutes: z
    .object({
      state: z.enum(['asked', 'waived', 'drafted', 'confirmed']),
      reminders: z.number(),
      next: z.string().nullable(),
      version: z.number(),
    })
    .nullable(),
});

/** Notes what a person has done with an item, so that they may take it back. `now`: its minutes after that. */
export async function noteItemDeed(
  work: Work,
  { rules }: Pick<Setup, 'rules'>,
  done: { readonly act: string; readonly person: number; readonly owed: readonly string[] },
  was: { readonly item: ActionItem; readonly minutes: Minutes },
  now: { readonly item: ActionItem; readonly minutes: Minutes },
): Promise<void> {
  const { act, person, owed } = done;
  if (rules.undoSeconds === null || work.actor !== `person:${person}`) return;
  const { item, minutes } = was;
  await noteDeed(work, {
    person,
    subject: `action:${item.id}`,
    act: `item-${act}`,
    version: now.item.version,
    before: {
      state: item.state,
      done: item.done_at?.toString() ?? null,
      due: item.due?.toString() ?? null,
      reason: item.reason,
      owner: item.owner_id,
      minutes:
        act === 'refuse'
          ? {
              state: minutes.state,
              reminders: minutes.reminders,
              next: minutes.next_at?.toString() ?? null,
              version: now.minutes.version,
            }
          : null,
    } satisfies z.infer<typeof kept>,
    owed,
  });
}

/** Takes it back, unless the item has been touched since. */
export async function undoItem(
  work: Work,
  setup: Setup,
  deed: Deed,
  tapped?: TappedCard,
): Promise<TakenBack> {
  const id = Number(deed.subject.slice('action:'.length));
  const known = await readItem(work.tx, id);
  const minutes = known && (await lockMinutes(work.tx, known.minutes_id));
  const item = minutes && (await readItem(work.tx, id));
  const name = item?.number ?? '';
  const was = kept.parse(deed.before);
  const movedOn =
    item?.version !== deed.version ||
    (was.minutes !== null && was.minutes.version !== minutes?.version);
  const why = await markUndone(work, deed, setup.rules.undoSeconds, !movedOn);
  if (why || !minutes || !item) return { undone: false, why: why ?? 'moved-on', name };
  const told = await keepBack(work, deed.owed);
  const { jobs, owed } = overhear(setup.jobs);
  const after = await putBack(work, { ...setup, jobs }, item, was);
  const now = await touched(work, minutes, was);
  await showEverywhere(work, { ...setup, jobs }, now, [item, after], tapped ? { tapped } : {});
  const state = ITEM_STATE[after.state].name;
  await tellTakenBack(work, setup, deed, { told, owed }, { name, state, channel: minutes.channel });
  return { undone: true, name };
}

async function putBack(
  work: Work,
  setup: Setup,
  item: ActionItem,
  was: z.infer<typeof kept>,
): Promise<ActionItem> {
  const after = await work.tx
    .updateTable('action_item')
    .set({
      state: was.state,
      done_at: was.done === null ? null : Temporal.Instant.from(was.done),
      due: was.due === null ? null : Temporal.PlainDate.from(was.due),
      reason: was.reason,
      owner_id: was.owner,
      version: item.version + 1,
    })
    .where('id', '=', item.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await wantTask(work, setup, after);
  await record(work, 'action.undone', `action:${item.id}`, {
    before: { state: item.state, owner: item.owner_id, due: item.due?.toString() },
    after: { state: after.state, owner: after.owner_id, due: after.due?.toString() },
  });
  return after;
}

const touched = (
  work: Work,
  minutes: Minutes,
  { minutes: was }: z.infer<typeof kept>,
): Promise<Minutes> =>
  work.tx
    .updateTable('minutes')
    .set({
      version: minutes.version + 1,
      ...(was === null
        ? {}
        : {
            state: was.state,
            reminders: was.reminders,
            next_at: was.next === null ? null : Temporal.Instant.from(was.next),
          }),
    })
    .where('id', '=', minutes.id)
    .returningAll()
    .executeTakeFirstOrThrow();
