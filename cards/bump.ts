/** The card of a room that somebody needs and another has booked, for one of the two. Pure. */
import type { Button, Card } from './card.ts';
import { buttonRow } from './pages.ts';
import { buttonOf, type Choice, headOf, type Standing } from './sharing.ts';
import { type Words, words } from './words.ts';

export type BumpState = 'draft' | 'asked' | 'done' | 'refused' | 'withdrawn' | 'over';

export type BumpModel = {
  readonly id: number;
  readonly version: number;
  readonly state: BumpState;
  /** Whether the reader asked for it. */
  readonly asks: boolean;
  readonly authority: boolean;
  /** The other of the two. */
  readonly other: string;
  /** The room and time that are asked for. */
  readonly place: Words;
  readonly reason: string;
  /** The asker's booking, once it is theirs. */
  readonly number?: string;
  /** The number of the host's booking. */
  readonly own: string;
  /** The room was taken by authority, and its host has still to choose. */
  readonly chooses: boolean;
  readonly alternatives: readonly Choice[];
};

const STATE: { readonly [state in BumpState]: Standing } = {
  draft: { tag: words('待确认', 'To be confirmed'), color: 'grey' },
  asked: { tag: words('待答复', 'Asked'), color: 'orange' },
  done: { tag: words('已让出', 'Given'), color: 'green' },
  refused: { tag: words('没有让出', 'Refused'), color: 'grey' },
  withdrawn: { tag: words('不用了', 'Dropped'), color: 'grey' },
  over: { tag: words('已失效', 'Over'), color: 'grey' },
};

const TAKEN: Standing = { tag: words('已征用', 'Taken'), color: 'red' };

export function bumpCard(model: BumpModel): Card {
  const taken = model.authority && model.state === 'done' && !model.asks;
  const title = model.asks
    ? words(`请${model.other}让会议室`, `Asking ${model.other} for a room`)
    : words(`${model.other}需要您的会议室`, `${model.other} needs your room`);
  return {
    ...headOf(title, taken ? TAKEN : STATE[model.state]),
    blocks: [
      {
        block: 'facts',
        facts: [
          { label: words('会议室', 'Room'), value: model.place },
          { label: words('原因', 'Reason'), value: model.reason },
        ],
      },
      { block: 'text', text: says(model), ...(model.chooses ? { look: 'warning' as const } : {}) },
      ...buttonRow(actions(model)),
    ],
  };
}

function says(model: BumpModel): Words {
  const { state, asks, other, authority, number, own, alternatives } = model;
  switch (state) {
    case 'draft':
      return authority
        ? words(
            `确认后马上生效，先为${other}保留别的会议室；原因会告诉对方并记录在案`,
            `It counts at once; other rooms are held for ${other}, who is told the reason, which is recorded`,
          )
        : words(
            `确认后去问${other}，对方可以改到别处、让出或不让`,
            `Once you confirm, ${other} is asked and may move, give it away or keep it`,
          );
    case 'asked':
      return asks
        ? words(`等${other}答复；在此之前都不变`, `Waiting for ${other}; nothing changes before`)
        : alternatives.length > 0
          ? words(
              '愿意的话，点一个改过去，原来的就让给对方；也可以不让',
              'If you like, tap where to move, and yours is given to them; or keep it',
            )
          : words(
              '那天没有别的合适的会议室；可以取消让出，也可以不让',
              'Nothing else suits that day; you may give it away, or keep it',
            );
    case 'done':
      return asks ? words(`已订给您 ${number ?? ''}`, `Yours: ${number ?? ''}`) : given(model, own);
    case 'refused':
      return asks
        ? words(
            `${other}不方便让，可以排队或换一间`,
            `${other} cannot; wait in line or choose another`,
          )
        : words('您没有让出，预订不变', 'You keep it');
    case 'withdrawn':
      return words('不用让了，预订不变', 'Not needed any more; nothing changed');
    case 'over':
      return words(
        '这场预订已改期、取消或开始，不能再让。需要的话重新说一遍',
        'That booking was moved, cancelled or has begun. Say it again if you still need it',
      );
    default:
      return state satisfies never;
  }
}

function given({ authority, chooses, alternatives }: BumpModel, own: string): Words {
  if (!authority) return words('已让给对方，谢谢', 'Given to them; thank you');
  if (!chooses)
    return words(`您的 ${own} 已改好，给您添麻烦了`, `Your ${own} has moved; sorry for that`);
  return alternatives.length > 0
    ? words(
        `因急事征用，抱歉。已为您的 ${own} 保留下面的，点一个就改好`,
        `Taken for something urgent; sorry. Held for your ${own}: tap one to move there`,
      )
    : words(
        `因急事征用，抱歉。您的 ${own} 那天没有别的合适的，请改期或取消`,
        `Taken for something urgent; sorry. Nothing else suits your ${own} that day; please move or cancel it`,
      );
}

function actions(model: BumpModel): readonly Button[] {
  const button = (label: Words, a: string, look?: Button['look']): Button =>
    buttonOf(model, label, a, look);
  const moves = model.alternatives.map(({ label, key }) =>
    buttonOf(model, label, 'bump-move', 'plain', key),
  );
  const drop = button(words('不用了', 'Drop it'), 'bump-drop');
  if (model.chooses && !model.asks) return moves;
  if (model.state === 'draft') {
    const label = model.authority
      ? words('征用', 'Take it')
      : words(`去问${model.other}`, `Ask ${model.other}`);
    return [button(label, 'bump-ask', model.authority ? 'danger' : 'primary'), drop];
  }
  if (model.state !== 'asked') return [];
  if (model.asks) return [drop];
  return [
    ...moves,
    button(words('取消我的，让出', 'Cancel mine, give it'), 'bump-give'),
    button(words('不让', 'Keep it'), 'bump-keep'),
  ];
}
