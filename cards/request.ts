/** The card of a submitted request, as one reader sees it at one moment. Pure: model in, card out. */
import type {
  Block,
  Button,
  ButtonValue,
  Card,
  Fact,
  FormBlock,
  Input,
  Option,
  StepLine,
} from './card.ts';
import { undoButton } from './undo.ts';
import { BUTTON, type RequestState, STATE } from './vocabulary.ts';
import { type Text, type Words, words } from './words.ts';

/** What the reader may do now; drawn as buttons, asked again at the tap. */
export type RequestActions = {
  readonly decide?: boolean;
  readonly claim?: boolean;
  readonly complete?: {
    readonly label: Words;
    readonly inputs: readonly Input[];
    readonly stars: boolean;
    readonly sendsBack?: Words;
  };
  readonly note?: boolean;
  /** Ask the requester back before anything can be done (等对方补充); and the requester's reply to that. */
  readonly askBack?: boolean;
  readonly reply?: boolean;
  readonly transfer?: boolean;
  /** An approver's other ways out: send back, add somebody, send a copy. */
  readonly more?: boolean;
  readonly reclaim?: boolean;
  readonly resubmit?: boolean;
  readonly edit?: boolean;
  /** Who takes part in a meeting and what is read beforehand may be added. */
  readonly meeting?: boolean;
  /** Of a series: its dates, one by one. */
  readonly dates?: boolean;
  readonly withdraw?: boolean;
  readonly cancel?: boolean;
  readonly urge?: boolean;
  readonly rate?: boolean;
  /** What the reader has just done with it may be taken back. */
  readonly undo?: boolean;
  /** Files that belong to it may be asked for. */
  readonly files?: boolean;
  /** What only its kind offers. */
  readonly further?: readonly {
    readonly label: Words;
    readonly a: string;
    readonly look: Button['look'];
  }[];
};

/** What the reader is choosing: whom to hand it to, to add or to send a copy, or where to send it back to. */
export type Panel =
  | { readonly panel: 'transfer' | 'add' | 'copy'; readonly people: readonly Option[] }
  | { readonly panel: 'return'; readonly steps: readonly Option[] }
  | AskPanel;

/** Something of its kind that is filled in, and the button that sends it. */
export type AskPanel = {
  readonly panel: 'ask';
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly done: { readonly label: Words; readonly a: string };
};

export type RequestModel = {
  readonly id: number;
  readonly number: string;
  readonly version: number;
  readonly step: string | undefined;
  readonly kind: Words;
  readonly state: RequestState;
  readonly late: boolean;
  /** Name and department of who asked. */
  readonly requester: Text;
  readonly submitted: Words;
  readonly summary: Words;
  readonly facts: readonly Fact[];
  readonly table?: Block;
  readonly extra: readonly Block[];
  readonly pictures: readonly { readonly file: string; readonly alt: Text }[];
  readonly steps: readonly StepLine[];
  readonly notes: readonly { readonly who: string; readonly text: string; readonly at: Words }[];
  readonly stars: number | null;
  readonly actions: RequestActions;
  /** How long it has waited for whom, and what comes then. */
  readonly waiting?: Words;
  /** Set while the reader chooses. */
  readonly panel?: Panel;
  /** One line about what just happened or why a tap was refused. */
  readonly remark?: Words;
};

export function requestCard(model: RequestModel): Card {
  const state = STATE[model.state];
  return {
    title: words(`${model.kind.zh} ${model.number}`, `${model.kind.en} ${model.number}`),
    subtitle: words(
      `${textIn(model.requester, 'zh')} · ${model.submitted.zh}`,
      `${textIn(model.requester, 'en')} · ${model.submitted.en}`,
    ),
    color: state.color,
    tags: [
      { text: state.name, color: state.color },
      ...(model.late ? [{ text: words('已超时', 'Late'), color: 'carmine' as const }] : []),
    ],
    preview: words(
      `${state.name.zh} ${model.number} ${model.summary.zh}`,
      `${state.name.en} ${model.number} ${model.summary.en}`,
    ),
    blocks: [
      ...(model.remark
        ? [{ block: 'text' as const, look: 'warning' as const, text: model.remark }]
        : []),
      { block: 'facts', facts: model.facts },
      ...(model.table ? [model.table] : []),
      ...model.extra,
      ...model.pictures.map((each): Block => ({ block: 'image', ...each })),
      ...noteBlocks(model),
      ...(model.steps.length > 0 ? [{ block: 'steps' as const, steps: model.steps }] : []),
      ...(model.waiting
        ? [{ block: 'text' as const, look: 'quiet' as const, text: model.waiting }]
        : []),
      ...(model.stars === null ? [] : [{ block: 'text' as const, text: starText(model.stars) }]),
      ...(model.panel ? panelBlocks(model, model.panel) : actionBlocks(model)),
    ],
  };
}

/** The old card of a request or draft whose newest state was sent as a new message. */
export const movedCard = (kind: Words, number?: string): Card => ({
  title: number ? words(`${kind.zh} ${number}`, `${kind.en} ${number}`) : kind,
  color: 'grey',
  preview: words(`${number ?? kind.zh} 有更新`, `${number ?? kind.en} was updated`),
  blocks: [
    {
      block: 'text',
      look: 'quiet',
      text: words('有新进展，请看下面最新的一张卡片', 'There is news: see the newest card below'),
    },
  ],
});

