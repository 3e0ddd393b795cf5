/** The claims that stand: which journey is claimed, and every invoice number once in the whole office. */
import { Refusal } from '../../../cards/refusal.ts';
import { dayText } from '../../../cards/times.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import type { Line } from './lines.ts';

/** A claim as it is filed: whose, of which request, for which journey. */
export type Claim = {
  readonly request: number;
  readonly person: number;
  readonly trip: number | undefined;
};

/** Notes what a claim claims. Throws Refusal when its journey or one of its invoices is claimed already, also at this moment by another. */
export async function claim(
  work: Work,
  zone: string,
  { request, person, trip }: Claim,
  lines: readonly Line[],
): Promise<void> {
  const filed = await work.tx
    .insertInto('expense')
    .values({ request_id: request, trip_id: trip ?? null })
    .onConflict((at) => at.doNothing())
    .executeTakeFirst();
  if (filed.numInsertedOrUpdatedRows === 0n)
    throw new Refusal(
      'expense.trip',
      words('这次出差已经有报销单了', 'This trip has a claim already'),
      words(
        '在「我的申请」里看，需要补报就不写出差单号',
        'See my requests; claim the rest without the trip',
      ),
    );
  // In the order of their numbers: two claims with the same two invoices wait for each other in one order.
  for (const { sort, fen, invoice, day } of lines.toSorted((a, b) =>
    (a.invoice ?? '').localeCompare(b.invoice ?? ''),
  )) {
    const row = await work.tx
      .insertInto('expense_line')
      .values({
        request_id: request,
        person_id: person,
        sort,
        fen,
        invoice: invoice ?? null,
        day: day === undefined ? null : Temporal.PlainDate.from(day),
        at: work.now,
      })
      .onConflict((at) => at.doNothing())
      .executeTakeFirst();
    if (row.numInsertedOrUpdatedRows === 0n && invoice !== undefined)
      throw new Refusal(
        'expense.invoice',
        (await claimedBy(work.tx, zone, [invoice], request))[0] ?? TWICE,
      );
  }
}

export const TWICE = words('同一个发票号写了两次', 'An invoice number stands there twice');

/** What is given back can be claimed again. */
export async function giveBack(work: Work, request: number): Promise<void> {
  await work.tx.deleteFrom('expense_line').where('request_id', '=', request).execute();
  await work.tx.deleteFrom('expense').where('request_id', '=', request).execute();
}

/** Who claimed which of these invoices, when and where, a line each; those that only the request `except` claims are left out. */
export async function claimedBy(
  tx: Tx,
  zone: string,
  invoices: readonly string[],
  except?: number,
): Promise<readonly Words[]> {
  if (invoices.length === 0) return [];
  let rows = tx
    .selectFrom('expense_line')
    .innerJoin('request', 'request.id', 'expense_line.request_id')
    .innerJoin('person', 'person.id', 'expense_line.person_id')
    .select(['expense_line.invoice', 'request.number', 'person.name', 'expense_line.at'])
    .where('expense_line.invoice', 'in', invoices);
  if (except !== undefined) rows = rows.where('request.id', '!=', except);
  return (await rows.orderBy('expense_line.id').execute()).map(({ invoice, number, name, at }) => {
    const day = dayText(at.toZonedDateTimeISO(zone).toPlainDate());
    return words(
      `发票 ${invoice} 已由${name}在 ${day.zh} 报销（${number}）`,
      `Invoice ${invoice} was claimed by ${name}, ${day.en} (${number})`,
    );
  });
}
