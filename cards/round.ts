/** The cards of recurring work: one occurrence with its checklist, and one thing found wrong in it. Pure: model in, card out. */
import type {
  Answers,
  Block,
  Button,
  ButtonValue,
  Card,
  CardColor,
  Fact,
  Input,
  Option,
} from './card.ts';
import { buttonRow } from './pages.ts';
import { undoButton } from './undo.ts';
import { type Words, words } from './words.ts';

/** Where an occurrence stands. `missed`: nobody did it before the next one came; `dropped`: switched off meanwhile. */
export type RoundState = 'open' | 'done' | 'missed' | 'dropped';

/** One line of the checklist, with what was found once it is done. */
export type RoundLine = {
  readonly name: string;
  readonly title: Words;
  readonly check: 'fine' | 'done' | 'score';
  readonly result?: { readonly bad: boolean; readonly score?: number; readonly note?: string };
};

export type RoundModel = {
  readonly id: number;
  readonly version: number;
  readonly title: Words;
  readonly day: Words;
  readonly state: RoundState;
  readonly late: boolean;
  /** The role that does it. */
  readonly owner: Words;
  readonly due: Words;
  /** Who took it on. */
  readonly claimedBy?: string;
  readonly closed?: { readonly by?: string; readonly at: Words };
  readonly lines: readonly RoundLine[];
  readonly score?: number;
  /** The mean of the month's rounds, where they are scored. */
  readonly mean?: { readonly mean: number; readonly count: number };
  readonly findings: readonly {
    readonly item: Words;
    readonly note: string;
    readonly open: boolean;
  }[];
  /** What the reader may do now; asked again at the tap. */
  readonly claim?: 'take' | 'take-over';
  readonly fill?: { readonly answers: Answers };
  /** Whoever did something with it a moment ago may take that back. */
  readonly mayUndo?: boolean;
  readonly remark?: Words;
};

const ROUND_BUTTON = {
  take: words('我来做', 'I will do it'),
  takeOver: words('改由我做', 'I will take over'),
  complete: words('完成', 'Done'),
  rectified: words('已整改', 'Put right'),
} as const;

export function roundCard(model: RoundModel): Card {
  const state = stateOf(model);
  return {
    title: words(`${model.title.zh} ${model.day.zh}`, `${model.title.en} ${model.day.en}`),
    subtitle: words(`${model.owner.zh} · 例行工作`, `${model.owner.en} · recurring work`),
    color: state.color,
    tags: [{ text: state.name, color: state.color }, ...(model.late ? [LATE] : [])],
    preview: words(`${state.name.zh} ${model.title.zh}`, `${state.name.en} ${model.title.en}`),
    blocks: [
      ...remarkBlocks(model.remark),
      { block: 'facts', facts: roundFacts(model) },
      ...findingBlocks(model),
      ...(model.state === 'open' ? openBlocks(model) : resultBlocks(model)),
      ...(model.mayUndo ? buttonRow([undoButton(value(model, 'round-undo', 'round'))]) : []),
    ],
  };
}

const LATE = { text: words('已超时', 'Late'), color: 'carmine' as const };

function stateOf({ state, claimedBy }: RoundModel): { name: Words; color: CardColor } {
  if (state === 'open')
    return claimedBy === undefined
      ? { name: words('待办', 'To do'), color: 'orange' }
      : { name: words('处理中', 'In work'), color: 'blue' };
  if (state === 'done') return { name: words('已完成', 'Done'), color: 'green' };
  return state === 'missed'
    ? { name: words('未做', 'Missed'), color: 'red' }
    : { name: words('已停用', 'Switched off'), color: 'grey' };
}

const remarkBlocks = (remark: Words | undefined): readonly Block[] =>
  remark ? [{ block: 'text', look: 'warning', text: remark }] : [];

