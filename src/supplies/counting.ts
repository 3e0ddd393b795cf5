/** Stock-takes: one item after another, without being told what the ledger says; what differs is corrected when a second person agrees. */
import type { Selectable } from 'kysely';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { StockTakeTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe, PREFERRED } from '../delivery/owe.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { enter } from '../requests/supply/ledger.ts';
import type { Item } from '../requests/supply/stock.ts';
import { overhear } from '../undo/deeds.ts';
import { noteCount } from './deeds.ts';
import { keepersOf, mustBeKeeper } from './office.ts';

export type StockTake = Selectable<StockTakeTable>;

/** What is counted of a stock-take, in the order of counting. */
export type TakeLine = {
  readonly item: number;
  readonly name: string;
  readonly unit: string;
  readonly expected: number | null;
  readonly counted: number | null;
  readonly skipped: boolean;
};

/** Items that lie where somebody says, or are of a category that they name; all of them when they name nothing. */
export function itemsAt(what: string, items: readonly Item[]): readonly Item[] {
  if (what === '') return items;
  const at = items.filter(({ place }) => place?.includes(what) || (place && what.includes(place)));
  if (at.length > 0) return at;
  return items.filter(({ category, name }) => category.includes(what) || name === what);
}

export const readTake = (tx: Tx, id: number): Promise<StockTake | undefined> =>
  tx.selectFrom('stock_take').selectAll().where('id', '=', id).executeTakeFirst();

/** Locked until the end of the transaction. */
export const lockTake = (tx: Tx, id: number): Promise<StockTake | undefined> =>
  tx.selectFrom('stock_take').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** The one that a person has begun and not ended. */
export const takeOf = (tx: Tx, person: number): Promise<StockTake | undefined> =>
  tx
    .selectFrom('stock_take')
    .selectAll()
    .where('person_id', '=', person)
    .where('state', '=', 'counting')
    .executeTakeFirst();

export const linesOf = (tx: Tx, take: number): Promise<readonly TakeLine[]> =>
  tx
    .selectFrom('stock_take_line as line')
    .innerJoin('item', 'item.id', 'line.item_id')
    .select(['line.item_id as item', 'item.name', 'item.unit', 'line.expected', 'line.counted'])
    .select('line.skipped')
    .where('line.take_id', '=', take)
    .orderBy('line.place')
    .execute();

/** What is still to be counted. */
export const isOpen = ({ counted, skipped }: TakeLine): boolean => counted === null && !skipped;

/** Units more (or fewer) than the ledger said when it was counted. */
export const differenceOf = ({ counted, expected }: TakeLine): number =>
  counted === null || expected === null ? 0 : Math.round((counted - expected) * 1_000) / 1_000;

