import { periodText } from '../../../cards/times.ts';
import type { RequestState } from '../../../cards/vocabulary.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { Rules } from '../../settings/rules.ts';
import { people } from '../fields/people.ts';
import { choice, choices, count, list, text } from '../fields/plain.ts';
import { period } from '../fields/times.ts';
import type { FormOf, Hearing } from '../fields.ts';
import { factsOf, requestKind } from '../kind.ts';
import { MOST_ATTENDEES } from './attendees.ts';
import { confirmBooking, holdRoom, releaseBooking, unconfirmBooking } from './bookings.ts';
import { keepWithinLimits } from './fair-use.ts';
import { freeRooms } from './free-rooms.ts';
import { heardAs } from './heard.ts';
import { prepareRoom } from './complete.ts';
import { occurrencesOf, periodsAhead, type Repeated, seriesField, seriesText } from './series.ts';
import { holdOccurrences, releaseAhead } from './series-bookings.ts';
import { seriesFacts, seriesTimeText } from './series-facts.ts';

/** Equipment in the words people use; what a room has of it is matched in rooms.ts. */
const EQUIPMENT = [
  words('投影', 'projector'),
  words('视频', 'video'),
  words('白板', 'whiteboard'),
  words('大屏', 'big screen'),
  words('电话', 'phone'),
  words('麦克风', 'microphone'),
  words('茶水', 'tea and water'),
  words('录音', 'recording'),
  words('同传', 'interpreting'),
];

const form = {
  when: period({ label: words('时间', 'Time'), required: true }),
  /** Again and again: then `when` is the first time. */
  series: seriesField,
  /** The room's name: it is what people say, and stays true to what was booked when a room is renamed. */
  room: choice({ label: words('会议室', 'Room'), required: true, slot: 'room' }),
  people: count({
    label: words('人数', 'People'),
    required: false,
    slot: 'people',
    min: 1,
    max: 1_000,
    unit: words('人', 'people'),
  }),
  equipment: choices({
    label: words('设备', 'Equipment'),
    required: false,
    slot: 'equipment',
    options: EQUIPMENT.map((label) => ({ value: label.zh, label })),
  }),
  title: text({ label: words('主题', 'Subject'), required: false, slot: 'title', longest: 100 }),
  /** Ids of the directory once it is submitted; the host is not among them. */
  attendees: people({
    label: words('参会人', 'Attendees'),
    required: false,
    slot: 'attendees',
    most: MOST_ATTENDEES,
    hint: words(
      '姓名或部门，如：李伟、研发部全员',
      'Names or departments, such as: Li Wei, 研发部',
    ),
  }),
  /** Names that nobody here has: guests, or slips. Told, and not invited. */
  notFound: list({
    label: words('通讯录里没有，不通知', 'Not in the directory, not told'),
    required: false,
    most: 50,
    people: true,
  }),
  agenda: text({
    label: words('议程', 'Agenda'),
    required: false,
    lines: 'many',
    longest: 1_000,
    hint: words(
      '一行一项，如：预算 张伟 20分钟',
      'One item a line, such as: budget, Li Wei, 20 min',
    ),
  }),
  /** How the tables stand, as the office is told. */
  layout: text({
    label: words('布置', 'Layout'),
    required: false,
    longest: 60,
    hint: words('课桌式、U形、剧院式、签到台…', 'Classroom, U-shape, theatre, reception desk…'),
  }),
};
export type RoomFields = typeof form;
type Form = FormOf<RoomFields>;