function roundFacts(model: RoundModel): readonly Fact[] {
  const { claimedBy, closed, score, mean } = model;
  const fact = (zh: string, en: string, value: Fact['value']): Fact => ({
    label: words(zh, en),
    value,
  });
  const bad = model.findings.length;
  return [
    ...(model.state === 'done'
      ? [
          fact(
            '结果',
            'Result',
            bad === 0
              ? words('全部正常', 'All in order')
              : words(`${bad} 项要整改`, `${bad} to put right`),
          ),
        ]
      : []),
    ...(score === undefined
      ? []
      : [fact('得分', 'Score', words(`${score} 分`, `${score} of 100`))]),
    ...(mean === undefined
      ? []
      : [
          fact(
            '本月平均',
            'Mean of the month',
            words(
              `${mean.mean} 分（${mean.count} 次）`,
              `${mean.mean} of 100 (${mean.count} times)`,
            ),
          ),
        ]),
    ...(model.state === 'open' ? [fact('期限', 'Due', model.due)] : []),
    ...(claimedBy === undefined || closed ? [] : [fact('经办', 'In hand of', claimedBy)]),
    ...(closed
      ? [
          fact(
            '完结',
            'Closed',
            words(
              `${closed.by ?? ''} ${closed.at.zh}`.trim(),
              `${closed.by ?? ''} ${closed.at.en}`.trim(),
            ),
          ),
        ]
      : []),
  ];
}

/** What was found wrong, first: the details of the rest are folded away. */
function findingBlocks({ findings }: RoundModel): readonly Block[] {
  if (findings.length === 0) return [];
  const steps = findings.map(({ item, note, open }) => ({
    title: item,
    state: open ? ('open' as const) : ('done' as const),
    who: note,
  }));
  return [{ block: 'steps', steps }];
}

const value = (
  model: { readonly id: number; readonly version: number },
  a: string,
  sort: string,
): ButtonValue => ({
  v: 1,
  a,
  l: `${sort}:${model.id}`,
  n: model.version,
});

function openBlocks(model: RoundModel): readonly Block[] {
  const { claim, fill } = model;
  const taking: Button | undefined = claim && {
    label: claim === 'take' ? ROUND_BUTTON.take : ROUND_BUTTON.takeOver,
    look: claim === 'take' ? 'primary' : 'plain',
    value: value(model, 'round-claim', 'round'),
  };
  return [
    ...(fill ? [formBlock(model, fill.answers)] : [listBlock(model)]),
    ...(taking ? [{ block: 'buttons' as const, buttons: [taking] }] : []),
  ];
}

/** What is to be looked at, for who only reads it. */
const listBlock = ({ lines }: RoundModel): Block => ({
  block: 'text',
  look: 'quiet',
  text: words(
    `检查项：${lines.map(({ title }) => title.zh).join('、')}`,
    `To check: ${lines.map(({ title }) => title.en).join(', ')}`,
  ),
});

function formBlock(model: RoundModel, answers: Answers): Block {
  return {
    block: 'form',
    name: 'check',
    inputs: model.lines.flatMap((line) => inputsOf(line, answers)),
    buttons: [
      { label: ROUND_BUTTON.complete, look: 'primary', value: value(model, 'round-done', 'round') },
    ],
  };
}

/** The name under which the note about an item is answered. */
export const noteName = (item: string): string => `${item}_note`;

function inputsOf({ name, title, check }: RoundLine, answers: Answers): readonly Input[] {
  const given = (key: string): string | undefined => {
    const answer = answers[key];
    return typeof answer === 'string' ? answer : undefined;
  };
  const own = given(name);
  const note = given(noteName(name));
  return [
    check === 'score'
      ? {
          input: 'number',
          name,
          label: words(`${title.zh}（0–100 分）`, `${title.en} (0–100)`),
          required: true,
          ...(own === undefined ? {} : { value: own }),
        }
      : {
          input: 'select',
          name,
          label: title,
          options: OPTIONS[check],
          value: own ?? 'ok',
          required: true,
        },
    {
      input: 'text',
      name: noteName(name),
      label: words(`${title.zh}：说明`, `${title.en}: note`),
      lines: 'one',
      longest: 200,
      hint: words('有问题时写一句，没有就留空', 'A line if something is wrong, else leave it'),
      ...(note === undefined ? {} : { value: note }),
    },
  ];
}

