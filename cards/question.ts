/** The cards of what waits for a first answer of the office. Pure: model in, card out. */
import type { Block, Button, Card, Fact, FormBlock, Tag } from './card.ts';
import { shortened } from './clean.ts';
import { enumerated, type Words, words } from './words.ts';

/** Where a question stands, as its card is coloured. */
export type QuestionState = 'running' | 'paused' | 'answered' | 'over';

export type QuestionModel = {
  readonly id: number;
  /** Who looks at it: somebody who may answer, or the asker (also the group they asked in). */
  readonly reader: 'office' | 'asker';
  readonly state: QuestionState;
  readonly question: string;
  readonly asker: string;
  readonly asked: Words;
  /** What is promised (4 个工作小时), and by when it is due. */
  readonly promise: Words;
  readonly due: Words;
  readonly inGroup: boolean;
  /** How late it is, or how much of its time is left, once somebody had to be told. */
  readonly pressing?: { readonly late: boolean; readonly text: Words };
  /** Everything said since, oldest first. */
  readonly lines: readonly { readonly who: string; readonly text: string; readonly at: Words }[];
  /** Who answered, or asked back, last. */
  readonly by: string;
  /** An answer that did not help may be asked anew, once. */
  readonly mayAskAgain: boolean;
  /** It is asked for the second time. */
  readonly again: boolean;
};

export const questionCard = (model: QuestionModel): Card =>
  model.reader === 'office' ? officeCard(model) : askerCard(model);

/** How much of a question stands in the line of the chat list. */
const PREVIEW = 40;

function officeCard(model: QuestionModel): Card {
  const { asker, question } = model;
  const title = words(`${asker}问行政`, `${asker} asks the office`);
  return {
    title,
    color: COLOR[model.state],
    tags: tagsOf(model),
    preview: words(
      `${title.zh}：${shortened(question, PREVIEW)}`,
      `${title.en}: ${shortened(question, PREVIEW)}`,
    ),
    blocks: [
      ...(model.pressing
        ? [{ block: 'text' as const, look: 'warning' as const, text: model.pressing.text }]
        : []),
      { block: 'text', look: 'strong', text: question },
      { block: 'facts', facts: factsOf(model) },
      ...said(model),
      ...(model.state === 'running' || model.state === 'paused' ? [officeForm(model)] : []),
    ],
  };
}

const COLOR = { running: 'orange', paused: 'grey', answered: 'green', over: 'grey' } as const;

const STATES: { readonly [state in QuestionState]: Words } = {
  running: words('待回复', 'Waiting'),
  paused: words('等对方补充', 'Waiting for the asker'),
  answered: words('已回复', 'Answered'),
  over: words('已结束', 'Over'),
};

const tagsOf = ({ state, pressing, again }: QuestionModel): readonly Tag[] => [
  { text: STATES[state], color: COLOR[state] },
  ...(pressing?.late ? [{ text: words('已超时', 'Late'), color: 'carmine' as const }] : []),
  ...(again ? [{ text: words('还没解决', 'Not solved'), color: 'orange' as const }] : []),
];

const factsOf = ({ asker, asked, due, state, inGroup }: QuestionModel): readonly Fact[] => [
  {
    label: words('提问', 'Asked'),
    value: inGroup
      ? words(`${asker}，${asked.zh}，在群里`, `${asker}, ${asked.en}, in a group`)
      : words(`${asker}，${asked.zh}`, `${asker}, ${asked.en}`),
  },
  ...(state === 'running' ? [{ label: words('答复期限', 'Answer by'), value: due }] : []),
];

const said = ({ lines }: Pick<QuestionModel, 'lines'>): readonly Block[] =>
  lines.length === 0
    ? []
    : [
        {
          block: 'facts',
          facts: lines.slice(-5).map(({ who, text, at }) => ({
            label: words(`${who} ${at.zh}`, `${who} ${at.en}`),
            value: text,
          })),
        },
      ];

const button = (id: number, label: Words, a: string, look: Button['look']): Button => ({
  label,
  look,
  value: { v: 1, a, q: id },
});

const officeForm = ({ id, state, inGroup }: QuestionModel): FormBlock => ({
  block: 'form',
  name: 'answering',
  inputs: [
    {
      input: 'text',
      name: 'reply',
      label: words('回复', 'Your answer'),
      lines: 'many',
      longest: LONGEST_LINE,
      hint: inGroup
        ? words('会发到群里，群里的人都看得到', 'It is sent to the group; everybody there sees it')
        : words('也可以直接回复这张卡片', 'You can also reply to this card'),
    },
  ],
  buttons: [
    button(id, words('我来回复', 'Answer'), 'answer', 'primary'),
    ...(state === 'running'
      ? [button(id, words('等对方补充', 'Ask the asker'), 'ask-back', 'plain')]
      : []),
  ],
});

