import { type Words, words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { wantTask } from './as-tasks.ts';
import { overhear } from '../undo/deeds.ts';
import { nextMorning } from './promised.ts';
import {
  type ActionItem,
  isToHandOut,
  isUnfinished,
  itemsOf,
  lockMinutes,
  type Minutes,
  readItem,
} from './store.ts';
import { oweActions, oweMinutes, showEverywhere, type TappedCard } from './telling.ts';
import { noteItemDeed } from './undo.ts';

/** What somebody wants to do with an item, by tap or by word. */
export type ItemWish =
  | { readonly act: 'done' | 'doing' }
  | {
      readonly act: 'postpone';
      readonly due: Temporal.PlainDate | undefined;
      readonly reason: string;
    }
  | { readonly act: 'refuse'; readonly reason: string }
  | { readonly act: 'reassign'; readonly owner: number };

/** What came of it: the item as it stands, and what to say. `done` false: nothing was changed. */
export type ItemOutcome = {
  readonly done: boolean;
  readonly item: ActionItem | undefined;
  readonly text: Words;
};

const NOT_YOURS = words('这条不在您名下，没有改动', 'This item is not yours; nothing was changed');

/**
 * Does something with an item, if this person may: its owner, and for finishing and reassigning its host. The minutes' row is
 * locked first, so two who act at once act one after the other. A repeat is harmless.
 */
export async function actOnItem(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
  wish: ItemWish,
  tapped?: TappedCard,
): Promise<ItemOutcome> {
  const known = await readItem(work.tx, id);
  const minutes = known && (await lockMinutes(work.tx, known.minutes_id));
  const item = minutes && (await readItem(work.tx, id));
  if (!minutes || !item || !mayAct(item, person, wish)) {
    await record(work, 'refused.action', known ? `action:${id}` : 'office');
    return { done: false, item: undefined, text: NOT_YOURS };
  }
  const denied = denial(item, wish, work, setup);
  if (denied) return { done: false, item, text: denied };
  const { jobs, owed } = overhear(setup.jobs);
  const done = await carryOut(work, { ...setup, jobs }, { item, minutes }, wish, tapped);
  const was = { item, minutes };
  await noteItemDeed(work, setup, { act: wish.act, person, owed }, was, done);
  return { done: true, item: done.item, text: doneText(done.item, wish) };
}

type Known = { readonly item: ActionItem; readonly minutes: Minutes };

/** Changes the item, and shows and tells whomever it concerns. */
async function carryOut(
  work: Work,
  setup: Setup,
  { item, minutes }: Known,
  wish: ItemWish,
  tapped: TappedCard | undefined,
): Promise<Known> {
  const after = await write(work, setup, item, wish);
  const now = await touched(work, setup, minutes, after);
  // How one item gets on, its host and owner see at once. The copies of all others follow with what changes owners and with
  // the last item: each of them is a call of the month's quota.
  const goesOn = ['done', 'doing', 'postpone'].includes(wish.act);
  const more = goesOn && (await itemsOf(work.tx, now.id)).some(isUnfinished);
  const only = more ? [now.host_id, ...(item.owner_id === null ? [] : [item.owner_id])] : undefined;
  await showEverywhere(work, setup, now, [item, after], {
    ...(tapped && { tapped }),
    ...(only && { only }),
  });
  if (wish.act === 'reassign') await oweActions(work, setup, now, wish.owner);
  if (wish.act === 'refuse')
    await oweMinutes(work, setup, now, minutes.host_id, {
      occasion: `refused:${after.id}`,
      attention: true,
    });
  return { item: after, minutes: now };
}

function mayAct(item: ActionItem, person: number, { act }: ItemWish): boolean {
  if (item.state === 'draft' || item.state === 'dropped') return false;
  if (act === 'reassign') return item.asked_by === person;
  if (act === 'done' && item.asked_by === person) return true;
  // What was given back is its former owner's no more.
  return item.owner_id === person && !isToHandOut(item);
}

/** Why it cannot be done as things stand; undefined when it can. */
function denial(item: ActionItem, wish: ItemWish, work: Work, setup: Setup): Words | undefined {
  const number = item.number ?? '';
  if (item.state === 'done' && wish.act !== 'doing')
    return words(`${number} 已经完成了`, `${number} is done already`);
  if (wish.act === 'doing' && item.state === 'doing')
    return words(`${number} 已经是进行中`, `${number} is in progress already`);
  if ((wish.act === 'postpone' || wish.act === 'refuse') && wish.reason.trim() === '')
    return words('请写一句原因', 'Please give a reason');
  if (wish.act !== 'postpone') return undefined;
  const today = work.now.toZonedDateTimeISO(setup.rules.timeZone).toPlainDate();
  if (!wish.due) return words('请选新的完成日期', 'Please choose the new date');
  return Temporal.PlainDate.compare(wish.due, today) < 0
    ? words('新的日期已经过去，请再选一个', 'That date is over; please choose another')
    : undefined;
}

async function write(
  work: Work,
  setup: Setup,
  item: ActionItem,
  wish: ItemWish,
): Promise<ActionItem> {
  const after = await work.tx
    .updateTable('action_item')
    .set({ ...changeOf(work, wish), version: item.version + 1 })
    .where('id', '=', item.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await wantTask(work, setup, after);
  await record(work, `action.${wish.act}`, `action:${item.id}`, {
    before: { state: item.state, owner: item.owner_id, due: item.due?.toString() },
    after: { state: after.state, owner: after.owner_id, due: after.due?.toString() },
  });
  return after;
}

type Change = Partial<Pick<ActionItem, 'state' | 'done_at' | 'due' | 'reason' | 'owner_id'>>;

function changeOf(work: Work, wish: ItemWish): Change {
  switch (wish.act) {
    case 'done':
      return { state: 'done', done_at: work.now };
    case 'doing':
      return { state: 'doing', done_at: null };
    case 'postpone':
      return { state: 'postponed', due: wish.due ?? null, reason: wish.reason };
    case 'refuse':
      return { state: 'refused', reason: wish.reason };
    case 'reassign':
      return { state: 'open', owner_id: wish.owner, reason: null };
    default:
      return wish satisfies never;
  }
}

/** The minutes have changed with their item; what was given back waits for the host again. */
const touched = (work: Work, setup: Setup, minutes: Minutes, item: ActionItem): Promise<Minutes> =>
  work.tx
    .updateTable('minutes')
    .set({
      version: minutes.version + 1,
      ...(item.state === 'refused'
        ? { state: 'drafted' as const, reminders: 0, next_at: nextMorning(work.now, setup) }
        : {}),
    })
    .where('id', '=', minutes.id)
    .returningAll()
    .executeTakeFirstOrThrow();

function doneText(item: ActionItem, { act }: ItemWish): Words {
  const number = item.number ?? '';
  const day = item.due?.toString() ?? '';
  switch (act) {
    case 'done':
      return words(`${number} 已完成`, `${number} is done`);
    case 'doing':
      return words(`${number} 进行中`, `${number} is in progress`);
    case 'postpone':
      return words(`${number} 已延期到 ${day}`, `${number} is postponed to ${day}`);
    case 'refuse':
      return words(`${number} 已交回主持人重新分派`, `${number} went back to the host`);
    case 'reassign':
      return words(`${number} 已转给新的责任人`, `${number} has a new owner`);
    default:
      return act satisfies never;
  }
}
