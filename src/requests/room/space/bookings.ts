/** The bookings of desks and booths: one a day, all of a request at once, or none. */
import { sql } from 'kysely';
import { Refusal } from '../../../../cards/refusal.ts';
import { dayText } from '../../../../cards/times.ts';
import { words } from '../../../../cards/words.ts';
import type { Work } from '../../../../db/work.ts';
import type { Rules } from '../../../settings/rules.ts';
import { usualSpace, type SpaceRules } from '../../../settings/space-rules.ts';
import { wallMinutes } from '../../../time/spans.ts';
import { gone, holdRoom, taken } from '../bookings.ts';
import type { SpaceDay } from './dates.ts';
import { allSpaces, isOpenTo, releasedOn, spaceNamed } from './register.ts';

/** What holds for a sort. */
export const rulesFor = (sort: string, { spaces }: Rules): SpaceRules =>
  (Object.hasOwn(spaces, sort) ? spaces[sort] : undefined) ?? usualSpace;

/** Whose, which one, on which days. */
type Wanted = {
  readonly request: number;
  readonly person: number;
  readonly room: string;
  readonly days: readonly SpaceDay[];
};

/**
 * Holds it on all its days. Throws the Refusals of rooms when it is taken, closed or gone, and `space.fixed` when it is somebody's who
 * needs it. Nothing is kept then.
 */
export async function holdSpace(
  work: Work,
  rules: Rules,
  { request, person, room, days }: Wanted,
  state: 'held' | 'booked',
): Promise<void> {
  if (days.length === 0) throw over();
  for (const { day, from, to } of days) {
    const period = { from: from.toString(), to: to.toString() };
    const holder = { request_id: request, day: Temporal.PlainDate.from(day) };
    await holdRoom(work, rules, holder, room, period, state);
  }
  // Asked when the rows of the room are held: its owner takes a day back only before or after.
  const space = spaceNamed(room, await allSpaces(work.tx, rules));
  if (!space) throw gone(room);
  const dates = days.map(({ day }) => day);
  const released = await releasedOn(work.tx, dates);
  const [fixed] = dates.filter((day) => !isOpenTo(space, person, [day], released));
  if (fixed !== undefined) throw owned(room, fixed);
  if (state === 'booked') await askToCheckIn(work, rules, request, space.sort);
}

const over = (): Refusal =>
  new Refusal(
    'space.over',
    words('这段时间已经过去了', 'That time has passed'),
    words('请换个时间', 'Please choose another time'),
  );

function owned(room: string, day: string): Refusal {
  const told = dayText(day);
  return new Refusal(
    'space.fixed',
    words(
      `${room}是同事的固定工位，${told.zh}没有让出`,
      `${room} is somebody’s desk and not free on ${told.en}`,
    ),
    words('请选别的', 'Please choose another'),
  );
}

/** Where its sort asks for check-in: for what begins later than check-in opens. Who comes at once is there. */
export async function askToCheckIn(
  work: Work,
  rules: Rules,
  request: number,
  sort: string,
): Promise<void> {
  const { checkIn } = rulesFor(sort, rules);
  if (checkIn === null) return;
  const opens = wallMinutes(checkIn.from);
  await work.tx
    .updateTable('booking')
    .set({
      check_in_at: sql`starts_at - ${opens} * interval '1 minute'`,
      release_at: sql`starts_at + ${wallMinutes(checkIn.releaseAfter)} * interval '1 minute'`,
    })
    .where('request_id', '=', request)
    .where('state', '=', 'booked')
    .where('starts_at', '>', work.now.add({ minutes: opens }))
    .execute();
}

/** Gives back all that is not over. */
export async function releaseSpace(work: Work, request: number): Promise<void> {
  await work.tx
    .updateTable('booking')
    .set({ state: 'released', check_in_at: null, release_at: null })
    .where('request_id', '=', request)
    .where('state', 'in', ['held', 'booked'])
    .where('ends_at', '>', work.now)
    .execute();
}

/** Booked again after all; throws `room.taken` when somebody has it by now. */
export async function retakeSpace(
  work: Work,
  rules: Rules,
  wanted: Wanted,
  state: 'held' | 'booked',
): Promise<void> {
  if (wanted.days.length === 0) throw taken();
  await holdSpace(work, rules, wanted, state);
}