/** In place of a card that is over before anybody knew that it had arrived. */
export const outdatedCard: Card = {
  title: words('已过时', 'Out of date'),
  color: 'grey',
  preview: words('这张卡片已过时', 'This card is out of date'),
  blocks: [
    {
      block: 'text',
      look: 'quiet',
      text: words(
        '这件事已经有了新的卡片，或者不用办了。现在怎样，说「我的申请」或「我的待办」',
        'There is a newer card, or nothing left to do. To see how things are, say “my requests” or “my tasks”',
      ),
    },
  ],
};

const textIn = (text: Text, language: 'zh' | 'en'): string =>
  typeof text === 'string' ? text : text[language];

const starText = (stars: number): Words =>
  words(`评价：${'★'.repeat(stars)}${'☆'.repeat(5 - stars)}`, `Rating: ${stars} of 5`);

const noteBlocks = ({ notes }: RequestModel): readonly Block[] =>
  notes.length === 0
    ? []
    : [
        {
          block: 'facts',
          facts: notes.slice(-5).map(({ who, text, at }) => ({
            label: words(`${who} ${at.zh}`, `${who} ${at.en}`),
            value: text,
          })),
        },
      ];

const value = (model: RequestModel, a: string): ButtonValue => ({
  v: 1,
  a,
  r: model.id,
  n: model.version,
  ...(model.step ? { s: model.step } : {}),
});

const button = (
  model: RequestModel,
  label: Words,
  a: string,
  look: Button['look'] = 'plain',
): Button => ({
  label,
  look,
  value: value(model, a),
});

function actionBlocks(model: RequestModel): readonly Block[] {
  const { actions } = model;
  const forms = [
    replyForm(model),
    decideForm(model),
    doForm(model),
    noteForm(model),
    rateForm(model),
  ];
  const buttons: Button[] = [
    ...(actions.claim ? [button(model, BUTTON.claim, 'claim', 'primary')] : []),
    ...(actions.reclaim ? [button(model, BUTTON.reclaim, 'reclaim')] : []),
    ...(actions.resubmit ? [button(model, BUTTON.resubmit, 'resubmit', 'primary')] : []),
    ...(actions.more ? [button(model, BUTTON.returned, 'ask-return')] : []),
    ...(actions.transfer ? [button(model, BUTTON.transfer, 'ask-transfer')] : []),
    ...(actions.more
      ? [button(model, BUTTON.add, 'ask-add'), button(model, BUTTON.copy, 'ask-copy')]
      : []),
    ...(actions.files ? [button(model, BUTTON.files, 'files')] : []),
    ...(actions.meeting ? [button(model, BUTTON.meeting, 'ask-meeting')] : []),
    ...(actions.further ?? []).map(({ label, a, look }) => button(model, label, a, look)),
    ...(actions.edit ? [button(model, BUTTON.edit, 'edit-request')] : []),
    ...(actions.dates ? [button(model, words('全部日期', 'All dates'), 'dates')] : []),
    ...(actions.urge ? [button(model, BUTTON.urge, 'urge')] : []),
    ...(actions.withdraw
      ? [{ ...button(model, BUTTON.withdraw, 'withdraw', 'danger'), confirm: SURE_WITHDRAW }]
      : []),
    ...(actions.cancel
      ? // Of a series it is asked which dates.
        [
          {
            ...button(model, BUTTON.cancel, 'cancel', 'danger'),
            ...(actions.dates ? {} : { confirm: SURE_CANCEL }),
          },
        ]
      : []),
    ...(actions.undo ? [undoButton(value(model, 'undo'))] : []),
  ];
  return [
    ...forms.flatMap((form) => (form ? [form] : [])),
    ...(buttons.length > 0 ? [{ block: 'buttons' as const, buttons }] : []),
  ];
}

const SURE_WITHDRAW = {
  title: words('撤回这张申请？', 'Withdraw this request?'),
  text: words(
    '撤回后审批停止，占用的会议室或物资会放回。',
    'Approval stops; what was held is given back.',
  ),
};
const SURE_CANCEL = {
  title: words('取消预订？', 'Cancel the booking?'),
  text: words('取消后会议室会放给其他人。', 'The room becomes free for others.'),
};

function decideForm(model: RequestModel): FormBlock | undefined {
  if (!model.actions.decide) return undefined;
  return {
    block: 'form',
    name: 'decide',
    inputs: [
      {
        input: 'text',
        name: 'comment',
        label: words('意见', 'Comment'),
        lines: 'one',
        longest: 200,
        hint: words('同意可不填，驳回请写原因', 'Optional; a reason is needed to reject'),
      },
    ],
    buttons: [
      button(model, BUTTON.approve, 'approve', 'primary'),
      button(model, BUTTON.reject, 'reject', 'danger'),
    ],
  };
}

