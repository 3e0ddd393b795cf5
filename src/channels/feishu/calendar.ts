/**
 * Events in the bot's own calendar. One step a call, so that what took effect is written down before the next: make it, ask the room, wait
 * for its answer, invite, change. Nobody is notified by the calendar: our own notices tell them.
 */
import { z } from 'zod';
import type { Keeper, Kept } from '../channel.ts';
import {
  readStanding,
  readWanted,
  type SeenEvent,
  type StandingEvent,
  type StandingRoom,
  type WantedEvent,
} from '../event.ts';
import type { FeishuClient } from './client.ts';
import { CallFault, isEventGone, isNotInvited, sorted } from './faults.ts';

export type CalendarOptions = {
  readonly client: FeishuClient;
  readonly now: () => Temporal.Instant;
};

/** What the calendar of the bot can do. */
export type BotCalendar = {
  readonly keeper: Keeper;
  readonly see: (
    ids: readonly string[],
    from: Temporal.Instant,
    to: Temporal.Instant,
  ) => Promise<readonly SeenEvent[]>;
};

export function createCalendar({ client, now }: CalendarOptions): BotCalendar {
  const calendar = ownCalendar(client);
  const steps: Steps = { client, now, calendar };
  return {
    keeper: {
      async keep({ key, wanted, known, tried }) {
        const event = wanted === null ? null : readWanted(wanted);
        try {
          if (known.id === null) {
            const found = tried === null ? undefined : await find(steps, readWanted(tried));
            if (found) return found;
            return event ? await create(steps, event, key) : GONE;
          }
          const standing = readStanding(known.facts);
          if (!event) return await remove(steps, known.id);
          if (!standing) throw new Error(`event ${known.id} is not as we noted it`);
          return await adjust(steps, known.id, event, standing, tried !== null);
        } catch (error) {
          throw sorted(error, 'send');
        }
      },
    },
    async see(ids, from, to) {
      try {
        return await see(steps, ids, from, to);
      } catch (error) {
        throw sorted(error, 'look');
      }
    },
  };
}

const GONE: Kept = { id: null, facts: null };

type Steps = {
  readonly client: FeishuClient;
  readonly now: () => Temporal.Instant;
  /** The id of the bot's calendar. */
  readonly calendar: () => Promise<string>;
};

/** The bot's calendar is the same for good: asked for once. */
function ownCalendar(client: FeishuClient): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    if (known !== undefined) return known;
    const { data } = await client.call((sdk) => sdk.calendar.v4.calendar.primary());
    const id = data?.calendars?.[0]?.calendar?.calendar_id ?? '';
    known = pathPart(id, 'calendars/primary');
    return known;
  };
}

/** Ids go into paths unencoded; those of calendars look like mail addresses. */
function pathPart(id: string, route: string): string {
  if (/^[A-Za-z0-9_.@-]{1,200}$/.test(id) && !id.includes('..')) return id;
  throw new CallFault({ reached: 'answered', code: 'malformed-id', route, status: 400 });
}

const pathOf = async ({ calendar }: Steps, id: string) => ({
  calendar_id: await calendar(),
  event_id: pathPart(id, 'events'),
});

const seconds = (iso: string): string =>
  String(Math.floor(Temporal.Instant.from(iso).epochMilliseconds / 1_000));

const instantOf = (stamp: string | undefined): string =>
  Temporal.Instant.fromEpochMilliseconds(Number(stamp ?? Number.NaN) * 1_000).toString();

/** The parts of an event as they are written, by name. */
const parts = {
  summary: ({ title }: WantedEvent) => title.slice(0, 1_000),
  description: ({ description, mark }: WantedEvent) =>
    `${description.slice(0, 40_000)}\n${mark}`.trim(),
  start_time: ({ from, zone }: WantedEvent) => ({ timestamp: seconds(from), timezone: zone }),
  end_time: ({ to, zone }: WantedEvent) => ({ timestamp: seconds(to), timezone: zone }),
  location: ({ place }: WantedEvent) => ({ name: place }),
  vchat: ({ video }: WantedEvent) =>
    video
      ? { vc_type: 'vc' as const, meeting_settings: { allow_attendees_start: true } }
      : { vc_type: 'no_meeting' as const },
};