/** The longest answer or question back, characters. */
export const LONGEST_LINE = 1_000;

function askerCard(model: QuestionModel): Card {
  const title = askerTitle(model);
  return {
    title,
    color: COLOR[model.state],
    preview: title,
    blocks: [
      ...said(model),
      { block: 'text', look: 'quiet', text: words(`「${model.question}」`, `“${model.question}”`) },
      ...askerBlocks(model),
    ],
  };
}

function askerTitle({ state, by, promise }: QuestionModel): Words {
  switch (state) {
    case 'running':
      return words(
        `已转行政，${promise.zh}内答复`,
        `With the office; an answer comes within ${promise.en}`,
      );
    case 'paused':
      return words(`${by}想请您补充`, `${by} needs to know more`);
    case 'answered':
      return words(`${by}回复了您`, `${by} answered you`);
    case 'over':
      return words('这个问题已结束', 'This question is over');
    default:
      return state satisfies never;
  }
}

function askerBlocks({ id, state, due, mayAskAgain, asker }: QuestionModel): readonly Block[] {
  if (state === 'running')
    return [
      {
        block: 'text',
        look: 'quiet',
        text: words(
          `最晚 ${due.zh}，会发消息告诉您`,
          `By ${due.en} at the latest; you will be told`,
        ),
      },
    ];
  if (state === 'paused')
    return [
      {
        block: 'form',
        name: 'replying',
        inputs: [
          {
            input: 'text',
            name: 'reply',
            label: words(`${asker}补充`, 'Your reply'),
            lines: 'many',
            longest: LONGEST_LINE,
            hint: words('补充后继续计时', 'Then it goes on'),
          },
        ],
        buttons: [button(id, words('发给行政', 'Send to the office'), 'reply-back', 'primary')],
      },
    ];
  if (state !== 'answered' || !mayAskAgain) return [];
  const again = button(id, words('还没解决', 'Not solved'), 'unsolved', 'plain');
  return [{ block: 'buttons', buttons: [again] }];
}

/** A request that waits too long for a first answer, for who has to see to it. */
export type UnansweredModel = {
  readonly request: number;
  readonly number: string;
  readonly kind: Words;
  readonly summary: Words;
  readonly requester: string;
  readonly since: Words;
  readonly due: Words;
  readonly pressing: { readonly late: boolean; readonly text: Words };
  /** Whom it waits for. */
  readonly waitsFor: readonly string[];
};

export function unansweredCard(model: UnansweredModel): Card {
  const { number, kind, pressing } = model;
  const title = pressing.late
    ? words(`${number} 超时没有人答复`, `${number}: no answer, and late`)
    : words(`${number} 快到答复期限了`, `${number}: an answer is due soon`);
  return {
    title,
    color: pressing.late ? 'carmine' : 'orange',
    preview: words(`${title.zh}：${model.summary.zh}`, `${title.en}: ${model.summary.en}`),
    blocks: [
      { block: 'text', look: 'warning', text: pressing.text },
      {
        block: 'facts',
        facts: [
          {
            label: words('事项', 'What'),
            value: words(`${kind.zh} ${model.summary.zh}`, `${kind.en}: ${model.summary.en}`),
          },
          {
            label: words('申请人', 'Requester'),
            value: words(
              `${model.requester}，${model.since.zh}`,
              `${model.requester}, ${model.since.en}`,
            ),
          },
          { label: words('答复期限', 'Answer by'), value: model.due },
          { label: words('在等', 'Waits for'), value: enumerated(model.waitsFor) },
        ],
      },
      {
        block: 'buttons',
        buttons: [
          {
            label: words(`查看 ${number}`, `Open ${number}`),
            look: 'primary',
            value: { v: 1, a: 'show', r: model.request },
          },
        ],
      },
    ],
  };
}

/** 「已等 3 小时，还剩 1 小时」, 「超过答复期限 20 分钟」. */
export const pressingText = (late: boolean, waited: Words, difference: Words): Words =>
  late
    ? words(
        `已等 ${waited.zh}，超过答复期限 ${difference.zh}`,
        `Waited ${waited.en}; late by ${difference.en}`,
      )
    : words(
        `已等 ${waited.zh}，离答复期限还有 ${difference.zh}`,
        `Waited ${waited.en}; ${difference.en} left`,
      );