const OPTIONS: { readonly [check in 'fine' | 'done']: readonly Option[] } = {
  fine: [
    { value: 'ok', label: words('正常', 'In order') },
    { value: 'bad', label: words('有问题', 'Something is wrong') },
  ],
  done: [
    { value: 'ok', label: words('已完成', 'Done') },
    { value: 'bad', label: words('未完成', 'Not done') },
  ],
};

function resultBlocks({ state, lines }: RoundModel): readonly Block[] {
  if (state !== 'done') return [];
  return [
    {
      block: 'fold',
      title: words('检查结果', 'What was found'),
      blocks: [{ block: 'facts', facts: lines.map(resultFact) }],
    },
  ];
}

function resultFact({ title, check, result }: RoundLine): Fact {
  // The note about what is wrong stands with the findings.
  const note = result?.note && !result.bad ? result.note : undefined;
  const noted = note === undefined ? words('', '') : words(`：${note}`, `: ${note}`);
  const found =
    check === 'score'
      ? words(`${result?.score ?? '-'} 分`, `${result?.score ?? '-'}`)
      : foundText(check, result);
  return { label: title, value: words(`${found.zh}${noted.zh}`, `${found.en}${noted.en}`) };
}

const foundText = (check: 'fine' | 'done', result: RoundLine['result']): Words => {
  const option = OPTIONS[check].find((each) => each.value === (result?.bad ? 'bad' : 'ok'));
  return typeof option?.label === 'object' ? option.label : words('', '');
};

export type RectificationModel = {
  readonly id: number;
  readonly version: number;
  /** The round it was found in. */
  readonly found: Words;
  readonly item: Words;
  readonly note: string;
  readonly foundBy: string;
  readonly owner: Words;
  readonly open: boolean;
  readonly late: boolean;
  readonly due: Words;
  readonly closed?: { readonly by: string; readonly at: Words; readonly answer: string };
  readonly mayAct: boolean;
  readonly filled?: string;
  readonly remark?: Words;
};

/** 整改单: what is wrong, who puts it right and by when. */
export function rectificationCard(model: RectificationModel): Card {
  const color: CardColor = model.open ? 'orange' : 'green';
  const state = model.open ? words('待整改', 'To put right') : words('已整改', 'Put right');
  const { closed } = model;
  return {
    title: words(`整改：${model.item.zh}`, `To put right: ${model.item.en}`),
    subtitle: model.found,
    color,
    tags: [{ text: state, color }, ...(model.late ? [LATE] : [])],
    preview: words(`${state.zh} ${model.item.zh}`, `${state.en} ${model.item.en}`),
    blocks: [
      ...remarkBlocks(model.remark),
      {
        block: 'facts',
        facts: [
          { label: words('问题', 'Found'), value: model.note },
          ...(closed
            ? [
                { label: words('处理', 'Done'), value: closed.answer },
                {
                  label: words('完结', 'Closed'),
                  value: words(`${closed.by} ${closed.at.zh}`, `${closed.by} ${closed.at.en}`),
                },
              ]
            : [
                { label: words('负责', 'By'), value: model.owner },
                { label: words('期限', 'Due'), value: model.due },
              ]),
          { label: words('发现人', 'Found by'), value: model.foundBy },
        ],
      },
      ...(model.mayAct ? [rectifyForm(model)] : []),
    ],
  };
}

const rectifyForm = (model: RectificationModel): Block => ({
  block: 'form',
  name: 'rectify',
  inputs: [
    {
      input: 'text',
      name: 'answer',
      label: words('怎么处理的', 'What was done'),
      lines: 'one',
      longest: 200,
      required: true,
      hint: words('例如：已换灯管，试过正常', 'Such as: tube replaced, tried, works'),
      ...(model.filled === undefined ? {} : { value: model.filled }),
    },
  ],
  buttons: [
    {
      label: ROUND_BUTTON.rectified,
      look: 'primary',
      value: value(model, 'rectified', 'rectification'),
    },
  ],
});