const contentOf = (event: WantedEvent): StandingEvent['written'] => {
  const { people: _people, room: _room, ...content } = event;
  return content;
};

async function create(steps: Steps, event: WantedEvent, key: string): Promise<Kept> {
  const data = {
    summary: parts.summary(event),
    description: parts.description(event),
    start_time: parts.start_time(event),
    end_time: parts.end_time(event),
    location: parts.location(event),
    vchat: parts.vchat(event),
    need_notification: false,
    attendee_ability: 'can_see_others' as const,
    visibility: 'default' as const,
    free_busy_status: 'busy' as const,
    reminders: [{ minutes: 15 }],
  };
  const path = { calendar_id: await steps.calendar() };
  const params = { idempotency_key: key, user_id_type: 'open_id' as const };
  const answer = await steps.client.call((sdk) =>
    sdk.calendar.v4.calendarEvent.create({ path, params, data }),
  );
  const made = answer.data?.event;
  if (made?.event_id !== undefined) return begun(path.calendar_id, made.event_id, event, made);
  // A repeat of the key is answered without the event: it is there.
  const found = await find(steps, event);
  if (found) return found;
  throw new CallFault({ reached: 'unclear', code: 'event-unknown', route: 'events' });
}

const begun = (
  calendar: string,
  id: string,
  event: WantedEvent,
  { app_link }: { readonly app_link?: string | undefined },
  people: StandingEvent['people'] = {},
): Kept => {
  const facts: StandingEvent = {
    calendar,
    written: contentOf(event),
    people,
    room: null,
    link: app_link ?? null,
    drift: null,
    declined: [],
  };
  return { id, facts, unfinished: true };
};

/** The event that a try made without our knowing, by its mark; undefined: there is none. */
async function find(steps: Steps, event: WantedEvent): Promise<Kept | undefined> {
  const path = { calendar_id: await steps.calendar() };
  const params = { start_time: seconds(event.from), end_time: seconds(event.to), page_size: 1_000 };
  const { data } = await steps.client.call((sdk) =>
    sdk.calendar.v4.calendarEvent.list({ path, params }),
  );
  const found = data?.items?.find(
    ({ status, description }) =>
      status !== 'cancelled' && description?.split('\n').includes(event.mark) === true,
  );
  return found && begun(path.calendar_id, found.event_id, event, found);
}

/** Deleted; that it was deleted before is as good. */
async function remove(steps: Steps, id: string): Promise<Kept> {
  const path = await pathOf(steps, id);
  try {
    await steps.client.call((sdk) =>
      sdk.calendar.v4.calendarEvent.delete({ path, params: { need_notification: 'false' } }),
    );
  } catch (error) {
    if (!isEventGone(error)) throw error;
  }
  return GONE;
}

/** The next step that brings a standing event in line, or how it stands when none is left. `doubt`: the last step may have taken effect. */
async function adjust(
  steps: Steps,
  id: string,
  event: WantedEvent,
  noted: StandingEvent,
  doubt: boolean,
): Promise<Kept> {
  // Somebody deleted it: its host decides.
  if (noted.drift && 'deleted' in noted.drift) return { id, facts: noted };
  try {
    const standing = doubt ? await recounted(steps, id, noted) : noted;
    const differing = differences(event, standing.written);
    if (differing.length > 0) return await rewrite(steps, id, event, standing, differing);
    if (standing.room && standing.room.id !== event.room?.id)
      return await leaveRoom(steps, id, standing, standing.room);
    if (event.room && !standing.room) return await askRoom(steps, id, event.room, standing);
    if (standing.room?.answer === 'asked')
      return await hearRoom(steps, id, event, standing, standing.room);
    const waits = standing.room?.answer === 'refused';
    const next = waits ? undefined : await settlePeople(steps, id, event, standing);
    return next ?? { id, facts: standing };
  } catch (error) {
    if (!isEventGone(error)) throw error;
    return { id, facts: { ...noted, drift: { deleted: true } } satisfies StandingEvent };
  }
}

