/** Cards about a meeting: the notice to who is invited, the host's check-in, and what the office prepares. Pure. */
import { beginning } from './clean.ts';
import type { Block, Button, Card, CardColor, Fact, Input } from './card.ts';
import { buttonRow } from './pages.ts';
import { undoButton } from './undo.ts';
import { BUTTON } from './vocabulary.ts';
import { enumerated, type Words, words } from './words.ts';

/** How it stands for its reader. `dropped`: they are not invited any more. */
export type MeetingState = 'planned' | 'moved' | 'cancelled' | 'released' | 'over' | 'dropped';

export type MaterialLine = {
  readonly id: number;
  readonly name: string;
  readonly weight: 'decision' | 'discussion' | null;
};

export type MeetingModel = {
  readonly id: number;
  readonly revision: number;
  readonly state: MeetingState;
  /** 「产品评审」, or what a meeting without a subject is called. */
  readonly title: Words;
  /** When it begins, and when it takes place. */
  readonly begins: Words;
  readonly time: Words;
  readonly room: string;
  /** Room and floor. */
  readonly place: Words;
  readonly host: string;
  readonly agenda: readonly string[];
  readonly materials: readonly MaterialLine[];
  /** What the reader has to prepare. */
  readonly owes: readonly string[];
  /** Time and place as they were told before. */
  readonly was?: Words;
  /** What the reader answered; undefined for the host, who is not asked. */
  readonly answer?: 'none' | 'coming' | 'away';
  readonly reason?: string;
  /** For the host: who comes, who does not. */
  readonly tally?: Words;
  readonly mayAnswer: boolean;
  readonly mayCheckIn: boolean;
  readonly mayRetake: boolean;
  /** By so many minutes one tap lengthens it, while it is under way; null: it cannot be. */
  readonly mayExtend: number | null;
  /** It is under way, and the reader may give the rest of it back. */
  readonly mayEnd: boolean;
  /** The reader has just checked in or ended it, and may take that back. */
  readonly mayUndo: boolean;
  /** What may be told to have failed, while it is going on; none when nothing may. */
  readonly mayFail: readonly string[];
  /** What was told to have failed and is not put right: 「投影（FIX-26-0003）」. */
  readonly failed: readonly string[];
  /** There are files among the materials, which the reader may open. */
  readonly mayOpenFiles: boolean;
  /** Who checked in. */
  readonly checkedIn?: string;
};

const STATE: {
  readonly [state in MeetingState]: { readonly tag: Words; readonly color: CardColor };
} = {
  planned: { tag: words('会议通知', 'Meeting'), color: 'blue' },
  moved: { tag: words('会议改期', 'Moved'), color: 'orange' },
  cancelled: { tag: words('已取消', 'Cancelled'), color: 'grey' },
  released: { tag: words('已释放', 'Released'), color: 'red' },
  over: { tag: words('已结束', 'Over'), color: 'grey' },
  dropped: { tag: words('不用参加', 'Not needed'), color: 'grey' },
};

/** 决策项 and 讨论项, as they stand beside a material. */
export const WEIGHT = {
  decision: words('决策项', 'For decision'),
  discussion: words('讨论项', 'For discussion'),
} as const;

export function meetingCard(model: MeetingModel): Card {
  const { tag, color } = STATE[model.state];
  const title = words(
    `${model.begins.zh} ${model.room} ${model.title.zh}`,
    `${model.begins.en}, ${model.room}: ${model.title.en}`,
  );
  return {
    title,
    color,
    tags: [{ text: tag, color }, ...answerTag(model)],
    preview: words(`${tag.zh} ${title.zh}`, `${tag.en}: ${title.en}`),
    blocks: [
      ...remark(model),
      { block: 'facts', facts: isOff(model) ? whenAndWho(model) : facts(model) },
      ...(isOff(model) ? [] : materials(model)),
      ...actions(model),
    ],
  };
}

