/** By when something is to be done, as minutes say it: 「周五前」, 「3月底」, "by 12 March". */
import { rewritten } from '../language/english/rewrite.ts';
import type { TimeValue } from '../language/meaning.ts';
import { findTimes } from '../language/times.ts';

/** A due date (ISO) and the words that tell it, with what belongs to them: 于……前, by …. `firm`: said to be an end. */
export type ByWhen = {
  readonly date: string;
  readonly from: number;
  readonly to: number;
  readonly firm: boolean;
};

/** Words before and after a date that belong to it. */
const BEFORE =
  /(?:(?:最迟|最晚|不晚于|截止|截至|到期|时间|期限|[于於在至到需应：: ]){1,4}|\b(?:no later than|by|before|until|due(?: date)?(?: on| by)?|deadline|on)[:：]? ?)$/iu;
const AFTER =
  /^(?:\s*(?:下班|中午|上午|下午|晚上))?(?:之前|以前|前|之内|以内|内|为止|截止)|^\s*(?:eod|cob)\b/iu;
const FIRM = /前|内|截|为止|最[迟晚]|到期|\b(?:by|before|until|due|deadline|within|no later)/iu;

/** Every due date that a text tells, in reading order, seen from `now`. Repetitions (每周五) and hours alone are none. */
export function dueDatesIn(text: string, now: Temporal.ZonedDateTime): readonly ByWhen[] {
  return [...timesIn(text, now), ...endsIn(text, now.toPlainDate())]
    .toSorted((a, b) => a.from - b.from)
    .map((day) => widened(day, text));
}

type Day = { readonly date: string; readonly from: number; readonly to: number };

function timesIn(text: string, now: Temporal.ZonedDateTime): readonly Day[] {
  const dated = (value: TimeValue, from: number, to: number): readonly Day[] => {
    const date = lastDay(value);
    return date === undefined ? [] : [{ date, from, to }];
  };
  if (/\p{Script=Han}/u.test(text))
    return findTimes(text, now).flatMap(({ value, from, to }) => dated(value, from, to));
  const { text: chinese, origin } = rewritten(text, []);
  return findTimes(chinese, now).flatMap(({ value, ...at }) => {
    const { from, to } = origin(at.from, at.to);
    return dated(value, from, to);
  });
}

/** The last day that is meant: of 下周 its Sunday, of a day itself. */
function lastDay(value: TimeValue): string | undefined {
  switch (value.type) {
    case 'date':
    case 'datetime':
      return value.start.slice(0, 10);
    case 'daterange':
    case 'datetimerange':
      return (value.end ?? value.start)?.slice(0, 10);
    case 'time':
    case 'timerange':
    case 'duration':
    case 'set':
      return undefined;
    default:
      return value satisfies never;
  }
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const END_OF =
  /\b(?:the )?end of (?:(?:the |this )?(month|week)|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\b|\beo([mw])\b/iu;

/** "by the end of March", "EOW": requests to an office seldom say it, minutes often. */
function endsIn(text: string, today: Temporal.PlainDate): readonly Day[] {
  const found = END_OF.exec(text);
  if (!found) return [];
  const [all, whole, month, short] = found;
  const from = found.index;
  const date =
    month === undefined ? endOfThis(whole ?? short ?? '', today) : endOfMonth(month, today);
  return [{ date: date.toString(), from, to: from + all.length }];
}

const endOfThis = (stretch: string, today: Temporal.PlainDate): Temporal.PlainDate =>
  stretch.toLowerCase().startsWith('w')
    ? today.add({ days: 7 - today.dayOfWeek })
    : today.with({ day: today.daysInMonth });

function endOfMonth(name: string, today: Temporal.PlainDate): Temporal.PlainDate {
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  const first = today.with({ month, day: 1 }).add({ years: month < today.month ? 1 : 0 });
  return first.with({ day: first.daysInMonth });
}

function widened(day: Day, text: string): ByWhen {
  const before = BEFORE.exec(text.slice(0, day.from))?.[0] ?? '';
  const after = AFTER.exec(text.slice(day.to))?.[0] ?? '';
  const from = day.from - before.length;
  const to = day.to + after.length;
  return { date: day.date, from, to, firm: FIRM.test(text.slice(from, to)) };
}
