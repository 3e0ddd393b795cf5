/** Something of the store room that is written off: for who does it, and for whoever has to agree. Pure. */
import type { Block, Button, Card } from './card.ts';
import { yuanText } from './money.ts';
import { buttonRow } from './pages.ts';
import { type Words, words } from './words.ts';

export type WriteOffModel = {
  readonly id: number;
  readonly item: string;
  readonly unit: string;
  readonly quantity: number;
  readonly why: string | undefined;
  /** What it had cost, in fen; more than `alone` needs a second person. */
  readonly fen: number;
  readonly alone: number;
  readonly onHand: number;
  readonly by: string;
  /** Who agreed, or did not. */
  readonly second: string | undefined;
  readonly state: 'draft' | 'agreeing' | 'done' | 'dropped';
  /** The reader is who put it down. */
  readonly own: boolean;
};

const STATE: {
  readonly [state in WriteOffModel['state']]: {
    readonly name: Words;
    readonly color: Card['color'];
  };
} = {
  draft: { name: words('待确认', 'To be confirmed'), color: 'blue' },
  agreeing: { name: words('待同意', 'To be agreed'), color: 'orange' },
  done: { name: words('已报废', 'Written off'), color: 'green' },
  dropped: { name: words('没有报废', 'Not written off'), color: 'grey' },
};

export function writeOffCard(model: WriteOffModel): Card {
  const { item, unit, quantity, state, fen } = model;
  const { name, color } = STATE[state];
  const what = words(`报废：${item} ${quantity} ${unit}`, `Write off: ${quantity} of ${item}`);
  return {
    title: what,
    color,
    tags: [{ text: name, color }],
    preview: words(`${what.zh} ${name.zh}`, `${what.en}: ${name.en}`),
    blocks: [
      {
        block: 'facts',
        facts: [
          ...(model.why === undefined
            ? []
            : [{ label: words('原因', 'Reason'), value: model.why }]),
          { label: words('成本', 'Cost'), value: yuanText(fen) },
          ...(state === 'draft' || state === 'agreeing'
            ? [{ label: words('库存', 'In stock'), value: `${model.onHand} ${unit}` }]
            : []),
          { label: words('提出人', 'By'), value: model.by },
          ...(model.second === undefined ? [] : [secondFact(state, model.second)]),
        ],
      },
      ...(state === 'draft' && model.own ? asking(model) : []),
      ...(state === 'agreeing' ? agreeing(model) : []),
    ],
  };
}

const secondFact = (state: WriteOffModel['state'], second: string) => ({
  label: state === 'done' ? words('同意人', 'Agreed by') : words('不同意', 'Declined by'),
  value: second,
});

const button = ({ id }: WriteOffModel, label: Words, a: string, look: Button['look']): Button => ({
  label,
  look,
  value: { v: 1, a, l: `off:${id}` },
});

function asking(model: WriteOffModel): readonly Block[] {
  const second = model.fen > model.alone;
  const bound = yuanText(model.alone);
  return [
    ...(second
      ? [
          {
            block: 'text' as const,
            text: words(
              `超过 ${bound}，要另一位行政同意后才出账`,
              `More than ${bound}: somebody else of the office has to agree first`,
            ),
          },
        ]
      : []),
    {
      block: 'form',
      name: 'write-off',
      inputs: [
        {
          input: 'text',
          name: 'why',
          label: words('报废原因', 'Why'),
          lines: 'one',
          longest: LONGEST_WHY,
          ...(model.why === undefined ? {} : { value: model.why }),
        },
      ],
      buttons: [
        button(
          model,
          second ? words('请另一位同意', 'Ask for agreement') : words('确认报废', 'Write off'),
          'off-confirm',
          'primary',
        ),
        button(model, words('不报废了', 'Never mind'), 'off-drop', 'plain'),
      ],
    },
  ];
}

/** A reason is a line. */
export const LONGEST_WHY = 100;

const agreeing = (model: WriteOffModel): readonly Block[] =>
  buttonRow(
    model.own
      ? [button(model, words('不报废了', 'Never mind'), 'off-drop', 'plain')]
      : [
          button(model, words('同意报废', 'Agree'), 'off-agree', 'primary'),
          button(model, words('不同意', 'Decline'), 'off-refuse', 'danger'),
        ],
  );
