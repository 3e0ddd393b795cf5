import { loanCard } from '../../cards/loan.ts';
import type { Card } from '../../cards/card.ts';
import { momentText } from '../../cards/times.ts';
import type { Tx } from '../../db/database.ts';
import { nameOf } from '../directory/people.ts';
import type { Hearing } from '../requests/fields.ts';
import { itemOf } from '../requests/supply/stock.ts';
import type { Rules } from '../settings/rules.ts';
import type { Loan } from './loans.ts';
import { isKeeper } from './office.ts';

/** A loan, for its borrower and who keeps the store room; undefined for everybody else. */
export async function drawLoan(
  tx: Tx,
  loan: Loan,
  reader: number,
  rules: Rules,
  at: Hearing,
): Promise<Card | undefined> {
  const now = at.now.toInstant();
  const borrows = loan.person_id === reader;
  const keeps = await isKeeper({ tx, now }, rules, reader);
  if (!borrows && !keeps) return undefined;
  const { name, unit } = await itemOf(tx, loan.item_id);
  return loanCard({
    id: loan.id,
    item: name,
    unit,
    quantity: loan.quantity,
    borrower: await nameOf(tx, loan.person_id),
    due: momentText(loan.due_at, at),
    late: Temporal.Instant.compare(loan.due_at, now) <= 0,
    state: loan.state,
    reader: { borrows, keeps },
  });
}
