/** 「我的免打扰」: when the reader is left alone, with buttons to change it. Pure: model in, card out. */
import type { Block, Button, Card } from './card.ts';
import { type Words, words } from './words.ts';

export type QuietModel = {
  /** `HH:MM`; undefined: never quiet. */
  readonly hours: { readonly from: string; readonly to: string } | undefined;
  /** Whose hours they are: the office's, or the reader's own wish. */
  readonly own: boolean;
  readonly daysOff: boolean;
  /** Just changed: said first. */
  readonly changed: boolean;
};

export function quietCard(model: QuietModel): Card {
  const { hours, daysOff, changed, own } = model;
  const title = words('我的免打扰', 'My quiet hours');
  return {
    title,
    color: changed ? 'green' : 'blue',
    ...(changed ? { tags: [{ text: words('已更新', 'Changed'), color: 'green' as const }] } : {}),
    preview: words(`${title.zh}：${hoursText(model).zh}`, `${title.en}: ${hoursText(model).en}`),
    blocks: [
      {
        block: 'facts',
        facts: [
          { label: words('每天', 'Daily'), value: hoursText(model) },
          {
            label: words('周末和节假日', 'Days off'),
            value: daysOff
              ? words(
                  '不提醒，下个工作日早上一起发',
                  'no reminders, all together the next working day',
                )
              : words('照常提醒', 'as on other days'),
          },
        ],
      },
      { block: 'text', look: 'quiet', text: explained(hours?.to) },
      { block: 'buttons', buttons: buttons(daysOff, own) },
      hoursForm(hours),
    ],
  };
}

function hoursText({ hours, own }: QuietModel): Words {
  if (!hours) return words('不免打扰', 'none');
  const span = `${hours.from}–${hours.to}`;
  return own
    ? words(`${span}（自己设置）`, `${span} (your own)`)
    : words(`${span}（公司默认）`, `${span} (as the office has it)`);
}

const explained = (to: string | undefined): Words =>
  to === undefined
    ? words('提醒随时发给您', 'Reminders reach you at any time')
    : words(
        `这段时间的提醒会攒到 ${to}，合成一条发给您。紧急报修和您正在聊的事照常发`,
        `Reminders of that time come as one message at ${to}. Urgent repairs, and what you are talking about with me, still come at once`,
      );

const change = (label: Words, l: string): Button => ({
  label,
  look: 'plain',
  value: { v: 1, a: 'quiet', l },
});

const buttons = (daysOff: boolean, own: boolean): readonly Button[] => [
  daysOff
    ? change(words('周末也可以提醒我', 'Remind me on days off too'), 'days-on')
    : change(words('别在周末提醒我', 'Not on days off'), 'days-off'),
  ...(own || daysOff ? [change(words('恢复默认', 'As the office has it'), 'usual')] : []),
];

const hoursForm = (hours: QuietModel['hours']): Block => ({
  block: 'form',
  name: 'quiet',
  inputs: [
    {
      input: 'time',
      name: 'from',
      label: words('从', 'From'),
      ...(hours ? { value: hours.from } : {}),
    },
    {
      input: 'time',
      name: 'to',
      label: words('到', 'To'),
      ...(hours ? { value: hours.to } : {}),
    },
  ],
  buttons: [{ ...change(words('保存时间', 'Save'), 'hours'), look: 'primary' }],
});
