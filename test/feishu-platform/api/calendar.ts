/** /open-apis/calendar/v4 of the bot's own calendar: events, who takes part, free and busy. */
import type { Attendee, Calendar, Event, Span } from '../calendar.ts';
import { moved } from '../calendar.ts';
import type { Company } from '../company.ts';
import { Denial } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked, Route } from '../gateway.ts';
import { newId } from '../ids.ts';
import { isObject, listAt, textAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import {
  mayDeleteEvents,
  mayMakeEvents,
  mayReadEvents,
  mayChangeEvents,
  maySeeBusy,
} from '../scopes.ts';
import { page, queryOne } from './asking.ts';

export type CalendarParts = {
  readonly calendar: Calendar;
  readonly company: Company;
  /** Only an app with a bot has a calendar of its own. */
  readonly hasBot: () => boolean;
};

/** What the calendar APIs say of a parameter they do not like. */
const invalid = (what: string): Denial =>
  new Denial(190002, `invalid parameters in request: ${what}`);

const EVENTS = '/open-apis/calendar/v4/calendars/:calendar_id/events';

export function calendarRoutes(parts: CalendarParts): readonly Route[] {
  const { calendar } = parts;
  const here =
    (answer: (asked: Asked) => Answer) =>
    (asked: Asked): Answer => {
      if (!parts.hasBot()) throw new Denial(190007, 'app has no bot ability', { http: 404 });
      const id = asked.params['calendar_id'];
      if (id !== undefined && id !== calendar.id)
        throw new Denial(191000, 'calendar not found', { http: 404 });
      return answer(asked);
    };
  return [
    {
      method: 'POST',
      path: '/open-apis/calendar/v4/calendars/primary',
      needs: mayReadEvents,
      answer: here(() => {
        const told = { calendar_id: calendar.id, summary: '办事', type: 'primary', role: 'owner' };
        return success({ calendars: [{ calendar: told, user_id: '' }] });
      }),
    },
    {
      method: 'POST',
      path: EVENTS,
      needs: mayMakeEvents,
      answer: here((asked) => create(parts, asked)),
    },
    {
      method: 'GET',
      path: EVENTS,
      needs: mayReadEvents,
      answer: here((asked) => list(parts, asked)),
    },
    {
      method: 'GET',
      path: `${EVENTS}/instance_view`,
      needs: mayReadEvents,
      answer: here((asked) => instances(parts, asked)),
    },
    {
      method: 'GET',
      path: `${EVENTS}/:event_id`,
      needs: mayReadEvents,
      answer: here((asked) => {
        const event = eventAsked(parts, asked);
        const attendees = queryOne(asked, 'need_attendee') === 'true';
        return success({ event: shown(parts, event, attendees) });
      }),
    },
    {
      method: 'PATCH',
      path: `${EVENTS}/:event_id`,
      needs: mayChangeEvents,
      answer: here((asked) => change(parts, asked)),
    },
    {
      method: 'DELETE',
      path: `${EVENTS}/:event_id`,
      needs: mayDeleteEvents,
      answer: here((asked) => {
        const notify = queryOne(asked, 'need_notification');
        if (notify !== undefined && notify !== 'true' && notify !== 'false')
          throw invalid('need_notification');
        calendar.save({ ...eventAsked(parts, asked), deleted: true });
        return success({});
      }),
    },
    {
      method: 'GET',
      path: `${EVENTS}/:event_id/attendees`,
      needs: mayReadEvents,
      answer: here((asked) => {
        const event = eventAsked(parts, asked);
        const rule = {
          usual: 20,
          most: 100,
          badSize: () => invalid('page_size'),
          badToken: () => invalid('page_token'),
        };
        if (Number(queryOne(asked, 'page_size') ?? 10) < 10) throw invalid('page_size');
        const { items, more } = page(asked, event.attendees, rule);
        return success({ items: items.map((each) => shownAttendee(parts, each)), ...more });
      }),
    },
    {
      method: 'POST',
      path: `${EVENTS}/:event_id/attendees`,
      needs: mayChangeEvents,
      answer: here((asked) => invite(parts, asked)),
    },
    {
      method: 'POST',
      path: `${EVENTS}/:event_id/attendees/batch_delete`,
      needs: mayChangeEvents,
      answer: here((asked) => uninvite(parts, asked)),
    },
    {
      method: 'POST',
      path: '/open-apis/calendar/v4/freebusy/list',
      needs: maySeeBusy,
      answer: (asked) => freeBusy(parts, asked),
    },
  ];
}

/** What may stand in the body of an event; who takes part is no part of it. */
const KNOWN = new Set([
  'summary',
  'description',
  'need_notification',
  'start_time',
  'end_time',
  'vchat',
  'visibility',
  'attendee_ability',
  'free_busy_status',
  'location',
  'color',
  'reminders',
  'recurrence',
]);

function create(parts: CalendarParts, asked: Asked): Answer {
  const { calendar } = parts;
  const key = queryOne(asked, 'idempotency_key');
  if (key !== undefined && (key.length < 32 || key.length > 128)) throw invalid('idempotency_key');
  const body = bodyOf(asked);
  const known = calendar.events().find((event) => key !== undefined && event.key === key);
  // The documents do not say what a repeat is answered: not with the event.
  if (known) return success({});
  const start = timeIn(body, 'start_time');
  const end = timeIn(body, 'end_time');
  if (!start || !end) throw invalid('start_time and end_time are required');
  const event = calendar.save({
    id: `${newId('').slice(0, 8)}-${newId('').slice(0, 12)}_0`,
    key,
    deleted: false,
    attendees: [],
    ...checked(body),
    from: start.ms,
    to: end.ms,
    zone: start.zone,
  });
  if (event.to < event.from) throw invalid('end_time before start_time');
  return success({ event: shown(parts, event, false) });
}

function change(parts: CalendarParts, asked: Asked): Answer {
  const { calendar } = parts;
  const event = eventAsked(parts, asked);
  const body = bodyOf(asked);
  const start = timeIn(body, 'start_time');
  const end = timeIn(body, 'end_time');
  if ((start === undefined) !== (end === undefined)) throw invalid('both times, or none');
  const { summary, description, more } = checked(body);
  const next: Event = {
    ...event,
    ...('summary' in body && { summary }),
    ...('description' in body && { description }),
    more: { ...event.more, ...more },
  };
  const retimed = start && end ? moved(calendar, next, { from: start.ms, to: end.ms }) : next;
  if (retimed.to < retimed.from) throw invalid('end_time before start_time');
  return success({ event: shown(parts, calendar.save(retimed), false) });
}

function bodyOf({ body }: Asked): JsonObject {
  if (!isObject(body)) throw invalid('body');
  return body;
}

function checked(body: JsonObject): Pick<Event, 'summary' | 'description' | 'more'> {
  const strange = Object.keys(body).find((name) => !KNOWN.has(name));
  if (strange !== undefined) throw invalid(strange);
  const notify = body['need_notification'];
  if (notify !== undefined && typeof notify !== 'boolean') throw invalid('need_notification');
  const summary = textAt(body, 'summary') ?? '';
  const description = textAt(body, 'description') ?? '';
  if (summary.length > 1_000) throw invalid('summary');
  if (description.length > 40_960) throw invalid('description');
  const ability = body['attendee_ability'];
  if (ability !== undefined && !ABILITIES.some((each) => each === ability))
    throw invalid('attendee_ability');
  checkMeeting(body['vchat']);
  const { summary: _s, description: _d, start_time: _from, end_time: _to, ...more } = body;
  return { summary, description, more };
}

const ABILITIES = ['none', 'can_see_others', 'can_invite_others', 'can_modify_event'];

/** With a bot as organiser nobody may be named as host, and attendees must be allowed to begin. */
function checkMeeting(vchat: unknown): void {
  if (vchat === undefined) return;
  const type = textAt(vchat, 'vc_type');
  if (type === undefined || !['vc', 'third_party', 'no_meeting'].includes(type))
    throw invalid('vchat.vc_type');
  const settings = isObject(vchat) ? vchat['meeting_settings'] : undefined;
  if (settings === undefined) return;
  const allowed = isObject(settings) && settings['allow_attendees_start'] === true;
  if (!allowed || listAt(settings, 'assign_hosts').length > 0)
    throw new Denial(193101, 'meeting settings are not allowed for the organizer');
}

/** A moment of an event: seconds as a text, and a zone of IANA. Days without an hour are not served. */
function timeIn(
  body: JsonObject,
  name: string,
): { readonly ms: number; readonly zone: string } | undefined {
  const given = body[name];
  if (given === undefined) return undefined;
  const stamp = textAt(given, 'timestamp');
  if (stamp === undefined || !/^\d{10}$/.test(stamp)) throw invalid(`${name}.timestamp`);
  const zone = textAt(given, 'timezone') ?? '';
  if (!Intl.supportedValuesOf('timeZone').includes(zone) && zone !== 'UTC')
    throw invalid(`${name}.timezone`);
  return { ms: Number(stamp) * 1_000, zone };
}

function eventAsked({ calendar }: CalendarParts, asked: Asked): Event {
  const event = calendar.event(asked.params['event_id'] ?? '');
  if (!event) throw new Denial(193001, 'event not found', { http: 404 });
  if (event.deleted) throw new Denial(193003, 'event is deleted', { http: 403 });
  return event;
}

const told = (ms: number, zone: string) => ({
  timestamp: String(Math.floor(ms / 1_000)),
  timezone: zone,
});

function shown(parts: CalendarParts, event: Event, attendees: boolean): object {
  return {
    event_id: event.id,
    organizer_calendar_id: parts.calendar.id,
    summary: event.summary,
    description: event.description,
    start_time: told(event.from, event.zone),
    end_time: told(event.to, event.zone),
    status: event.deleted ? 'cancelled' : 'confirmed',
    app_link: `https://applink.feishu.cn/client/calendar/event/detail?key=${event.id}`,
    event_organizer: { display_name: '办事' },
    ...event.more,
    ...(attendees && { attendees: event.attendees.map((each) => shownAttendee(parts, each)) }),
  };
}

function shownAttendee({ company, calendar }: CalendarParts, each: Attendee): object {
  const name =
    each.person === undefined
      ? calendar.room(each.room ?? '')?.name
      : company.people.get(each.person)?.name;
  return {
    type: each.person === undefined ? 'resource' : 'user',
    attendee_id: each.id,
    rsvp_status: each.rsvp,
    is_optional: false,
    is_organizer: false,
    display_name: name ?? '',
    ...(each.person !== undefined && { user_id: each.person }),
    ...(each.room !== undefined && { room_id: each.room, operate_id: each.responsible }),
  };
}

/** Events that touch the span, with those deleted as cancelled. */
function list(parts: CalendarParts, asked: Asked): Answer {
  const size = Number(queryOne(asked, 'page_size') ?? 500);
  if (!Number.isInteger(size) || size < 50 || size > 1_000) throw invalid('page_size');
  const span = spanAsked(asked);
  const items = parts.calendar.events().filter((event) => touches(event, span));
  return success({
    has_more: false,
    sync_token: newId('ListCalendarsSyncToken_'),
    items: items.slice(0, size).map((event) => shown(parts, event, false)),
  });
}

/** Less than 40 days; events that were deleted are not in it. */
function instances(parts: CalendarParts, asked: Asked): Answer {
  const span = spanAsked(asked);
  if (span.to - span.from >= 40 * 86_400_000)
    throw new Denial(193103, 'the time range is too large');
  const items = parts.calendar.events().filter((event) => !event.deleted && touches(event, span));
  return success({ items: items.map((event) => shown(parts, event, true)) });
}

const touches = (event: Span, span: Span): boolean => event.from < span.to && span.from < event.to;

function spanAsked(asked: Asked): Span {
  const [from, to] = ['start_time', 'end_time'].map((name) => {
    const given = queryOne(asked, name);
    if (given === undefined || !/^\d{10}$/.test(given)) throw invalid(name);
    return Number(given) * 1_000;
  });
  return { from: from ?? 0, to: to ?? 0 };
}

/** Most in one call, rooms among them, and in one event. */
const MOST = { call: 1_000, rooms: 100, event: 3_000 };

function invite(parts: CalendarParts, asked: Asked): Answer {
  const { calendar } = parts;
  const event = eventAsked(parts, asked);
  const given = listAt(bodyOf(asked), 'attendees');
  const rooms = given.filter((each) => textAt(each, 'type') === 'resource');
  if (given.length === 0 || given.length > MOST.call || rooms.length > MOST.rooms)
    throw invalid('attendees');
  if (queryOne(asked, 'user_id_type') !== 'open_id') throw invalid('user_id_type');
  const wanted = given.map((each) => attendeeIn(parts, each));
  const added = wanted.filter(
    ({ person, room }) =>
      !event.attendees.some((each) => each.person === person && each.room === room),
  );
  const attendees = [...event.attendees, ...added];
  if (attendees.length > MOST.event) throw new Denial(194003, 'too many attendees');
  calendar.save({ ...event, attendees });
  return success({ attendees: added.map((each) => shownAttendee(parts, each)) });
}

function attendeeIn({ calendar, company }: CalendarParts, given: unknown): Attendee {
  const id = newId('attendee_').slice(0, 24);
  if (textAt(given, 'type') === 'user') {
    const person = company.people.get(textAt(given, 'user_id') ?? '');
    if (!person) throw new Denial(194002, 'attendee is not found');
    if (person.resigned) throw new Denial(195100, 'user is dismissed', { http: 404 });
    return { id, person: person.openId, rsvp: 'needs_action' };
  }
  if (textAt(given, 'type') !== 'resource') throw invalid('attendees.type');
  const room = calendar.room(textAt(given, 'room_id') ?? '');
  if (!room) throw new Denial(194002, 'attendee is not found');
  // With a tenant token somebody has to answer for the room.
  const responsible = company.people.get(textAt(given, 'operate_id') ?? '');
  if (!responsible || responsible.resigned) throw invalid('operate_id');
  return { id, room: room.id, responsible: responsible.openId, ...calendar.asked(room) };
}

function uninvite(parts: CalendarParts, asked: Asked): Answer {
  const event = eventAsked(parts, asked);
  const ids = listAt(bodyOf(asked), 'attendee_ids');
  if (ids.length === 0 || ids.length > 500) throw invalid('attendee_ids');
  if (ids.some((id) => !event.attendees.some((each) => each.id === id)))
    throw new Denial(194002, 'attendee is not found');
  const attendees = event.attendees.filter((each) => !ids.includes(each.id));
  parts.calendar.save({ ...event, attendees });
  return success({});
}

function freeBusy({ calendar }: CalendarParts, asked: Asked): Answer {
  const body = bodyOf(asked);
  const room = calendar.room(textAt(body, 'room_id') ?? '');
  if (!room) throw new Denial(198003, 'room not found');
  const [from, to] = ['time_min', 'time_max'].map((name) => {
    const given = textAt(body, name) ?? '';
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(given))
      throw new Denial(198001, `invalid ${name}`);
    return Date.parse(given);
  });
  const busy = calendar.busy(room.id, { from: from ?? 0, to: to ?? 0 });
  const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
  return success({
    freebusy_list: busy.map((each) => ({ start_time: iso(each.from), end_time: iso(each.to) })),
  });
}
