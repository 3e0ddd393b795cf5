/** What the office promises by the calendar: digests, monthly reports, recurring work, the weekly follow-up, first answers. */
import type { Db } from '../../../db/database.ts';
import type { Rules } from '../../../src/settings/rules.ts';
import {
  at,
  count,
  isWorked,
  rungUnder,
  tally,
  type Tally,
  type Ticks,
  workingMinutesAfter,
} from './counting.ts';

/** The days of the run. */
function* daysOf(first: Temporal.PlainDate, days: number): Generator<Temporal.PlainDate> {
  for (let day = 0; day < days; day++) yield first.add({ days: day });
}

const workdayFrom = (date: Temporal.PlainDate): Temporal.PlainDate =>
  isWorked(date) ? date : workdayFrom(date.add({ days: 1 }));
const workdayUntil = (date: Temporal.PlainDate): Temporal.PlainDate =>
  isWorked(date) ? date : workdayUntil(date.subtract({ days: 1 }));

/** At six on working days; what could not be sent that day is not sent any more. */
async function digests(db: Db, days: readonly Temporal.PlainDate[], ticks: Ticks): Promise<Tally> {
  const sum = tally('daily digests');
  const rung = await rungUnder(db, 'digest:%', (parts) => parts[1] ?? '');
  for (const date of days.filter(isWorked)) {
    const actual = rung.get(date.toString()) ?? [];
    const over = at(date.add({ days: 1 }), '00:00');
    count(sum, { due: at(date, '18:00'), over, awake: true }, actual, ticks);
  }
  sum.doubled += [...rung.keys()].filter((day) => !isWorked(Temporal.PlainDate.from(day))).length;
  return sum;
}

/** At nine on the first, or the first working day after; the year's first month has nothing before it to report. */
async function monthlies(
  db: Db,
  days: readonly Temporal.PlainDate[],
  ticks: Ticks,
): Promise<Tally> {
  const sum = tally('monthly reports');
  const rung = await rungUnder(db, 'monthly:%', (parts) => parts[1] ?? '');
  for (const date of days.filter((each) => each.day === 1).slice(1)) {
    const month = date.subtract({ months: 1 }).toPlainYearMonth().toString();
    const due = at(workdayFrom(date), '09:00');
    if (Temporal.Instant.compare(due, ticks.end) > 0) continue;
    count(sum, { due, over: null }, rung.get(month) ?? [], ticks);
  }
  return sum;
}

/** From when on a round of a date may be opened: at nine, or on the morning of the next working day when nobody was there before the night or a day off. */
function openable(date: Temporal.PlainDate, ticks: Ticks): Temporal.Instant {
  const due = at(date, '09:00');
  const day = (ticks.doneFrom(due, true) ?? due).toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  return isWorked(day) ? due : at(workdayFrom(day), '08:30');
}

/** The daily round at nine on working days; one that could not be opened before the next came is not made up for. */
async function rounds(
  db: Db,
  days: readonly Temporal.PlainDate[],
  { roles }: Rules,
  ticks: Ticks,
): Promise<readonly Tally[]> {
  const rows = await db
    .selectFrom('round')
    .select(['id', 'name', 'date', 'owner', 'opened_at'])
    .execute();
  const opened = (name: string, date: Temporal.PlainDate): readonly Temporal.Instant[] =>
    rows.filter((row) => row.name === name && row.date.equals(date)).map((row) => row.opened_at);
  const daily = tally('daily round of the facilities');
  for (const date of days.filter(isWorked).slice(1)) {
    const over = at(workdayFrom(date.add({ days: 1 })), '09:00');
    count(
      daily,
      { due: openable(date, ticks), over, awake: true },
      opened('facility-round', date),
      ticks,
    );
  }
  const weekly = tally('weekly spot check, on Friday or before');
  for (const friday of days.filter((each) => each.dayOfWeek === 5).slice(1)) {
    const date = workdayUntil(friday);
    // A week without a working day has no spot check.
    if (friday.since(date).days > 4) continue;
    const over = at(workdayUntil(friday.add({ days: 7 })), '09:00');
    count(
      weekly,
      { due: openable(date, ticks), over, awake: true },
      opened('cleaning', date),
      ticks,
    );
  }
  const told = tally('recurring work told to all who may do it');
  const rung = await rungUnder(db, 'round:%:new:%', (parts) => parts[1] ?? '');
  for (const { id, owner } of rows) {
    const [people, holders] = [rung.get(String(id))?.length ?? 0, roles[owner]?.length ?? 0];
    if (people === holders) told.once++;
    else if (people < holders) told.lost++;
    else told.doubled++;
  }
  return [daily, weekly, told];
}