type Part = keyof StandingEvent['written'];

const differences = (event: WantedEvent, written: StandingEvent['written']): readonly Part[] =>
  (['title', 'description', 'mark', 'from', 'to', 'zone', 'place', 'video'] as const).filter(
    (part) => event[part] !== written[part],
  );

/** Only what is to be another is written: what somebody changed in the calendar besides stays. */
async function rewrite(
  steps: Steps,
  id: string,
  event: WantedEvent,
  standing: StandingEvent,
  differing: readonly Part[],
): Promise<Kept> {
  const is = (...some: readonly Part[]): boolean => some.some((part) => differing.includes(part));
  const retimed = is('from', 'to', 'zone');
  const data = {
    need_notification: false,
    ...(is('title') && { summary: parts.summary(event) }),
    ...(is('description', 'mark') && { description: parts.description(event) }),
    ...(retimed && { start_time: parts.start_time(event), end_time: parts.end_time(event) }),
    ...(is('place') && { location: parts.location(event) }),
    ...(is('video') && { vchat: parts.vchat(event) }),
  };
  const path = await pathOf(steps, id);
  const params = { user_id_type: 'open_id' as const };
  await steps.client.call((sdk) => sdk.calendar.v4.calendarEvent.patch({ path, params, data }));
  const { room, drift } = standing;
  const facts: StandingEvent = {
    ...standing,
    written: contentOf(event),
    // Another time: the room has to answer anew.
    room: room && retimed ? askedNow(steps, room.id, room.attendee) : room,
    drift: retimed ? null : drift,
  };
  return { id, facts, unfinished: true };
}

const askedNow = ({ now }: Steps, id: string, attendee: string): StandingRoom => ({
  id,
  attendee,
  answer: 'asked',
  why: null,
  since: now().toString(),
  looks: 0,
});

async function askRoom(
  steps: Steps,
  id: string,
  { id: room_id, responsible }: NonNullable<WantedEvent['room']>,
  standing: StandingEvent,
): Promise<Kept> {
  const resource = { type: 'resource' as const, room_id, operate_id: responsible };
  const [added] = await invite(steps, id, [resource]);
  const room = askedNow(steps, room_id, added?.attendee_id ?? '');
  return { id, facts: { ...standing, room } satisfies StandingEvent, lookAgainMs: 1_000 };
}

async function leaveRoom(
  steps: Steps,
  id: string,
  standing: StandingEvent,
  room: StandingRoom,
): Promise<Kept> {
  await uninvite(steps, id, [room.attendee]);
  return { id, facts: { ...standing, room: null } satisfies StandingEvent, unfinished: true };
}

/** A room that has not answered by then will not: its host looks for themselves. */
const PATIENCE_SECONDS = 120;

/** Looks for the room's answer: after 1, 2, 4, 8 … seconds. */
async function hearRoom(
  steps: Steps,
  id: string,
  event: WantedEvent,
  standing: StandingEvent,
  room: StandingRoom,
): Promise<Kept> {
  const found = (await attendeesOf(steps, id)).find((each) => each.room_id === room.id);
  const answered = (answer: StandingRoom['answer'], why: StandingRoom['why'] = null): Kept => ({
    id,
    facts: { ...standing, room: { ...room, answer, why } } satisfies StandingEvent,
    ...(answer === 'accepted' || answer === 'silent' ? { unfinished: true } : {}),
  });
  if (found?.rsvp_status === 'accept') return answered('accepted');
  if (found?.rsvp_status === 'decline')
    return answered('refused', await why(steps, event, room.id));
  if (found?.rsvp_status !== 'needs_action') return answered('refused', 'removed');
  const waited = steps.now().since(Temporal.Instant.from(room.since)).total('seconds');
  if (waited >= PATIENCE_SECONDS) return answered('silent');
  const looks = room.looks + 1;
  const facts: StandingEvent = { ...standing, room: { ...room, looks } };
  return { id, facts, lookAgainMs: 1_000 * 2 ** Math.min(looks, 6) };
}

