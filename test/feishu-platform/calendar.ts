/** The bot's own calendar and the tenant's meeting rooms: what stands there, and what people do to it in their clients. */
import { newId } from './ids.ts';

/** ms since 1970, from before until. */
export type Span = { readonly from: number; readonly to: number };

export type Rsvp = 'accept' | 'decline' | 'needs_action' | 'removed';

export type Attendee = {
  readonly id: string;
  /** Exactly one of the two. */
  readonly person?: string;
  readonly room?: string;
  /** Who answers for the room. */
  readonly responsible?: string;
  readonly rsvp: Rsvp;
  /** When the room answers; undefined: it has, or never does. */
  readonly answersAt?: number;
};

export type Event = Span & {
  readonly id: string;
  readonly key: string | undefined;
  readonly summary: string;
  readonly description: string;
  /** All that was given besides, as it was given. */
  readonly more: object;
  readonly zone: string;
  readonly deleted: boolean;
  readonly attendees: readonly Attendee[];
};

/**
 * A meeting room of the tenant. `answersMs`: so long it takes to answer; null: it never does. `longestHours`: it declines what lasts
 * longer. `needsApproval`: it declines whatever an app asks for.
 */
export type Room = {
  readonly id: string;
  readonly name: string;
  readonly capacity: number;
  readonly enabled: boolean;
  readonly needsApproval: boolean;
  readonly longestHours: number;
  readonly answersMs: number | null;
  /** Taken by people directly. */
  readonly taken: readonly Span[];
};

export type Calendar = {
  readonly id: string;
  readonly events: () => readonly Event[];
  /** With what its rooms have answered by now. */
  readonly event: (id: string) => Event | undefined;
  readonly save: (event: Event) => Event;
  readonly rooms: () => readonly Room[];
  readonly room: (id: string) => Room | undefined;
  readonly busy: (room: string, span: Span) => readonly Span[];
  /** A room that was asked now; it answers later. */
  readonly asked: (room: Room) => Pick<Attendee, 'rsvp' | 'answersAt'>;
  readonly addRoom: (room: Partial<Omit<Room, 'id'>> & { readonly name: string }) => string;
  readonly changeRoom: (id: string, change: Partial<Omit<Room, 'id'>>) => void;
};

/** What people do in the calendar without us. Times in ms since 1970. */
export type CalendarActing = {
  readonly addRoom: Calendar['addRoom'];
  readonly changeRoom: Calendar['changeRoom'];
  /** Events that were not deleted, those of one person when told. */
  readonly events: (person?: string) => readonly Event[];
  readonly movesEvent: (id: string, to: Span) => void;
  readonly deletesEvent: (id: string) => void;
  /** Somebody says in their calendar that they do not come. */
  readonly declines: (id: string, person: string) => void;
  /** An administrator takes the room from an event. */
  readonly takesRoomFrom: (id: string) => void;
  /** A room that kept silent accepts after all. */
  readonly acceptsLate: (id: string) => void;
  /** Somebody books the room for themselves. */
  readonly takesRoom: (room: string, span: Span) => void;
};

/** `clock`: ms since 1970. */
export function createCalendar(clock: () => number): Calendar {
  const events = new Map<string, Event>();
  const rooms = new Map<string, Room>();
  const accepted = (room: string, except: string): readonly Span[] =>
    [...events.values()].filter(
      (event) =>
        event.id !== except &&
        !event.deleted &&
        event.attendees.some((each) => each.room === room && each.rsvp === 'accept'),
    );
  const answer = (event: Event, room: Room): Rsvp => {
    const hours = (event.to - event.from) / 3_600_000;
    const others = [...accepted(room.id, event.id), ...room.taken];
    const refused =
      room.needsApproval ||
      !room.enabled ||
      hours > room.longestHours ||
      others.some((other) => overlap(other, event));
    return refused ? 'decline' : 'accept';
  };
  const settle = (): void => {
    const due = [...events.values()].flatMap((event) =>
      event.attendees.flatMap(({ id, answersAt }) =>
        answersAt !== undefined && answersAt <= clock() ? [{ event: event.id, id, answersAt }] : [],
      ),
    );
    // Who asked first is answered first.
    for (const { event: eventId, id } of due.toSorted((a, b) => a.answersAt - b.answersAt)) {
      const event = events.get(eventId);
      if (!event) continue;
      const attendees = event.attendees.map((each): Attendee => {
        const room = each.id === id && each.room !== undefined ? rooms.get(each.room) : undefined;
        if (!room) return each;
        const { answersAt: _answered, ...rest } = each;
        return { ...rest, rsvp: answer(event, room) };
      });
      events.set(eventId, { ...event, attendees });
    }
  };
  return {
    id: `feishu.cn_${newId('').slice(0, 24)}@group.calendar.feishu.cn`,
    events() {
      settle();
      return [...events.values()];
    },
    event(id) {
      settle();
      return events.get(id);
    },
    save(event) {
      events.set(event.id, event);
      return event;
    },
    rooms: () => [...rooms.values()],
    room: (id) => rooms.get(id),
    busy: (room, span) => {
      settle();
      const all = [...accepted(room, ''), ...(rooms.get(room)?.taken ?? [])];
      return all.filter((each) => overlap(each, span));
    },
    asked: ({ answersMs }) => ({
      rsvp: 'needs_action',
      ...(answersMs !== null && { answersAt: clock() + answersMs }),
    }),
    addRoom(given) {
      const room: Room = {
        capacity: 10,
        enabled: true,
        needsApproval: false,
        longestHours: 24,
        answersMs: 2_000,
        taken: [],
        ...given,
        id: newId('omm_'),
      };
      rooms.set(room.id, room);
      return room.id;
    },
    changeRoom(id, change) {
      const room = rooms.get(id);
      if (!room) throw new Error(`there is no room ${id}`);
      rooms.set(id, { ...room, ...change });
    },
  };
}

const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** Another time: its rooms are asked anew. */
export const moved = (calendar: Calendar, event: Event, to: Span): Event => ({
  ...event,
  ...to,
  attendees: event.attendees.map((each) => {
    const room = each.room === undefined ? undefined : calendar.room(each.room);
    return room ? { ...each, ...calendar.asked(room) } : each;
  }),
});

/** People at the calendar. */
export function calendarActing(calendar: Calendar): CalendarActing {
  const standing = (id: string): Event => {
    const event = calendar.event(id);
    if (!event || event.deleted) throw new Error(`there is no event ${id}`);
    return event;
  };
  const answered = (id: string, whose: (each: Attendee) => boolean, rsvp: Rsvp): void => {
    const event = standing(id);
    const attendees = event.attendees.map((each) => (whose(each) ? { ...each, rsvp } : each));
    calendar.save({ ...event, attendees });
  };
  return {
    addRoom: calendar.addRoom,
    changeRoom: calendar.changeRoom,
    events: (person) =>
      calendar
        .events()
        .filter(
          ({ deleted, attendees }) =>
            !deleted && (person === undefined || attendees.some((each) => each.person === person)),
        ),
    movesEvent: (id, to) => void calendar.save(moved(calendar, standing(id), to)),
    deletesEvent: (id) => void calendar.save({ ...standing(id), deleted: true }),
    declines: (id, person) => answered(id, (each) => each.person === person, 'decline'),
    takesRoomFrom: (id) => answered(id, (each) => each.room !== undefined, 'removed'),
    acceptsLate: (id) => answered(id, (each) => each.room !== undefined, 'accept'),
    takesRoom(room, span) {
      const taken = calendar.room(room)?.taken ?? [];
      calendar.changeRoom(room, { taken: [...taken, span] });
    },
  };
}
