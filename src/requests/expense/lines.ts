/** The lines of a claim: read out of words, shown, added up. Amounts are in fen, always whole. */
import { z } from 'zod';
import type { Block } from '../../../cards/card.ts';
import { clean } from '../../../cards/clean.ts';
import { yuanText } from '../../../cards/money.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { dayText } from '../../../cards/times.ts';
import { type Words, words } from '../../../cards/words.ts';
import { findNumbers } from '../../language/numbers.ts';
import { findTimes } from '../../language/times.ts';
import { answerText } from '../fields/answers.ts';
import type { Field, Hearing } from '../fields.ts';
import { yuanSaid } from '../spoken-money.ts';

const SORTS = ['交通', '住宿', '餐饮', '其他'] as const;
const sortName = {
  交通: words('交通', 'Transport'),
  住宿: words('住宿', 'Lodging'),
  餐饮: words('餐饮', 'Meals'),
  其他: words('其他', 'Other'),
} as const;

/** What a stored sort is called. */
export const sortText = (sort: string): Words =>
  Object.entries(sortName).find(([name]) => name === sort)?.[1] ?? words(sort, sort);

/** Far more than one receipt is for. */
const MOST_FEN = 1_000_000_00;
export const MOST_LINES = 40;

const line = z.object({
  sort: z.enum(SORTS),
  fen: z.number().int().positive().max(MOST_FEN),
  invoice: z.string().min(1).max(30).optional(),
  day: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
});
/** One receipt. `invoice` in capitals without blanks; `day` an ISO date. */
export type Line = z.infer<typeof line>;

export const linesField: Field<readonly Line[], true> = {
  label: words('费用明细', 'Receipts'),
  required: true,
  schema: z.array(line).min(1).max(MOST_LINES),
  hears: () => undefined,
  inputs: (name, value) => [
    {
      input: 'text',
      name,
      label: words('费用明细', 'Receipts'),
      lines: 'many',
      longest: 2_000,
      required: true,
      hint: words(
        '一行一笔：交通 553 发票24312000 3月9日',
        'One a line: 交通 553 发票24312000 3月9日',
      ),
      ...(value ? { value: value.map(lineText).join('\n') } : {}),
    },
  ],
  reads: (name, answers, at) => {
    const told = (answerText(name, answers) ?? '').split('\n').filter((each) => each.trim() !== '');
    const read = told.map((each) => lineIn(each, at) ?? unreadable(each));
    if (read.length > MOST_LINES) throw tooMany();
    return read.length > 0 ? read : undefined;
  },
  shows: (value) => words(`${value.length} 笔`, `${value.length} receipts`),
};

/** 「交通 553.00 发票24312000 2026-03-09」: what `lineIn` reads back. */
const lineText = ({ sort, fen, invoice, day }: Line): string =>
  [sort, (fen / 100).toFixed(2), invoice && `发票${invoice}`, day].filter(Boolean).join(' ');

const WORDS: readonly (readonly [Line['sort'], RegExp])[] = [
  ['住宿', /住宿|酒店|宾馆|房费|民宿|\b(?:hotel|lodging)\b/iu],
  ['餐饮', /餐|饭|伙食|\b(?:meals?|lunch|dinner)\b/iu],
  [
    '交通',
    /交通|高铁|动车|火车|机票|飞机|航班|车票|车费|打车|出租|网约车|地铁|公交|大巴|油费|过路|停车|\b(?:transport|train|flight|taxi)\b/iu,
  ],
  ['其他', /其他|其它|\bother\b/iu],
];
const INVOICE =
  /发票(?:号码|号|单号)?\s*[:：是为]?\s*([A-Za-z0-9]{4,30})|(?<![\d.])(\d{8,20})(?![\d.])/u;

