/** Cards of a journey besides its request: who is asked to go along, and the claim that is offered after the return. Pure. */
import type { Block, Button, Card, Fact } from './card.ts';
import { type Text, type Words, words } from './words.ts';

export type CompanionModel = {
  readonly request: number;
  readonly number: string;
  readonly requester: string;
  readonly facts: readonly Fact[];
  readonly table?: Block;
  readonly state: 'asked' | 'confirmed' | 'declined';
  /** The journey is not made after all. */
  readonly over: boolean;
};

const STATE = {
  asked: { text: words('待确认', 'To be confirmed'), color: 'orange' },
  confirmed: { text: words('已确认同行', 'Confirmed'), color: 'green' },
  declined: { text: words('不同行', 'Not coming'), color: 'grey' },
} as const;
const OVER = { text: words('已取消', 'Cancelled'), color: 'grey' } as const;

/** 「陈晨请您同行」 with two buttons; an answer can be changed as long as the journey lies ahead. */
export function companionCard(model: CompanionModel): Card {
  const { state, over, requester, number, request } = model;
  const tag = over ? OVER : STATE[state];
  const tap = (a: string): Button['value'] => ({ v: 1, a, o: String(request) });
  const buttons: readonly Button[] = [
    {
      label: words('同行', 'I come along'),
      look: state === 'asked' ? 'primary' : 'plain',
      value: tap('go-along'),
    },
    { label: words('不能去', 'I cannot'), look: 'plain', value: tap('stay-behind') },
  ];
  const left = buttons.filter(
    ({ value }) =>
      !(state === 'confirmed' && value.a === 'go-along') &&
      !(state === 'declined' && value.a === 'stay-behind'),
  );
  return {
    title: words(`${requester}请您同行出差`, `${requester} asks you along on a trip`),
    subtitle: number,
    color: tag.color,
    tags: [tag],
    preview: words(`${requester}请您同行 ${number}`, `${requester} asks you along, ${number}`),
    blocks: [
      { block: 'facts', facts: model.facts },
      ...(model.table ? [model.table] : []),
      ...(over ? [] : [{ block: 'buttons' as const, buttons: left }]),
    ],
  };
}

/** After the return: one tap begins the claim, filled in as far as it is known. */
export const claimOfferCard = (number: string, summary: Words, claimed: boolean): Card => ({
  title: words('出差回来了，报销吗？', 'Back from your trip: claim expenses?'),
  subtitle: number,
  color: claimed ? 'grey' : 'orange',
  tags: [],
  preview: words(`报销 ${number}`, `Claim for ${number}`),
  blocks: [
    { block: 'text', text: summary },
    claimed
      ? {
          block: 'text',
          look: 'quiet',
          text: words('已经处理过了', 'This has been dealt with'),
        }
      : {
          block: 'buttons',
          buttons: [
            {
              label: words('填报销单', 'Fill in the claim'),
              look: 'primary',
              value: { v: 1, a: 'say', t: `报销 ${number}` },
            },
            {
              label: words('没有费用', 'Nothing to claim'),
              look: 'plain',
              value: { v: 1, a: 'say', t: `${number} 没有费用` },
            },
          ],
        },
  ],
});

/** A month's claims, for finance. */
export type LedgerModel = {
  readonly month: Words;
  readonly total: string;
  readonly claims: number;
  readonly departments: readonly { readonly name: string; readonly value: Text }[];
  /** People with many journeys or claims. */
  readonly frequent: readonly Words[];
  /** What somebody should look at. */
  readonly odd: readonly Words[];
};

/** So many lines of a sort stand on the card; the workbook beside it has all. */
const MOST = 12;

export function ledgerCard({
  month,
  total,
  claims,
  departments,
  frequent,
  odd,
}: LedgerModel): Card {
  const title = words(`${month.zh}报销台账`, `Expense ledger ${month.en}`);
  const listed = (heading: Words, lines: readonly Words[]): readonly Block[] =>
    lines.length === 0
      ? []
      : [
          { block: 'text', look: 'strong', text: heading },
          ...lines.slice(0, MOST).map((text): Block => ({ block: 'text', text })),
          ...(lines.length > MOST
            ? [
                {
                  block: 'text' as const,
                  look: 'quiet' as const,
                  text: words(
                    `另 ${lines.length - MOST} 条见表格`,
                    `${lines.length - MOST} more in the workbook`,
                  ),
                },
              ]
            : []),
        ];
  return {
    title,
    color: odd.length > 0 ? 'orange' : 'blue',
    tags: [],
    preview: words(`${title.zh}：${total}`, `${title.en}: ${total}`),
    blocks:
      claims === 0
        ? [
            {
              block: 'text',
              text: words('这个月没有报销单', 'No claims in this month'),
            },
          ]
        : [
            {
              block: 'facts',
              facts: [
                {
                  label: words('合计', 'Total'),
                  value: words(`${total}，${claims} 张`, `${total}, ${claims} claims`),
                },
                ...departments
                  .slice(0, MOST)
                  .map(({ name, value }): Fact => ({ label: name, value })),
                ...(departments.length > MOST
                  ? [
                      {
                        label: words('其他部门', 'Other departments'),
                        value: words(
                          `另 ${departments.length - MOST} 个见表格`,
                          `${departments.length - MOST} more in the workbook`,
                        ),
                      },
                    ]
                  : []),
              ],
            },
            ...listed(words('高频', 'Frequent'), frequent),
            ...listed(words('异常', 'To look at'), odd),
          ],
  };
}
