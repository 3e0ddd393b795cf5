/** A month's claims: by department, with frequent travellers and what somebody should look at, as a card and as a workbook. */
import type { Card } from '../../cards/card.ts';
import { yuanText } from '../../cards/money.ts';
import { ledgerCard } from '../../cards/trip.ts';
import { STATE } from '../../cards/vocabulary.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { inWork, type Office } from '../../db/work.ts';
import { owe, PREFERRED } from '../delivery/owe.ts';
import { holdersOf, readOrganisation } from '../directory/organisation.ts';
import { type ExportColumn, type ExportRow, writeTable } from '../exports/table.ts';
import type { Setup } from '../filing/move.ts';
import { sortText } from '../requests/expense/lines.ts';
import { oddLines } from '../requests/expense/odd.ts';
import { calendarOf, type Rules } from '../settings/index.ts';
import { minutesOfClock } from '../time/hours.ts';
import { addWorkingDays } from '../time/working-time.ts';

/** One line of a claim in its month. Money in fen, `day` ISO. */
type Row = {
  readonly id: number;
  readonly person: number;
  readonly name: string;
  readonly department: string | null;
  readonly number: string;
  readonly request: number;
  readonly state: keyof typeof STATE;
  readonly sort: string;
  readonly fen: number;
  readonly invoice: string | null;
  readonly day: string | null;
  readonly claimed: string;
  readonly trip: string | null;
  readonly reason: string | null;
};

/** The lines of all claims that were filed in a month and not given back, oldest first. */
async function rowsOf(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
): Promise<readonly Row[]> {
  const from = month.toPlainDate({ day: 1 });
  const instant = (day: Temporal.PlainDate): Temporal.Instant =>
    day.toZonedDateTime(rules.timeZone).toInstant();
  const rows = await tx
    .selectFrom('expense_line')
    .innerJoin('request', 'request.id', 'expense_line.request_id')
    .innerJoin('expense', 'expense.request_id', 'expense_line.request_id')
    .innerJoin('person', 'person.id', 'expense_line.person_id')
    .leftJoin('department', 'department.id', 'person.department_id')
    .leftJoin('request as journey', 'journey.id', 'expense.trip_id')
    .select(['expense_line.id', 'expense_line.person_id', 'expense_line.sort', 'expense_line.fen'])
    .select(['expense_line.invoice', 'expense_line.day', 'expense_line.at', 'person.name'])
    .select(['department.name as department', 'request.number', 'request.id as request'])
    .select(['request.state', 'journey.number as trip', 'journey.form as journey'])
    .where('expense_line.at', '>=', instant(from))
    .where('expense_line.at', '<', instant(from.add({ months: 1 })))
    .orderBy('expense_line.at')
    .orderBy('expense_line.id')
    .execute();
  return rows.map((row) => {
    const reason = row.journey?.['reason'];
    return {
      id: row.id,
      person: row.person_id,
      name: row.name,
      department: row.department,
      number: row.number,
      request: row.request,
      state: row.state,
      sort: row.sort,
      fen: row.fen,
      invoice: row.invoice,
      day: row.day?.toString() ?? null,
      claimed: row.at.toZonedDateTimeISO(rules.timeZone).toPlainDate().toString(),
      trip: row.trip,
      reason: typeof reason === 'string' ? reason : null,
    };
  });
}

/** What is odd about each line: what its day and its neighbours tell, and whether its journey went beyond the standard. */
function marksOf(rows: readonly Row[], rules: Rules): ReadonlyMap<number, readonly Words[]> {
  const odd = oddLines(rows, calendarOf(rules));
  return new Map(
    rows.flatMap((row): [number, readonly Words[]][] => {
      const marks = [
        ...(odd.get(row.id) ?? []),
        ...(row.reason === null
          ? []
          : [words(`超标准（${row.reason}）`, `beyond the standard (${row.reason})`)]),
      ];
      return marks.length > 0 ? [[row.id, marks]] : [];
    }),
  );
}

const monthText = (month: Temporal.PlainYearMonth): Words =>
  words(`${month.year}年${month.month}月`, month.toString());

