import type { Answers } from '../../cards/card.ts';
import { clean } from '../../cards/clean.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { nextNumber } from '../filing/numbers.ts';
import { wantTask } from './as-tasks.ts';
import { ownerNamed } from './drafting.ts';
import { nextMorning } from './promised.ts';
import { type ActionItem, isToHandOut, itemsOf, type Minutes } from './store.ts';
import { oweActions, oweMinutes } from './telling.ts';

/** What keeps an item from being handed out, in the order of its inputs. A date that is over is none. */
export function gapsOf(item: ActionItem, today: Temporal.PlainDate): readonly Words[] {
  const over = item.due !== null && Temporal.PlainDate.compare(item.due, today) < 0;
  return [
    ...(item.what === '' ? [words('做什么', 'what')] : []),
    ...(item.owner_id === null ? [words('责任人', 'owner')] : []),
    ...(item.state === 'refused' ? [words('新的责任人', 'a new owner')] : []),
    ...(item.due === null ? [words('完成时间', 'due date')] : []),
    ...(over ? [words('完成时间（已过）', 'a due date that is not over')] : []),
  ];
}

/**
 * Writes what the host filled in for the items that are still to be handed out. What is not among the answers stays; an item
 * that is ticked for it is dropped. Names in `unknown` were found in nobody.
 */
export async function correct(
  work: Work,
  setup: Setup,
  minutes: Minutes,
  answers: Answers,
  names: ReadonlyMap<number, string>,
): Promise<{ readonly unknown: readonly string[] }> {
  const unknown: string[] = [];
  for (const item of await itemsOf(work.tx, minutes.id)) {
    if (!isToHandOut(item)) continue;
    if (answers[`drop_${item.id}`] === true) {
      await drop(work, setup, item);
      continue;
    }
    const change = await corrected(work, item, answers, names);
    if (change.owner_id === null && change.owner_said) unknown.push(change.owner_said);
    if (Object.keys(change).length > 0) {
      await work.tx
        .updateTable('action_item')
        .set({ ...change, version: item.version + 1 })
        .where('id', '=', item.id)
        .execute();
    }
  }
  return { unknown };
}

type Change = Partial<
  Pick<ActionItem, 'what' | 'standard' | 'due' | 'owner_id' | 'owner_said' | 'state' | 'reason'>
>;

async function corrected(
  work: Work,
  item: ActionItem,
  answers: Answers,
  names: ReadonlyMap<number, string>,
): Promise<Change> {
  const told = (field: string): string | undefined => {
    const text = answers[`${field}_${item.id}`];
    return typeof text === 'string' ? clean(text, 300) : undefined;
  };
  const what = told('what');
  const standard = told('standard');
  const due = dateIn(told('due'));
  return {
    ...(what !== undefined && what !== item.what ? { what } : {}),
    ...(standard !== undefined && standard !== (item.standard ?? '')
      ? { standard: standard || null }
      : {}),
    ...(due && !(item.due && due.equals(item.due)) ? { due } : {}),
    ...(await newOwner(work, item, told('owner'), names)),
  };
}

async function newOwner(
  work: Work,
  item: ActionItem,
  said: string | undefined,
  names: ReadonlyMap<number, string>,
): Promise<Change> {
  if (said === undefined || said === '') return {};
  const chosen = /^p(\d{1,15})$/u.exec(said)?.[1];
  const same = item.owner_id !== null && names.get(item.owner_id) === said;
  if (same && item.state !== 'refused') return {};
  const owner =
    chosen === undefined ? await ownerNamed(work, said) : await activeId(work, Number(chosen));
  // Given back, and named again: the host insists, or found nobody else yet. Only another person takes it up.
  if (item.state === 'refused' && owner === item.owner_id) return {};
  const heard = chosen === undefined ? { owner_said: said } : {};
  if (owner === undefined) return { owner_id: null, ...heard };
  return {
    owner_id: owner,
    ...heard,
    ...(item.state === 'refused' ? { state: 'draft' as const } : {}),
  };
}

async function activeId(work: Work, id: number): Promise<number | undefined> {
  const row = await work.tx
    .selectFrom('person')
    .select('id')
    .where('id', '=', id)
    .where('active', '=', true)
    .executeTakeFirst();
  return row?.id;
}

/** A date as an input or a person writes it; undefined for anything else. */
export function dateIn(text: string | undefined): Temporal.PlainDate | undefined {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:$|[ T])/u.exec(text ?? '')?.[1];
  if (iso === undefined) return undefined;
  try {
    return Temporal.PlainDate.from(iso);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A draft nobody knows of is deleted; what has a number stays, as dropped. */
async function drop(work: Work, setup: Setup, item: ActionItem): Promise<void> {
  if (item.number === null)
    await work.tx.deleteFrom('action_item').where('id', '=', item.id).execute();
  else {
    const dropped = await work.tx
      .updateTable('action_item')
      .set({ state: 'dropped', version: item.version + 1 })
      .where('id', '=', item.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await wantTask(work, setup, dropped);
  }
  await record(work, 'action.dropped', `action:${item.id}`);
}

export type HandedOut = {
  readonly minutes: Minutes;
  readonly handed: readonly ActionItem[];
  /** Items that still lack something. */
  readonly left: number;
};

/**
 * Hands out every complete item: its number, and one card for each owner. The rest stays with the host, who is asked again. At the
 * first time those who were at the meeting get the minutes.
 */
export async function handOut(work: Work, setup: Setup, minutes: Minutes): Promise<HandedOut> {
  const zone = setup.rules.timeZone;
  const today = work.now.toZonedDateTimeISO(zone).toPlainDate();
  const waiting = (await itemsOf(work.tx, minutes.id)).filter(isToHandOut);
  const complete = waiting.filter((item) => gapsOf(item, today).length === 0);
  const handed: ActionItem[] = [];
  for (const item of complete) handed.push(await open(work, setup, item));
  const left = waiting.length - complete.length;
  const next = await work.tx
    .updateTable('minutes')
    .set({
      state: left > 0 ? 'drafted' : 'confirmed',
      next_at: left > 0 ? nextMorning(work.now, setup) : null,
      reminders: 0,
      confirmed_at: minutes.confirmed_at ?? (handed.length > 0 || left === 0 ? work.now : null),
      version: minutes.version + 1,
    })
    .where('id', '=', minutes.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  for (const owner of new Set(handed.flatMap(({ owner_id }) => owner_id ?? [])))
    await oweActions(work, setup, next, owner);
  if (minutes.confirmed_at === null && next.confirmed_at !== null) {
    await record(work, 'minutes.confirmed', `minutes:${next.id}`, {
      after: { items: handed.length },
    });
    for (const person of next.attendees)
      await oweMinutes(work, setup, next, person, { occasion: 'given', attention: true });
  }
  return { minutes: next, handed, left };
}

async function open(work: Work, setup: Setup, item: ActionItem): Promise<ActionItem> {
  const zone = setup.rules.timeZone;
  const row = await work.tx
    .updateTable('action_item')
    .set({
      number: item.number ?? (await nextNumber(work, 'ACT', zone)),
      state: 'open',
      opened_at: item.opened_at ?? work.now,
      first_due: item.first_due ?? item.due,
      reason: null,
      version: item.version + 1,
    })
    .where('id', '=', item.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await wantTask(work, setup, row);
  await record(work, 'action.opened', `action:${item.id}`, {
    after: { number: row.number, owner: row.owner_id, due: row.due?.toString() },
  });
  return row;
}