const isOff = ({ state }: MeetingModel): boolean =>
  state === 'cancelled' || state === 'released' || state === 'dropped';

const answerTag = ({ answer, state }: MeetingModel): NonNullable<Card['tags']> =>
  state !== 'planned' && state !== 'moved'
    ? []
    : answer === 'coming'
      ? [{ text: words('已确认参加', 'Coming'), color: 'green' }]
      : answer === 'away'
        ? [{ text: words('已请假', 'Not coming'), color: 'grey' }]
        : [];

function remark(model: MeetingModel): readonly Block[] {
  const warn = (text: Words): readonly Block[] => [{ block: 'text', look: 'warning', text }];
  switch (model.state) {
    case 'moved':
      return model.was
        ? warn(words(`已改期，原定：${model.was.zh}`, `Moved; it was: ${model.was.en}`))
        : [];
    case 'cancelled':
      return warn(words('会议已取消，不用参加了', 'The meeting is cancelled'));
    case 'dropped':
      return warn(words('您不用参加这次会议了', 'You are no longer invited to this meeting'));
    case 'released':
      return warn(
        words(
          '开始后没有人签到，会议室已释放给其他人',
          'Nobody checked in, so the room was released to others',
        ),
      );
    case 'planned':
    case 'over':
      return model.owes.length > 0
        ? [
            {
              block: 'text',
              look: 'warning',
              text: words(
                `您需准备：${enumerated(model.owes).zh}`,
                `Please prepare: ${enumerated(model.owes).en}`,
              ),
            },
          ]
        : [];
    default:
      return model.state satisfies never;
  }
}

const whenAndWho = ({ time, place, host }: MeetingModel): readonly Fact[] => [
  { label: words('时间', 'Time'), value: time },
  { label: words('地点', 'Place'), value: place },
  { label: words('主持人', 'Host'), value: host },
];

const facts = (model: MeetingModel): readonly Fact[] => [
  ...whenAndWho(model),
  ...(model.agenda.length > 0
    ? [{ label: words('议程', 'Agenda'), value: model.agenda.join('\n') }]
    : []),
  ...(model.state === 'moved' && model.owes.length > 0
    ? [{ label: words('您需准备', 'Please prepare'), value: enumerated(model.owes) }]
    : []),
  ...(model.tally ? [{ label: words('参会', 'Attendance'), value: model.tally }] : []),
  ...(model.answer === 'away' && model.reason
    ? [{ label: words('请假原因', 'Reason'), value: model.reason }]
    : []),
  ...(model.failed.length > 0
    ? [{ label: words('设备故障', 'Not working'), value: enumerated(model.failed) }]
    : []),
  ...(model.checkedIn ? [{ label: words('签到', 'Checked in'), value: model.checkedIn }] : []),
];

const materials = ({ materials: lines }: MeetingModel): readonly Block[] =>
  lines.length === 0
    ? []
    : [
        {
          block: 'facts',
          facts: lines.map(({ name, weight }) => ({
            label: weight ? WEIGHT[weight] : words('材料', 'Material'),
            value: name,
          })),
        },
      ];

const button = (
  model: Pick<MeetingModel, 'id' | 'revision'>,
  label: Words,
  a: string,
  look: Button['look'] = 'plain',
): Button => ({ label, look, value: { v: 1, a, m: model.id, n: model.revision } });

/** What lengthens a meeting under way by so many minutes, and what gives the rest of it back: here and on the card of its booking. */
export const extendLabel = (minutes: number): Words =>
  words(`延长 ${minutes} 分钟`, `${minutes} min longer`);
export const END_EARLY = words('提前结束', 'End it now');

