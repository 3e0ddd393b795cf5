import type { Work } from '../../db/work.ts';
import { owe, PREFERRED } from '../delivery/owe.ts';
import { holdersOf, type Organisation, readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import type { Rules } from '../settings/index.ts';
import { digestDue, monthlyDue } from './occurrences.ts';
import { dayPeriod, monthPeriod } from './period.ts';

/** The reports there are, as the table and the views name them. */
export type ReportSort = 'digest' | 'monthly';

/** Owes today's digest to everyone whose role it is for, when it is due and was not owed yet. Who finds the row first owes it. */
export async function oweDigest(work: Work, setup: Setup): Promise<void> {
  const date = digestDue(setup.rules, work.now);
  if (!date || !(await claim(work, 'digest', date.toString()))) return;
  const { to } = dayPeriod(date, setup.rules.timeZone);
  await oweTo(work, setup, readersOf(setup.rules, 'digest'), {
    what: `digest:${date.toString()}`,
    view: { view: 'digest', date: date.toString() },
    // What could not be sent today is not sent any more: tomorrow has a digest of its own.
    notAfter: to,
  });
}

/** The same with the report of last month. An office that nobody had asked for anything by the end of it has nothing to report. */
export async function oweMonthlyReport(work: Work, setup: Setup): Promise<void> {
  const month = monthlyDue(setup.rules, work.now);
  if (!month || !(await claim(work, 'monthly', month.toString()))) return;
  const asked = await work.tx
    .selectFrom('request')
    .select('id')
    .where('submitted_at', '<', monthPeriod(month, setup.rules.timeZone).to)
    .limit(1)
    .executeTakeFirst();
  if (!asked) return;
  await oweTo(work, setup, readersOf(setup.rules, 'monthly'), {
    what: `monthly:${month.toString()}`,
    view: { view: 'monthly', month: month.toString() },
  });
}

/** True for the one who makes the row of this occurrence. */
async function claim(work: Work, sort: ReportSort, period: string): Promise<boolean> {
  const row = await work.tx
    .insertInto('report')
    .values({ sort, period, owed_at: work.now })
    .onConflict((at) => at.doNothing())
    .returning('period')
    .executeTakeFirst();
  return row !== undefined;
}

type Report = {
  readonly what: string;
  readonly view: { readonly view: string; readonly [key: string]: unknown };
  readonly notAfter?: Temporal.Instant;
};

async function oweTo(
  work: Work,
  { rules, jobs }: Setup,
  roles: readonly string[],
  { what, ...owed }: Report,
): Promise<void> {
  const org = await readOrganisation(work.tx, rules.roles, work.now);
  for (const person of holdersOfAny(org, roles)) {
    await owe(work, jobs, person, PREFERRED, {
      ...owed,
      what: `${what}:p${person}`,
      attention: true,
      priority: 9,
    });
  }
}

/** Everybody who holds one of the roles and works here, each once. */
const holdersOfAny = (org: Organisation, roles: readonly string[]): readonly number[] => [
  ...new Set(roles.flatMap((role) => holdersOf(org, role))),
];

/** Whom a report is for: roles. */
export const readersOf = ({ reminders }: Rules, report: ReportSort): readonly string[] =>
  (report === 'digest' ? reminders.dailyDigest : reminders.monthlyReport).to;

/** Whether a person may read such a report, now. */
export async function isReader(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  rules: Rules,
  report: ReportSort,
  person: number,
): Promise<boolean> {
  const org = await readOrganisation(tx, rules.roles, now);
  return holdersOfAny(org, readersOf(rules, report)).includes(person);
}
