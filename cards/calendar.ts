import type { Button, Card } from './card.ts';
import { type Words, words } from './words.ts';

/** What somebody did to a meeting in the calendar. */
export type Drifted = { readonly moved: Words } | { readonly deleted: true };

/** 日历里的改动: `drift` null: nothing is left to be decided. */
export type DriftModel = {
  readonly id: number;
  readonly place: string;
  readonly title: string | null;
  /** When it is by the booking. */
  readonly time: Words;
  /** One date of a series: what is decided is about it alone. */
  readonly once: boolean;
  readonly drift: Drifted | null;
};

export function driftCard({ id, place, title, time, once, drift }: DriftModel): Card {
  const subject =
    title === null ? words(place, place) : words(`${title} · ${place}`, `${title}, ${place}`);
  if (!drift)
    return {
      title: words('日历里的改动', 'Changed in the calendar'),
      subtitle: subject,
      color: 'grey',
      preview: words('日历里的改动已处理', 'The change in the calendar was dealt with'),
      blocks: [{ block: 'text', text: words('已处理', 'Dealt with'), look: 'quiet' }],
    };
  const told = toldOf(drift);
  const button = (label: Words, a: string, look: Button['look']): Button => ({
    label,
    look,
    value: { v: 1, a, m: id },
  });
  return {
    title: words('日历里的改动', 'Changed in the calendar'),
    subtitle: subject,
    color: 'orange',
    preview: told,
    blocks: [
      { block: 'text', text: told },
      {
        block: 'facts',
        facts: [
          { label: words('预订', 'Booking'), value: time },
          {
            label: words('日历', 'Calendar'),
            value: 'moved' in drift ? drift.moved : words('已删除', 'deleted'),
          },
        ],
      },
      {
        block: 'buttons',
        buttons:
          'moved' in drift
            ? [
                button(once ? MOVE_ONCE : MOVE, 'cal-follow', 'primary'),
                button(words('日历改回来', 'Move it back'), 'cal-restore', 'plain'),
              ]
            : [
                button(once ? CANCEL_ONCE : CANCEL, 'cal-follow', 'danger'),
                button(words('放回日历', 'Put it back'), 'cal-restore', 'primary'),
              ],
      },
    ],
  };
}

const MOVE = words('预订按日历改', 'Change the booking');
const MOVE_ONCE = words('这次按日历改', 'Change this date');
const CANCEL = words('取消预订', 'Cancel the booking');
const CANCEL_ONCE = words('取消这次', 'Cancel this date');

const toldOf = (drift: Drifted): Words =>
  'moved' in drift
    ? words(
        '有人在飞书日历里改了这场会议的时间，以哪个为准？',
        'Somebody moved this meeting in the Feishu calendar. Which counts?',
      )
    : words(
        '这场会议的日程在飞书日历里被删了，会还开吗？',
        'The event of this meeting was deleted in the Feishu calendar. Does it take place?',
      );