function actions(model: MeetingModel): readonly Block[] {
  const buttons: Button[] = [
    ...(model.mayCheckIn ? [button(model, words('签到', 'Check in'), 'check-in', 'primary')] : []),
    ...(model.mayRetake
      ? [button(model, words('收回会议室', 'Take the room back'), 'retake', 'primary')]
      : []),
    ...(model.mayExtend === null
      ? []
      : [button(model, extendLabel(model.mayExtend), 'extend', 'primary')]),
    ...(model.mayEnd ? [button(model, END_EARLY, 'end-early')] : []),
    ...(model.mayUndo ? [undoButton({ v: 1, a: 'undo', m: model.id, n: model.revision })] : []),
    ...(model.mayOpenFiles && !isOff(model) ? [button(model, BUTTON.files, 'files')] : []),
  ];
  return [
    ...(buttons.length > 0 ? [{ block: 'buttons' as const, buttons }] : []),
    ...(model.mayAnswer ? [answering(model)] : []),
    ...failing(model),
  ];
}

/** What a room's equipment is called where it has failed. */
const EQUIPMENT_EN: { readonly [zh: string]: string } = {
  投影: 'Projector',
  视频: 'Video',
  大屏: 'Screen',
  电话: 'Phone',
  麦克风: 'Microphone',
  网络: 'Network',
  空调: 'Air conditioning',
  其他: 'Something else',
};

/** One tap calls somebody: nobody in a meeting fills in a form. */
const failing = (model: MeetingModel): readonly Block[] =>
  model.mayFail.length === 0
    ? []
    : [
        {
          block: 'text',
          look: 'quiet',
          text: words(
            '设备坏了？点一下就报修，并给您找别的会议室',
            'Something does not work? One tap calls a repairer and finds another room',
          ),
        },
        {
          block: 'buttons',
          buttons: model.mayFail.map((what) => ({
            label: words(`${what}坏了`, EQUIPMENT_EN[what] ?? what),
            look: 'plain' as const,
            value: { v: 1, a: 'fault', m: model.id, n: model.revision, o: beginning(what, 40) },
          })),
        },
      ];

const answering = (model: MeetingModel): Block => ({
  block: 'form',
  name: 'attendance',
  inputs: [
    {
      input: 'text',
      name: 'reason',
      label: words('请假原因', 'Reason for not coming'),
      lines: 'one',
      longest: 60,
      hint: words('参加可不填，请假请写一句', 'Only needed when you cannot come'),
    },
  ],
  buttons: [
    button(model, words('确认参加', 'I am coming'), 'attend', 'primary'),
    button(model, words('请假', 'I cannot come'), 'decline'),
  ],
});

/** A file or line just added: the host says what it is for. */
export const materialCard = (material: MaterialLine, meeting: Words): Card => {
  const weight = material.weight;
  const choose = (which: keyof typeof WEIGHT): Button => ({
    label: WEIGHT[which],
    look: 'plain',
    value: { v: 1, a: 'weigh', k: material.id, o: which },
  });
  return {
    title: words('会议材料', 'Material for the meeting'),
    subtitle: meeting,
    color: 'blue',
    ...(weight ? { tags: [{ text: WEIGHT[weight], color: 'green' as const }] } : {}),
    preview: words('这份材料是决策项还是讨论项？', 'For decision or for discussion?'),
    blocks: [
      { block: 'facts', facts: [{ label: words('材料', 'Material'), value: material.name }] },
      {
        block: 'text',
        text: words('这份材料是决策项还是讨论项？', 'Is it for decision or for discussion?'),
      },
      { block: 'buttons', buttons: [choose('decision'), choose('discussion')] },
    ],
  };
};

