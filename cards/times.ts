/** How moments are written on cards: absolute with the weekday, and today/tomorrow beside it. `now` gives zone and "today". */
import { type Words, words } from './words.ts';

const WEEKDAYS_ZH = ['一', '二', '三', '四', '五', '六', '日'];
const WEEKDAYS_EN = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A day: 「3月2日（周一）」, with the year when it is not `today`'s. */
export function dayText(date: string | Temporal.PlainDate, today?: Temporal.PlainDate): Words {
  const day = Temporal.PlainDate.from(date);
  const year =
    today && day.year !== today.year
      ? { zh: `${day.year}年`, en: `${day.year}-` }
      : { zh: '', en: '' };
  return words(
    `${year.zh}${day.month}月${day.day}日（周${WEEKDAYS_ZH[day.dayOfWeek - 1]}）`,
    `${WEEKDAYS_EN[day.dayOfWeek - 1]} ${year.en}${two(day.month)}-${two(day.day)}`,
  );
}

/** Days, both included, without their weekdays: 「10月1日–7日」, 「9月30日–10月7日」. */
export function daysText(
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Words {
  const year = (day: Temporal.PlainDate): Words =>
    day.year === today.year ? words('', '') : words(`${day.year}年`, `${day.year}-`);
  const one = words(
    `${year(first).zh}${first.month}月${first.day}日`,
    `${year(first).en}${two(first.month)}-${two(first.day)}`,
  );
  if (first.equals(last)) return one;
  const sameMonth = first.month === last.month && first.year === last.year;
  return words(
    `${one.zh}–${sameMonth ? '' : `${year(last).zh}${last.month}月`}${last.day}日`,
    `${one.en}–${sameMonth ? '' : `${year(last).en}${two(last.month)}-`}${two(last.day)}`,
  );
}

/**
 * What o'clock it is for a reader: the moment in the office's zone, and the reader's own zone where that is another. Moments are told on the
 * office's clock, which rooms, opening hours and colleagues go by; the reader's stands beside it.
 */
export type Watch = { readonly now: Temporal.ZonedDateTime; readonly elsewhere?: string };

const watchOf = (at: Temporal.ZonedDateTime | Watch): Watch => ('now' in at ? at : { now: at });

/** A moment: 「明天 3月2日（周一）09:30」, 「…09:30（您当地 08:30）」. */
export function momentText(instant: Temporal.Instant, at: Temporal.ZonedDateTime | Watch): Words {
  const { now, elsewhere } = watchOf(at);
  const moment = instant.toZonedDateTimeISO(now.timeZoneId);
  const day = dayWithNearness(moment.toPlainDate(), now);
  const clock = clockText(moment);
  return beside(words(`${day.zh}${clock}`, `${day.en} ${clock}`), [moment], elsewhere);
}

/** The same without nearness, for what is told of another day: 「3月2日（周一）09:30」. */
export function momentOnDay(instant: Temporal.Instant, at: Temporal.ZonedDateTime | Watch): Words {
  const { now, elsewhere } = watchOf(at);
  const moment = instant.toZonedDateTimeISO(now.timeZoneId);
  const day = dayText(moment.toPlainDate(), now.toPlainDate());
  const clock = clockText(moment);
  return beside(words(`${day.zh}${clock}`, `${day.en} ${clock}`), [moment], elsewhere);
}

/** A period of hours; the day is told once when it begins and ends on the same one. */
export function periodText(
  from: Temporal.Instant,
  to: Temporal.Instant,
  at: Temporal.ZonedDateTime | Watch,
): Words {
  const { now, elsewhere } = watchOf(at);
  const begins = from.toZonedDateTimeISO(now.timeZoneId);
  const ends = to.toZonedDateTimeISO(now.timeZoneId);
  const first = momentText(from, now);
  const last = momentText(to, now);
  const told = begins.toPlainDate().equals(ends.toPlainDate())
    ? words(`${first.zh}–${clockText(ends)}`, `${first.en}–${clockText(ends)}`)
    : words(`${first.zh} 至 ${last.zh}`, `${first.en} to ${last.en}`);
  return beside(told, [begins, ends], elsewhere);
}

/** The text, and behind it what the clocks of the reader show at these moments, where they show something else. */
function beside(
  told: Words,
  moments: readonly Temporal.ZonedDateTime[],
  elsewhere: string | undefined,
): Words {
  if (elsewhere === undefined) return told;
  const both = moments.map((here) => ({ here, there: here.withTimeZone(elsewhere) }));
  const differ = (what: 'toPlainDate' | 'toPlainTime'): boolean =>
    both.some(({ here, there }) => here[what]().toString() !== there[what]().toString());
  const otherDay = differ('toPlainDate');
  if (!otherDay && !differ('toPlainTime')) return told;
  const on = (language: keyof Words): string =>
    both
      .map(({ there }) => {
        if (!otherDay) return clockText(there);
        const zh = `${there.month}月${there.day}日`;
        const day = language === 'zh' ? zh : `${two(there.month)}-${two(there.day)}`;
        return `${day} ${clockText(there)}`;
      })
      .join('–');
  return words(`${told.zh}（您当地 ${on('zh')}）`, `${told.en} (${on('en')} your time)`);
}

/** Days, both included: 「3月3日（周二）至 3月5日（周四），共 3 天」. */
export function dayRangeText(from: string, to: string, now: Temporal.ZonedDateTime): Words {
  const today = now.toPlainDate();
  const first = dayText(from, today);
  const length = dayCount(from, to);
  if (length === 1) return words(`${first.zh}，1 天`, `${first.en}, 1 day`);
  const last = dayText(to, today);
  return words(
    `${first.zh} 至 ${last.zh}，共 ${length} 天`,
    `${first.en} to ${last.en}, ${length} days`,
  );
}

/** Days from `from` to `to`, both counted. */
export const dayCount = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days + 1;

function dayWithNearness(day: Temporal.PlainDate, now: Temporal.ZonedDateTime): Words {
  const today = now.toPlainDate();
  const absolute = dayText(day, today);
  const near = NEAR.get(today.until(day, { largestUnit: 'days' }).days);
  return near ? words(`${near.zh} ${absolute.zh}`, `${near.en}, ${absolute.en}`) : absolute;
}

const NEAR: ReadonlyMap<number, Words> = new Map([
  [-1, words('昨天', 'yesterday')],
  [0, words('今天', 'today')],
  [1, words('明天', 'tomorrow')],
  [2, words('后天', 'in 2 days')],
]);

/** 「09:30」 */
export const clockText = (moment: Temporal.ZonedDateTime): string =>
  `${two(moment.hour)}:${two(moment.minute)}`;

const two = (value: number): string => String(value).padStart(2, '0');

/** How long working time is, roughly: 「12 分钟」, 「3 小时」, 「2 个工作日」. `ofDay`: working minutes of one day. */
export function workingTimeText(minutes: number, ofDay: number): Words {
  const whole = Math.max(0, Math.round(minutes));
  if (whole < 60) return words(`${whole} 分钟`, `${whole} min`);
  if (whole < ofDay) return words(`${Math.floor(whole / 60)} 小时`, `${Math.floor(whole / 60)} h`);
  const days = Math.floor(whole / ofDay);
  return words(`${days} 个工作日`, days === 1 ? '1 working day' : `${days} working days`);
}
