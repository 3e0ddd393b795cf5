/** The card of somebody in line for a room: their place, what is offered them, how it ended. Pure. */
import type { Button, Card, Fact } from './card.ts';
import { buttonRow } from './pages.ts';
import { buttonOf, headOf, type Standing } from './sharing.ts';
import { type Words, words } from './words.ts';

export type WishState = 'waiting' | 'offered' | 'booked' | 'left' | 'lapsed' | 'over';

export type WishModel = {
  readonly id: number;
  readonly version: number;
  readonly state: WishState;
  /** The wanted room, or what is asked of any. */
  readonly room: Words;
  readonly time: Words;
  /** How many stand before, plus one; while waiting. */
  readonly place?: number;
  /** What is held for them, and until when. */
  readonly offer?: { readonly room: Words; readonly until: Words };
  /** Its number once it is booked. */
  readonly number?: string;
  /** Whether they may stand in line again. */
  readonly mayAgain: boolean;
  /** Minutes that something is held. */
  readonly hold: number;
};

const STATE: { readonly [state in WishState]: Standing } = {
  waiting: { tag: words('排队中', 'In line'), color: 'orange' },
  offered: { tag: words('轮到您了', 'Your turn'), color: 'blue' },
  booked: { tag: words('已订下', 'Booked'), color: 'green' },
  left: { tag: words('已不等', 'Left'), color: 'grey' },
  lapsed: { tag: words('已过时', 'Passed on'), color: 'grey' },
  over: { tag: words('没有等到', 'Over'), color: 'grey' },
};

export function wishCard(model: WishModel): Card {
  const title = words(`会议室排队：${model.time.zh}`, `In line for a room: ${model.time.en}`);
  const text = says(model);
  return {
    ...headOf(title, STATE[model.state], text),
    blocks: [
      { block: 'facts', facts: facts(model) },
      { block: 'text', text, ...(model.state === 'offered' ? { look: 'strong' } : {}) },
      ...buttonRow(buttons(model)),
    ],
  };
}

const facts = ({ room, time, place, state, offer }: WishModel): readonly Fact[] => [
  { label: words('想要', 'Wanted'), value: room },
  { label: words('时间', 'Time'), value: time },
  ...(state === 'waiting' && place !== undefined
    ? [{ label: words('位置', 'Place'), value: words(`第 ${place} 位`, `No. ${place}`) }]
    : []),
  ...(state === 'offered' && offer
    ? [{ label: words('空出来的', 'Free now'), value: offer.room }]
    : []),
];

function says({ state, offer, number, hold, mayAgain }: WishModel): Words {
  switch (state) {
    case 'waiting':
      return words(
        `有人取消、改期或提前结束时，按先后顺序通知，为您保留 ${hold} 分钟`,
        `When somebody gives a room back, you are told in your turn and it is held ${hold} minutes for you`,
      );
    case 'offered':
      return words(
        `已为您保留到 ${offer?.until.zh ?? ''}，过时让给下一位`,
        `Held for you until ${offer?.until.en ?? ''}; then the next in line is asked`,
      );
    case 'booked':
      return words(`已订下 ${number ?? ''}`, `Booked: ${number ?? ''}`);
    case 'left':
      return words('您已不再排队', 'You are no longer in line');
    case 'lapsed':
      return words(
        `保留时间内没有答复，已让给下一位${mayAgain ? '。还需要的话可以再排一次' : ''}`,
        `There was no answer in time, so the next in line was asked${mayAgain ? '. You may stand in line again' : ''}`,
      );
    case 'over':
      return words(
        '时间到了，一直没有空出来。可以问我「今天哪些会议室有空」',
        'Its time has come and nothing came free. You may ask which rooms are free today',
      );
    default:
      return state satisfies never;
  }
}

function buttons(model: WishModel): readonly Button[] {
  const button = (label: Words, a: string, look?: Button['look']): Button =>
    buttonOf(model, label, a, look);
  switch (model.state) {
    case 'waiting':
      return [button(words('不等了', 'Leave the line'), 'wish-leave')];
    case 'offered':
      return [
        button(words('订下', 'Book it'), 'wish-take', 'primary'),
        button(words('不要了', 'No, thanks'), 'wish-leave'),
      ];
    case 'left':
    case 'lapsed':
      return model.mayAgain ? [button(words('再排一次', 'Stand in line again'), 'wish-again')] : [];
    case 'booked':
    case 'over':
      return [];
    default:
      return model.state satisfies never;
  }
}
