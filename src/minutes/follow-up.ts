import { lateActionsCard, type OwnerCount, rollUpCard } from '../../cards/actions.ts';
import type { Card } from '../../cards/card.ts';
import type { Tx } from '../../db/database.ts';
import { inWork, type Office, oneByOne, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe, PREFERRED } from '../delivery/owe.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { nameOf } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import type { Hearing } from '../requests/fields.ts';
import { weekdays } from '../time/hours.ts';
import { instantAt } from '../time/local.ts';
import { leadersOf } from '../workflow/routing.ts';
import { linesOf } from './drawing.ts';
import { awake } from './promised.ts';
import { type ActionItem, isLate, UNFINISHED, unfinishedOf } from './store.ts';

/** The setting that holds the Monday of the last week whose follow-up was begun. */
const FOLLOWED = 'actions-followed';
/**
 * Cards owed in one tick by one program, some seconds' worth: a company of a thousand hears at the hour itself, as owners and as
 * askers, also while one of two programs is away. The rest comes with the next tick.
 */
const AT_ONCE = 2_000;

/**
 * Once a week each owner gets one card of all their open items, who asked gets the roll-up, and what is overdue climbs to the
 * owner's leader once. Who is to be told is written down first, so a restart goes on where it stopped. A follow-up missed
 * while nobody worked comes late in its own week, and never in the next.
 */
export async function followUp(office: Office, setup: Setup): Promise<void> {
  const now = office.clock.now();
  const due = weekDue(now, setup);
  if (!due || !awake(now, setup).equals(now)) return;
  const { week } = due;
  await inWork(office, { actor: 'system' }, (work) => begin(work, due));
  await oneByOne(office, [(work) => tellOne(work, setup, week)], AT_ONCE);
}

/** A week by its Monday, and when its follow-up was due. */
type Week = { readonly week: Temporal.PlainDate; readonly due: Temporal.Instant };

/** This week, once its follow-up is due: on the office's day and hour, or the next working day when that is off. */
export function weekDue(
  now: Temporal.Instant,
  { rules, calendar }: Pick<Setup, 'rules' | 'calendar'>,
): Week | undefined {
  const today = now.toZonedDateTimeISO(rules.timeZone).toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const { day, at } = rules.reminders.actionItems;
  // The day of last week may have moved into this one.
  for (const week of [monday, monday.subtract({ days: 7 })]) {
    let date = week.add({ days: weekdays.indexOf(day) });
    for (let off = 0; off < MOST_DAYS_OFF && !calendar.isWorkday(date); off++)
      date = date.add({ days: 1 });
    const due = instantAt(date, at, rules.timeZone);
    const sameWeek = Temporal.PlainDate.compare(date, monday) >= 0;
    if (sameWeek && Temporal.Instant.compare(due, now) <= 0) return { week, due };
  }
  return undefined;
}

/** The longest holidays of China last nine days. */
const MOST_DAYS_OFF = 14;

/** Writes down whom this week's follow-up tells; nothing when that was done already, here or in another process. */
async function begin(work: Work, { week, due }: Week): Promise<void> {
  const value = week.toString();
  const first = await work.tx
    .insertInto('setting')
    .values({ name: FOLLOWED, value })
    .onConflict((at) => at.column('name').doUpdateSet({ value }).where('setting.value', '<', value))
    .returning('name')
    .executeTakeFirst();
  if (!first) return;
  const open = await work.tx
    .selectFrom('action_item')
    .select(['owner_id', 'asked_by'])
    .where('state', 'in', UNFINISHED)
    // What was handed out since is for the next week, also when this one's comes late.
    .where('opened_at', '<=', due)
    .execute();
  const told = (people: Iterable<number>, sort: 'owner' | 'asker') =>
    [...new Set(people)].map((person_id) => ({ week, person_id, sort, told: false }));
  const rows = [
    ...told(
      open.flatMap(({ owner_id }) => owner_id ?? []),
      'owner',
    ),
    ...told(
      open.map(({ asked_by }) => asked_by),
      'asker',
    ),
  ];
  if (rows.length > 0) await work.tx.insertInto('follow_up').values(rows).execute();
}

