import { dayText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import type { Rules } from '../settings/rules.ts';
import { afterQuietHours } from '../time/quiet-hours.ts';
import { roundNamed } from './index.ts';
import { type Coming, dueOf, firstReminder, lastOf, type Planned, plannedBy } from './plan.ts';
import type { Round } from './store.ts';
import { organisationOf, oweOwners, oweQuietly, tellRole } from './tell.ts';

/**
 * Opens the recurring work that has come, each occurrence once, in a transaction of its own. After a standstill only the latest of
 * a kind is made up for. Nothing comes in the quiet hours or on a day off for which it was not meant; it waits for the next
 * working day. What was switched off meanwhile is closed.
 */
export async function openRounds(office: Office, setup: Setup): Promise<void> {
  const { rules } = setup;
  const planned = plannedBy(rules);
  await keepRounds(office, rules);
  await dropStopped(office, setup, planned);
  const now = office.clock.now();
  if (!afterQuietHours(now, rules.reminders.quietHours, rules.timeZone).equals(now)) return;
  const today = now.toZonedDateTimeISO(rules.timeZone).toPlainDate();
  const workday = setup.calendar.isWorkday(today);
  const come = planned.flatMap((each) => {
    const last = lastOf(each, now, rules);
    const meant = last && (workday || last.date.equals(today));
    return last && meant ? [{ planned: each, last }] : [];
  });
  if (come.length === 0) return;
  const missing = await missingOf(office, come);
  for (const { planned: each, last } of missing) {
    await inWork(office, { actor: 'system' }, (work) => openOne(work, setup, each, last));
  }
}

type Come = { readonly planned: Planned; readonly last: Coming };

/** Those without a row yet that came since the office has done them: what lies before its first day is not made up for. */
async function missingOf({ db }: Office, come: readonly Come[]): Promise<readonly Come[]> {
  const names = come.map(({ planned }) => planned.kind.name);
  const kept = await db.selectFrom('round_kept').selectAll().where('name', 'in', names).execute();
  const since = new Map(kept.map((row) => [row.name, row.since]));
  const rows = await db
    .selectFrom('round')
    .select(['name', 'period'])
    .where('name', 'in', names)
    .where(
      'period',
      'in',
      come.map(({ last }) => last.period),
    )
    .execute();
  const there = new Set(rows.map(({ name, period }) => `${name} ${period}`));
  return come.filter(({ planned, last }) => {
    const from = since.get(planned.kind.name);
    const ours = from !== undefined && Temporal.Instant.compare(last.opens, from) >= 0;
    return ours && !there.has(`${planned.kind.name} ${last.period}`);
  });
}

async function openOne(work: Work, setup: Setup, planned: Planned, last: Coming): Promise<void> {
  const { kind, owner, within } = planned;
  const due = dueOf(planned, last, work.now, setup.calendar);
  const row = await work.tx
    .insertInto('round')
    .values({
      name: kind.name,
      period: last.period,
      date: last.date,
      owner,
      state: 'open',
      opened_at: work.now,
      due_at: due,
      closed_at: null,
      claimed_by: null,
      done_by: null,
      results: '{}',
      score: null,
      version: 1,
      next_reminder_at: firstReminder(work.now, due, within, setup.calendar),
    })
    .onConflict((at) => at.columns(['name', 'period']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) return; // another process opened it in this moment
  await record(work, 'round.opened', `round:${row.id}`, {
    after: { name: kind.name, period: last.period },
  });
  await closeEarlier(work, setup, kind.name, row.id);
  const org = await organisationOf(work, setup);
  await oweOwners(work, setup, org, { sort: 'round', id: row.id, owner }, 'new');
}

/** One of a kind is enough to do: an earlier one that nobody did is put down as missed. */
async function closeEarlier(work: Work, setup: Setup, name: string, id: number): Promise<void> {
  const earlier = await work.tx
    .selectFrom('round')
    .selectAll()
    .where('name', '=', name)
    .where('state', '=', 'open')
    .where('id', '<', id)
    .forUpdate()
    .execute();
  for (const round of earlier) {
    await close(work, setup, round, 'missed');
    if (round.reminders < TOLD) await tellMissed(work, setup, round);
  }
}

/** From the second reminder on, the first role of its escalation has been told that it is overdue. */
const TOLD = 2;

/** Nobody did it in its time, and nobody above has heard of it yet. */
async function tellMissed(work: Work, setup: Setup, round: Round): Promise<void> {
  const kind = roundNamed(round.name);
  const role = kind?.escalate[0];
  if (!kind || role === undefined) return;
  const today = work.now.toZonedDateTimeISO(setup.rules.timeZone).toPlainDate();
  const day = dayText(round.date, today);
  const notice = {
    key: `round-missed:${round.id}`,
    text: words(
      `「${kind.title.zh}」${day.zh}没有人做，已记为未做`,
      `“${kind.title.en}” of ${day.en} was not done and is put down as missed`,
    ),
  };
  const org = await organisationOf(work, setup);
  await tellRole(work, setup, org, { role, owner: round.owner }, notice);
}

async function close(
  work: Work,
  setup: Setup,
  round: Round,
  state: 'missed' | 'dropped',
): Promise<void> {
  const version = round.version + 1;
  await work.tx
    .updateTable('round')
    .set({ state, closed_at: work.now, next_reminder_at: null, version })
    .where('id', '=', round.id)
    .execute();
  await record(work, `round.${state}`, `round:${round.id}`);
  await oweQuietly(work, setup, { sort: 'round', id: round.id, version });
}

/**
 * Notes since when each is done here, and forgets it of those that no longer are. Called at the start too: an office has its year from
 * its first minute on, also when the clock of the demo is moved at once.
 */
export async function keepRounds({ db, clock }: Office, rules: Rules): Promise<void> {
  const names = plannedBy(rules).map(({ kind }) => kind.name);
  const rows = await db.selectFrom('round_kept').select('name').execute();
  const known = new Set(rows.map(({ name }) => name));
  const added = names.filter((name) => !known.has(name));
  const gone = [...known].filter((name) => !names.some((each) => each === name));
  if (gone.length > 0) await db.deleteFrom('round_kept').where('name', 'in', gone).execute();
  if (added.length === 0) return;
  const since = clock.now();
  await db
    .insertInto('round_kept')
    .values(added.map((name) => ({ name, since })))
    .onConflict((at) => at.column('name').doNothing())
    .execute();
}

/** What is open and no longer done here is closed, so that nobody is reminded of it. */
async function dropStopped(
  office: Office,
  setup: Setup,
  planned: readonly Planned[],
): Promise<void> {
  const names = planned.map(({ kind }) => kind.name);
  const stopped = office.db.selectFrom('round').select('id').where('state', '=', 'open');
  const first = await stopped.where('name', 'not in', [...names, '']).executeTakeFirst();
  if (!first) return;
  await inWork(office, { actor: 'system' }, async (work) => {
    const rounds = await work.tx
      .selectFrom('round')
      .selectAll()
      .where('state', '=', 'open')
      .where('name', 'not in', [...names, ''])
      .forUpdate()
      .skipLocked()
      .execute();
    for (const round of rounds) await close(work, setup, round, 'dropped');
  });
}