/** Begins one; who has one open goes on with that. */
export async function beginTake(
  work: Work,
  person: number,
  what: string,
  items: readonly Item[],
): Promise<number> {
  const open = await takeOf(work.tx, person);
  if (open) return open.id;
  const { id } = await work.tx
    .insertInto('stock_take')
    .values({ what, state: 'counting', person_id: person, started_at: work.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await work.tx
    .insertInto('stock_take_line')
    .values(items.map((item, place) => ({ take_id: id, item_id: item.id, place })))
    .execute();
  await record(work, 'stock-take.begun', 'office', { after: { take: id } });
  return id;
}

/** What was found of an item: a count, or that it is left out. The last one ends the counting. */
export async function count(
  work: Work,
  setup: Setup,
  person: number,
  about: { readonly take: number; readonly item: number; readonly counted: number | 'skip' },
): Promise<StockTake | undefined> {
  await mustBeKeeper(work, setup.rules, person);
  const take = await lockTake(work.tx, about.take);
  if (!take || take.person_id !== person || take.state !== 'counting') return take;
  // Locked, so that what the ledger says is what is there while it is counted.
  const item = await work.tx
    .selectFrom('item')
    .select('on_hand')
    .where('id', '=', about.item)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const was = (await linesOf(work.tx, take.id)).find((line) => line.item === about.item);
  await work.tx
    .updateTable('stock_take_line')
    .set(
      about.counted === 'skip'
        ? { skipped: true }
        : { counted: about.counted, expected: item.on_hand, skipped: false },
    )
    .where('take_id', '=', take.id)
    .where('item_id', '=', about.item)
    .execute();
  const { jobs, owed } = overhear(setup.jobs);
  const now = await counted(work, { ...setup, jobs }, take);
  const { version } = now;
  if (was)
    await noteCount(
      work,
      setup.rules,
      { item: was.item, counted: was.counted, expected: was.expected, skipped: was.skipped },
      { take: take.id, person, version, owed },
    );
  return now;
}

/** It goes on with the next item; when there is none it is over, or somebody else has to agree. */
async function counted(work: Work, setup: Setup, take: StockTake): Promise<StockTake> {
  const lines = await linesOf(work.tx, take.id);
  if (lines.some(isOpen)) return setTake(work, take, 'counting');
  const differs = lines.some((line) => differenceOf(line) !== 0);
  const now = await setTake(work, take, differs ? 'agreeing' : 'done');
  if (differs) await askOthers(work, setup, now);
  return now;
}

/** Where it stands from now on. */
export async function setTake(
  work: Work,
  take: StockTake,
  state: StockTake['state'],
  agreed?: number,
): Promise<StockTake> {
  if (state !== take.state)
    await record(work, `stock-take.${state}`, 'office', {
      before: { take: take.id, state: take.state },
      after: { take: take.id, state, agreed: agreed ?? null },
    });
  return work.tx
    .updateTable('stock_take')
    .set({
      state,
      version: take.version + 1,
      ended_at: state === 'done' || state === 'dropped' ? work.now : null,
      ...(agreed === undefined ? {} : { agreed_by: agreed }),
    })
    .where('id', '=', take.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Everybody else who keeps the store room is asked; one of them suffices. */
async function askOthers(work: Work, setup: Setup, take: StockTake): Promise<void> {
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  for (const person of keepersOf(org)) {
    if (person === take.person_id) continue;
    await oweTake(work, setup, take, person);
  }
}

const oweTake = (work: Work, setup: Setup, take: StockTake, person: number): Promise<boolean> =>
  owe(work, setup.jobs, person, PREFERRED, {
    what: `take:${take.id}:v${take.version}:p${person}`,
    view: { view: 'stock-take', take: take.id },
    attention: true,
    priority: 3,
  });

/**
 * What a second person says of the differences: the ledger is corrected by them, as they were at the moment of counting, or they are
 * counted again. Refusal for who counted.
 */
export async function agree(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
  yes: boolean,
): Promise<StockTake | undefined> {
  await mustBeKeeper(work, setup.rules, person);
  const take = await lockTake(work.tx, id);
  if (!take || take.state !== 'agreeing') return take;
  if (take.person_id === person)
    throw new Refusal(
      'stock-take.second',
      words(
        '差异要另一位行政同意，您是盘点人',
        'Somebody else of the office has to agree; you counted',
      ),
    );
  const differing = (await linesOf(work.tx, id)).filter((line) => differenceOf(line) !== 0);
  if (!yes) {
    // A person counts one thing at a time.
    if (await takeOf(work.tx, take.person_id))
      throw new Refusal(
        'stock-take.busy',
        words(
          '盘点人正在盘点别的，等数完再请重数',
          'Who counted is in the middle of another stock-take; please ask again when that is done',
        ),
      );
    await work.tx
      .updateTable('stock_take_line')
      .set({ counted: null, expected: null })
      .where('take_id', '=', id)
      .where(
        'item_id',
        'in',
        differing.map(({ item }) => item),
      )
      .execute();
    const again = await setTake(work, take, 'counting');
    await oweTake(work, setup, again, take.person_id);
    return again;
  }
  for (const line of differing.toSorted((a, b) => a.item - b.item))
    await enter(work, {
      item: line.item,
      sort: 'count',
      onHand: differenceOf(line),
      who: take.person_id,
      why: `盘点${take.what === '' ? '' : `：${take.what}`}`,
    });
  const done = await setTake(work, take, 'done', person);
  await oweTake(work, setup, done, take.person_id);
  return done;
}

/** Given up by who began it; stock stays as it is. */
export async function dropTake(
  work: Work,
  person: number,
  id: number,
): Promise<StockTake | undefined> {
  const take = await lockTake(work.tx, id);
  if (!take || take.person_id !== person || take.state !== 'counting') return take;
  return setTake(work, take, 'dropped');
}