async function tellOne(work: Work, setup: Setup, week: Temporal.PlainDate): Promise<boolean> {
  const row = await work.tx
    .selectFrom('follow_up')
    .selectAll()
    .where('week', '=', week)
    .where('told', '=', false)
    .orderBy('person_id')
    .orderBy('sort')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!row) return false;
  await work.tx
    .updateTable('follow_up')
    .set({ told: true })
    .where('week', '=', week)
    .where('person_id', '=', row.person_id)
    .where('sort', '=', row.sort)
    .execute();
  if (row.sort === 'asker') await oweWeekly(work, setup, week, row.person_id, { view: 'roll-up' });
  else await tellOwner(work, setup, week, row.person_id);
  return true;
}

async function tellOwner(
  work: Work,
  setup: Setup,
  week: Temporal.PlainDate,
  owner: number,
): Promise<void> {
  await oweWeekly(work, setup, week, owner, { view: 'actions', scope: 0, weekly: true });
  const today = work.now.toZonedDateTimeISO(setup.rules.timeZone).toPlainDate();
  const late = (await unfinishedOf(work.tx, owner)).filter(
    (item) => isLate(item, today) && item.escalated_at === null,
  );
  if (late.length > 0) await climb(work, setup, week, owner, late);
}

/** Tells the owner's leader of what is overdue, each item once; the office manager, for who has no leader. */
async function climb(
  work: Work,
  setup: Setup,
  week: Temporal.PlainDate,
  owner: number,
  late: readonly ActionItem[],
): Promise<void> {
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const above = [...leadersOf(owner, org), ...(org.roles.get('office-manager') ?? [])];
  const to = above.find(
    (person) =>
      person !== owner && org.people.get(person)?.active === true && !org.absent.has(person),
  );
  if (to === undefined) return;
  const ids = late.map(({ id }) => id);
  await oweWeekly(work, setup, week, to, { view: 'late-actions', owner, items: ids });
  await work.tx
    .updateTable('action_item')
    .set({ escalated_at: work.now })
    .where('id', 'in', ids)
    .execute();
  for (const id of ids) await record(work, 'action.escalated', `action:${id}`, { after: { to } });
}

async function oweWeekly(
  work: Work,
  setup: Setup,
  week: Temporal.PlainDate,
  person: number,
  view: { readonly view: string; readonly owner?: number; readonly [key: string]: unknown },
): Promise<void> {
  const about = view.owner === undefined ? '' : `:${view.owner}`;
  const next = instantAt(week.add({ days: 14 }), '00:00', setup.rules.timeZone);
  await owe(work, setup.jobs, person, PREFERRED, {
    what: `follow-up:${week.toString()}:${view.view}${about}:p${person}`,
    view,
    attention: true,
    priority: 6,
    notAfter: next,
  });
}

/** The roll-up of who asked, as it stands now; undefined when nothing of theirs is open. */
export async function drawRollUp(tx: Tx, asker: number, at: Hearing): Promise<Card | undefined> {
  const items = await tx
    .selectFrom('action_item')
    .selectAll()
    .where('asked_by', '=', asker)
    .where((is) =>
      is.or([
        is('state', 'in', UNFINISHED),
        is.and([
          is('state', '=', 'done'),
          is('done_at', '>', at.now.toInstant().subtract({ hours: 7 * 24 })),
        ]),
      ]),
    )
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
  const lines = await linesOf(tx, items, at);
  if (!lines.some(({ state }) => state !== 'done')) return undefined;
  const counts = [...Map.groupBy(lines, ({ owner }) => owner)].map(
    ([owner, theirs]): OwnerCount => ({
      owner,
      open: theirs.filter(({ state }) => state !== 'done').length,
      late: theirs.filter(({ late }) => late).length,
      done: theirs.filter(({ state }) => state === 'done').length,
    }),
  );
  return rollUpCard(
    counts.toSorted((a, b) => b.late - a.late || b.open - a.open),
    lines.filter(({ late }) => late),
  );
}

/** What of these items is still late; undefined when it was settled meanwhile. */
export async function drawLate(
  tx: Tx,
  owner: number,
  ids: readonly number[],
  at: Hearing,
): Promise<Card | undefined> {
  if (ids.length === 0) return undefined;
  const items = await tx
    .selectFrom('action_item')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('owner_id', '=', owner)
    .orderBy('due')
    .execute();
  const late = (await linesOf(tx, items, at)).filter((line) => line.late);
  const name = await nameOf(tx, owner);
  return late.length === 0 ? undefined : lateActionsCard(name, late);
}
