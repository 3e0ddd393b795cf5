import { sortName } from '../../../../cards/vocabulary.ts';
import { type Words, words } from '../../../../cards/words.ts';
import { calendarOf } from '../../../settings/office-calendar.ts';
import type { Rules } from '../../../settings/rules.ts';
import { choice } from '../../fields/plain.ts';
import type { FormOf, Hearing } from '../../fields.ts';
import { factsOf, requestKind } from '../../kind.ts';
import { confirmBooking, unconfirmBooking } from '../bookings.ts';
import { keepWithinLimits } from '../fair-use.ts';
import { askToCheckIn, holdSpace, releaseSpace, retakeSpace, rulesFor } from './bookings.ts';
import { hoursMeant, type SpaceDay, timesOf } from './dates.ts';
import { spaceDates, spaceHours, unasked } from './fields.ts';
import { heardAs } from './heard.ts';
import { prepareSpace } from './prepare.ts';

const form = {
  /** 工位, 静音舱, or a sort of the office's own. */
  sort: unasked('sort', 10),
  /** Its name, as the label on it says. */
  room: choice({ label: words('哪一个', 'Which one'), required: true, slot: 'room' }),
  floor: unasked('floor', 10),
  dates: spaceDates,
  hours: spaceHours,
};
export type SpaceFields = typeof form;
type Form = FormOf<SpaceFields>;

/** 空间预订: a desk for the day, a booth for an hour, a parking space. Nobody is invited, nothing is set up. */
export const space = requestKind({
  name: 'space',
  title: words('空间预订', 'Space booking'),
  prefix: 'SPACE',
  form,
  heardAs,
  example: '明天订个工位',
  exampleEn: 'book a hot desk for tomorrow',
  prepare: prepareSpace,
  measure: (filled, rules) => daysOf(filled, rules, undefined).length,
  tasks: [],
  endsAs: 'booked',
  effects: {
    submitted: async ({ work, rules, org }, { id, requester, form: filled, state }) => {
      const days = daysOf(filled, rules, work.now);
      const periods = days.map(({ from, to }) => ({ from: from.toString(), to: to.toString() }));
      const sort = sortOf(filled);
      const limited = { sort, limits: rulesFor(sort, rules).limits };
      const asked = { person: requester, periods, changes: id, space: limited };
      await keepWithinLimits(work, rules, org, asked);
      const wanted = { request: id, person: requester, room: filled.room, days };
      await holdSpace(work, rules, wanted, state === 'booked' ? 'booked' : 'held');
    },
    approved: async ({ work, rules }, { id, form: filled }) => {
      await confirmBooking(work, id);
      await askToCheckIn(work, rules, id, sortOf(filled));
    },
    released: ({ work }, { id }) => releaseSpace(work, id),
  },
  undo: {
    approved: ({ work }, { id }) => unconfirmBooking(work, id),
    released: ({ work, rules }, { id, requester, form: filled, state }) => {
      const days = daysOf(filled, rules, work.now);
      const wanted = { request: id, person: requester, room: filled.room, days };
      return retakeSpace(work, rules, wanted, state === 'booked' ? 'booked' : 'held');
    },
  },
  facts: (filled, at, options) =>
    factsOf(form, { ...filled, sort: undefined, floor: undefined }, at, options).map((fact) =>
      fact.field === 'room' ? { ...fact, label: sortName(sortOf(filled)) } : fact,
    ),
  summary: (filled, at) => {
    const sort = sortName(sortOf(filled));
    const time = timeText(filled, at);
    return words(`${sort.zh} ${filled.room} ${time.zh}`, `${sort.en} ${filled.room}, ${time.en}`);
  },
  ledger: (filled, at) => ({
    类型: sortOf(filled),
    空间: filled.room,
    第一天: filled.dates.from,
    最后一天: filled.dates.to,
    时间: hoursText(filled, at).zh,
  }),
});

const sortOf = ({ sort }: { readonly sort?: string | undefined }): string => sort ?? '工位';

/** All its days, or those that are not over at `now`. */
function daysOf(
  { dates, hours, ...filled }: Form,
  rules: Rules,
  now: Temporal.Instant | undefined,
): readonly SpaceDay[] {
  const { by } = rulesFor(sortOf(filled), rules);
  const meant = hoursMeant(hours, rules.workingHours.hours, by);
  const from =
    now ?? Temporal.PlainDate.from(dates.from).toZonedDateTime(rules.timeZone).toInstant();
  return meant ? timesOf(dates, meant.hours, calendarOf(rules), from) : [];
}

const hoursText = ({ hours }: Pick<Form, 'hours'>, at: Hearing): Words => {
  const text = hours === undefined ? '' : spaceHours.shows(hours, [], at);
  return typeof text === 'string' ? words(text, text) : text;
};

function timeText(filled: Form, at: Hearing): Words {
  const dates = spaceDates.shows(filled.dates, [], at);
  const day = typeof dates === 'string' ? words(dates, dates) : dates;
  const hours = hoursText(filled, at);
  return words(`${day.zh} ${hours.zh}`.trim(), `${day.en} ${hours.en}`.trim());
}
