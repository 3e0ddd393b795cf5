import type { Fact } from '../../../cards/card.ts';
import { yuanText } from '../../../cards/money.ts';
import { type Words, words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import { calendarOf } from '../../settings/index.ts';
import type { DraftOf, FormOf } from '../fields.ts';
import { text } from '../fields/plain.ts';
import {
  type Asking,
  type Effects,
  type Filed,
  type Gap,
  type Prepared,
  requestKind,
} from '../kind.ts';
import { claim, claimedBy, giveBack, TWICE } from './claims.ts';
import { heardAs } from './heard.ts';
import { lineSaid, linesField, linesTable, sortText, totalOf } from './lines.ts';
import { oddLines } from './odd.ts';

const form = {
  lines: linesField,
  trip: text({ label: words('出差单号', 'Trip'), required: false, longest: 20 }),
  note: text({ label: words('说明', 'Note'), required: false, longest: 200 }),
};
type Form = FormOf<typeof form>;
type Draft = DraftOf<typeof form>;

/** 报销单: signed by two different people, then paid; an invoice number is claimed once. */
export const expense = requestKind({
  name: 'expense',
  title: words('报销单', 'Expense claim'),
  prefix: 'EXP',
  form,
  heardAs,
  example: '填报销单：高铁 553元',
  exampleEn: 'expense claim: train 553 yuan',
  hears: ({ amount, means }) => {
    const line = lineSaid(amount, means);
    return line ? { lines: [line] } : {};
  },
  prepare,
  measure: ({ lines }: Form) => totalOf(lines) / 100,
  tasks: ({ expenses }) => [
    {
      id: 'payment',
      title: words('付款', 'Payment'),
      voice: 'finance',
      within: `${expenses.payDays}wd`,
      doneLabel: words('已付款', 'Paid'),
      final: true,
      fields: {
        receipt: text({ label: words('付款凭证号', 'Receipt'), required: false, longest: 60 }),
      },
    },
  ],
  signatures: ({ expenses }) => [`${expenses.reviewDays}wd`, `${expenses.recheckDays}wd`],
  takes: ['image', 'file'],
  endsAs: 'done',
  effects: {
    submitted: claimed,
    released: ({ work }, { id }) => giveBack(work, id),
  },
  undo: { released: claimed },
  summary: ({ lines, trip }) => {
    const total = yuanText(totalOf(lines));
    const of = trip === undefined ? words('', '') : words(` ${trip}`, ` ${trip}`);
    return words(
      `${total}，${lines.length} 笔${of.zh}`,
      `${total}, ${lines.length} receipts${of.en}`,
    );
  },
  facts: ({ lines, trip, note }) => [
    ...(lines
      ? [{ label: words('合计', 'Total'), value: yuanText(totalOf(lines)) } satisfies Fact]
      : []),
    ...(trip === undefined ? [] : [{ label: form.trip.label, value: trip }]),
    ...(note === undefined ? [] : [{ label: form.note.label, value: note }]),
  ],
  table: ({ lines }) => (lines && lines.length > 0 ? linesTable(lines) : undefined),
  extra: ({ outcome }: Filed<Form>) => {
    const receipt = outcome['payment']?.['receipt'];
    return typeof receipt === 'string'
      ? [
          {
            block: 'facts',
            facts: [{ label: words('付款凭证号', 'Receipt'), value: receipt }],
          },
        ]
      : [];
  },
  decides: async ({ lines, trip }, { tx, rules, person }) => {
    const journey = trip === undefined ? undefined : await tripNumbered(tx, trip);
    const odd = oddLines(
      lines.map(({ sort, fen, day = null }, id) => ({ id, person, sort, fen, day })),
      calendarOf(rules),
    );
    const marks = [...odd].map(([id, told]) => {
      const of = lines[id];
      const sort = sortText(of?.sort ?? '');
      const yuan = of ? yuanText(of.fen) : '';
      return words(
        `${sort.zh} ${yuan}：${told.map(({ zh }) => zh).join('、')}`,
        `${sort.en} ${yuan}: ${told.map(({ en }) => en).join(', ')}`,
      );
    });
    return [
      ...(journey
        ? [
            {
              label: words('出差预估', 'Estimate of the trip'),
              value: comparedTo(journey.committed, totalOf(lines)),
            },
          ]
        : []),
      ...marks.map((value) => ({ label: words('请留意', 'Look at'), value })),
    ];
  },
  ledger: ({ lines, trip, note }) => ({
    合计: totalOf(lines) / 100,
    笔数: lines.length,
    发票号: lines.flatMap(({ invoice }) => invoice ?? []).join('、'),
    出差单号: trip ?? '',
    说明: note ?? '',
  }),
});

/** Its journey and its invoices are claimed by it. Throws Refusal when another has them. */
async function claimed(
  { work, rules }: Effects,
  { id, requester, form: filled }: Filed<Form>,
): Promise<void> {
  const trip = filled.trip === undefined ? undefined : await tripNumbered(work.tx, filled.trip);
  const of = { request: id, person: requester, trip: trip?.id };
  await claim(work, rules.timeZone, of, filled.lines);
}

/** 「¥2,900；实报 ¥3,200，超出」 */
function comparedTo(estimate: number, total: number): Words {
  const over = total > estimate;
  return words(
    `${yuanText(estimate)}；实报 ${yuanText(total)}${over ? '，超出' : ''}`,
    `${yuanText(estimate)}; claimed ${yuanText(total)}${over ? ', more' : ''}`,
  );
}

/** A journey by its number, with what it had committed, fen. */
const tripNumbered = (
  tx: Tx,
  number: string,
): Promise<
  { readonly id: number; readonly requester_id: number; readonly committed: number } | undefined
> =>
  tx
    .selectFrom('request')
    .innerJoin('trip', 'trip.request_id', 'request.id')
    .select(['request.id', 'request.requester_id', 'trip.committed'])
    .where('request.number', '=', number.trim().toUpperCase())
    .executeTakeFirst();

/** What can be claimed: a journey of one's own, receipts that nobody claimed. */
async function prepare(draft: Draft, asking: Asking): Promise<Prepared<Draft>> {
  const { tx, rules, person, changes } = asking;
  const gaps: Gap[] = [];
  const trip = draft.trip === undefined ? undefined : await tripNumbered(tx, draft.trip);
  if (draft.trip !== undefined && trip?.requester_id !== person)
    gaps.push({
      field: 'trip',
      why: words('没有这张已批准的出差单，请核对或清空', 'No such approved trip of yours'),
    });
  const invoices = (draft.lines ?? []).flatMap(({ invoice }) => invoice ?? []);
  for (const why of await claimedBy(tx, rules.timeZone, invoices, changes))
    gaps.push({ field: 'lines', why });
  if (new Set(invoices).size < invoices.length) gaps.push({ field: 'lines', why: TWICE });
  return { form: draft, gaps };
}
