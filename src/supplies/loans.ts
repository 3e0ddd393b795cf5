/** Things that are lent: asked for, handed over by the office, brought back by tap, reminded of, told when overdue. */
import type { Selectable } from 'kysely';
import { momentText } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { LoanTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe, PREFERRED } from '../delivery/owe.ts';
import { nameOf } from '../directory/people.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import type { Notice } from '../requests/kind.ts';
import { enter } from '../requests/supply/ledger.ts';
import { itemOf } from '../requests/supply/stock.ts';
import { keepersOf, mustBeKeeper } from './office.ts';
import { tellKeepers } from './tell.ts';

export type Loan = Selectable<LoanTable>;

export const readLoan = (tx: Tx, id: number): Promise<Loan | undefined> =>
  tx.selectFrom('loan').selectAll().where('id', '=', id).executeTakeFirst();

const lockLoan = (tx: Tx, id: number): Promise<Loan | undefined> =>
  tx.selectFrom('loan').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Notes that somebody wants to borrow; nothing is promised before they say so on the card. */
export async function draftLoan(
  work: Work,
  person: number,
  what: { readonly item: number; readonly quantity: number; readonly due: Temporal.Instant },
): Promise<number> {
  const { id } = await work.tx
    .insertInto('loan')
    .values({
      item_id: what.item,
      quantity: what.quantity,
      person_id: person,
      state: 'draft',
      due_at: what.due,
      created_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Of what a person has borrowed, or asked to borrow. */
export const loansOf = (tx: Tx, person: number): Promise<readonly Loan[]> =>
  tx
    .selectFrom('loan')
    .selectAll()
    .where('person_id', '=', person)
    .where('state', 'in', ['asked', 'out', 'returning'])
    .orderBy('due_at')
    .execute();

export type LoanAct = 'ask' | 'hand' | 'drop' | 'back' | 'got' | 'missing';

/**
 * What somebody does with a loan: its borrower asks, gives it up or brings it back; the office hands it over, or says whether it is back.
 * A second tap finds it done. Undefined: there is none, or it is not theirs.
 */
export async function actOnLoan(
  work: Work,
  setup: Setup,
  person: number,
  id: number,
  act: LoanAct,
): Promise<Loan | undefined> {
  const loan = await lockLoan(work.tx, id);
  if (!loan) return undefined;
  const own = loan.person_id === person;
  switch (act) {
    case 'ask':
      return own && loan.state === 'draft' ? ask(work, setup, loan) : own ? loan : undefined;
    case 'drop':
      return own ? drop(work, loan) : undefined;
    case 'back':
      return own && loan.state === 'out' ? back(work, setup, loan) : own ? loan : undefined;
    case 'hand':
    case 'got':
    case 'missing':
      await mustBeKeeper(work, setup.rules, person);
      return byOffice(work, setup, loan, act, person);
    default:
      return act satisfies never;
  }
}

async function ask(work: Work, setup: Setup, loan: Loan): Promise<Loan> {
  await enter(work, { item: loan.item_id, sort: 'reserve', reserved: loan.quantity, why: '借用' });
  const asked = await set(work, loan, { state: 'asked' });
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  for (const keeper of keepersOf(org)) await oweLoan(work, setup, asked, keeper, 'asked');
  return asked;
}

async function drop(work: Work, loan: Loan): Promise<Loan> {
  if (loan.state !== 'draft' && loan.state !== 'asked') return loan;
  if (loan.state === 'asked')
    await enter(work, {
      item: loan.item_id,
      sort: 'release',
      reserved: -loan.quantity,
      why: '不借了',
    });
  return set(work, loan, { state: 'dropped' });
}

async function back(work: Work, setup: Setup, loan: Loan): Promise<Loan> {
  const now = await set(work, loan, { state: 'returning' });
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  for (const keeper of keepersOf(org))
    await oweLoan(work, setup, now, keeper, `back${now.version}`);
  return now;
}

async function byOffice(
  work: Work,
  setup: Setup,
  loan: Loan,
  act: 'hand' | 'got' | 'missing',
  person: number,
): Promise<Loan> {
  if (act === 'hand') {
    if (loan.state !== 'asked') return loan;
    const { value } = await enter(work, {
      item: loan.item_id,
      sort: 'lend',
      onHand: -loan.quantity,
      reserved: -loan.quantity,
      who: loan.person_id,
      why: '借出',
    });
    const out = await set(work, loan, {
      state: 'out',
      value_fen: -value,
      handed_by: person,
      out_at: work.now,
    });
    await oweLoan(work, setup, out, loan.person_id, 'out');
    return out;
  }
  if (loan.state !== 'out' && loan.state !== 'returning') return loan;
  if (act === 'missing') {
    if (loan.state !== 'returning') return loan;
    const still = await set(work, loan, { state: 'out' });
    await oweLoan(work, setup, still, loan.person_id, `missing${still.version}`);
    return still;
  }
  await enter(work, {
    item: loan.item_id,
    sort: 'return',
    onHand: loan.quantity,
    value: loan.value_fen ?? 0,
    who: loan.person_id,
    why: '归还',
  });
  const returned = await set(work, loan, { state: 'returned', returned_at: work.now });
  await oweLoan(work, setup, returned, loan.person_id, 'returned');
  return returned;
}

async function set(
  work: Work,
  loan: Loan,
  change: Partial<Omit<Loan, 'id' | 'item_id' | 'person_id' | 'created_at'>>,
): Promise<Loan> {
  await record(work, `loan.${change.state ?? loan.state}`, `item:${loan.item_id}`, {
    before: { loan: loan.id, state: loan.state },
    after: { loan: loan.id, state: change.state ?? loan.state },
  });
  return work.tx
    .updateTable('loan')
    .set({ ...change, version: loan.version + 1 })
    .where('id', '=', loan.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

const oweLoan = (
  work: Work,
  setup: Setup,
  { id }: Loan,
  person: number,
  occasion: string,
): Promise<boolean> =>
  owe(work, setup.jobs, person, PREFERRED, {
    what: `loan:${id}:${occasion}:p${person}`,
    view: { view: 'loan', loan: id },
    attention: true,
    priority: 3,
  });

/** A borrower is reminded so many hours before it is due. */
const SOON_HOURS = 24;

/** Reminds borrowers the day before, and when it is over the office as well: each once. Two processes at once tell once. */
export async function remindOfLoans(work: Work, setup: Setup): Promise<void> {
  const soon = await work.tx
    .updateTable('loan')
    .set({ soon_told_at: work.now })
    .where('state', '=', 'out')
    .where('soon_told_at', 'is', null)
    .where('due_at', '<=', work.now.add({ hours: SOON_HOURS }))
    .where('due_at', '>', work.now)
    .returningAll()
    .execute();
  for (const loan of soon) {
    // Lent for less than a day: they have just been told when it is due.
    if (loan.out_at && loan.due_at.since(loan.out_at).total('hours') <= SOON_HOURS) continue;
    await oweLoan(work, setup, loan, loan.person_id, 'soon');
  }
  const late = await work.tx
    .updateTable('loan')
    .set({ late_told_at: work.now })
    .where('state', '=', 'out')
    .where('late_told_at', 'is', null)
    .where('due_at', '<=', work.now)
    .returningAll()
    .execute();
  const notices: Notice[] = [];
  for (const loan of late) {
    await oweLoan(work, setup, loan, loan.person_id, 'late');
    notices.push({ key: `loan-late:${loan.id}`, text: await lateText(work, setup, loan) });
  }
  await tellKeepers(work, setup, notices);
}

async function lateText(work: Work, setup: Setup, loan: Loan) {
  const { name, unit } = await itemOf(work.tx, loan.item_id);
  const who = await nameOf(work.tx, loan.person_id);
  const due = momentText(loan.due_at, work.now.toZonedDateTimeISO(setup.rules.timeZone));
  return words(
    `${who}借的 ${name} ${loan.quantity} ${unit} 已超过 ${due.zh}，还没有归还，已提醒本人`,
    `${who} should have brought ${loan.quantity} of ${name} back by ${due.en}; they were reminded`,
  );
}
