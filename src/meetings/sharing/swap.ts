/** 换一下: two hosts exchange what they have booked. Both confirm; both move in one transaction or neither does. */
import type { Selectable } from 'kysely';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { RoomSwapTable } from '../../../db/tables.ts';
import type { Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import { owe, PREFERRED } from '../../delivery/owe.ts';
import type { Setup } from '../../filing/move.ts';
import { lockRequest, type Request } from '../../filing/store.ts';
import { releaseBooking } from '../../requests/room/bookings.ts';
import { formVersion, isAhead, placeOf, relocate } from './booked.ts';
import { withoutLine } from './waiting.ts';

export type SwapRow = Selectable<RoomSwapTable>;

export const readSwap = (tx: Tx, id: number): Promise<SwapRow | undefined> =>
  tx.selectFrom('room_swap').selectAll().where('id', '=', id).executeTakeFirst();

/** What the asker says, to be confirmed by them before the other is asked. */
export async function proposeSwap(work: Work, mine: Request, theirs: Request): Promise<number> {
  const { id } = await work.tx
    .insertInto('room_swap')
    .values({
      asker_id: mine.requester_id,
      other_id: theirs.requester_id,
      asker_request: mine.id,
      other_request: theirs.id,
      asker_version: formVersion(mine),
      other_version: formVersion(theirs),
      state: 'draft',
      version: 1,
      at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(work, 'room.swap-proposed', `swap:${id}`, {
    after: { mine: mine.number, theirs: theirs.number },
  });
  return id;
}

/** The asker asks or drops it, the other agrees or refuses. */
export type SwapAct = 'ask' | 'agree' | 'refuse' | 'drop';

/** Who may do what, and in which state. */
const MAY: {
  readonly [act in SwapAct]: {
    readonly by: 'asker_id' | 'other_id';
    readonly from: readonly SwapRow['state'][];
  };
} = {
  ask: { by: 'asker_id', from: ['draft'] },
  drop: { by: 'asker_id', from: ['draft', 'asked'] },
  agree: { by: 'other_id', from: ['asked'] },
  refuse: { by: 'other_id', from: ['asked'] },
};

/** Does it, and tells the other side. False when it is not theirs to do, or over. Throws Refusal when one cannot move. */
export async function actOnSwap(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
  act: SwapAct,
): Promise<boolean> {
  const found = await readSwap(work.tx, id);
  const may = MAY[act];
  if (!found || found[may.by] !== person) {
    await record(work, 'refused.swap', `swap:${id}`, { after: { person, act } });
    return false;
  }
  // Requests are locked before what is about them, in the order of their ids.
  const [first, second] = [found.asker_request, found.other_request].toSorted((a, b) => a - b);
  const requests = [
    await lockRequest(work.tx, first ?? 0),
    await lockRequest(work.tx, second ?? 0),
  ];
  const row = await work.tx
    .selectFrom('room_swap')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row || !may.from.includes(row.state)) return false;
  const mine = requests.find((each) => each?.id === row.asker_request);
  const theirs = requests.find((each) => each?.id === row.other_request);
  const channel = mine?.channel ?? PREFERRED;
  const stands =
    mine !== undefined &&
    theirs !== undefined &&
    isAhead(mine, work.now) &&
    isAhead(theirs, work.now) &&
    formVersion(mine) === row.asker_version &&
    formVersion(theirs) === row.other_version;
  if (!stands && (act === 'ask' || act === 'agree')) {
    await settle(work, setup, row, 'over', person, channel);
    return false;
  }
  if (act === 'agree' && mine && theirs) await exchange(work, setup, mine, theirs);
  const to = ({ ask: 'asked', agree: 'done', refuse: 'refused', drop: 'withdrawn' } as const)[act];
  await settle(work, setup, row, to, person, channel);
  return true;
}

/** Each gets the other's room and time. Both let go first; nobody in line is offered what is only on its way. */
async function exchange(work: Work, setup: Setup, mine: Request, theirs: Request): Promise<void> {
  const [of, to] = [placeOf(mine.form), placeOf(theirs.form)];
  if (JSON.stringify(of) === JSON.stringify(to))
    throw new Refusal('swap.same', words('两边是同一间、同一时间', 'Both are the same'));
  await releaseBooking(work, mine.id);
  await releaseBooking(work, theirs.id);
  await relocate(work, withoutLine(setup), mine, to);
  await relocate(work, setup, theirs, of);
}

/** Writes what became of it, and shows it to the other side: as a new message when it is theirs to know or to decide. */
async function settle(
  work: Work,
  setup: Setup,
  row: SwapRow,
  state: SwapRow['state'],
  doer: number,
  channel: string,
): Promise<void> {
  const { version } = await work.tx
    .updateTable('room_swap')
    .set({ state, version: row.version + 1 })
    .where('id', '=', row.id)
    .returning('version')
    .executeTakeFirstOrThrow();
  await record(work, `room.swap-${state}`, `swap:${row.id}`, { before: { state: row.state } });
  // Dropped before it was asked, nobody else knows of it.
  if (row.state === 'draft' && state !== 'asked') return;
  const other = doer === row.asker_id ? row.other_id : row.asker_id;
  await owe(work, setup.jobs, other, channel, {
    what: `swap:${row.id}:v${version}`,
    view: { view: 'sharing', sort: 'swap', id: row.id },
    attention: true,
    priority: 3,
  });
}