/** Why a room declined, as far as it can be seen: somebody else has it, or it is free and does not want to. */
async function why(
  { client }: Steps,
  { from, to }: WantedEvent,
  room_id: string,
): Promise<StandingRoom['why']> {
  const whole = (iso: string): string =>
    Temporal.Instant.from(iso).toString({ smallestUnit: 'second' });
  const data = { time_min: whole(from), time_max: whole(to), room_id };
  try {
    const { data: found } = await client.call((sdk) => sdk.calendar.v4.freebusy.list({ data }));
    return (found?.freebusy_list ?? []).length > 0 ? 'taken' : 'rules';
  } catch (error) {
    if (error instanceof CallFault) return null;
    throw error;
  }
}

/** Invites who is wanted and not there, takes away who is not wanted any more. Undefined: all is as it shall be. */
async function settlePeople(
  steps: Steps,
  id: string,
  event: WantedEvent,
  standing: StandingEvent,
): Promise<Kept | undefined> {
  const { people: wanted } = event;
  if (wanted === null) return undefined;
  const { people } = standing;
  const missing = wanted.filter((each) => !(each in people));
  if (missing.length > 0) {
    const added = await invitePeople(steps, id, missing);
    const facts: StandingEvent = { ...standing, people: { ...people, ...added } };
    return { id, facts, unfinished: true };
  }
  const left = Object.keys(people).filter((each) => !wanted.includes(each));
  if (left.length === 0) return undefined;
  // Of who could not be invited there is no id.
  const ids = left.map((each) => people[each] ?? '').filter((each) => each !== '');
  if (ids.length > 0) await uninvite(steps, id, ids);
  const staying = Object.entries(people).filter(([person]) => !left.includes(person));
  const facts: StandingEvent = { ...standing, people: Object.fromEntries(staying) };
  return { id, facts, unfinished: true };
}

/** Their ids as attendees; '' for who cannot be invited. One such among them is found by asking for each. */
async function invitePeople(
  steps: Steps,
  id: string,
  people: readonly string[],
): Promise<StandingEvent['people']> {
  const asUser = (user_id: string) => ({ type: 'user' as const, user_id });
  const nobody = Object.fromEntries(people.map((each) => [each, '']));
  try {
    const added = await invite(steps, id, people.map(asUser));
    const ids = added.flatMap((each) =>
      each.user_id === undefined ? [] : [[each.user_id, each.attendee_id ?? ''] as const],
    );
    return { ...nobody, ...Object.fromEntries(ids) };
  } catch (error) {
    if (!isNotInvited(error)) throw error;
    if (people.length === 1) return nobody;
    const half = Math.ceil(people.length / 2);
    return {
      ...(await invitePeople(steps, id, people.slice(0, half))),
      ...(await invitePeople(steps, id, people.slice(half))),
    };
  }
}

type Invited =
  | { readonly type: 'user'; readonly user_id: string }
  | { readonly type: 'resource'; readonly room_id: string; readonly operate_id: string };

async function invite(
  steps: Steps,
  id: string,
  invited: readonly Invited[],
): Promise<readonly Listed[]> {
  const path = await pathOf(steps, id);
  const params = { user_id_type: 'open_id' as const };
  const data = { need_notification: false, attendees: [...invited] };
  const answer = await steps.client.call((sdk) =>
    sdk.calendar.v4.calendarEventAttendee.create({ path, params, data }),
  );
  return attendees.parse(answer.data?.attendees ?? []);
}

async function uninvite(steps: Steps, id: string, ids: readonly string[]): Promise<void> {
  const path = await pathOf(steps, id);
  const data = { attendee_ids: [...ids], need_notification: false };
  await steps.client.call((sdk) =>
    sdk.calendar.v4.calendarEventAttendee.batchDelete({ path, data }),
  );
}

const attendees = z.array(
  z.object({
    attendee_id: z.string().optional(),
    user_id: z.string().optional(),
    room_id: z.string().optional(),
    rsvp_status: z.string().optional(),
  }),
);
type Listed = z.infer<typeof attendees>[number];

/** No event of ours has more pages of attendees. */
const MOST_PAGES = 10;

