/** The legs of a journey through several cities: read, shown, kept in step with its days. */
import { z } from 'zod';
import type { Block, Option } from '../../../cards/card.ts';
import { clean } from '../../../cards/clean.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { dayText } from '../../../cards/times.ts';
import { type Text, type Words, words } from '../../../cards/words.ts';
import { HOME } from '../../language/slots/legs.ts';
import { findTimes } from '../../language/times.ts';
import { answerText } from '../fields/answers.ts';
import type { Field, Hearing } from '../fields.ts';
import type { Days } from '../spoken-times.ts';

const dateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const city = z.string().min(1).max(30);

const leg = z.object({
  from: city.optional(),
  to: city,
  date: dateText,
  transport: z.string().max(20).optional(),
});
/** One leg: `date` is an ISO date; `from` and `transport` where they were said. */
export type Leg = z.infer<typeof leg>;

/** Nobody travels through more cities on one request. */
const MOST_LEGS = 12;

/** The field: heard as a whole, asked for as one line a leg. */
export const legsField = (
  means: readonly Option[],
): Field<readonly Leg[], false> & { readonly required: false } => ({
  label: words('分段行程', 'Legs'),
  required: false,
  schema: z.array(leg).min(1).max(MOST_LEGS),
  hears: (slots) => {
    const heard = z.array(leg).min(1).max(MOST_LEGS).safeParse(slots['legs']);
    return heard.success ? heard.data : undefined;
  },
  inputs: (name, value) => [
    {
      input: 'text',
      name,
      label: words('分段行程', 'Legs'),
      lines: 'many',
      longest: 600,
      hint: words(
        '去几个城市才要填，一行一段：3月9日 北京→上海 高铁',
        'Several cities only, a leg a line',
      ),
      ...(value ? { value: value.map(lineOf).join('\n') } : {}),
    },
  ],
  reads: (name, answers, at) => readLegs(answerText(name, answers) ?? '', means, at),
  shows: (value) => value.map(lineOf).join('；'),
});

/** 「2026-03-09 北京→上海 高铁」: what `readLegs` reads back. */
const lineOf = ({ date, from, to, transport }: Leg): string =>
  [date, from === undefined ? to : `${from}→${to}`, transport].filter(Boolean).join(' ');

const ARROW = /\s*(?:→|->|>|—|–|到|至|飞)\s*/u;

function readLegs(text: string, means: readonly Option[], at: Hearing): readonly Leg[] | undefined {
  const lines = text.split(/[\n；;]/u).map((line) => line.trim());
  const read = lines.filter((line) => line !== '').map((line) => legIn(line, means, at));
  return read.length > 0 ? read.slice(0, MOST_LEGS) : undefined;
}

function legIn(line: string, means: readonly Option[], at: Hearing): Leg {
  const time = findTimes(line, at.now)[0];
  const transport = means.find(({ value }) => line.includes(value))?.value;
  const rest = (time ? line.slice(0, time.from) + line.slice(time.to) : line)
    .replace(transport ?? '', '')
    .trim();
  const [first, second] = rest.split(ARROW).map((part) => clean(part, 30));
  const date =
    time && 'start' in time.value && time.value.start ? time.value.start.slice(0, 10) : undefined;
  const to = second ?? first;
  if (date === undefined || !dateText.safeParse(date).success || !to) throw unreadable(line);
  return {
    ...(second && first ? { from: first } : {}),
    to,
    date,
    ...(transport ? { transport } : {}),
  };
}

const unreadable = (line: string): Refusal =>
  new Refusal(
    'trip.leg',
    words(`看不懂这一段行程：「${clean(line, 40)}」`, `Cannot read this leg: “${clean(line, 40)}”`),
    words('请写成「3月9日 北京→上海 高铁」', 'Write it like “3月9日 北京→上海 高铁”'),
  );

/** The first and the last day of the legs. */
export const daysOfLegs = (legs: readonly Leg[]): Days | undefined => {
  const [first, last] = [legs[0], legs.at(-1)];
  return first && last && { from: first.date, to: last.date };
};

/** Legs for other days: the whole journey moved, or its last leg, when only the end was changed. */
export function movedLegs(legs: readonly Leg[], days: Days): readonly Leg[] {
  const own = daysOfLegs(legs);
  if (!own || (own.from === days.from && own.to === days.to)) return legs;
  const by = Temporal.PlainDate.from(own.from).until(days.from, { largestUnit: 'days' });
  const moved = legs.map((each) => ({
    ...each,
    date: Temporal.PlainDate.from(each.date).add(by).toString(),
  }));
  const before = moved.at(-2)?.date ?? days.from;
  return days.to >= before
    ? moved.map((each, index) => (index === moved.length - 1 ? { ...each, date: days.to } : each))
    : moved;
}

/** A city, or the way home. */
const placeText = (place: string): Words => words(place, place === HOME ? 'home' : place);

/** 「北京 → 上海」; 「→ 上海」 where it was not said from where. */
export function wayText({ from, to }: Pick<Leg, 'from' | 'to'>): Words {
  const [begins, ends] = [from === undefined ? words('', '') : placeText(from), placeText(to)];
  return words(`${begins.zh} → ${ends.zh}`.trim(), `${begins.en} → ${ends.en}`.trim());
}

/** Every leg a row; `by` says how each is travelled. */
export const legsTable = (legs: readonly Leg[], by: (leg: Leg) => Text): Block => ({
  block: 'table',
  columns: [
    { key: 'date', label: words('日期', 'Date') },
    { key: 'way', label: words('行程', 'Leg') },
    { key: 'by', label: words('交通', 'By') },
  ],
  rows: legs.map((each) => ({
    date: dayText(each.date),
    way: wayText(each),
    by: by(each),
  })),
});
