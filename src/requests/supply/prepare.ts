import { voiceName } from '../../../cards/vocabulary.ts';
import { type Words, words } from '../../../cards/words.ts';
import { readOrganisation } from '../../directory/organisation.ts';
import { matchName } from '../../language/names.ts';
import { departmentsOf } from '../../workflow/routing.ts';
import type { DraftOf } from '../fields.ts';
import type { Asking, Gap, Offer, Prepared } from '../kind.ts';
import type { SupplyFields } from './index.ts';
import { type SupplyBudget, overText, supplyBudget, usedOf } from './budget.ts';
import { overQuota } from './quota.ts';
import { fenOf, type Line } from './lines.ts';
import { allItems, available, type Item } from './stock.ts';
import { beyondDue } from './trade-in.ts';

type Draft = DraftOf<SupplyFields>;

/** Below this a name is not near enough to be taken for the item. */
const NEAR = 0.5;
/** A match by typo or part of a name is a guess that the person sees marked. */
const SURE = 0.9;

/** What became of one line of what people said. */
type Read = {
  readonly line: Line;
  readonly gap?: Words;
  readonly notes?: readonly Words[];
  readonly instead?: readonly { readonly label: Words; readonly line: Line }[];
};

/** Matches what was said to the catalogue, and tells how many there are where it is not enough. */
export async function prepareSupply(draft: Draft, asking: Asking): Promise<Prepared<Draft>> {
  if (!draft.items) return { form: draft };
  const items = await allItems(asking.tx);
  const own = asking.changes === undefined ? new Map<string, number>() : await ownReserved(asking);
  const read = draft.items.map((line) => readLine(line, items, own));
  const lines = read.map((each) => each.line);
  const gaps: Gap[] = read.flatMap((each) => (each.gap ? [{ field: 'items', why: each.gap }] : []));
  const offers = read.flatMap((each, index): Offer<Draft>[] =>
    (each.instead ?? []).map(({ label, line }) => ({
      label,
      set: { items: lines.with(index, line) },
    })),
  );
  const asked = { person: asking.person, lines, request: asking.changes };
  const now = asking.now.toInstant();
  const over = await overQuota(asking.tx, asking.rules, now, asked);
  const beyond = await beyondDue(asking.tx, asking.rules, now, asked);
  const budget = await overBudget(lines, asking);
  return {
    form: { ...draft, items: lines },
    gaps: draft.reason === undefined ? [...gaps, ...beyond.map(reasonFor)] : gaps,
    offers,
    notes: [
      ...read.flatMap((each) => each.notes ?? []),
      ...over,
      ...(draft.reason === undefined ? [] : beyond),
      ...budget.notes,
    ],
    ...(budget.asks === undefined ? {} : { askedToo: [budget.asks] }),
  };
}

const reasonFor = (why: Words): Gap => ({ field: 'reason', why });

/** A budget that does not hold it is told while it is a draft; where it is hard, somebody higher is asked as well. */
async function overBudget(
  lines: readonly Line[],
  asking: Asking,
): Promise<{ readonly notes: readonly Words[]; readonly asks?: string }> {
  const budget = await budgetFor(asking, asking.person);
  const fen = fenOf(lines);
  if (!budget || fen === 0) return { notes: [] };
  const used = await usedOf(asking.tx, budget, asking.changes);
  if (used + fen <= budget.limit) return { notes: [] };
  const told = overText(asking.rules, budget, used, fen);
  const { hold, beyond } = asking.rules.supplies.budget;
  if (hold === 'soft') return { notes: [told] };
  const voice = voiceName(beyond);
  const note = words(
    `${told.zh}；超预算要${voice.zh}也批`,
    `${told.en}; beyond it the ${voice.en} has to approve, too`,
  );
  return { notes: [note], asks: beyond };
}

