/** The card of a date of a series in which something failed: the rooms that its host may take instead, for that date alone. Pure. */
import type { Card } from './card.ts';
import { buttonRow } from './pages.ts';
import { buttonOf, type Choice, headOf, type Standing } from './sharing.ts';
import { type Words, words } from './words.ts';

/** `open`: may be moved; `moved`: takes place elsewhere by now; `over`: does not take place any more. */
export type SpareState = 'open' | 'moved' | 'over';

export type SpareModel = {
  readonly id: number;
  readonly version: number;
  readonly state: SpareState;
  /** What failed, and the number of its repair. */
  readonly what: string;
  readonly repair: string;
  /** The room in which it failed. */
  readonly room: string;
  /** Where and when the date takes place now. */
  readonly place: Words;
  readonly others: readonly Choice[];
};

const STATE: { readonly [state in SpareState]: Standing } = {
  open: { tag: words('可换会议室', 'Another room'), color: 'orange' },
  moved: { tag: words('已换会议室', 'Moved'), color: 'green' },
  over: { tag: words('已结束', 'Over'), color: 'grey' },
};

export function spareCard(model: SpareModel): Card {
  const { state, room, what, others } = model;
  const title = words(`${room}的${what}坏了`, `${room}: ${what} has failed`);
  const open = state === 'open';
  return {
    ...headOf(title, STATE[state]),
    blocks: [
      {
        block: 'facts',
        facts: [
          { label: words('会议', 'Meeting'), value: model.place },
          { label: words('报修', 'Repair'), value: words(model.repair, model.repair) },
        ],
      },
      { block: 'text', text: open ? (others.length > 0 ? CHOOSE : NONE) : SETTLED[state] },
      ...(open
        ? buttonRow(
            others.map(({ label, key }) => buttonOf(model, label, 'spare-move', 'plain', key)),
          )
        : []),
    ],
  };
}

const CHOOSE = words(
  '下面的会议室现在空着，点一下就换，只换这一次，参会人会收到通知',
  'These rooms are free. One tap moves this date alone; everybody invited is told',
);
const NONE = words(
  '别的会议室现在都用不了，维修的人会带备用设备过来',
  'No other room can be had; a spare is on its way',
);
const SETTLED: { readonly [state in Exclude<SpareState, 'open'>]: Words } = {
  moved: words('这一次已换会议室，其他日期不变', 'This date has moved; the other dates stand'),
  over: words('这一次已经结束或取消', 'This date is over or does not take place'),
};