/** What one line of words says; undefined when it holds no amount. */
function lineIn(text: string, at: Hearing): Line | undefined {
  const said = text.normalize('NFKC');
  const found = INVOICE.exec(said);
  const invoice = (found?.[1] ?? found?.[2])?.toUpperCase();
  const rest = found ? said.replace(found[0], ' ') : said;
  const time = findTimes(rest, at.now).find(({ value }) => value.type === 'date');
  const day = time?.value.type === 'date' ? spentOn(time.value.start, time.words, at) : undefined;
  const bare = time ? `${rest.slice(0, time.from)} ${rest.slice(time.to)}` : rest;
  const numbers = findNumbers(bare.replaceAll(',', '')).filter(({ value }) => value.value > 0);
  const amount = numbers.find(({ value }) => value.type === 'money') ?? numbers.at(-1);
  const fen = Math.round((amount?.value.value ?? 0) * 100);
  if (fen <= 0 || fen > MOST_FEN) return undefined;
  const sort = WORDS.find(([, word]) => word.test(bare))?.[0] ?? '其他';
  return { sort, fen, ...(invoice ? { invoice } : {}), ...(day ? { day } : {}) };
}

/** The one line that understood slots tell: an amount such as 「553 CNY」, and its sort. */
export function lineSaid(amount: unknown, sort: unknown): Line | undefined {
  const known = SORTS.find((each) => each === sort) ?? '其他';
  const fen = Math.round((yuanSaid(amount) ?? 0) * 100);
  return fen > 0 && fen <= MOST_FEN ? { sort: known, fen } : undefined;
}

/** Money was spent in the past: a day without its year or week is the last such day. */
function spentOn(day: string, said: string, { now }: Hearing): string {
  const [date, today] = [Temporal.PlainDate.from(day), now.toPlainDate()];
  if (Temporal.PlainDate.compare(date, today) <= 0 || /\d{4}/.test(said)) return day;
  return date.subtract(/[周期拜]/u.test(said) ? { weeks: 1 } : { years: 1 }).toString();
}

/** The lines of a sentence, in its order; parts that hold no amount are left out. */
export const linesIn = (text: string, at: Hearing): readonly Line[] =>
  text.split(/[\n；;。]/u).flatMap((each) => lineIn(each, at) ?? []);

function unreadable(text: string): never {
  const told = clean(text, 40);
  throw new Refusal(
    'expense.line',
    words(`这一行看不出金额：「${told}」`, `No amount in this line: “${told}”`),
    words('请写成「交通 553 发票24312000 3月9日」', 'Write it like “交通 553 发票24312000 3月9日”'),
  );
}

/** Nothing that was spent is left out without a word. */
export const tooMany = (): Refusal =>
  new Refusal(
    'expense.lines',
    words(`一张报销单最多 ${MOST_LINES} 笔`, `A claim holds ${MOST_LINES} receipts at most`),
    words('请分成两张报销单', 'Please make two claims of it'),
  );

export const totalOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { fen }) => sum + fen, 0);

/** As many rows as a table holds. */
const MOST_ROWS = 20;

export function linesTable(lines: readonly Line[]): Block {
  const shown = lines.length > MOST_ROWS ? lines.slice(0, MOST_ROWS - 1) : lines;
  const more = lines.length - shown.length;
  return {
    block: 'table',
    columns: [
      { key: 'sort', label: words('类别', 'Sort') },
      { key: 'fen', label: words('金额', 'Amount'), align: 'right' },
      { key: 'invoice', label: words('发票号', 'Invoice') },
      { key: 'day', label: words('日期', 'Date') },
    ],
    rows: [
      ...shown.map(({ sort, fen, invoice, day }) => ({
        sort: sortName[sort],
        fen: yuanText(fen),
        invoice: invoice ?? '—',
        day: day === undefined ? '—' : dayText(day),
      })),
      ...(more > 0
        ? [{ sort: words(`另 ${more} 笔`, `${more} more`), fen: '', invoice: '', day: '' }]
        : []),
    ],
  };
}
