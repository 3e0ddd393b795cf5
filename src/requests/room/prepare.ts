import { z } from 'zod';
import { periodText } from '../../../cards/times.ts';
import { enumerated, type Words, words } from '../../../cards/words.ts';
import { matchName } from '../../language/names.ts';
import type { DraftOf } from '../fields.ts';
import type { Period } from '../spoken-times.ts';
import type { Asking, Gap, Offer, Prepared, StoredForm } from '../kind.ts';
import { alternatives, type Alternative, type OpenHours } from './alternatives.ts';
import { limitPassed } from './fair-use.ts';
import type { RoomFields } from './index.ts';
import { exceededText } from './limits.ts';
import {
  allRooms,
  broken,
  type Busy,
  busyTimes,
  canHave,
  firstFree,
  fits,
  isOpenFor,
  lacks,
  type Needs,
  type Room,
  suitable,
  takenBy,
} from './rooms.ts';

type Draft = DraftOf<RoomFields>;
type Outcome = Prepared<Draft>;

/** The room that was named, or the smallest free one that fits; what is wrong, and what is near. */
export async function prepareWhere(draft: Draft, asking: Asking): Promise<Outcome> {
  const rooms = await allRooms(asking.tx, asking.rules);
  const options = { room: rooms.map((each) => ({ value: each.name, label: roomLabel(each) })) };
  const timeGap = draft.when ? timeTrouble(draft.when, asking) : undefined;
  if (!draft.when || timeGap) {
    return { form: draft, options, gaps: timeGap ? [timeGap] : [], ...guesses(false) };
  }
  const timed = { ...draft, when: draft.when };
  const found =
    (await atOnce(timed, rooms, asking)) ??
    chooseRoom(timed, rooms, await busyThatDay(timed, asking), asking);
  const fair = await unfair([draft.when], asking);
  return { ...found, options, gaps: [...(found.gaps ?? []), ...fair] };
}

/** What the person may not book besides what they hold already; said before it is submitted. */
export async function unfair(
  periods: readonly Period[],
  { tx, rules, person, now, changes }: Asking,
): Promise<readonly Gap[]> {
  const passed = await limitPassed(tx, rules, { person, periods, now, changes });
  if (!passed) return [];
  const { why, next } = exceededText(passed);
  return [{ field: 'when', why: words(`${why.zh}。${next.zh}`, `${why.en}. ${next.en}`) }];
}

type Timed = Draft & { readonly when: Period };

/** The room that was wished for, or the best that suits, when it is free: nothing else of the day has to be looked at. */
async function atOnce(
  draft: Timed,
  rooms: readonly Room[],
  asking: Asking,
): Promise<Outcome | undefined> {
  const named = draft.room === undefined ? undefined : nameRoom(draft.room, rooms);
  if (draft.room !== undefined && !named) return undefined;
  const needs = needsOf(draft);
  const wished = named ? (fits(named, needs) ? [named] : []) : suitable(rooms, needs);
  const open = wished.filter((each) => isOpenFor(each, draft.when, zoneOf(asking)));
  const free = await firstFree(asking.tx, open, draft.when, asking.changes);
  return free && accepted({ ...draft, room: free.name }, free, !named);
}

const busyThatDay = ({ when }: Timed, asking: Asking): Promise<readonly Busy[]> =>
  busyTimes(asking.tx, asking.rules, wholeDay(when, asking), asking.changes);

function chooseRoom(
  draft: Timed,
  rooms: readonly Room[],
  busy: readonly Busy[],
  asking: Asking,
): Outcome {
  const needs = needsOf(draft);
  const named = draft.room === undefined ? undefined : nameRoom(draft.room, rooms);
  if (draft.room !== undefined && !named) {
    return offerRooms(draft, undefined, noSuchRoom(draft.room), rooms, busy, asking);
  }
  if (named) {
    const trouble = troubleWith(named, draft.when, needs, busy, asking);
    if (trouble) {
      const taken = takenBy(named.id, draft.when, busy);
      const mayQueue = taken !== undefined && isOpenFor(named, draft.when, zoneOf(asking));
      return {
        ...offerRooms(draft, named, trouble, rooms, busy, asking),
        // For what the office closed, or a room too small, nobody waits.
        mayQueue: mayQueue && taken.closed === undefined && !taken.refused && fits(named, needs),
      };
    }
    return accepted({ ...draft, room: named.name }, named, false);
  }
  const zone = zoneOf(asking);
  const suited = suitable(rooms, needs);
  const best = suited.find((each) => canHave(each, draft.when, busy, zone));
  if (best) return accepted({ ...draft, room: best.name }, best, true);
  return {
    ...offerRooms(draft, undefined, nothingFree(draft, needs, rooms), rooms, busy, asking),
    mayQueue: suited.some((each) => isOpenFor(each, draft.when, zone)),
  };
}

