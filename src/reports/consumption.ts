/** What departments used in a month, item by item, and what of it is out of the ordinary, with the reason in a sentence. */
import type { Card } from '../../cards/card.ts';
import { consumptionCard } from '../../cards/consumption.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { peopleById } from '../directory/people.ts';
import type { Rules } from '../settings/index.ts';
import { departmentsOf } from '../workflow/routing.ts';
import { oldOnesOf, writtenOffIn } from './leavings.ts';
import { monthPeriod, passed } from './period.ts';
import { type Issue, issuesIn } from './supplies.ts';

/** What one person took of an item in a month, with their department. */
type Use = Issue & { readonly department: string };

/** A department's use of an item; `before`: its use in each of the six months before, the oldest first. */
export type UseLine = {
  readonly department: string;
  readonly item: string;
  readonly unit: string;
  readonly quantity: number;
  readonly fen: number;
  readonly before: readonly number[];
  /** Who took the most of it, and how much. */
  readonly most: { readonly person: number; readonly quantity: number };
};

/** Months that a month is held against. */
const BEFORE = 6;

/** The middle one; of an even number the mean of the two in the middle. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/**
 * How many times its usual a use is, where it is more than `times`; undefined: nothing out of the ordinary. What was used in fewer than
 * three of the months before has no usual yet.
 */
export function outlierOf({ quantity, before }: UseLine, times: number): number | undefined {
  if (before.filter((each) => each > 0).length < 3) return undefined;
  const usual = medianOf(before);
  return usual > 0 && quantity > times * usual
    ? Math.round((10 * quantity) / usual) / 10
    : undefined;
}

/** Uses of this month by department and item, the dearest first. `earlier`: those of the six months before, the oldest month first. */
export function useLines(
  uses: readonly Use[],
  earlier: readonly (readonly Use[])[],
): readonly UseLine[] {
  const keyOf = ({ department, item }: Use): string => JSON.stringify([department, item]);
  const sum = (all: readonly Use[], of: 'quantity' | 'fen'): number =>
    Math.round(all.reduce((total, each) => total + each[of], 0) * 1_000) / 1_000;
  const months = earlier.map((month) => Map.groupBy(month, keyOf));
  return [...Map.groupBy(uses, keyOf)]
    .flatMap(([key, same]): readonly UseLine[] => {
      const [first] = same;
      if (!first) return [];
      const people = [...Map.groupBy(same, ({ person }) => person)]
        .map(([person, theirs]) => ({ person, quantity: sum(theirs, 'quantity') }))
        .toSorted((a, b) => b.quantity - a.quantity);
      return [
        {
          department: first.department,
          item: first.item,
          unit: first.unit,
          quantity: sum(same, 'quantity'),
          fen: sum(same, 'fen'),
          before: months.map((month) => sum(month.get(key) ?? [], 'quantity')),
          most: people[0] ?? { person: first.person, quantity: 0 },
        },
      ];
    })
    .toSorted((a, b) => b.fen - a.fen || a.department.localeCompare(b.department));
}

/** 「研发部的A4纸用了 30 包，是近六个月中位数（6 包）的 5 倍，王磊领了 28 包」 */
const outlierText = (line: UseLine, times: number, who: string): Words => {
  const usual = medianOf(line.before);
  const { department, item, unit, quantity, most } = line;
  return words(
    `${department}的${item}用了 ${quantity} ${unit}，是前六个月中位数（${usual} ${unit}）的 ${times} 倍，其中${who}领了 ${most.quantity} ${unit}`,
    `${department} used ${quantity} of ${item}, ${times} times its median of six months (${usual}); ${who} took ${most.quantity}`,
  );
};

/** A month's use, and the sentences about what is out of the ordinary. */
export type Consumption = { readonly lines: readonly UseLine[]; readonly odd: readonly Words[] };

export async function consumption(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
): Promise<Consumption> {
  const org = await readOrganisation(tx, rules.roles, now);
  const departmentOf = (person: number): string => departmentsOf(person, org)[0] ?? '—';
  const usesOf = async (of: Temporal.PlainYearMonth): Promise<readonly Use[]> =>
    (await issuesIn(tx, passed(monthPeriod(of, rules.timeZone), now))).map((issue) => ({
      ...issue,
      department: departmentOf(issue.person),
    }));
  const earlier: (readonly Use[])[] = [];
  for (let back = BEFORE; back > 0; back--)
    earlier.push(await usesOf(month.subtract({ months: back })));
  const lines = useLines(await usesOf(month), earlier);
  const odd = lines.flatMap((line) => {
    const times = outlierOf(line, rules.supplies.outlier);
    return times === undefined ? [] : [{ line, times }];
  });
  const people = await peopleById(
    tx,
    odd.map(({ line }) => line.most.person),
  );
  return {
    lines,
    odd: odd.map(({ line, times }) =>
      outlierText(line, times, people.get(line.most.person)?.name ?? ''),
    ),
  };
}

/** A month's use on a card. */
export async function drawConsumption(
  tx: Tx,
  rules: Rules,
  month: Temporal.PlainYearMonth,
  now: Temporal.Instant,
): Promise<Card> {
  const { lines, odd } = await consumption(tx, rules, month, now);
  const departments = [...Map.groupBy(lines, ({ department }) => department)]
    .map(([department, theirs]) => ({
      department,
      fen: theirs.reduce((sum, { fen }) => sum + fen, 0),
    }))
    .toSorted((a, b) => b.fen - a.fen);
  const period = passed(monthPeriod(month, rules.timeZone), now);
  return consumptionCard({
    month: words(`${month.year}年${month.month}月`, month.toString()),
    departments,
    lines,
    odd,
    writtenOff: await writtenOffIn(tx, period),
    oldOnes: await oldOnesOf(tx, period),
  });
}