function doForm(model: RequestModel): FormBlock | Block | undefined {
  const { complete } = model.actions;
  if (!complete) return undefined;
  const buttons = [
    button(model, complete.label, 'complete', 'primary'),
    ...(complete.sendsBack ? [button(model, complete.sendsBack, 'send-back')] : []),
  ];
  const inputs = [
    ...complete.inputs,
    ...(complete.stars ? [STARS] : []),
    ...(complete.sendsBack ? [WHY] : []),
  ];
  return inputs.length > 0
    ? { block: 'form', name: 'work', inputs, buttons }
    : { block: 'buttons', buttons };
}

/** One to five, best first: what most people choose is on top. */
const STARS: Input = {
  input: 'select',
  name: 'stars',
  label: words('评价（可不选）', 'Rating (optional)'),
  options: [5, 4, 3, 2, 1].map((stars) => ({
    value: String(stars),
    label: words(`${'★'.repeat(stars)} ${stars} 星`, `${stars} of 5`),
  })),
};

const WHY: Input = {
  input: 'text',
  name: 'comment',
  label: words('说明', 'Remark'),
  lines: 'one',
  longest: 200,
  hint: words(
    '还没修好？写一句哪里不对，再点「重新打开」',
    'Not fixed? Say what is wrong and open it again',
  ),
};

function noteForm(model: RequestModel): FormBlock | undefined {
  const { note, askBack } = model.actions;
  if (!note && !askBack) return undefined;
  return {
    block: 'form',
    name: 'progress',
    inputs: [
      {
        input: 'text',
        name: 'note',
        label: askBack
          ? words('进展，或要问申请人的话', 'Progress, or what you need to know')
          : words('进展', 'Progress'),
        lines: 'one',
        longest: 200,
        hint: words('例如：配件已下单，明天到', 'Such as: the part is ordered, arrives tomorrow'),
      },
    ],
    buttons: [
      ...(note ? [button(model, BUTTON.note, 'note')] : []),
      ...(askBack ? [button(model, BUTTON.askBack, 'ask-back')] : []),
    ],
  };
}

/** The requester's reply to what the office asked back. */
function replyForm(model: RequestModel): FormBlock | undefined {
  if (!model.actions.reply) return undefined;
  return {
    block: 'form',
    name: 'replying',
    inputs: [
      {
        input: 'text',
        name: 'reply',
        label: words('补充', 'Your reply'),
        lines: 'one',
        longest: 200,
        hint: words('也可以直接回复这张卡片', 'You can also reply to this card'),
      },
    ],
    buttons: [button(model, BUTTON.replyBack, 'reply-back', 'primary')],
  };
}

function rateForm(model: RequestModel): FormBlock | undefined {
  if (!model.actions.rate) return undefined;
  return {
    block: 'form',
    name: 'rating',
    inputs: [{ ...STARS, label: words('评价', 'Rating') }],
    buttons: [button(model, BUTTON.rate, 'rate')],
  };
}

const who = (people: readonly Option[], label: Words): Input => ({
  input: 'select',
  name: 'to',
  label,
  options: people,
  required: true,
});

const PLACES: Input = {
  input: 'select',
  name: 'place',
  label: words('怎么加', 'How'),
  value: 'before',
  options: [
    { value: 'before', label: words('先由对方审批，再到我', 'Before me') },
    { value: 'after', label: words('我同意后，再由对方审批', 'After me') },
    { value: 'beside', label: words('和我一起会签', 'Together with me') },
  ],
};

/** What is chosen in a panel, and the button that does it. */
function choosing(model: RequestModel, panel: Panel): FormBlock {
  const form = (name: string, inputs: readonly Input[], done: Button): FormBlock => ({
    block: 'form',
    name,
    inputs,
    buttons: [done],
  });
  switch (panel.panel) {
    case 'transfer':
      return form(
        'handover',
        [who(panel.people, words('转交给', 'Hand over to'))],
        button(model, BUTTON.transfer, 'transfer', 'primary'),
      );
    case 'add':
      return form(
        'adding',
        [who(panel.people, words('加签给', 'Also ask')), PLACES],
        button(model, BUTTON.add, 'add', 'primary'),
      );
    case 'copy':
      return form(
        'copying',
        [who(panel.people, words('抄送给', 'Copy to'))],
        button(model, BUTTON.copy, 'copy', 'primary'),
      );
    case 'return':
      return form(
        'returning',
        [
          {
            input: 'select',
            name: 'back',
            label: words('退回给', 'Back to'),
            value: 'requester',
            options: panel.steps,
          },
          {
            input: 'text',
            name: 'comment',
            label: words('要改什么', 'What to mend'),
            lines: 'one',
            longest: 200,
            required: true,
          },
        ],
        button(model, BUTTON.returned, 'return', 'primary'),
      );
    case 'ask':
      return form(
        panel.name,
        panel.inputs,
        button(model, panel.done.label, panel.done.a, 'primary'),
      );
    default:
      return panel satisfies never;
  }
}

const panelBlocks = (model: RequestModel, panel: Panel): readonly Block[] => [
  choosing(model, panel),
  { block: 'buttons', buttons: [button(model, BUTTON.back, 'show')] },
];