const zoneOf = ({ now }: Asking): string => now.timeZoneId;

function accepted(form: Draft, room: Room, suggested: boolean): Outcome {
  const notes = room.needs_approval
    ? [
        words(
          '这间会议室需要行政审批，审批期间为您保留',
          'This room needs approval; it is held for you meanwhile',
        ),
      ]
    : [];
  return {
    form,
    notes,
    ...guesses(suggested),
    ...(room.needs_approval ? { alsoAsk: ['office-manager'] } : {}),
  };
}

/** The room cannot be had: say why and offer what is nearest. The wish stays in the form: it is what the offers are near to. */
function offerRooms(
  draft: Draft,
  wished: Room | undefined,
  why: Words,
  rooms: readonly Room[],
  busy: readonly Busy[],
  asking: Asking,
): Outcome {
  const when = draft.when;
  const found = when
    ? alternatives({ period: when, needs: needsOf(draft), room: wished }, rooms, busy, {
        now: asking.now,
        open: openHours(asking),
      })
    : [];
  const gap: Gap = { field: 'room', why };
  return {
    form: draft,
    gaps: [gap],
    offers: found.map((each) => offer(each, asking)),
    ...guesses(false),
  };
}

function offer({ room, period }: Alternative, at: Asking): Offer<Draft> {
  const time = periodText(Temporal.Instant.from(period.from), Temporal.Instant.from(period.to), at);
  return {
    label: words(`${room.name} ${time.zh}`, `${room.name}, ${time.en}`),
    set: { room: room.name, when: { from: period.from, to: period.to } },
  };
}

export const noSuchRoom = (said: string): Words =>
  words(`没有叫「${said}」的会议室`, `There is no room called “${said}”`);

/** A name as people say it: exact, an alias, or a slip that is near to one room only. */
export function nameRoom(said: string, rooms: readonly Room[]): Room | undefined {
  const known = rooms.map((each) => ({
    id: String(each.id),
    name: each.name,
    aliases: each.aliases,
    hint: each.floor,
  }));
  const [best, second] = matchName(said, known);
  if (
    !best ||
    best.score < 0.5 ||
    (second && second.score === best.score && second.how !== 'exact' && best.how !== 'exact')
  )
    return undefined;
  return rooms.find((each) => String(each.id) === best.id);
}

export function troubleWith(
  room: Room,
  when: Period,
  needs: Needs,
  busy: readonly Busy[],
  at: Asking,
): Words | undefined {
  if (!isOpenFor(room, when, zoneOf(at))) {
    const hours = `${room.open?.from ?? ''}–${room.open?.to ?? ''}`;
    return words(`${room.name}只在 ${hours} 开放`, `${room.name} is open ${hours} only`);
  }
  const taken = takenBy(room.id, when, busy);
  if (taken?.refused) {
    return words(
      `飞书没有给${room.name}这个时段`,
      `Feishu did not give ${room.name} for that time`,
    );
  }
  if (taken?.closed !== undefined)
    return words(
      `${room.name}这段时间停用：${taken.closed}`,
      `${room.name} is closed then: ${taken.closed}`,
    );
  if (taken) return words(`${room.name}这个时段已被预订`, `${room.name} is taken at that time`);
  if (room.capacity < needs.people) {
    return words(
      `${room.name}只能坐 ${room.capacity} 人，您要 ${needs.people} 人`,
      `${room.name} seats ${room.capacity}, you need ${needs.people}`,
    );
  }
  return unequipped(room, needs);
}

