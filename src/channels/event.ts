/**
 * Events in a platform's calendar, as the office and a channel speak of them. What is wanted is written by the meetings and read by the
 * channel; what stands is written by the channel and read by the meetings.
 */
import { z } from 'zod';

/** ISO instants, and the zone of IANA it is told in. */
const content = {
  title: z.string(),
  description: z.string(),
  /** What only this event has in its description: the number of the booking. */
  mark: z.string(),
  from: z.string(),
  to: z.string(),
  zone: z.string(),
  place: z.string(),
  /** With a video meeting. */
  video: z.boolean(),
};

/**
 * How the event of a meeting shall stand. `people` by their ids in the channel; null: whoever takes part stays. `room`: a meeting room of
 * the platform that is booked with it, for which `responsible` answers; nobody is invited before it has accepted.
 */
const wanted = z.object({
  ...content,
  people: z.array(z.string()).nullable(),
  room: z.object({ id: z.string(), responsible: z.string() }).nullable(),
});
export type WantedEvent = Readonly<z.infer<typeof wanted>>;
export const readWanted = (json: unknown): WantedEvent => wanted.parse(json);

/**
 * What a room has answered: `asked` not yet, `silent` not in time. `why` it refused: somebody else has it, it is free and still does not
 * want to (an approval, its limits), or an administrator took it away; null: not known.
 */
const room = z.object({
  id: z.string(),
  attendee: z.string(),
  answer: z.enum(['asked', 'accepted', 'refused', 'silent']),
  why: z.enum(['taken', 'rules', 'removed']).nullable(),
  since: z.string(),
  looks: z.number(),
});
export type StandingRoom = Readonly<z.infer<typeof room>>;

/** What somebody did to it in the calendar that nobody has decided about yet. */
const drift = z.union([
  z.object({ moved: z.object({ from: z.string(), to: z.string() }) }),
  z.object({ deleted: z.literal(true) }),
]);
export type Drift = Readonly<z.infer<typeof drift>>;

/** How it stands: as it was last written, who is invited under which id of the platform, its room. */
const standing = z.object({
  calendar: z.string(),
  written: z.object(content),
  people: z.record(z.string(), z.string()),
  room: room.nullable(),
  link: z.string().nullable(),
  drift: drift.nullable(),
  /** Who said in their calendar that they do not come, as far as the host was told. */
  declined: z.array(z.string()),
});
export type StandingEvent = Readonly<z.infer<typeof standing>>;

/** Undefined: nothing stands there, or nothing that we wrote. */
export const readStanding = (json: unknown): StandingEvent | undefined =>
  standing.safeParse(json).data;

/** An event as it is seen in the calendar. `gone`: it was deleted. Who takes part is null where the platform does not tell. */
export type SeenEvent =
  | { readonly id: string; readonly gone: true }
  | {
      readonly id: string;
      readonly gone: false;
      readonly from: string;
      readonly to: string;
      readonly declined: readonly string[] | null;
      /** Rooms that take part, by what they answered; null where it is not told. */
      readonly rooms: { readonly [room: string]: 'asked' | 'accepted' | 'refused' } | null;
    };