/** The card of a month, for finance. */
export async function drawLedger(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
): Promise<Card> {
  const rows = await rowsOf(tx, rules, month);
  const marks = marksOf(rows, rules);
  const sum = (of: readonly Row[]): number => of.reduce((all, { fen }) => all + fen, 0);
  const claims = new Set(rows.map(({ request }) => request)).size;
  const departments = [...Map.groupBy(rows, ({ department }) => department ?? '—')]
    .map(([name, of]) => ({ name, fen: sum(of) }))
    .toSorted((a, b) => b.fen - a.fen)
    .map(({ name, fen }) => ({ name, value: yuanText(fen) }));
  const frequent = [...Map.groupBy(rows, ({ person }) => person)]
    .map(([, of]) => ({
      name: of[0]?.name ?? '',
      count: new Set(of.map(({ request }) => request)).size,
      fen: sum(of),
    }))
    .filter(({ count }) => count >= rules.expenses.frequent)
    .toSorted((a, b) => b.count - a.count)
    .map(({ name, count, fen }) =>
      words(`${name}：${count} 张，${yuanText(fen)}`, `${name}: ${count} claims, ${yuanText(fen)}`),
    );
  const odd = rows.flatMap((row): readonly Words[] => {
    const told = marks.get(row.id);
    if (!told) return [];
    return [
      words(
        `${row.number} ${row.name} ${row.sort} ${yuanText(row.fen)}：${told.map(({ zh }) => zh).join('、')}`,
        `${row.number} ${row.name} ${sortText(row.sort).en} ${yuanText(row.fen)}: ${told.map(({ en }) => en).join(', ')}`,
      ),
    ];
  });
  const total = yuanText(sum(rows));
  return ledgerCard({ month: monthText(month), total, claims, departments, frequent, odd });
}

const COLUMNS: readonly ExportColumn[] = [
  '报销日期',
  '单号',
  '报销人',
  '部门',
  '类别',
  '金额（元）',
  '发票号',
  '费用日期',
  '出差单号',
  '状态',
  '标记',
].map((title) => ({ key: title, title }));

/** The workbook of a month: a line a receipt. */
export async function ledgerFile(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const rows = await rowsOf(tx, rules, month);
  const marks = marksOf(rows, rules);
  const cells = rows.map((row): ExportRow => ({
    报销日期: row.claimed,
    单号: row.number,
    报销人: row.name,
    部门: row.department,
    类别: row.sort,
    '金额（元）': row.fen / 100,
    发票号: row.invoice,
    费用日期: row.day,
    出差单号: row.trip,
    状态: STATE[row.state].name.zh,
    标记: (marks.get(row.id) ?? []).map(({ zh }) => zh).join('、'),
  }));
  return {
    name: `报销台账-${month.toString()}.xlsx`,
    bytes: await writeTable(COLUMNS, cells, 'xlsx'),
  };
}

/** Whether somebody may see the ledger now: who gets it, and the director. */
export async function mayReadLedger(
  tx: Tx,
  rules: Rules,
  person: number,
  now: Temporal.Instant,
): Promise<boolean> {
  const org = await readOrganisation(tx, rules.roles, now);
  return [...rules.expenses.ledger.to, 'director'].some((role) =>
    holdersOf(org, role).includes(person),
  );
}

/**
 * Owes last month's ledger once, on its day or the working day before, as a card and a workbook. One that was missed comes on a later
 * working day of the month; a day before the month has begun is its first working day.
 */
export async function oweLedger(office: Office, setup: Setup): Promise<void> {
  const { rules } = setup;
  const { ledger } = rules.expenses;
  const now = office.clock.now().toZonedDateTimeISO(rules.timeZone);
  const today = now.toPlainDate();
  const day = today.with({ day: ledger.day });
  const calendar = calendarOf(rules);
  const due = calendar.isWorkday(day) ? day : addWorkingDays(day, -1, calendar);
  const minute = now.hour * 60 + now.minute;
  const isDue = calendar.isWorkday(today) && Temporal.PlainDate.compare(today, due) >= 0;
  if (!isDue || minute < (minutesOfClock(ledger.at) ?? 0)) return;
  const month = today.toPlainYearMonth().subtract({ months: 1 }).toString();
  await inWork(office, { actor: 'system' }, async (work) => {
    const value = month;
    const first = await work.tx
      .insertInto('setting')
      .values({ name: 'expense-ledger', value })
      .onConflict((at) =>
        at.column('name').doUpdateSet({ value }).where('setting.value', '!=', value),
      )
      .executeTakeFirst();
    if (first.numInsertedOrUpdatedRows === 0n) return;
    // A month in which nobody claimed anything has no ledger.
    if ((await rowsOf(work.tx, rules, Temporal.PlainYearMonth.from(month))).length === 0) return;
    const org = await readOrganisation(work.tx, rules.roles, work.now);
    const readers = new Set(ledger.to.flatMap((role) => holdersOf(org, role)));
    for (const person of readers)
      for (const view of ['expense-ledger', 'expense-ledger-file'])
        await owe(work, setup.jobs, person, PREFERRED, {
          what: `${view}:${month}:p${person}`,
          view: { view, month },
          attention: true,
          priority: 9,
        });
  });
}
