/** The form of a journey. */
import { type Text, words } from '../../../cards/words.ts';
import type { DraftOf, FormOf } from '../fields.ts';
import { choice, count, list, text, yesNo } from '../fields/plain.ts';
import { days } from '../fields/times.ts';
import { seats } from './heard.ts';
import { legsField } from './legs.ts';

const TRANSPORT = [
  { value: '高铁', label: words('高铁', 'High-speed rail') },
  { value: '飞机', label: words('飞机', 'Flight') },
  { value: '火车', label: words('火车', 'Train') },
  { value: '自驾', label: words('自驾', 'Own car') },
  { value: '汽车', label: words('汽车', 'Coach') },
];

/** What a means of transport is called. */
export const transportText = (by: string): Text =>
  TRANSPORT.find(({ value }) => value === by)?.label ?? by;

/** More than any journey costs, yuan. */
const MOST_YUAN = 1_000_000;
const YUAN = words('元', 'yuan');

export const form = {
  to: list({ label: words('目的地', 'Where to'), required: true, slot: 'to', most: 20 }),
  days: days({ label: words('日期', 'Dates'), required: true, slot: 'when' }),
  from: text({
    label: words('出发地', 'Leaving from'),
    required: false,
    slot: 'from',
    longest: 30,
  }),
  legs: legsField(TRANSPORT),
  transport: choice({
    label: words('交通', 'Transport'),
    required: true,
    slot: 'transport',
    options: TRANSPORT,
  }),
  seat: choice({
    label: words('席别', 'Class'),
    required: false,
    slot: 'seat',
    options: Object.keys(seats).map((value) => ({ value, label: value })),
  }),
  lodging: yesNo({ label: words('需要订酒店', 'Hotel wanted'), required: false, slot: 'hotel' }),
  nightly: count({
    label: words('酒店每晚', 'Hotel a night'),
    hint: words('不填按标准', 'By the standard if left empty'),
    required: false,
    slot: 'nightly',
    min: 1,
    max: 100_000,
    unit: YUAN,
  }),
  purpose: text({ label: words('事由', 'Purpose'), required: true, slot: 'purpose', longest: 200 }),
  companions: list({
    label: words('同行人', 'Companions'),
    required: false,
    slot: 'companions',
    most: 50,
    people: true,
  }),
  estimate: count({
    label: words('预估费用', 'Estimate'),
    hint: words('不填按标准估算', 'By the standard if left empty'),
    required: false,
    slot: 'budget',
    min: 1,
    max: MOST_YUAN,
    unit: YUAN,
  }),
  reason: text({
    label: words('超标理由', 'Why beyond the standard'),
    required: false,
    longest: 200,
  }),
  delegate: {
    ...choice({ label: words('期间代批人', 'Decides meanwhile'), required: false }),
    shows: (value: string) => value.replace(/^\d+ /, ''),
    keeps: () => undefined,
  },
};

export type TripFields = typeof form;
export type TripForm = FormOf<TripFields>;
export type TripDraft = DraftOf<TripFields>;
