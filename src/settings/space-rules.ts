/** What is booked besides meeting rooms, by its sort in the list of rooms. */
import type { Span } from '../time/spans.ts';
import type { RoomLimits } from './rules.ts';

/** The sort of a room that the list says nothing of; what is written here never holds for it. */
export const MEETING_ROOM = '会议室';

/** What holds for one sort of space, where it is not what holds for rooms. */
export type SpaceRules = {
  /** What else people call it, in English as well. */
  readonly called: readonly string[];
  /** Without hours that are said it is taken for the working day, or for an hour. */
  readonly by: 'day' | 'hour';
  /** Its host is reminded `from` before it begins; nobody there `releaseAfter` its beginning, it is given back. Null: nobody is asked. */
  readonly checkIn: { readonly from: Span; readonly releaseAfter: Span } | null;
  readonly bookAheadDays: number;
  /** Of one day. */
  readonly longestHours: number;
  readonly limits: Omit<RoomLimits, 'exempt'>;
};

/** What holds for a sort of the office's own of which it says nothing. */
export const usualSpace: SpaceRules = {
  called: [],
  by: 'hour',
  checkIn: null,
  bookAheadDays: 30,
  longestHours: 12,
  limits: {
    perDay: { bookings: 4, hours: 12 },
    perWeek: { bookings: 15, hours: 60 },
    ahead: { bookings: 15, hours: 120 },
    notice: null,
  },
};

/** Desks by the day and without check-in; booths by the hour and with it. */
export const defaultSpaces: { readonly [sort: string]: SpaceRules } = {
  工位: {
    ...usualSpace,
    called: ['办公位', '卡位', 'hot desk', 'desk'],
    by: 'day',
    limits: { ...usualSpace.limits, perDay: { bookings: 2, hours: 12 } },
  },
  静音舱: {
    ...usualSpace,
    called: ['电话间', '电话亭', '隔音舱', 'quiet booth', 'phone booth', 'booth'],
    checkIn: { from: '10m', releaseAfter: '15m' },
    longestHours: 4,
    limits: { ...usualSpace.limits, perDay: { bookings: 4, hours: 4 } },
  },
};