async function attendeesOf(steps: Steps, id: string): Promise<readonly Listed[]> {
  const path = await pathOf(steps, id);
  const all: Listed[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const params = {
      user_id_type: 'open_id' as const,
      page_size: 100,
      ...(token !== undefined && { page_token: token }),
    };
    const { data } = await steps.client.call((sdk) =>
      sdk.calendar.v4.calendarEventAttendee.list({ path, params }),
    );
    all.push(...attendees.parse(data?.items ?? []));
    token = data?.page_token;
    if (data?.has_more !== true || !token) break;
  }
  return all;
}

/** After a step of which nobody knows whether it took effect: who takes part is asked. */
async function recounted(
  steps: Steps,
  id: string,
  standing: StandingEvent,
): Promise<StandingEvent> {
  const there = await attendeesOf(steps, id);
  const people = there.flatMap(({ user_id, room_id, attendee_id }) =>
    user_id === undefined || room_id !== undefined ? [] : [[user_id, attendee_id ?? ''] as const],
  );
  const resource = there.find(({ room_id }) => room_id !== undefined);
  const kept = standing.room?.id === resource?.room_id ? standing.room : null;
  const room =
    resource?.room_id === undefined
      ? null
      : (kept ?? askedNow(steps, resource.room_id, resource.attendee_id ?? ''));
  return { ...standing, people: Object.fromEntries(people), room };
}

const seen = z.array(
  z.object({
    event_id: z.string(),
    status: z.string().optional(),
    start_time: z.object({ timestamp: z.string().optional() }).optional(),
    end_time: z.object({ timestamp: z.string().optional() }).optional(),
    attendees: attendees.optional(),
  }),
);

async function see(
  steps: Steps,
  ids: readonly string[],
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<readonly SeenEvent[]> {
  const path = { calendar_id: await steps.calendar() };
  const params = {
    start_time: seconds(from.toString()),
    end_time: seconds(to.toString()),
    user_id_type: 'open_id' as const,
  };
  const { data } = await steps.client.call((sdk) =>
    sdk.calendar.v4.calendarEvent.instanceView({ path, params }),
  );
  const there = seen.parse(data?.items ?? []).filter(({ event_id }) => ids.includes(event_id));
  const missing = ids.filter((id) => !there.some(({ event_id }) => event_id === id));
  const elsewhere: SeenEvent[] = [];
  for (const id of missing) elsewhere.push(await seeOne(steps, id));
  return [...there.map(seenEvent), ...elsewhere];
}

/** One that is not where it was: moved far away, or deleted. */
async function seeOne(steps: Steps, id: string): Promise<SeenEvent> {
  const path = await pathOf(steps, id);
  const params = { need_attendee: true, max_attendee_num: 100, user_id_type: 'open_id' as const };
  try {
    const { data } = await steps.client.call((sdk) =>
      sdk.calendar.v4.calendarEvent.get({ path, params }),
    );
    const [event] = seen.parse(data?.event ? [data.event] : []);
    return event ? seenEvent(event) : { id, gone: true };
  } catch (error) {
    if (!isEventGone(error)) throw error;
    return { id, gone: true };
  }
}

function seenEvent(event: z.infer<typeof seen>[number]): SeenEvent {
  const { event_id: id, status, start_time, end_time, attendees: listed } = event;
  if (status === 'cancelled') return { id, gone: true };
  return {
    id,
    gone: false,
    from: instantOf(start_time?.timestamp),
    to: instantOf(end_time?.timestamp),
    declined:
      listed?.flatMap(({ user_id, rsvp_status }) =>
        user_id !== undefined && rsvp_status === 'decline' ? [user_id] : [],
      ) ?? null,
    rooms: listed
      ? Object.fromEntries(
          listed.flatMap(({ room_id, rsvp_status }) =>
            room_id === undefined
              ? []
              : [[room_id, ANSWERS.get(rsvp_status ?? '') ?? 'asked'] as const],
          ),
        )
      : null,
  };
}

const ANSWERS: ReadonlyMap<string, 'accepted' | 'refused'> = new Map([
  ['accept', 'accepted'],
  ['decline', 'refused'],
  ['removed', 'refused'],
]);
