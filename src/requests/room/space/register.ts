/** Whose the fixed desks are, on which days others may have them, and which space a name means. */
import type { Tx } from '../../../../db/database.ts';
import type { Work } from '../../../../db/work.ts';
import { record } from '../../../audit/record.ts';
import { fold } from '../../../language/fold.ts';
import type { Rules } from '../../../settings/rules.ts';
import { MEETING_ROOM } from '../../../settings/space-rules.ts';
import { type Space, spacesOf } from '../rooms.ts';

/** Everything that is booked and is no meeting room, smallest first. */
export const allSpaces = async (tx: Tx, rules: Rules): Promise<readonly Space[]> =>
  (await spacesOf(tx, rules, null)).filter(({ sort }) => sort !== MEETING_ROOM);

const plain = (text: string): string => fold(text).toLowerCase().replaceAll(/\s/gu, '');

/** A name or other name as it stands on the label: A12 is no slip of A13. */
export function spaceNamed<S extends Pick<Space, 'name' | 'aliases'>>(
  said: string,
  spaces: readonly S[],
): S | undefined {
  const wanted = plain(said);
  return spaces.find(({ name, aliases }) =>
    [name, ...aliases].some((each) => plain(each) === wanted),
  );
}

/** Which of these days each fixed desk is given to others. */
export async function releasedOn(
  tx: Tx,
  days: readonly string[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const released = new Map<number, Set<string>>();
  if (days.length === 0) return released;
  const rows = await tx
    .selectFrom('space_release')
    .select(['room_id', 'day'])
    .where(
      'day',
      'in',
      days.map((day) => Temporal.PlainDate.from(day)),
    )
    .execute();
  for (const { room_id: room, day } of rows)
    released.set(room, (released.get(room) ?? new Set()).add(day.toString()));
  return released;
}

/** Whether a person may have it on those days: it is nobody's, their own, or its owner does not need it. */
export const isOpenTo = (
  { id, holder }: Pick<Space, 'id' | 'holder'>,
  person: number,
  days: readonly string[],
  released: ReadonlyMap<number, ReadonlySet<string>>,
): boolean =>
  holder === null || holder === person || days.every((day) => released.get(id)?.has(day) === true);

/** The fixed desks of a person. */
export const fixedOf = async (tx: Tx, rules: Rules, person: number): Promise<readonly Space[]> =>
  (await allSpaces(tx, rules)).filter(({ holder }) => holder === person);

/** On these days others may have the owner's desk. */
export async function release(work: Work, room: number, days: readonly string[]): Promise<void> {
  for (const day of days)
    await work.tx
      .insertInto('space_release')
      .values({ room_id: room, day: Temporal.PlainDate.from(day), at: work.now })
      .onConflict((at) => at.doNothing())
      .execute();
  await record(work, 'space.released', `room:${room}`, { after: { days } });
}

/** The owner needs it after all; the days on which somebody has booked it stay given away, and come back. */
export async function takeBack(
  work: Work,
  room: number,
  days: readonly {
    readonly day: string;
    readonly from: Temporal.Instant;
    readonly to: Temporal.Instant;
  }[],
): Promise<readonly string[]> {
  // Whoever books it now holds the row for share: either they see this, or this sees them.
  await work.tx.selectFrom('room').select('id').where('id', '=', room).forUpdate().execute();
  const taken: string[] = [];
  for (const { day, from, to } of days) {
    const booked = await work.tx
      .selectFrom('booking')
      .select('id')
      .where('room_id', '=', room)
      .where('state', 'in', ['held', 'booked'])
      .where('starts_at', '<', to)
      .where('ends_at', '>', from)
      .executeTakeFirst();
    if (booked) taken.push(day);
    else
      await work.tx
        .deleteFrom('space_release')
        .where('room_id', '=', room)
        .where('day', '=', Temporal.PlainDate.from(day))
        .execute();
  }
  await record(work, 'space.taken-back', `room:${room}`, {
    after: { days: days.map(({ day }) => day), taken },
  });
  return taken;
}

/** The spaces of a sort that a person may have on a day: no colleague's desk that is not given away. */
export async function openSpaces(
  tx: Tx,
  rules: Rules,
  { sort, person, day }: { readonly sort: string; readonly person: number; readonly day: string },
): Promise<readonly Space[]> {
  const released = await releasedOn(tx, [day]);
  return (await spacesOf(tx, rules, sort)).filter((each) =>
    isOpenTo(each, person, [day], released),
  );
}
