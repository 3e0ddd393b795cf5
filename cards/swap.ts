/** The card of two hosts who exchange their rooms, for one of them. Pure. */
import type { Button, Card } from './card.ts';
import { buttonRow } from './pages.ts';
import { buttonOf, headOf, type Standing } from './sharing.ts';
import { type Words, words } from './words.ts';

export type SwapState = 'draft' | 'asked' | 'done' | 'refused' | 'withdrawn' | 'over';

export type SwapModel = {
  readonly id: number;
  readonly version: number;
  readonly state: SwapState;
  /** Whether the reader asked for it. */
  readonly asks: boolean;
  /** The other of the two. */
  readonly other: string;
  /** Room and time of the reader's booking and of the other's, as they are now. */
  readonly own: Words;
  readonly others: Words;
  /** What does not quite suit the reader there. */
  readonly note?: Words;
};

const STATE: { readonly [state in SwapState]: Standing } = {
  draft: { tag: words('待确认', 'To be confirmed'), color: 'grey' },
  asked: { tag: words('待同意', 'Asked'), color: 'orange' },
  done: { tag: words('已交换', 'Exchanged'), color: 'green' },
  refused: { tag: words('不换', 'Refused'), color: 'grey' },
  withdrawn: { tag: words('不换了', 'Dropped'), color: 'grey' },
  over: { tag: words('已失效', 'Over'), color: 'grey' },
};

export function swapCard(model: SwapModel): Card {
  const title = words(`和${model.other}换会议室`, `Exchange of rooms with ${model.other}`);
  const open = model.state === 'draft' || model.state === 'asked';
  return {
    ...headOf(title, STATE[model.state]),
    blocks: [
      {
        block: 'facts',
        facts: open
          ? [
              { label: words('您现在', 'Yours now'), value: model.own },
              { label: words('换成', 'You get'), value: model.others },
            ]
          : [{ label: words('您的会议', 'Yours'), value: model.own }],
      },
      ...(model.note
        ? [{ block: 'text' as const, look: 'warning' as const, text: model.note }]
        : []),
      { block: 'text', text: says(model) },
      ...buttonRow(buttons(model)),
    ],
  };
}

function says({ state, asks, other }: SwapModel): Words {
  switch (state) {
    case 'draft':
      return words(`确认后去问${other}，对方同意才会换`, `Once you confirm, ${other} is asked`);
    case 'asked':
      return asks
        ? words(`等${other}同意；在此之前都不变`, `Waiting for ${other}; nothing changes before`)
        : words(`${other}想和您换，同意后两边一起换`, `${other} asks you; both move together`);
    case 'done':
      return words(
        '两边都已换好，参会人会收到改动通知',
        'Both have moved; everybody invited is told',
      );
    case 'refused':
      return asks
        ? words(`${other}不方便换，您的预订不变`, `${other} would rather not; yours stays`)
        : words('您没有同意，预订不变', 'You refused; yours stays');
    case 'withdrawn':
      return words('不换了，预订不变', 'Dropped; nothing changed');
    case 'over':
      return words(
        '其中一场已改期、取消或开始，不能再换。需要的话重新说一遍',
        'One of them was moved, cancelled or has begun. Say it again if you still need it',
      );
    default:
      return state satisfies never;
  }
}

function buttons(model: SwapModel): readonly Button[] {
  const { state, asks, other } = model;
  const button = (label: Words, a: string, look?: Button['look']): Button =>
    buttonOf(model, label, a, look);
  const drop = button(words('不换了', 'Drop it'), 'swap-drop');
  if (state === 'draft')
    return [button(words(`去问${other}`, `Ask ${other}`), 'swap-ask', 'primary'), drop];
  if (state !== 'asked') return [];
  return asks
    ? [drop]
    : [
        button(words('同意换', 'Agree'), 'swap-agree', 'primary'),
        button(words('不换', 'No'), 'swap-refuse'),
      ];
}