/** The budget of a person's department, as of now. */
export async function budgetFor(
  { tx, rules, now }: Pick<Asking, 'tx' | 'rules' | 'now'>,
  person: number,
): Promise<SupplyBudget | undefined> {
  if (!Object.hasOwn(rules.budgets, 'supply')) return undefined;
  const org = await readOrganisation(tx, rules.roles, now.toInstant());
  return supplyBudget(rules, departmentsOf(person, org), now.toPlainDate());
}

function readLine(line: Line, items: readonly Item[], own: ReadonlyMap<string, number>): Read {
  if (line.purchase) return { line };
  const known = items.map((item) => ({
    id: String(item.id),
    name: item.name,
    aliases: item.aliases,
  }));
  const matches = matchName(line.name, known).filter((match) => match.score >= NEAR);
  const best = matches[0];
  const item = best && items.find((each) => String(each.id) === best.id);
  if (!best || !item) return unknownThing(line);
  const saidName = line.saidName ?? (best.score < SURE ? line.name : undefined);
  const saidUnit = line.saidUnit ?? (line.unit && line.unit !== item.unit ? line.unit : undefined);
  const priced: Line = {
    name: item.name,
    quantity: line.quantity,
    unit: item.unit,
    price: item.price,
    category: item.category,
    known: true,
    ...(item.trade_in ? { tradeIn: true } : {}),
    ...(saidName ? { saidName } : {}),
    ...(saidUnit ? { saidUnit } : {}),
  };
  const notes = [
    ...(saidName ? [takenFor(saidName, item)] : []),
    ...(saidUnit ? [unitNote(priced, item)] : []),
  ];
  const left = available(item) + (own.get(item.name) ?? 0);
  if (line.quantity <= left) return { line: priced, notes };
  return { ...shortOf(priced, left, item), notes };
}

const takenFor = (said: string, item: Item): Words =>
  words(
    `「${said}」按「${item.name}」填写，不对请点修改`,
    `“${said}” taken for “${item.name}”; edit if wrong`,
  );

/** People count paper in boxes and the catalogue in packs: the catalogue's unit counts, and it is said. */
const unitNote = (line: Line, item: Item): Words =>
  words(
    `「${item.name}」按${item.unit}领用，已按 ${line.quantity} ${item.unit}填写`,
    `“${item.name}” is counted in ${item.unit}; taken as ${line.quantity} ${item.unit}`,
  );

function unknownThing(line: Line): Read {
  return {
    line: { ...line, known: false },
    gap: words(`物品目录里没有「${line.name}」`, `“${line.name}” is not in the catalogue`),
    instead: [
      {
        label: words(`请行政采购：${line.name}`, `Ask the office to buy: ${line.name}`),
        line: { ...line, known: false, purchase: true },
      },
    ],
  };
}

function shortOf(line: Line, left: number, item: Item): Read {
  const buy = {
    label: words(
      `${line.quantity} ${item.unit}都请行政采购`,
      `Ask the office to buy all ${line.quantity}`,
    ),
    line: { ...line, purchase: true },
  };
  const fewer = {
    label: words(`改领 ${left} ${item.unit}`, `Take ${left} instead`),
    line: { ...line, quantity: left },
  };
  return {
    line,
    gap: words(
      `「${item.name}」只剩 ${left} ${item.unit}，您要 ${line.quantity} ${item.unit}`,
      `Only ${left} of “${item.name}” left, you want ${line.quantity}`,
    ),
    instead: left > 0 ? [fewer, buy] : [buy],
  };
}

/** While a request is being changed, what it holds itself is there to be taken again. */
async function ownReserved(asking: Asking): Promise<ReadonlyMap<string, number>> {
  const rows = await asking.tx
    .selectFrom('movement')
    .innerJoin('item', 'item.id', 'movement.item_id')
    .select(['item.name', 'movement.reserved_change'])
    .where('movement.request_id', '=', asking.changes ?? -1)
    .execute();
  const own = new Map<string, number>();
  for (const { name, reserved_change } of rows)
    own.set(name, (own.get(name) ?? 0) + reserved_change);
  return own;
}
