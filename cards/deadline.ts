/** 「为什么是这个时间」: one sentence that tells how a deadline came about. */
import type { WorkingCalendar } from '../src/time/calendar.ts';
import { type DaysOff, type Pauses, pausesBetween } from '../src/time/pauses.ts';
import { isWorkingSpan, type Span, spanText } from '../src/time/spans.ts';
import { nextOpening } from '../src/time/working-time.ts';
import { daysText, dayText, momentOnDay, type Watch } from './times.ts';
import { type Words, words } from './words.ts';

/** A deadline: `span` after `start`, which ended at `due`. */
export type Deadline = {
  readonly start: Temporal.Instant;
  readonly span: Span;
  readonly due: Temporal.Instant;
};

/**
 * 「3月6日（周五）17:00 起算 4 工作小时，跳过夜间和周末，3月9日（周一）12:00 到期」. `at` gives the zone of the office, that of the reader, and this year.
 */
export function deadlineText(
  { start, span, due }: Deadline,
  calendar: WorkingCalendar,
  at: Temporal.ZonedDateTime | Watch,
): Words {
  const now = 'now' in at ? at.now : at;
  const length = spanText(span);
  const begun = momentOnDay(start, at);
  const ends = momentOnDay(due, at);
  if (!isWorkingSpan(span))
    return words(
      `${begun.zh} 起算 ${length.zh}，按自然时间不间断，${ends.zh} 到期`,
      `${length.en} from ${begun.en}, counted day and night: due ${ends.en}`,
    );
  const opening = nextOpening(start, calendar);
  const opens = momentOnDay(opening, at);
  const atOnce = opening.equals(start);
  const from = atOnce
    ? words(`${begun.zh} 起算 ${length.zh}`, `${length.en} from ${begun.en}`)
    : words(
        `${begun.zh} 不在上班时间，${opens.zh} 起算 ${length.zh}`,
        `${begun.en} is outside working hours: ${length.en} from ${opens.en}`,
      );
  const pauses = pausesBetween(opening, due, calendar);
  const over = passedOver(pauses, now);
  const worked = pauses.makeUp.map((day) => dayText(day, now.toPlainDate()));
  const zh = [
    from.zh,
    ...(over ? [`跳过${over.zh}`] : []),
    ...worked.map((day) => `${day.zh}调休上班`),
    `${ends.zh} 到期`,
  ].join('，');
  const en = [
    from.en,
    ...(over ? [`passing over ${over.en}`] : []),
    ...worked.map((day) => `${day.en} is worked`),
    `due ${ends.en}`,
  ].join(', ');
  const changing = pauses.provisional.join('、');
  return changing === ''
    ? words(zh, en)
    : words(
        `${zh}（${changing} 年的放假安排还没有公布，先按周末和法定节日算）`,
        `${en} (the holidays of ${changing} are not published yet; weekends and legal holidays are assumed)`,
      );
}

function passedOver(pauses: Pauses, now: Temporal.ZonedDateTime): Words | undefined {
  const all = [
    ...pauses.breaks.map((each) => BREAKS[each]),
    ...(pauses.nights ? [words('夜间', 'the night')] : []),
    ...unique(pauses.daysOff.map((days) => daysOffText(days, now))),
  ];
  const [first, ...more] = all;
  if (!first) return undefined;
  return more.reduce(
    (text, each) => words(`${text.zh}、${each.zh}`, `${text.en}, ${each.en}`),
    first,
  );
}

/** Two weekends are told once. */
const unique = (all: readonly Words[]): readonly Words[] =>
  all.filter((each, place) => all.findIndex(({ zh }) => zh === each.zh) === place);

const BREAKS = { noon: words('午休', 'lunch'), other: words('休息时间', 'the break') };

function daysOffText({ why, festival, first, last }: DaysOff, now: Temporal.ZonedDateTime): Words {
  if (why === 'week')
    return first.dayOfWeek > 5 ? words('周末', 'the weekend') : words('休息日', 'days off');
  const period = daysText(first, last, now.toPlainDate());
  const name =
    why === 'office'
      ? words('公司休息日', 'a day off of the company')
      : words(festival ?? '节假日', festival ?? 'a holiday');
  return words(`${name.zh} ${period.zh}`, `${name.en} (${period.en})`);
}
