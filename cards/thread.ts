/** 来龙去脉: what a request came from and what it led to, from its beginning on. Pure. */
import type { Block, Card } from './card.ts';
import { buttonRow } from './pages.ts';
import { BUTTON } from './vocabulary.ts';
import { type Words, words } from './words.ts';

/** One record. `depth` 0 is where it all began; what it led to stands below it, one deeper. */
export type ThreadLine = {
  readonly depth: number;
  readonly title: Words;
  readonly state: Words;
  /** When it came to be. */
  readonly at: Words;
  /** What it is about, for who may read it; undefined: it is none of the reader's business. */
  readonly about?: Words;
  /** It is the one that was asked for. */
  readonly asked?: boolean;
  /** The request behind it that the reader may open. */
  readonly request?: { readonly id: number; readonly number: string };
};

/** More lines than this nobody reads on a phone; the rest is counted. */
export const MOST_LINES = 30;
/** So many of the requests have a button. */
const MOST_BUTTONS = 6;

const prefix = (depth: number): string => (depth === 0 ? '' : `${'　'.repeat(depth - 1)}└ `);

const lineText = ({ depth, title, state, at, about, asked }: ThreadLine): Words => {
  const zh = `${prefix(depth)}${asked ? '▶ ' : ''}${title.zh} · ${state.zh} · ${at.zh}`;
  const en = `${prefix(depth)}${asked ? '▶ ' : ''}${title.en} · ${state.en} · ${at.en}`;
  const below = '　'.repeat(depth);
  return about ? words(`${zh}\n${below}${about.zh}`, `${en}\n${below}${about.en}`) : words(zh, en);
};

/** `more`: records that are not shown. */
export function threadCard(number: string, lines: readonly ThreadLine[], more: number): Card {
  const title = words(`${number} 的来龙去脉`, `What led to ${number} and what it led to`);
  const others = lines.filter((each) => each.request && each.asked !== true);
  return {
    title,
    color: 'blue',
    preview: title,
    blocks: [
      ...lines.map((line): Block => ({ block: 'text', text: lineText(line) })),
      ...(lines.length < 2 ? [alone] : []),
      ...(more > 0 ? [rest(more)] : []),
      ...buttonRow(
        others.slice(0, MOST_BUTTONS).flatMap(({ request }) =>
          request
            ? [
                {
                  label: words(
                    `${BUTTON.open.zh} ${request.number}`,
                    `${BUTTON.open.en} ${request.number}`,
                  ),
                  look: 'plain' as const,
                  value: { v: 1, a: 'show', r: request.id },
                },
              ]
            : [],
        ),
      ),
    ],
  };
}

const alone: Block = {
  block: 'text',
  look: 'quiet',
  text: words(
    '没有由它引出的事，也不是由别的事引出的',
    'Nothing followed from it, and it followed from nothing',
  ),
};

const rest = (more: number): Block => ({
  block: 'text',
  look: 'quiet',
  text: words(`还有 ${more} 项没有列出`, `${more} more are not shown`),
});
