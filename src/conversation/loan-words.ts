/** Loans by word: 「借一台投影仪到周五」, 「我借的东西」. */
import { findTimes } from '../language/times.ts';
import { allItems, available } from '../requests/supply/stock.ts';
import { draftLoan, loansOf } from '../supplies/loans.ts';
import { countIn, thingIn } from '../supplies/said.ts';
import type { Led } from './last-said.ts';
import { answer, say, type Talk } from './talk.ts';

const BORROW = /^(?:我)?(?:想|要|能不能|可以|帮我)?(?:再)?借(?:用)?(?:一下)?\s*(.+)$/u;
const MINE = /^(?:我)(?:还)?借(?:了|的)(?:哪些|什么)?(?:东西|物品)?(?:没还)?$|^my loans$/iu;
/** As many loans are shown at once. */
const MOST = 5;

/** Does what a sentence says about borrowing what the office lends; undefined for any other sentence. */
export async function loanByWord(talk: Talk, said: string): Promise<Led | undefined> {
  if (MINE.test(said)) return mine(talk);
  const what = BORROW.exec(said)?.[1];
  if (what === undefined) return undefined;
  const items = (await allItems(talk.work.tx)).filter(({ loanable }) => loanable);
  const time = findTimes(what, talk.now).at(-1);
  const rest = time ? `${what.slice(0, time.from)} ${what.slice(time.to)}` : what;
  const found = thingIn(rest, items);
  if (!found) return undefined;
  const { thing } = found;
  const due = time && dueOf(talk, time.value);
  if (!due || Temporal.Instant.compare(due, talk.work.now) <= 0) {
    await say(
      talk,
      `借「${thing.name}」到什么时候？例如「借1${thing.unit}${thing.name}到周五」`,
      `Until when do you need “${thing.name}”? For example “借1${thing.unit}${thing.name}到周五”`,
    );
    return {};
  }
  const quantity = countIn(found.rest)?.count ?? 1;
  const free = available(thing);
  if (quantity > free || quantity <= 0) {
    await say(
      talk,
      `「${thing.name}」现在能借 ${free} ${thing.unit}`,
      `${free} of “${thing.name}” can be borrowed now`,
    );
    return {};
  }
  const loan = await draftLoan(talk.work, talk.person.id, { item: thing.id, quantity, due });
  await answer(talk, { view: 'loan', loan });
  return {};
}

async function mine(talk: Talk): Promise<Led> {
  const loans = await loansOf(talk.work.tx, talk.person.id);
  for (const { id } of loans.slice(0, MOST)) await answer(talk, { view: 'loan', loan: id });
  if (loans.length === 0) await say(talk, '您没有借用中的物品', 'You have nothing on loan');
  return {};
}

/** The end of what was said; a day alone is over when the office closes. */
function dueOf(
  { now, setup }: Talk,
  value: ReturnType<typeof findTimes>[number]['value'],
): Temporal.Instant | undefined {
  const closes = setup.rules.workingHours.hours.at(-1)?.to ?? '18:00';
  const text = 'end' in value && value.end ? value.end : 'start' in value ? value.start : undefined;
  if (typeof text !== 'string') return undefined;
  switch (value.type) {
    case 'date':
    case 'daterange':
      return Temporal.PlainDate.from(text.slice(0, 10))
        .toPlainDateTime(Temporal.PlainTime.from(closes))
        .toZonedDateTime(now.timeZoneId)
        .toInstant();
    case 'datetime':
    case 'datetimerange':
      return Temporal.PlainDateTime.from(text.slice(0, 16))
        .toZonedDateTime(now.timeZoneId)
        .toInstant();
    case 'time':
    case 'timerange':
    case 'duration':
    case 'set':
      return undefined;
    default:
      return value satisfies never;
  }
}
