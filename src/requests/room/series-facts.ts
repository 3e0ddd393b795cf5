/** What the cards of a series tell of its dates. */
import type { Fact } from '../../../cards/card.ts';
import { dayText, periodText } from '../../../cards/times.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { Hearing } from '../fields.ts';
import type { Period } from '../spoken-times.ts';
import {
  clocksOf,
  type EditScope,
  occurrencesOf,
  type Odd,
  type Series,
  seriesField,
  seriesText,
} from './series.ts';

type Told = { readonly when: Period; readonly room?: string | undefined; readonly series: Series };

/** 「每周一 10:00–11:00」 */
export function seriesTimeText(when: Period, value: Series, { now }: Hearing): Words {
  const rhythm = seriesText(value, now.toPlainDate());
  const hours = clocksOf(when, now.timeZoneId);
  return words(`${rhythm.zh} ${hours.from}–${hours.to}`, `${rhythm.en}, ${hours.from}–${hours.to}`);
}

/** The rule in words, how many dates with the first and the last, and what is otherwise on single ones; in an edit, which dates it is about. */
export function seriesFacts(
  { when, room = '', series: value }: Told,
  at: Hearing,
): readonly (Fact & { readonly field: string })[] {
  const today = at.now.toPlainDate();
  if (value.edit) return editFacts(when, value.edit.of, at);
  const rule = seriesTimeText(when, value, at);
  const dates = occurrencesOf({ when, room, series: value }, at.now.timeZoneId);
  const [first, last] = [dates[0], dates.at(-1)];
  const guess = when.guessed === true ? { mark: 'guessed' as const } : {};
  return [
    { field: 'series', label: seriesField.label, value: rule, ...guess },
    ...(first && last
      ? [
          {
            field: 'series',
            label: words('次数', 'Dates'),
            value: extent(dates.length, dayText(first.on, today), dayText(last.on, today)),
          },
        ]
      : []),
    ...oddFacts(value, today),
  ];
}

const extent = (count: number, first: Words, last: Words): Words =>
  count === 1
    ? words(`1 次，${first.zh}`, `1, ${first.en}`)
    : words(
        `${count} 次，首次 ${first.zh}，末次 ${last.zh}`,
        `${count}, first ${first.en}, last ${last.en}`,
      );

/** More of these are counted, not told. */
const MOST_ODD = 5;

function oddFacts(
  { odd = {}, days = [] }: Series,
  today: Temporal.PlainDate,
): readonly (Fact & { readonly field: string })[] {
  const others = Object.entries(odd)
    .filter(([day, each]) => days.includes(day) && Object.keys(each).length > 0)
    .toSorted(([one], [other]) => one.localeCompare(other));
  if (others.length === 0) return [];
  const told = others.slice(0, MOST_ODD).map(([day, each]) => oddText(day, each, today));
  const more = others.length - told.length;
  return [
    {
      field: 'series',
      label: words('其中', 'Except'),
      value: words(
        `${told.map(({ zh }) => zh).join('；')}${more > 0 ? `；另 ${more} 次` : ''}`,
        `${told.map(({ en }) => en).join('; ')}${more > 0 ? `; ${more} more` : ''}`,
      ),
    },
  ];
}

/** 「4月13日（周一） 黄山」, 「4月13日（周一）改到 4月14日（周二） 14:00–15:00」 */
function oddText(
  day: string,
  { on, from, to, room, attendees }: Odd,
  today: Temporal.PlainDate,
): Words {
  const of = dayText(day, today);
  const moved = on === undefined ? undefined : dayText(on, today);
  const rest = [from === undefined || to === undefined ? '' : `${from}–${to}`, room ?? '']
    .filter((part) => part !== '')
    .map((part) => ` ${part}`)
    .join('');
  const people = attendees === undefined ? words('', '') : words(' 参会人另定', ', other people');
  return words(
    `${of.zh}${moved ? `改到 ${moved.zh}` : ''}${rest}${people.zh}`,
    `${of.en}${moved ? ` moved to ${moved.en}` : ''}${rest}${people.en}`,
  );
}

const SCOPE: { readonly [of in EditScope]: Words } = {
  one: words('只改这次', 'only this date'),
  following: words('这次及以后', 'this and all later dates'),
  all: words('全部（已开始的不变）', 'all dates that lie ahead'),
};

function editFacts(
  when: Period,
  of: EditScope | undefined,
  at: Hearing,
): readonly (Fact & { readonly field: string })[] {
  const time = periodText(Temporal.Instant.from(when.from), Temporal.Instant.from(when.to), at);
  return [
    { field: 'when', label: words('时间', 'Time'), value: time },
    ...(of === undefined
      ? []
      : [{ field: 'series', label: words('改动范围', 'Applies to'), value: SCOPE[of] }]),
  ];
}
