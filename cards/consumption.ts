/** What departments used in a month, item by item, with what is out of the ordinary first. Pure. */
import type { Block, Card } from './card.ts';
import { yuanText } from './money.ts';
import { type Words, words } from './words.ts';

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
};

/** Lines of each list. */
const MOST = { departments: 10, lines: 20, odd: 5 } as const;

export function consumptionCard({ month, departments, lines, odd }: ConsumptionModel): Card {
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
