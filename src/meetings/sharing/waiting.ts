/** 排队: joins, leaves, offers in order and holds what is offered; all of it in the transaction of what set it off. */
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import { attempt, type Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import { owe } from '../../delivery/owe.ts';
import type { Followed, Setup } from '../../filing/move.ts';
import type { Request } from '../../filing/store.ts';
import { submit } from '../../filing/submit.ts';
import type { StoredForm } from '../../requests/kind.ts';
import { dropHold, holdRoom } from '../../requests/room/bookings.ts';
import { offersIn } from '../../requests/room/line.ts';
import { allRooms, busyTimes, type Room } from '../../requests/room/rooms.ts';
import type { Rules } from '../../settings/rules.ts';
import { afterQuietHours } from '../../time/quiet-hours.ts';
import { isBefore } from '../times.ts';
import { inLine, lockWish, ROOM, type WishRow, wishesOf } from './wishes.ts';

/** What somebody waits for. `room`: a certain one, or any that suits the form. */
export type Wanted = {
  readonly person: number;
  readonly channel: string;
  readonly room: number | null;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
  readonly form: StoredForm;
};

/** Puts somebody at the end of the line. Who stands there for that time already keeps their place: nobody stands twice. */
export async function joinLine(work: Work, setup: Setup, wanted: Wanted): Promise<WishRow> {
  const mine = await wishesOf(work.tx, wanted.person);
  const there = mine.find(
    (each) => isBefore(each.starts_at, wanted.to) && isBefore(wanted.from, each.ends_at),
  );
  if (there) return there;
  if (!isBefore(work.now, wanted.from))
    throw new Refusal(
      'wish.begun',
      words('这个时间已经开始了，不能再排队', 'That time has begun; there is no line for it'),
      words('可以选下面的其他会议室或时间', 'Please choose one of the alternatives'),
    );
  const { id } = await work.tx
    .insertInto('room_wish')
    .values({
      person_id: wanted.person,
      channel: wanted.channel,
      room_id: wanted.room,
      starts_at: wanted.from,
      ends_at: wanted.to,
      form: JSON.stringify(wanted.form),
      state: 'waiting',
      offered_room: null,
      hold_until: null,
      request_id: null,
      version: 1,
      queued_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(work, 'room.wish-joined', `wish:${id}`, {
    after: { room: wanted.room, from: wanted.from.toString(), to: wanted.to.toString() },
  });
  // Given back between the draft and the tap: theirs at once, if nobody stands before them.
  await feedLine(work, setup, { quietly: id });
  const row = await lockWish(work.tx, id);
  if (!row) throw new Error(`wish ${id} was just written`);
  return row;
}

/** Whoever keeps step with bookings, but for the line: what is on its way to somebody is offered to nobody. */
export const withoutLine = (setup: Setup): Setup => ({
  ...setup,
  followers: setup.followers.filter((each) => each !== followLine),
});

/** Whoever keeps step with bookings: what one gives back goes to who waits. */
export async function followLine(work: Work, setup: Setup, followed: Followed): Promise<void> {
  const { after, act } = followed;
  if (after.kind === 'room' && act !== 'submitted' && act !== 'annotated')
    await feedLine(work, setup);
}

/**
 * Offers what is free to who waits, in their order, and holds it. Whose wish is `quietly` looks at its card already, and gets no message.
 * Returns how many were offered something.
 */
export async function feedLine(
  work: Work,
  setup: Setup,
  { quietly }: { readonly quietly?: number } = {},
): Promise<number> {
  const line = await work.tx
    .selectFrom('room_wish')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('starts_at', '>', work.now)
    .orderBy('queued_at')
    .orderBy('id')
    .forUpdate()
    .execute();
  if (line.length === 0) return 0;
  const { rules } = setup;
  const rooms = await allRooms(work.tx, rules);
  const busy = await busyTimes(work.tx, rules, {
    from: earliest(line.map((each) => each.starts_at)).toString(),
    to: latest(line.map((each) => each.ends_at)).toString(),
  });
  const offers = offersIn(line.map(inLine), rooms, busy, rules.timeZone);
  let count = 0;
  for (const { wish, room } of offers) {
    const row = line.find(({ id }) => id === wish);
    if (row && (await offer(work, setup, row, room, row.id === quietly))) count++;
  }
  return count;
}

const earliest = (all: readonly Temporal.Instant[]): Temporal.Instant =>
  all.reduce((a, b) => (isBefore(b, a) ? b : a));
const latest = (all: readonly Temporal.Instant[]): Temporal.Instant =>
  all.reduce((a, b) => (isBefore(a, b) ? b : a));

async function offer(
  work: Work,
  setup: Setup,
  row: WishRow,
  room: Room,
  quietly: boolean,
): Promise<boolean> {
  const period = inLine(row).period;
  const held = await attempt(work, () =>
    holdRoom(work, setup.rules, { wish_id: row.id }, room.name, period),
  );
  // Somebody's booking was written in the same moment.
  if ('refused' in held) return false;
  const until = holdUntil(work.now, row.starts_at, setup.rules);
  const offered = await settle(work, row, {
    state: 'offered',
    offered_room: room.id,
    hold_until: until,
  });
  await record(work, 'room.wish-offered', `wish:${row.id}`, {
    after: { room: room.id, until: until.toString() },
  });
  if (!quietly) await oweWish(work, setup, offered);
  return true;
}

/**
 * Until when a room is held for somebody: `rooms.waitingList.hold` from now on. What comes free at night is held until the morning, so
 * that nobody loses their place asleep; never longer than until it begins.
 */
function holdUntil(
  now: Temporal.Instant,
  begins: Temporal.Instant,
  rules: Rules,
): Temporal.Instant {
  const morning = afterQuietHours(now, rules.reminders.quietHours, rules.timeZone);
  const from = isBefore(morning.add({ minutes: rules.rooms.waitingHold }), begins) ? morning : now;
  const until = from.add({ minutes: rules.rooms.waitingHold });
  return isBefore(until, begins) ? until : begins;
}

type State = WishRow['state'];

async function settle(
  work: Work,
  row: WishRow,
  to: {
    readonly state: State;
    readonly offered_room?: number;
    readonly hold_until?: Temporal.Instant;
    readonly request_id?: number;
  },
): Promise<WishRow> {
  return work.tx
    .updateTable('room_wish')
    .set({ hold_until: null, ...to, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Owes the card of a wish as a new message: an offer, or that it is over. */
async function oweWish(work: Work, setup: Setup, row: WishRow): Promise<void> {
  const offered = row.state === 'offered';
  const morning = afterQuietHours(work.now, setup.rules.reminders.quietHours, setup.rules.timeZone);
  // Held until the morning, it is told in the morning.
  const waits = offered && row.hold_until !== null && isBefore(morning, row.hold_until);
  await owe(work, setup.jobs, row.person_id, row.channel, {
    what: `wish:${row.id}:v${row.version}`,
    view: { view: 'sharing', sort: 'wish', id: row.id },
    attention: true,
    priority: 3,
    due: waits ? morning : work.now,
    notAfter: row.hold_until ?? row.ends_at,
    breaksQuiet: offered,
  });
}

/** `gone`: another's, or over already; the card shows how it stands. */
export type LineAct =
  | { readonly done: true; readonly wish: WishRow }
  | { readonly done: false; readonly wish: WishRow | undefined };

const theirs = async (work: Work, id: number, person: number): Promise<WishRow | undefined> => {
  const row = await lockWish(work.tx, id);
  if (row?.person_id === person) return row;
  await record(work, 'refused.wish', `wish:${id}`, { after: { person } });
  return undefined;
};

/** 不等了, 不要了: out of the line; what was held goes to the next. */
export async function leaveLine(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
): Promise<LineAct> {
  const row = await theirs(work, id, person);
  if (row?.state !== 'waiting' && row?.state !== 'offered') return { done: false, wish: row };
  await dropHold(work, { wish_id: id });
  const wish = await settle(work, row, { state: 'left' });
  await record(work, 'room.wish-left', `wish:${id}`, { before: { state: row.state } });
  await feedLine(work, setup);
  return { done: true, wish };
}

/** 订下: what is held becomes a booking, submitted as any other: with its approvals, within the limits. */
export async function takeOffered(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
): Promise<{ readonly request: Request } | { readonly wish: WishRow | undefined }> {
  const row = await theirs(work, id, person);
  if (row?.state !== 'offered' || row.hold_until === null) return { wish: row };
  if (!isBefore(work.now, row.hold_until)) return { wish: row };
  const { name } = await work.tx
    .selectFrom('room')
    .select('name')
    .where('id', '=', row.offered_room)
    .executeTakeFirstOrThrow();
  await dropHold(work, { wish_id: id });
  const asking = {
    tx: work.tx,
    rules: setup.rules,
    person,
    now: work.now.toZonedDateTimeISO(setup.rules.timeZone),
  };
  const { form, alsoAsk = [] } = await ROOM.prepare({ ...row.form, room: name }, asking);
  const request = await submit(work, setup, {
    kind: ROOM,
    form,
    requester: person,
    channel: row.channel,
    chat: 'private',
    alsoAsk,
    begun: row.queued_at,
    touched: person,
  });
  await settle(work, row, { state: 'booked', request_id: request.id });
  await record(work, 'room.wish-booked', `wish:${id}`, { after: { request: request.id } });
  return { request };
}

/** 再排一次, at the end of the line. */
export async function joinAgain(
  work: Work,
  setup: Setup,
  id: number,
  person: number,
): Promise<WishRow | undefined> {
  const row = await theirs(work, id, person);
  if (!row) return undefined;
  if (row.state === 'waiting' || row.state === 'offered') return row;
  const { person_id, channel, room_id: room, starts_at: from, ends_at: to, form } = row;
  return joinLine(work, setup, { person: person_id, channel, room, from, to, form });
}

/** By the clock: one hold that nobody answered passes to the next, one wish whose time has begun is over. False when there is none. */
export async function keepLine(work: Work, setup: Setup): Promise<boolean> {
  const row = await work.tx
    .selectFrom('room_wish')
    .selectAll()
    .where((each) =>
      each.or([
        each.and([each('state', '=', 'offered'), each('hold_until', '<=', work.now)]),
        each.and([each('state', '=', 'waiting'), each('starts_at', '<=', work.now)]),
      ]),
    )
    .orderBy('queued_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!row) return (await feedLine(work, setup)) > 0;
  await dropHold(work, { wish_id: row.id });
  const begun = !isBefore(work.now, row.starts_at);
  const wish = await settle(work, row, { state: begun ? 'over' : 'lapsed' });
  await record(work, begun ? 'room.wish-over' : 'room.wish-lapsed', `wish:${row.id}`);
  await oweWish(work, setup, wish);
  await feedLine(work, setup);
  return true;
}

/** What is held in rooms that close is let go; whoever it was held for stands in line as before. */
export async function offerAgain(
  work: Work,
  rooms: readonly number[],
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<void> {
  const rows = await work.tx
    .selectFrom('room_wish')
    .selectAll()
    .where('state', '=', 'offered')
    .where('offered_room', 'in', rooms)
    .where('starts_at', '<', to)
    .where('ends_at', '>', from)
    .forUpdate()
    .execute();
  for (const row of rows) {
    await dropHold(work, { wish_id: row.id });
    await settle(work, row, { state: 'waiting' });
    await record(work, 'room.wish-waits-again', `wish:${row.id}`, { before: { state: row.state } });
  }
}