/** 会议室预订: the smallest free room that fits; never two meetings in one room at one time. */
export const room = requestKind({
  name: 'room',
  title: words('会议室预订', 'Room booking'),
  prefix: 'ROOM',
  form,
  heardAs,
  example: '明天下午3点到5点订个10人的会议室，要投影',
  exampleEn: 'book a room for 10 tomorrow 3pm to 5pm with a projector',
  prepare: prepareRoom,
  measure: hours,
  engages: ({ number, form: filled }, at) => {
    const from = Temporal.Instant.from(filled.when.from);
    const until = Temporal.Instant.from(filled.when.to);
    const time = timeText(filled, at);
    return {
      from,
      until,
      ...(filled.series ? { again: laterTimes({ ...filled, series: filled.series }, at) } : {}),
      away: false,
      told: words(
        `同期已订 ${filled.room} ${time.zh}（${number}）`,
        `has booked ${filled.room}, ${time.en} (${number})`,
      ),
    };
  },
  tasks: [],
  endsAs: 'booked',
  effects: {
    submitted: async ({ work, rules, org }, { id, requester, form: filled, state }) => {
      const { series, when } = filled;
      const dates = series && occurrencesOf({ ...filled, series }, rules.timeZone);
      const periods = dates ? periodsAhead(dates, work.now) : [when];
      await keepWithinLimits(work, rules, org, { person: requester, periods, changes: id });
      // Where nobody is asked it is booked at once, not held first.
      const as = state === 'booked' ? 'booked' : 'held';
      return dates
        ? holdOccurrences(work, rules, id, dates, as)
        : holdRoom(work, rules, { request_id: id }, filled.room, when, as);
    },
    approved: ({ work }, { id }) => confirmBooking(work, id),
    released: async ({ work }, { id, form: filled, state }) => {
      if (!filled.series) return releaseBooking(work, id);
      // A series that is changed keeps what stays as it was: `submitted` settles it.
      if (GIVEN_UP.includes(state)) await releaseAhead(work, id);
    },
  },
  undo: {
    approved: ({ work }, { id }) => unconfirmBooking(work, id),
    // Only if nobody has it by now; a line that waited for it has been offered it.
    released: async ({ work, rules }, { id, form: filled, state }) => {
      const { series, room: name, when } = filled;
      const was = state === 'booked' ? 'booked' : 'held';
      if (!series) return holdRoom(work, rules, { request_id: id }, name, when, was);
      await holdOccurrences(work, rules, id, occurrencesOf({ ...filled, series }, rules.timeZone));
      if (was === 'booked') await confirmBooking(work, id);
    },
  },
  // Who takes part stands below with what they answered, once it is submitted; on a draft, by name.
  facts: (filled, at, options) => {
    const told = options ? filled : { ...filled, attendees: undefined };
    const { series, when } = told;
    return series && when
      ? [
          ...seriesFacts({ ...told, series, when }, at),
          ...factsOf(form, { ...told, series: undefined, when: undefined }, at, options),
        ]
      : factsOf(form, told, at, options);
  },
  summary: (filled, at) => {
    const time = timeText(filled, at);
    return words(`${filled.room} ${time.zh}`, `${filled.room}, ${time.en}`);
  },
  answers: { 'room.free': freeRooms },
  ledger: (filled, at) => ({
    会议室: filled.room,
    开始: localText(filled.when.from, at.now),
    结束: localText(filled.when.to, at.now),
    人数: filled.people ?? '',
    设备: (filled.equipment ?? []).join(';'),
    主题: filled.title ?? '',
    重复: filled.series ? seriesText(filled.series, at.now.toPlainDate()).zh : '',
  }),
});

/** What has come to nothing: all that lies ahead is free again. */
const GIVEN_UP: readonly RequestState[] = ['rejected', 'withdrawn', 'cancelled'];

/** Length in hours, of one date unless the rules add up those of a series: what `upTo` bounds for rooms. */
function hours({ when, series }: Form, { rooms }: Rules): number {
  const one = Temporal.Instant.from(when.from).until(Temporal.Instant.from(when.to)).total('hours');
  return series && rooms.series.hoursOf === 'all' ? one * (series.days?.length ?? 1) : one;
}

/** When it is, in one line: 「明天 15:00–17:00」, 「每周一 10:00–11:00」. */
function timeText({ when, series }: Pick<Form, 'when' | 'series'>, at: Hearing): Words {
  if (series && !series.edit) return seriesTimeText(when, series, at);
  return periodText(Temporal.Instant.from(when.from), Temporal.Instant.from(when.to), at);
}

const laterTimes = (
  filled: Repeated,
  { now }: Hearing,
): readonly { readonly from: Temporal.Instant; readonly until: Temporal.Instant }[] =>
  occurrencesOf(filled, now.timeZoneId).map(({ from, to }) => ({ from, until: to }));

const localText = (instant: string, now: Temporal.ZonedDateTime): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(now.timeZoneId)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
