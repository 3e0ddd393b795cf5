import { digestCard, type DigestModel, isQuietDay, quietDayText } from '../../cards/digest.ts';
import { clockText, dayText, periodText, workingTimeText } from '../../cards/times.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Outgoing } from '../channels/channel.ts';
import { calendarOf, type Rules } from '../settings/index.ts';
import { type DayFigures, dayFigures } from './day-figures.ts';
import type { Elsewhere } from './elsewhere.ts';

/** The digest of a day for one reader, from the truth of `now`: a card, or one line when there is nothing to tell. */
export async function drawDigest(
  tx: Tx,
  rules: Rules,
  date: Temporal.PlainDate,
  reader: number,
  now: Temporal.Instant,
  elsewhere: Elsewhere,
): Promise<Outgoing> {
  const figures = await dayFigures(tx, rules, date, reader, now, elsewhere);
  const model = modelOf(figures, rules, now.toZonedDateTimeISO(rules.timeZone));
  return isQuietDay(model) ? { text: quietDayText(model) } : { card: digestCard(model) };
}

function modelOf(figures: DayFigures, rules: Rules, now: Temporal.ZonedDateTime): DigestModel {
  const today = now.toPlainDate();
  const { minutesOfDay } = calendarOf(rules);
  const tomorrow = figures.next.equals(today.add({ days: 1 })) ? words('明天 ', '') : words('', '');
  const next = dayText(figures.next, today);
  return {
    ...figures,
    day: dayText(figures.date, today),
    isToday: figures.date.equals(today),
    late: {
      total: figures.late.total,
      first: figures.late.first.map((each) => ({
        ...each,
        who: namesText(each.owed),
        lateBy: workingTimeText(each.lateBy, minutesOfDay),
      })),
    },
    next: words(`${tomorrow.zh}${next.zh}`, next.en),
    meetings: figures.meetings.map((each) => ({
      ...each,
      when: onDay(each, figures.next, now),
    })),
    noShows: figures.noShows.map((each) => ({ ...each, when: onDay(each, figures.date, now) })),
    recent: figures.recent.map(({ date, submitted }) => ({
      day: `${date.month}/${date.day}`,
      submitted,
    })),
  };
}

/** Of a role that many hold, a few: 「吴婷、郑强等 5 人」. */
const MOST_NAMES = 3;

function namesText(names: readonly string[]): Words {
  const first = names.slice(0, MOST_NAMES);
  const more = names.length > first.length;
  return words(
    `${first.join('、')}${more ? `等 ${names.length} 人` : ''}`,
    `${first.join(', ')}${more ? ` and ${names.length - first.length} more` : ''}`,
  );
}

/** Its hours; with the day when that is another than the one the list is about. */
function onDay(
  { from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
  date: Temporal.PlainDate,
  now: Temporal.ZonedDateTime,
): Words {
  const [begins, ends] = [from, to].map((each) => each.toZonedDateTimeISO(now.timeZoneId));
  const isOnIt = [begins, ends].every((each) => each?.toPlainDate().equals(date));
  if (!begins || !ends || !isOnIt) return periodText(from, to, now);
  const hours = `${clockText(begins)}–${clockText(ends)}`;
  return words(hours, hours);
}
