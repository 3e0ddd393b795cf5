/** A stock-take on a card: the item that is to be counted now; then what differs, for a second person. Pure. */
import type { Block, Button, Card } from './card.ts';
import { buttonRow } from './pages.ts';
import { undoButton } from './undo.ts';
import { counted, type Words, words } from './words.ts';

export type TakeModel = {
  readonly id: number;
  /** 三楼文具柜; empty for all. */
  readonly what: string;
  readonly by: string;
  readonly agreedBy: string | undefined;
  readonly state: 'counting' | 'agreeing' | 'done' | 'dropped';
  readonly total: number;
  readonly skipped: number;
  /** What is to be counted now, while the reader counts. */
  readonly now:
    | {
        readonly item: number;
        readonly name: string;
        readonly unit: string;
        readonly place: number;
      }
    | undefined;
  readonly differences: readonly {
    readonly name: string;
    readonly unit: string;
    readonly expected: number;
    readonly counted: number;
  }[];
  /** The reader may agree. */
  readonly asks: boolean;
  /** What they counted a moment ago may be taken back. */
  readonly mayUndo: boolean;
};

const button = (
  { id }: TakeModel,
  label: Words,
  a: string,
  look: Button['look'],
  item?: number,
): Button => ({
  label,
  look,
  value: { v: 1, a, l: `take:${id}`, ...(item === undefined ? {} : { f: item }) },
});

/** Differences on one card; the rest is counted in a line. */
const MOST = 20;

export function takeCard(model: TakeModel): Card {
  const { state, differences, what } = model;
  const name = words(
    `盘点${what === '' ? '' : `：${what}`}`,
    `Stock-take${what === '' ? '' : `: ${what}`}`,
  );
  const told = standing(model);
  return {
    title: name,
    subtitle: words(`盘点人 ${model.by}`, `Counted by ${model.by}`),
    color: { counting: 'blue', agreeing: 'orange', done: 'green', dropped: 'grey' }[
      state
    ] as Card['color'],
    preview: words(`${name.zh} ${told.zh}`, `${name.en}: ${told.en}`),
    blocks: [
      { block: 'text', look: 'strong', text: told },
      ...(model.now ? counting(model, model.now) : []),
      ...(state === 'agreeing' || state === 'done' ? differing(differences) : []),
      ...(model.asks
        ? [
            {
              block: 'buttons' as const,
              buttons: [
                button(model, words('同意调整', 'Correct the ledger'), 'take-agree', 'primary'),
                button(model, words('请重数', 'Count again'), 'take-again', 'plain'),
              ],
            },
          ]
        : []),
      ...(model.mayUndo ? buttonRow([undoButton({ v: 1, a: 'undo', l: `take:${model.id}` })]) : []),
    ],
  };
}

function standing({ state, now, total, differences, skipped, agreedBy }: TakeModel): Words {
  const left =
    skipped === 0 ? words('', '') : words(`，跳过 ${skipped} 项`, `, ${skipped} skipped`);
  switch (state) {
    case 'counting':
      return now
        ? words(`第 ${now.place}/${total} 项`, `${now.place} of ${total}`)
        : words(`共 ${total} 项，还没数完`, `${counted(total, 'item')}, not finished`);
    case 'agreeing':
      return words(
        `${differences.length} 项有差异，等另一位行政同意后调整${left.zh}`,
        `${counted(differences.length, 'difference')}; somebody else of the office has to agree${left.en}`,
      );
    case 'done':
      return differences.length === 0
        ? words(
            `${total} 项盘点完成，账实相符${left.zh}`,
            `${counted(total, 'item')} counted, all as in the ledger${left.en}`,
          )
        : words(
            `${differences.length} 项已按实数调整，${agreedBy ?? ''}同意${left.zh}`,
            `${counted(differences.length, 'item')} corrected, ${agreedBy ?? ''} agreed${left.en}`,
          );
    case 'dropped':
      return words('已放弃，库存没有变', 'Given up; stock did not change');
    default:
      return state satisfies never;
  }
}

const counting = (model: TakeModel, now: NonNullable<TakeModel['now']>): readonly Block[] => [
  { block: 'text', text: words(`${now.name} 有多少${now.unit}？`, `How many of ${now.name}?`) },
  {
    block: 'form',
    name: 'count',
    inputs: [
      {
        input: 'number',
        name: 'counted',
        label: words(`实数（${now.unit}）`, 'Counted'),
        hint: words('也可以直接发数字给我', 'Or just send me the number'),
      },
    ],
    buttons: [
      button(model, words('记下', 'Note it'), 'take-count', 'primary', now.item),
      button(model, words('跳过', 'Skip'), 'take-skip', 'plain', now.item),
      button(model, words('放弃盘点', 'Give up'), 'take-drop', 'danger'),
    ],
  },
  {
    block: 'text',
    look: 'quiet',
    text: words(
      '中途可以停，说「继续盘点」接着数',
      'You may stop; say “continue counting” to go on',
    ),
  },
];

function differing(differences: TakeModel['differences']): readonly Block[] {
  if (differences.length === 0) return [];
  const more = differences.length - MOST;
  return [
    {
      block: 'table',
      columns: [
        { key: 'name', label: words('物品', 'Item') },
        { key: 'expected', label: words('账面', 'Ledger'), align: 'right' },
        { key: 'counted', label: words('实数', 'Counted'), align: 'right' },
        { key: 'by', label: words('差异', 'Difference'), align: 'right' },
      ],
      rows: differences.slice(0, MOST).map((each) => {
        const by = Math.round((each.counted - each.expected) * 1_000) / 1_000;
        return {
          name: each.name,
          expected: String(each.expected),
          counted: `${each.counted} ${each.unit}`,
          by: by > 0 ? `+${by}` : String(by),
        };
      }),
    },
    ...(more > 0
      ? [{ block: 'text' as const, text: words(`另有 ${more} 项`, `and ${more} more`) }]
      : []),
  ];
}
