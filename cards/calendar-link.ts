/** The secret address of a calendar, to be put into a calendar program. Pure. */
import type { Card } from './card.ts';
import { type Words, words } from './words.ts';

export type CalendarLinkModel = {
  readonly id: number;
  /** The room whose calendar it is; undefined: the reader's own. */
  readonly room?: string | undefined;
  /** Undefined: it was taken back. */
  readonly address?: string | undefined;
  /** Of a room: whether it tells titles and hosts. */
  readonly titles: boolean;
};

export function calendarLinkCard({ id, room, address, titles }: CalendarLinkModel): Card {
  const title =
    room === undefined
      ? words('我的日历链接', 'The link to my calendar')
      : words(`${room}的日历链接`, `The link to the calendar of ${room}`);
  if (address === undefined)
    return {
      title,
      color: 'grey',
      tags: [{ text: words('已收回', 'Taken back'), color: 'grey' }],
      preview: words(`${title.zh}已收回`, `${title.en}: taken back`),
      blocks: [
        {
          block: 'text',
          look: 'quiet',
          text: words(
            '这个链接已经打不开了。要新的请再说一遍',
            'Nothing opens by that link any more. Ask again for another',
          ),
        },
      ],
    };
  return {
    title,
    color: 'blue',
    preview: title,
    blocks: [
      { block: 'text', text: address },
      { block: 'text', text: HOW },
      { block: 'text', look: 'warning', text: WARNING },
      { block: 'text', look: 'quiet', text: toldText(room, titles) },
      {
        block: 'buttons',
        buttons: [
          {
            label: words('收回链接', 'Take the link back'),
            look: 'danger',
            value: { v: 1, a: 'feed-revoke', o: String(id) },
            confirm: {
              title: words('收回链接', 'Take the link back'),
              text: words(
                '用了它的日历都不再更新',
                'Calendars that use it are not updated any more',
              ),
            },
          },
        ],
      },
    ],
  };
}

const HOW = words(
  '复制上面的地址，在手机或电脑的日历里选「添加日历订阅」（Outlook：「从 Internet 订阅」；Google：「通过网址添加」）粘贴。以后自动更新，只能看，不能改',
  'Copy the address and paste it where your calendar subscribes to others (Outlook: “Subscribe from web”, Google: “From URL”). It is kept up to date and can be read only',
);

const WARNING = words(
  '谁有这个链接，谁就能看，请不要转发；泄露了就收回',
  'Whoever has this link can read it: do not forward it, and take it back if it got out',
);

function toldText(room: string | undefined, titles: boolean): Words {
  if (room === undefined)
    return words(
      '里面是您主持和参加的会议，请假的不在内',
      'It holds the meetings that you host or attend, without those you declined',
    );
  return titles
    ? words('里面有会议主题和主持人', 'It tells subjects and hosts')
    : words(
        '里面只写「已预订」，不写主题和人',
        'It only tells when the room is booked, no subject and nobody',
      );
}
