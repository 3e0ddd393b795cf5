/** Who comes for what: supplies that wait to be handed over. Pure. */
import { bulkButton } from './bulk.ts';
import { shortened } from './clean.ts';
import type { Block, Card } from './card.ts';
import { buttonRow } from './pages.ts';
import { counted, type Words, words } from './words.ts';

export type PickUpLine = {
  readonly request: number;
  /** As it is listed: another is not handed over by the button for all. */
  readonly version: number;
  readonly number: string;
  readonly who: string;
  readonly what: string;
  readonly since: Words;
};

export function pickUpCard(lines: readonly PickUpLine[], total: number): Card {
  const told =
    total === 0
      ? words('没有人等着领东西', 'Nobody is waiting for supplies')
      : words(`${total} 份等着领`, `${counted(total, 'request')} to be picked up`);
  const more = total - lines.length;
  return {
    title: words('待领清单', 'Pick-up list'),
    color: total === 0 ? 'grey' : 'blue',
    preview: told,
    blocks: [
      { block: 'text', look: 'strong', text: told },
      ...lines.flatMap((line): readonly Block[] => [
        {
          block: 'text',
          text: words(
            `${line.who}：${shortened(line.what, 80)}\n${line.number} · ${line.since.zh}`,
            `${line.who}: ${shortened(line.what, 80)}\n${line.number} · ${line.since.en}`,
          ),
        },
        {
          block: 'buttons',
          buttons: [
            {
              label: words('去发放', 'Hand over'),
              look: 'plain',
              value: { v: 1, a: 'show', r: line.request },
            },
          ],
        },
      ]),
      ...(lines.length > 1
        ? buttonRow([
            bulkButton(
              'complete',
              lines.map(({ request: id, version }) => ({ id, version })),
              words('发放', 'Hand over'),
            ),
          ])
        : []),
      ...(more > 0
        ? [
            {
              block: 'text' as const,
              look: 'quiet' as const,
              text: words(`另有 ${more} 份，见「我的待办」`, `and ${more} more, see “my tasks”`),
            },
          ]
        : []),
    ],
  };
}