/** What a host fills in about a booked meeting, in the place of the booking's card. */
export function meetingPanelCard(
  request: { readonly id: number; readonly number: string; readonly version: number },
  inputs: readonly Input[],
): Card {
  const button = (label: Words, a: string, look: Button['look']): Button => ({
    label,
    look,
    value: { v: 1, a, r: request.id, n: request.version },
  });
  const weights: Input = {
    input: 'select',
    name: 'weight',
    label: words('这份材料是', 'It is'),
    value: 'discussion',
    options: (['decision', 'discussion'] as const).map((each) => ({
      value: each,
      label: WEIGHT[each],
    })),
  };
  return {
    title: words(
      `${BUTTON.meeting.zh} ${request.number}`,
      `${BUTTON.meeting.en}: ${request.number}`,
    ),
    color: 'blue',
    preview: BUTTON.meeting,
    blocks: [
      {
        block: 'form',
        name: 'meeting',
        inputs: [
          ...inputs,
          {
            input: 'text',
            name: 'material',
            label: words('加一份材料', 'Add a material'),
            lines: 'one',
            longest: 200,
            hint: words('名称或链接；文件直接发给我', 'Its name or a link; a file is simply sent'),
          },
          weights,
        ],
        buttons: [button(BUTTON.save, 'save-meeting', 'primary')],
      },
      { block: 'buttons', buttons: [button(BUTTON.back, 'show', 'plain')] },
    ],
  };
}

/** What the office does. */
export const PREPARATION = {
  setup: words('会场布置', 'Set-up'),
  test: words('设备测试', 'Equipment test'),
  presence: words('现场值守', 'Presence'),
  restore: words('会场复原', 'Restoring the room'),
} as const;

export type PreparationModel = {
  readonly meeting: number;
  readonly sort: keyof typeof PREPARATION;
  readonly begins: Words;
  readonly place: Words;
  readonly title: Words;
  readonly host: string;
  readonly equipment: readonly string[];
  readonly layout: string | null;
  readonly due: Words;
  readonly late: boolean;
  /** Who did it. */
  readonly done?: string;
  /** The meeting does not take place, or nothing is asked for any more. */
  readonly off: boolean;
  /** Whoever did it may take it back; `round`: as this card shows it. */
  readonly mayUndo?: boolean;
  readonly round?: number;
};

const undoPrepared = ({ meeting, sort, round = 0 }: PreparationModel): Button =>
  undoButton({ v: 1, a: 'unprepared', m: meeting, o: sort, n: round });

export function preparationCard(model: PreparationModel): Card {
  const name = PREPARATION[model.sort];
  const state = model.off
    ? { tag: words('不用做了', 'Not needed'), color: 'grey' as const }
    : model.done !== undefined
      ? { tag: words('已完成', 'Done'), color: 'green' as const }
      : model.late
        ? { tag: words('已超时', 'Late'), color: 'carmine' as const }
        : { tag: words('待办', 'To do'), color: 'blue' as const };
  const title = words(
    `${name.zh}：${model.begins.zh} ${model.place.zh}`,
    `${name.en}: ${model.begins.en}, ${model.place.en}`,
  );
  const open = !model.off && model.done === undefined;
  const asked = [...(model.layout === null ? [] : [model.layout]), ...model.equipment];
  return {
    title,
    color: state.color,
    tags: [{ text: state.tag, color: state.color }],
    preview: words(`${state.tag.zh} ${title.zh}`, `${state.tag.en}: ${title.en}`),
    blocks: [
      {
        block: 'facts',
        facts: [
          ...(open ? [{ label: words('完成时间', 'Due'), value: model.due }] : []),
          ...(asked.length > 0
            ? [{ label: words('要求', 'Asked for'), value: enumerated(asked) }]
            : []),
          { label: words('会议', 'Meeting'), value: model.title },
          { label: words('主持人', 'Host'), value: model.host },
          ...(model.done === undefined
            ? []
            : [{ label: words('经办人', 'Done by'), value: model.done }]),
        ],
      },
      ...(open
        ? [
            {
              block: 'buttons' as const,
              buttons: [
                {
                  label: words('已完成', 'Done'),
                  look: 'primary' as const,
                  value: { v: 1 as const, a: 'prepared', m: model.meeting, o: model.sort },
                },
              ],
            },
          ]
        : []),
      ...(model.mayUndo ? buttonRow([undoPrepared(model)]) : []),
    ],
  };
}