/** What of the equipment that is needed a room lacks, or has but does not work. */
export function unequipped(room: Room, needs: Needs): Words | undefined {
  const [fails] = broken(room, needs);
  if (fails !== undefined)
    return words(`${room.name}的${fails}正在维修`, `${room.name}: ${fails} is being repaired`);
  const lacking = lacks(room, needs);
  if (lacking.length === 0) return undefined;
  const missing = enumerated(lacking);
  return words(`${room.name}没有${missing.zh}`, `${room.name} lacks: ${missing.en}`);
}

export function nothingFree(draft: Draft, needs: Needs, rooms: readonly Room[]): Words {
  if (rooms.length === 0) {
    return words('还没有录入会议室，请联系行政', 'No rooms are set up yet; please ask the office');
  }
  const largest = Math.max(...rooms.map((each) => each.capacity));
  if (needs.people > largest) {
    return words(`最大的会议室只能坐 ${largest} 人`, `The largest room seats ${largest}`);
  }
  if (suitable(rooms, needs).length === 0) {
    const asked = enumerated(draft.equipment ?? []);
    return words(
      `没有同时满足 ${needs.people} 人和${asked.zh}的会议室`,
      `No room has ${asked.en} for ${needs.people} people`,
    );
  }
  return words('这个时段没有合适的空闲会议室', 'No suitable room is free at that time');
}

export function timeTrouble(when: Period, { now, rules }: Asking): Gap | undefined {
  const from = Temporal.Instant.from(when.from);
  const to = Temporal.Instant.from(when.to);
  const say = (zh: string, en: string): Gap => ({ field: 'when', why: words(zh, en) });
  if (Temporal.Instant.compare(to, now.toInstant()) <= 0)
    return say('这个时间已经过去了', 'That time has passed');
  const ahead = from.since(now.toInstant()).total('days');
  if (ahead > rules.rooms.bookAheadDays) {
    return say(
      `最多提前 ${rules.rooms.bookAheadDays} 天预订`,
      `Rooms can be booked ${rules.rooms.bookAheadDays} days ahead at most`,
    );
  }
  const hours = from.until(to).total('hours');
  if (hours > rules.rooms.longestHours) {
    return say(
      `一次最长 ${rules.rooms.longestHours} 小时`,
      `At most ${rules.rooms.longestHours} hours at a time`,
    );
  }
  return undefined;
}

const needs = z.object({
  people: z.number().catch(1).default(1),
  equipment: z.array(z.string()).catch([]).default([]),
});

/** What a stored form asks of a room. */
export const needsIn = (form: StoredForm): Needs => needs.parse(form);

export const needsOf = (draft: Draft): Needs => ({
  people: draft.people ?? 1,
  equipment: draft.equipment ?? [],
});

/** The room we chose; it is chosen anew when the wish changes. */
const guesses = (room: boolean): { readonly guessed: readonly string[] } => ({
  guessed: room ? ['room'] : [],
});

/** The day around a period, so that other times of it can be looked at. */
export function wholeDay(when: Period, { now }: Pick<Asking, 'now'>): Period {
  const day = Temporal.Instant.from(when.from).toZonedDateTimeISO(now.timeZoneId).startOfDay();
  const end = Temporal.Instant.from(when.to).toZonedDateTimeISO(now.timeZoneId).startOfDay();
  return { from: day.toInstant().toString(), to: end.add({ days: 1 }).toInstant().toString() };
}

/** From the first opening to the last closing of the office's working hours. */
export function openHours({ rules }: Pick<Asking, 'rules'>): OpenHours {
  const spans = rules.workingHours.hours;
  return { from: spans[0]?.from ?? '09:00', to: spans.at(-1)?.to ?? '18:00' };
}

export const roomLabel = (room: Room): Words => {
  const things = enumerated(room.equipment);
  return words(
    `${room.name}（${room.floor}楼·${room.capacity}人${things.zh && `·${things.zh}`}）`,
    `${room.name} (floor ${room.floor}, ${room.capacity} seats${things.en && `, ${things.en}`})`,
  );
};