/** On Monday at ten, or the next working day of that week: everybody who then has an unfinished item. */
async function followUps(
  db: Db,
  days: readonly Temporal.PlainDate[],
  ticks: Ticks,
): Promise<Tally> {
  const sum = tally('weekly follow-up, an owner');
  const rung = await rungUnder(
    db,
    'follow-up:%:actions:%',
    (parts) => `${parts[1]} ${parts.at(-1)}`,
  );
  const items = await db
    .selectFrom('action_item')
    .select(['owner_id', 'opened_at', 'done_at'])
    .where('opened_at', 'is not', null)
    .execute();
  for (const monday of days.filter((each) => each.dayOfWeek === 1)) {
    const date = workdayFrom(monday);
    const due = at(date, '10:00');
    const over = at(monday.add({ days: 7 }), '00:00');
    const could = ticks.doneFrom(due, true);
    if (!could || Temporal.Instant.compare(due, over) >= 0) continue;
    const owing = items.filter(
      ({ opened_at: opened, done_at: done }) =>
        opened !== null &&
        Temporal.Instant.compare(opened, due) <= 0 &&
        (done === null || Temporal.Instant.compare(done, could) > 0),
    );
    for (const owner of new Set(owing.map((item) => item.owner_id)))
      count(
        sum,
        { due, over, awake: true },
        rung.get(`${monday.toString()} p${owner}`) ?? [],
        ticks,
      );
  }
  return sum;
}

/** Three quarters of four working hours, in minutes; and all of them. */
const WARN = 180;
const LATE = 240;

/** The office is warned of what waits for its first answer, and the first of the list is told when it is late. */
async function responses(db: Db, ticks: Ticks): Promise<readonly Tally[]> {
  const [warned, escalated] = [
    tally('first answers: the office warned'),
    tally('first answers: told to the next above'),
  ];
  const rung = await rungUnder(db, 'response:%:told:%', (parts) => parts[1] ?? '');
  const rows = await db
    .selectFrom('response')
    .select(['id', 'asked_at', 'answered_at'])
    .where('state', '!=', 'over')
    .execute();
  for (const { id, asked_at: asked, answered_at: over } of rows) {
    const moments = rung.get(String(id)) ?? [];
    const due = workingMinutesAfter(asked, WARN);
    count(warned, { due, over, awake: true }, moments.slice(0, 1), ticks);
    const late = workingMinutesAfter(asked, LATE);
    const above = moments.filter((moment) => Temporal.Instant.compare(moment, late) >= 0);
    count(escalated, { due: late, over, awake: true }, above.slice(0, 1), ticks);
  }
  return [warned, escalated];
}

export async function ofTheOffice(
  db: Db,
  run: { readonly first: Temporal.PlainDate; readonly days: number; readonly rules: Rules },
  ticks: Ticks,
): Promise<readonly Tally[]> {
  const days = [...daysOf(run.first, run.days)];
  return [
    ...(await responses(db, ticks)),
    await followUps(db, days, ticks),
    await digests(db, days, ticks),
    await monthlies(db, days, ticks),
    ...(await rounds(db, days, run.rules, ticks)),
  ];
}
