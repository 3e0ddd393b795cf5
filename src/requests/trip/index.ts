import { endAbsences, noteAbsence } from '../../directory/absences.ts';
import type { Block } from '../../../cards/card.ts';
import { clean } from '../../../cards/clean.ts';
import { dayCount, dayRangeText } from '../../../cards/times.ts';
import { words } from '../../../cards/words.ts';
import { choice, list, text, yesNo } from '../fields/plain.ts';
import { days } from '../fields/times.ts';
import type { DraftOf, FormOf } from '../fields.ts';
import { type Asking, factsOf, type Gap, type Prepared, requestKind } from '../kind.ts';
import { namesakes } from './companions.ts';
import { heardAs } from './heard.ts';

const TRANSPORT = [
  { value: '高铁', label: words('高铁', 'High-speed rail') },
  { value: '飞机', label: words('飞机', 'Flight') },
  { value: '火车', label: words('火车', 'Train') },
  { value: '自驾', label: words('自驾', 'Own car') },
  { value: '汽车', label: words('汽车', 'Coach') },
];

const form = {
  to: list({ label: words('目的地', 'Where to'), required: true, slot: 'to', most: 20 }),
  days: days({ label: words('日期', 'Dates'), required: true, slot: 'when' }),
  from: text({
    label: words('出发地', 'Leaving from'),
    required: false,
    slot: 'from',
    longest: 30,
  }),
  transport: choice({
    label: words('交通', 'Transport'),
    required: true,
    slot: 'transport',
    options: TRANSPORT,
  }),
  lodging: yesNo({ label: words('需要订酒店', 'Hotel wanted'), required: false, slot: 'hotel' }),
  purpose: text({ label: words('事由', 'Purpose'), required: true, slot: 'purpose', longest: 200 }),
  companions: list({
    label: words('同行人', 'Companions'),
    required: false,
    slot: 'companions',
    most: 50,
  }),
};
type Fields = typeof form;
type Form = FormOf<Fields>;
type Draft = DraftOf<Fields>;

/** What the office fills in when tickets and rooms are booked; it becomes the traveller's confirmation. */
const booked = {
  tickets: text({
    label: words('票务', 'Tickets'),
    hint: words('车次或航班、时间、座位', 'Train or flight, times, seats'),
    required: true,
    lines: 'many',
    longest: 1_000,
  }),
  hotel: text({
    label: words('酒店', 'Hotel'),
    hint: words('名称、地址、入住日期', 'Name, address, check-in'),
    required: false,
    lines: 'many',
    longest: 1_000,
  }),
  note: text({ label: words('提醒', 'Please note'), required: false, lines: 'many', longest: 500 }),
};

/** 出差申请: approved by length, booked by the office, confirmed to the traveller. */
export const trip = requestKind({
  name: 'trip',
  title: words('出差申请', 'Business trip'),
  prefix: 'TRIP',
  form,
  heardAs,
  example: '下周二到周四去上海出差，坐高铁，见客户',
  exampleEn: 'business trip to Shanghai next Tuesday to Thursday by train to meet a client',
  prepare,
  measure: ({ days: { from, to } }: Form) => dayCount(from, to),
  tasks: [
    {
      id: 'booking',
      title: words('订票订房', 'Book tickets and hotel'),
      voice: 'office',
      doneLabel: words('完成', 'Done'),
      fields: booked,
    },
  ],
  asksFor: ({ to, transport }) => ({ cities: to, transports: [transport] }),
  engages: ({ number, form: filled }, { now }) => {
    const range = dayRangeText(filled.days.from, filled.days.to, now);
    const to = clean(filled.to.join('、'), MOST_OF_CITIES);
    return {
      ...wholeDays(filled.days, now.timeZoneId),
      away: true,
      told: words(
        `同期另有出差 ${number} ${to} ${range.zh}`,
        `another trip ${number}, ${to}, ${range.en}`,
      ),
    };
  },
  takes: ['file'],
  endsAs: 'done',
  effects: {
    // Who travels is away: their approvals go to their stand-in or leader, and come back when the journey is called off.
    approved: async ({ work, rules }, { id, requester, form: filled }) => {
      const { from, until } = wholeDays(filled.days, rules.timeZone);
      await noteAbsence(work, {
        person: requester,
        delegate: null,
        since: from,
        until,
        source: 'trip',
        request: id,
      });
    },
    released: async ({ work }, { id }) => void (await endAbsences(work, { request: id })),
  },
  summary: (filled, at) => {
    const range = dayRangeText(filled.days.from, filled.days.to, at.now);
    return words(`${filled.to.join('、')} ${range.zh}`, `${filled.to.join(', ')}, ${range.en}`);
  },
  extra: ({ outcome }, at): readonly Block[] => {
    const facts = factsOf(booked, outcome['booking'] ?? {}, at);
    if (facts.length === 0) return [];
    return [
      { block: 'line' },
      { block: 'text', look: 'strong', text: words('出差安排确认函', 'Travel confirmation') },
      { block: 'facts', facts },
    ];
  },
  ledger: (filled) => ({
    目的地: filled.to.join('、'),
    出发: filled.days.from,
    返回: filled.days.to,
    天数: dayCount(filled.days.from, filled.days.to),
    交通: filled.transport,
    事由: filled.purpose,
    同行人: (filled.companions ?? []).join('、'),
  }),
});

/** On another request's card a journey through many cities is told by its first ones. */
const MOST_OF_CITIES = 40;

/** From the midnight before the first day to the one after the last. */
function wholeDays(
  { from, to }: Form['days'],
  timeZone: string,
): { readonly from: Temporal.Instant; readonly until: Temporal.Instant } {
  const midnight = (day: Temporal.PlainDate): Temporal.Instant =>
    day.toZonedDateTime(timeZone).toInstant();
  return {
    from: midnight(Temporal.PlainDate.from(from)),
    until: midnight(Temporal.PlainDate.from(to).add({ days: 1 })),
  };
}

/** Fills in what is usual: by rail when nothing was said, a hotel when it takes a night. */
async function prepare(draft: Draft, asking: Asking): Promise<Prepared<Draft>> {
  const gaps: Gap[] = [];
  if (draft.days && draft.days.to < asking.now.toPlainDate().toString()) {
    gaps.push({ field: 'days', why: words('这个日期已经过去了', 'These dates have passed') });
  }
  const nights = draft.days && draft.days.from !== draft.days.to;
  const guessed = [
    ...(draft.transport === undefined ? ['transport'] : []),
    ...(draft.lodging === undefined && nights ? ['lodging'] : []),
  ];
  const offers = await namesakes(draft.companions ?? [], asking);
  return {
    form: {
      ...draft,
      transport: draft.transport ?? '高铁',
      ...(draft.lodging === undefined && nights ? { lodging: true } : {}),
    },
    gaps,
    guessed,
    offers,
    ...(offers.length > 0 ? { notes: [WHICH] } : {}),
  };
}

const WHICH = words(
  '同行人有同名的同事，请点一下是哪一位',
  'Several colleagues have this name; please tap whom you mean',
);
