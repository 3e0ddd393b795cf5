/** Something lent, for its borrower and for the office. Pure. */
import type { Button, Card } from './card.ts';
import { buttonRow } from './pages.ts';
import { type Words, words } from './words.ts';

export type LoanModel = {
  readonly id: number;
  readonly item: string;
  readonly unit: string;
  readonly quantity: number;
  readonly borrower: string;
  readonly due: Words;
  readonly late: boolean;
  readonly state: 'draft' | 'asked' | 'out' | 'returning' | 'returned' | 'dropped';
  readonly reader: { readonly borrows: boolean; readonly keeps: boolean };
};

const STATE: {
  readonly [state in LoanModel['state']]: { readonly name: Words; readonly color: Card['color'] };
} = {
  draft: { name: words('待确认', 'To be confirmed'), color: 'grey' },
  asked: { name: words('待借出', 'To be handed over'), color: 'orange' },
  out: { name: words('已借出', 'Lent'), color: 'blue' },
  returning: { name: words('待确认归还', 'Back, to be confirmed'), color: 'orange' },
  returned: { name: words('已归还', 'Returned'), color: 'green' },
  dropped: { name: words('不借了', 'Dropped'), color: 'grey' },
};

export function loanCard(model: LoanModel): Card {
  const { item, unit, quantity, state, late, due } = model;
  const { name, color } = STATE[state];
  const what = words(`借用：${item} ${quantity} ${unit}`, `Loan: ${quantity} of ${item}`);
  const isLate = late && state === 'out';
  return {
    title: what,
    color: isLate ? 'carmine' : color,
    tags: [
      { text: name, color },
      ...(isLate ? [{ text: words('已逾期', 'Overdue'), color: 'carmine' as const }] : []),
    ],
    preview: words(`${what.zh} ${name.zh}`, `${what.en}: ${name.en}`),
    blocks: [
      {
        block: 'facts',
        facts: [
          { label: words('借用人', 'Borrower'), value: model.borrower },
          { label: words('归还期限', 'Due back'), value: due },
        ],
      },
      ...buttonRow(buttonsOf(model)),
    ],
  };
}

function buttonsOf(model: LoanModel): readonly Button[] {
  const { state, reader } = model;
  const button = (label: Words, a: string, look: Button['look']): Button => ({
    label,
    look,
    value: { v: 1, a, l: `loan:${model.id}` },
  });
  const own = {
    draft: [
      button(words('确认借用', 'Borrow'), 'loan-ask', 'primary'),
      button(words('算了', 'Never mind'), 'loan-drop', 'plain'),
    ],
    asked: [button(words('不借了', 'Drop it'), 'loan-drop', 'plain')],
    out: [button(words('我已归还', 'I brought it back'), 'loan-back', 'primary')],
  };
  const office = {
    asked: [button(words('借出', 'Hand over'), 'loan-hand', 'primary')],
    out: [button(words('收回', 'It is back'), 'loan-got', 'plain')],
    returning: [
      button(words('确认收回', 'It is back'), 'loan-got', 'primary'),
      button(words('没收到', 'It is not'), 'loan-missing', 'danger'),
    ],
  };
  return [
    ...(reader.borrows && state in own ? own[state as keyof typeof own] : []),
    ...(reader.keeps && state in office ? office[state as keyof typeof office] : []),
  ];
}
