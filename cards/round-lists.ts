/** Recurring work as lists: what is to be done today, and the office's year month by month. Pure: model in, card out. */
import type { Block, Button, Card, Fact } from './card.ts';
import { buttonRow, type Page, pageButtons, pageText } from './pages.ts';
import { type Words, words } from './words.ts';

/** One line of a list of what is to be done. */
export type RoundListLine = {
  readonly subject: string;
  readonly title: Words;
  readonly about: Words;
  readonly readable: boolean;
};

/** How many lines a list shows; the rest is on the next page. */
export const ROUND_LINES = 8;

/** 今天的例行工作: what is open, late first, then what was done today. */
export function roundListCard(
  lines: readonly RoundListLine[],
  next: Words | undefined,
  page: Page,
): Card {
  const title = words('今天的例行工作', 'Recurring work today');
  const place = pageText(page, lines.length);
  return {
    title,
    ...(place ? { subtitle: place } : {}),
    color: page.total === 0 ? 'grey' : 'blue',
    preview: words(`${title.zh}（${page.total}）`, `${title.en} (${page.total})`),
    blocks: [
      ...(page.total === 0
        ? [
            {
              block: 'text' as const,
              text: words('今天没有要做的例行工作', 'No recurring work is to be done today'),
            },
          ]
        : lines.flatMap(lineBlocks)),
      ...(next ? [{ block: 'text' as const, look: 'quiet' as const, text: next }] : []),
      ...buttonRow([
        ...pageButtons(page, lines.length, ROUND_LINES, (f) => ({
          v: 1,
          a: 'rounds-today',
          f,
          n: page.total,
        })),
        monthButton(words('行政日历', 'The year'), 0),
      ]),
    ],
  };
}

const lineBlocks = ({ subject, title, about, readable }: RoundListLine): readonly Block[] => [
  { block: 'text', text: words(`${title.zh}\n${about.zh}`, `${title.en}\n${about.en}`) },
  ...(readable
    ? [
        {
          block: 'buttons' as const,
          buttons: [
            {
              label: words(`查看 ${title.zh}`, `Open ${title.en}`),
              look: 'plain' as const,
              value: { v: 1 as const, a: 'round-show', l: subject },
            },
          ],
        },
      ]
    : []),
];

const monthButton = (label: Words, place: number): Button => ({
  label,
  look: 'plain',
  value: { v: 1, a: 'rounds-year', f: place },
});

export type YearModel = {
  /** 「2026年3月」 */
  readonly month: Words;
  /** Months since the year 0, as the buttons name them. */
  readonly place: number;
  /** What comes every day or week, in one line each. */
  readonly often: readonly Fact[];
  /** The other days of the month. */
  readonly days: readonly { readonly day: Words; readonly title: Words; readonly who: Words }[];
  /** The next day of each. */
  readonly next: readonly Fact[];
};

/** 行政日历: one month a page. */
export function yearCard({ month, place, often, days, next }: YearModel): Card {
  const title = words(`行政日历 ${month.zh}`, `Office calendar ${month.en}`);
  return {
    title,
    subtitle: words(
      '时间和负责人在 office.yaml 的 rounds 里改',
      'Changed under rounds in office.yaml',
    ),
    color: 'blue',
    preview: words(`${title.zh}（${days.length} 项）`, `${title.en} (${days.length})`),
    blocks: [
      days.length === 0
        ? {
            block: 'text',
            text: words('这个月没有按月、季、年的工作', 'Nothing monthly or rarer this month'),
          }
        : {
            block: 'text',
            text: words(
              days
                .map(({ day, title: what, who }) => `${day.zh} ${what.zh} · ${who.zh}`)
                .join('\n'),
              days
                .map(({ day, title: what, who }) => `${day.en} ${what.en} · ${who.en}`)
                .join('\n'),
            ),
          },
      ...(often.length > 0 ? [{ block: 'facts' as const, facts: often }] : []),
      ...(next.length > 0
        ? [
            {
              block: 'fold' as const,
              title: words('每项的下一次', 'The next of each'),
              blocks: [{ block: 'facts' as const, facts: next }],
            },
          ]
        : []),
      ...buttonRow([
        monthButton(words('上个月', 'Month before'), place - 1),
        monthButton(words('下个月', 'Next month'), place + 1),
      ]),
    ],
  };
}
