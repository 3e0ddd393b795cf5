import type { Card } from '../../../cards/card.ts';
import { freeRoomsCard } from '../../../cards/free-rooms.ts';
import { periodText } from '../../../cards/times.ts';
import type { Reading, Slots } from '../../language/meaning.ts';
import { type Period, periodOf } from '../spoken-times.ts';
import type { Asking } from '../kind.ts';
import { type DayAsked, drawRoomDay } from './day.ts';
import { allRooms, busyTimes, canHave, suitable } from './rooms.ts';

/** 「今天哪些会议室有空」: for an hour that was named the rooms free then, otherwise the day of every room at a glance. */
export async function freeRooms({ slots }: Reading, asking: Asking): Promise<Card> {
  const asked = periodOf(slots, asking.now);
  if (asked && !asked.guessed) return freeThen(asked, peopleIn(slots), asking);
  const from = asked ? Temporal.Instant.from(asked.from) : asking.now.toInstant();
  const date = from.toZonedDateTimeISO(asking.now.timeZoneId).toPlainDate();
  return drawRoomDay({ date, first: 0, ...(await narrowed(slots, asking)) }, asking);
}

async function freeThen(period: Period, people: number, asking: Asking): Promise<Card> {
  const { tx, rules, now } = asking;
  const busy = await busyTimes(tx, rules, period);
  const rooms = suitable(await allRooms(tx, rules), { people, equipment: [] });
  return freeRoomsCard({
    when: periodText(Temporal.Instant.from(period.from), Temporal.Instant.from(period.to), asking),
    rooms: rooms.filter((room) => canHave(room, period, busy, now.timeZoneId)),
  });
}

const peopleIn = (slots: Slots): number =>
  typeof slots['people'] === 'number' ? slots['people'] : 1;

/** The one room that is named, else those of a floor, large enough for so many. */
async function narrowed(
  slots: Slots,
  { tx, rules }: Asking,
): Promise<Pick<DayAsked, 'room' | 'floor' | 'people'>> {
  const { room, floor } = slots;
  const named =
    typeof room === 'string'
      ? (await allRooms(tx, rules)).find(
          ({ name, aliases }) => name === room || aliases.includes(room),
        )
      : undefined;
  if (named) return { room: named.id };
  const people = peopleIn(slots);
  return {
    ...(typeof floor === 'string' || typeof floor === 'number' ? { floor: String(floor) } : {}),
    ...(people > 1 ? { people } : {}),
  };
}
