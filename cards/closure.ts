/** The card of rooms that are closed for works, or kept for something. Pure. */
import type { Block, Button, Card, Fact } from './card.ts';
import { buttonRow } from './pages.ts';
import { buttonOf, type Choice, headOf, type Standing } from './sharing.ts';
import { type Words, words } from './words.ts';

export type ClosureState =
  | 'draft'
  | 'asked'
  | 'in-force'
  | 'refused'
  | 'dropped'
  | 'reopened'
  | 'over';

export type ClosureModel = {
  readonly id: number;
  readonly version: number;
  readonly state: ClosureState;
  readonly sort: 'closed' | 'block';
  /** 「珠峰、黄山」 */
  readonly rooms: Words;
  readonly time: Words;
  readonly reason: string;
  readonly by: string;
  /** For the office: how many of how many rooms, how many bookings of others. */
  readonly effect?: { readonly closed: number; readonly rooms: number; readonly bookings: number };
  /** For the office: the bookings that are still there. */
  readonly affected: readonly { readonly host: string; readonly place: Words }[];
  /** The reader's own, each with where it may move. */
  readonly mine: readonly {
    readonly number: string;
    readonly place: Words;
    readonly alternatives: readonly Choice[];
  }[];
  readonly mayClose: boolean;
  readonly mayDrop: boolean;
  readonly mayAllow: boolean;
  readonly mayReopen: boolean;
  /** It waits for the office manager before it counts. */
  readonly needsAllowing: boolean;
};

const STATE: { readonly [state in ClosureState]: Standing } = {
  draft: { tag: words('待确认', 'To be confirmed'), color: 'grey' },
  asked: { tag: words('待同意', 'Asked'), color: 'orange' },
  'in-force': { tag: words('已生效', 'In force'), color: 'red' },
  refused: { tag: words('未同意', 'Refused'), color: 'grey' },
  dropped: { tag: words('不办了', 'Dropped'), color: 'grey' },
  reopened: { tag: words('已重新开放', 'Open again'), color: 'green' },
  over: { tag: words('已结束', 'Over'), color: 'grey' },
};

/** More lines than this are counted, not shown; and of the reader's own, more than that. */
export const MOST_LINES = 10;
export const MOST_MOVES = 4;

export function closureCard(model: ClosureModel): Card {
  const what = model.sort === 'closed' ? words('停用', 'closed') : words('预留', 'kept');
  const title = words(`会议室${what.zh}：${model.rooms.zh}`, `Rooms ${what.en}: ${model.rooms.en}`);
  return {
    ...headOf(title, STATE[model.state]),
    blocks: [
      { block: 'facts', facts: facts(model) },
      ...lines(model),
      ...model.mine.slice(0, MOST_MOVES).flatMap((each) => moves(model, each)),
      ...(model.mine.length > MOST_MOVES ? [more(model.mine.length - MOST_MOVES)] : []),
      ...(model.state === 'draft' && model.needsAllowing
        ? [
            quiet(
              words('确认后由行政主管同意才生效', 'It counts once the office manager allows it'),
            ),
          ]
        : []),
      ...buttonRow(actions(model)),
    ],
  };
}

const quiet = (text: Words): Block => ({ block: 'text', look: 'quiet', text });

const more = (count: number): Block =>
  quiet(words(`还有 ${count} 场，请说「我的申请」查看`, `${count} more; say “my requests”`));

const facts = ({ time, reason, by, effect, state }: ClosureModel): readonly Fact[] => [
  { label: words('时间', 'Time'), value: time },
  { label: words('原因', 'Reason'), value: reason },
  { label: words('经办人', 'By'), value: by },
  ...(effect
    ? [
        {
          label: words('影响', 'Effect'),
          value: words(
            `${effect.rooms} 间中的 ${effect.closed} 间，${state === 'in-force' ? '还有 ' : ''}${effect.bookings} 场预订`,
            `${effect.closed} of ${effect.rooms} rooms, ${effect.bookings} bookings`,
          ),
        },
      ]
    : []),
];

function lines({ affected }: ClosureModel): readonly Block[] {
  if (affected.length === 0) return [];
  const shown = affected.slice(0, MOST_LINES);
  const left = affected.length - shown.length;
  const rest = left > 0 ? words(`\n还有 ${left} 场`, `\n${left} more`) : words('', '');
  return [
    {
      block: 'text',
      text: words(
        shown.map(({ host, place }) => `${host}：${place.zh}`).join('\n') + rest.zh,
        shown.map(({ host, place }) => `${host}: ${place.en}`).join('\n') + rest.en,
      ),
    },
  ];
}

function moves(model: ClosureModel, own: ClosureModel['mine'][number]): readonly Block[] {
  const any = own.alternatives.length > 0;
  return [
    {
      block: 'text',
      look: 'warning',
      text: words(
        `您的 ${own.number}（${own.place.zh}）要换地方${any ? '，点一下就改好' : '。那天没有别的合适的，请改期或取消'}`,
        `Your ${own.number} (${own.place.en}) has to move${any ? '; one tap does it' : '. Nothing else suits that day; please move or cancel it'}`,
      ),
    },
    ...buttonRow(
      own.alternatives.map(({ label, key }) =>
        buttonOf(model, label, 'closure-move', 'plain', key),
      ),
    ),
  ];
}

function actions(model: ClosureModel): readonly Button[] {
  const button = (label: Words, a: string, look?: Button['look']): Button =>
    buttonOf(model, label, a, look);
  const close = model.sort === 'closed' ? words('停用', 'Close') : words('预留', 'Keep them');
  return [
    ...(model.mayClose ? [button(close, 'closure-close', 'primary')] : []),
    ...(model.mayAllow
      ? [
          button(words('同意', 'Allow'), 'closure-allow', 'primary'),
          button(words('不同意', 'Refuse'), 'closure-refuse'),
        ]
      : []),
    ...(model.mayDrop ? [button(words('算了', 'Drop it'), 'closure-drop')] : []),
    ...(model.mayReopen ? [button(words('提前开放', 'Open again'), 'closure-reopen')] : []),
  ];
}
