import { parseArgs } from 'node:util';
import { voiceName } from '../../cards/vocabulary.ts';
import { words } from '../../cards/words.ts';
import { calendarFile } from '../exports/calendar-file.ts';
import { daysOf, nextOf, type Planned, plannedBy } from '../rounds/plan.ts';
import { recurrenceText } from '../rounds/texts.ts';
import type { Rules } from '../settings/index.ts';
import { systemClock } from '../time/clock.ts';
import { exit, line, say, UsageError } from './command.ts';
import { configured, ruled } from './opened.ts';

/** `calendar [YEAR] [--ics]`: the year's recurring work by these rules. It reads office.yaml only, so it may be tried before the program runs. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ics: { type: 'boolean', default: false } },
  });
  const rules = await ruled(configured());
  const today = systemClock().now().toZonedDateTimeISO(rules.timeZone).toPlainDate();
  const year = yearOf(positionals, today.year);
  const planned = plannedBy(rules);
  if (values.ics) process.stdout.write(icsOf(planned, year, rules));
  else print(planned, year, rules, today);
  return exit.ok;
}

function yearOf([said, ...more]: readonly string[], usual: number): number {
  const year = said === undefined ? usual : Number(said);
  if (more.length === 0 && Number.isInteger(year) && year >= 2000 && year < 2200) return year;
  throw new UsageError('calendar [YEAR] [--ics]，年份如 2026 | a year such as 2026');
}

function print(
  planned: readonly Planned[],
  year: number,
  rules: Rules,
  today: Temporal.PlainDate,
): void {
  if (planned.length === 0) {
    say(words('office.yaml 里写了 rounds: off，没有例行工作', 'rounds are off: no recurring work'));
    return;
  }
  for (const each of planned) {
    const often = recurrenceText(each.recurrence);
    const next = nextOf(each, today, rules)?.date.toString() ?? '-';
    const { name, title, source } = each.kind;
    const who = voiceName(each.owner).zh;
    line(`${name}  ${title.zh} ${title.en}（${source}）`);
    line(`    ${often.zh} ${each.at} · ${who} · 期限 ${each.within} · 下次 next ${next}`);
  }
  line('');
  for (const { date, each } of rareOf(planned, year, rules))
    line(`${date.toString()}  ${each.kind.title.zh} · ${voiceName(each.owner).zh}`);
}

type Day = { readonly date: Temporal.PlainDate; readonly period: string; readonly each: Planned };

/** The days of what comes monthly or more rarely; daily and weekly work would bury it. */
const rareOf = (planned: readonly Planned[], year: number, rules: Rules): readonly Day[] =>
  planned
    .filter(({ recurrence }) => recurrence.every !== 'day' && recurrence.every !== 'week')
    .flatMap((each) =>
      daysOf(
        each,
        Temporal.PlainDate.from({ year, month: 1, day: 1 }),
        Temporal.PlainDate.from({ year, month: 12, day: 31 }),
        rules,
      ).map(({ date, period }) => ({ date, period, each })),
    )
    .toSorted((a, b) => Temporal.PlainDate.compare(a.date, b.date));

/** A calendar file of whole days, for whoever wants the year beside their own appointments. */
const icsOf = (planned: readonly Planned[], year: number, rules: Rules): string =>
  calendarFile(
    { product: 'rounds' },
    rareOf(planned, year, rules).map(({ date, period, each }) => ({
      uid: `${each.kind.name}-${period}@banshi`,
      stamp: Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime('UTC').toInstant(),
      when: { days: { from: date, to: date.add({ days: 1 }) } },
      summary: `${each.kind.title.zh}（${voiceName(each.owner).zh}）`,
    })),
  );
