/** What departments used in a month, item by item, with what is out of the ordinary first. Pure. */
import { shortened } from './clean.ts';
import type { Block, Card, Fact } from './card.ts';
import { yuanText } from './money.ts';
import { enumerated, type Words, words } from './words.ts';

export type ConsumptionModel = {
  readonly month: Words;
  /** The dearest first; money in fen. */
  readonly departments: readonly { readonly department: string; readonly fen: number }[];
  readonly lines: readonly {
    readonly department: string;
    readonly item: string;
    readonly unit: string;
    readonly quantity: number;
    readonly fen: number;
  }[];
  /** Why each is out of the ordinary, in a sentence. */
  readonly odd: readonly Words[];
  readonly writtenOff: readonly {
    readonly item: string;
    readonly unit: string;
    readonly quantity: number;
    readonly fen: number;
    readonly why: string;
  }[];
  /** Units for which an old one was to come back, and did; who did not bring theirs, and why. */
  readonly oldOnes: readonly {
    readonly item: string;
    readonly unit: string;
    readonly due: number;
    readonly back: number;
    readonly missing: readonly {
      readonly who: string;
      readonly quantity: number;
      readonly why: string;
    }[];
  }[];
};

/** Lines of each list. */
const MOST = { departments: 10, lines: 20, odd: 5, writtenOff: 5, oldOnes: 5, missing: 5 } as const;

export function consumptionCard(model: ConsumptionModel): Card {
  const { month, departments, lines, odd } = model;
  const fen = departments.reduce((sum, each) => sum + each.fen, 0);
  const told =
    lines.length === 0
      ? words('没有领用记录', 'Nothing was taken')
      : words(`共 ${yuanText(fen)}`, `${yuanText(fen)} in all`);
  const more = lines.length - MOST.lines;
  return {
    title: words(`${month.zh}物资消耗：${told.zh}`, `Supplies used, ${month.en}: ${told.en}`),
    color: odd.length > 0 ? 'orange' : lines.length === 0 ? 'grey' : 'blue',
    ...(odd.length > 0
      ? {
          tags: [
            { text: words(`${odd.length} 处异常`, `${odd.length} odd`), color: 'orange' as const },
          ],
        }
      : {}),
    preview: words(`${month.zh}物资消耗 ${told.zh}`, `Supplies used, ${month.en}: ${told.en}`),
    blocks: [
      ...oddBlocks(odd),
      ...(departments.length === 0
        ? []
        : [
            {
              block: 'facts' as const,
              facts: departments.slice(0, MOST.departments).map((each) => ({
                label: each.department,
                value: yuanText(each.fen),
              })),
            },
            {
              block: 'table' as const,
              columns: [
                { key: 'department', label: words('部门', 'Department') },
                { key: 'item', label: words('物品', 'Item') },
                { key: 'quantity', label: words('数量', 'Quantity'), align: 'right' as const },
                { key: 'cost', label: words('金额', 'Cost'), align: 'right' as const },
              ],
              rows: lines.slice(0, MOST.lines).map((line) => ({
                department: line.department,
                item: line.item,
                quantity: `${line.quantity} ${line.unit}`,
                cost: yuanText(line.fen),
              })),
            },
          ]),
      ...(more > 0
        ? [{ block: 'text' as const, text: words(`另有 ${more} 行`, `and ${more} more`) }]
        : []),
      ...leftBlocks(model),
      {
        block: 'text',
        look: 'quiet',
        text: words(
          '按领用当时的成本（先进先出）算',
          'At what it cost when it was taken (first in, first out)',
        ),
      },
    ],
  };
}

/** What was written off, and the old ones that came back, a line each. */
function leftBlocks({ writtenOff, oldOnes }: ConsumptionModel): readonly Block[] {
  const facts: Fact[] = [
    ...(writtenOff.length === 0 ? [] : [writtenOffFact(writtenOff)]),
    ...oldOnes.slice(0, MOST.oldOnes).map(oldOnesFact),
  ];
  return facts.length === 0 ? [] : [{ block: 'facts', facts }];
}

/** 「报损 ¥295：鼠标 5 个（坏了）」 */
function writtenOffFact(all: ConsumptionModel['writtenOff']): Fact {
  const fen = all.reduce((sum, each) => sum + each.fen, 0);
  const told = enumerated(
    all
      .slice(0, MOST.writtenOff)
      .map(({ item, unit, quantity, why }) =>
        words(
          `${item} ${quantity} ${unit}（${shortened(why, MOST_WHY)}）`,
          `${quantity} of ${item} (${shortened(why, MOST_WHY)})`,
        ),
      ),
  );
  const more = all.length - MOST.writtenOff;
  return {
    label: words('报损', 'Written off'),
    value: words(
      `${yuanText(fen)}：${told.zh}${more > 0 ? `，另有 ${more} 笔` : ''}`,
      `${yuanText(fen)}: ${told.en}${more > 0 ? `, and ${more} more` : ''}`,
    ),
  };
}

/** 「以旧换新：硒鼓：应收旧件 5 个，收回 4 个；没收回：陈晨 1 个（搬家丢了）」 */
function oldOnesFact({
  item,
  unit,
  due,
  back,
  missing,
}: ConsumptionModel['oldOnes'][number]): Fact {
  const who = enumerated(
    missing
      .slice(0, MOST.missing)
      .map((each) =>
        words(
          `${each.who} ${each.quantity} ${unit}（${shortened(each.why, MOST_WHY)}）`,
          `${each.who} ${each.quantity} (${shortened(each.why, MOST_WHY)})`,
        ),
      ),
  );
  const more = missing.length - MOST.missing;
  return {
    label: words(`以旧换新：${item}`, `Old ones: ${item}`),
    value: words(
      `应收旧件 ${due} ${unit}，收回 ${back} ${unit}${missing.length > 0 ? `；没收回：${who.zh}` : ''}${more > 0 ? `，另有 ${more} 次` : ''}`,
      `${back} of ${due} came back${missing.length > 0 ? `; missing: ${who.en}` : ''}${more > 0 ? `, and ${more} more` : ''}`,
    ),
  };
}

/** Of a reason, on a line with others. */
const MOST_WHY = 40;

/** The sentences themselves, the first ones. */
export const oddBlocks = (odd: readonly Words[]): readonly Block[] => [
  ...odd.slice(0, MOST.odd).map((text): Block => ({ block: 'text', look: 'warning', text })),
  ...(odd.length > MOST.odd
    ? [
        {
          block: 'text' as const,
          look: 'quiet' as const,
          text: words(`另有 ${odd.length - MOST.odd} 处`, `and ${odd.length - MOST.odd} more`),
        },
      ]
    : []),
];
