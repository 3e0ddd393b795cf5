/** What waited out somebody's quiet time, on one card. Pure: model in, card out. */
import { listPages } from './answers.ts';
import type { Block, Button, ButtonValue, Card } from './card.ts';
import { buttonRow, pageText } from './pages.ts';
import { BUTTON } from './vocabulary.ts';
import { type Words, words } from './words.ts';

/** One thing that waited: what it is, why it is told, more of it; `opens` where there is something to open. */
export type WaitedLine = {
  readonly what: Words;
  readonly why: Words;
  readonly more: Words;
  readonly opens?: ButtonValue;
};

export type BundleModel = {
  /** Since when: 「昨晚」. */
  readonly since: Words;
  readonly lines: readonly WaitedLine[];
  /** How many of all wait for the reader to act. */
  readonly toDo: number;
  readonly total: number;
  /** The place of the first line among all, from 0; `list` names the bundle for the next page. */
  readonly first: number;
  readonly list: string;
};

export function bundleCard(model: BundleModel): Card {
  const { since, total, toDo, lines, first, list } = model;
  const title = words(`${since.zh}到现在 ${total} 件`, `${total} since ${since.en}`);
  const act = words(`${toDo} 件等您处理`, `${toDo} waiting for you`);
  const place = pageText({ first, total }, lines.length);
  return {
    title,
    ...(place ? { subtitle: place } : {}),
    color: toDo > 0 ? 'orange' : 'blue',
    ...(toDo > 0 ? { tags: [{ text: act, color: 'orange' as const }] } : {}),
    preview: toDo > 0 ? words(`${title.zh}，${act.zh}`, `${title.en}, ${act.en}`) : title,
    blocks: [
      ...lines.flatMap(lineBlocks),
      ...buttonRow(listPages({ first, total, list }, lines.length)),
      { block: 'buttons', buttons: [SETTINGS] },
    ],
  };
}

/** Where it can be changed when people are told of it. */
const SETTINGS: Button = {
  label: words('免打扰设置', 'Quiet hours'),
  look: 'plain',
  value: { v: 1, a: 'say', t: '我的免打扰' },
};

function lineBlocks({ what, why, more, opens }: WaitedLine): readonly Block[] {
  const joined = (language: keyof Words): string => {
    const head = [what, why].map((text) => text[language]).filter((text) => text !== '');
    return [head.join(' · '), more[language]].filter((text) => text !== '').join('\n');
  };
  const text: Block = { block: 'text', text: words(joined('zh'), joined('en')) };
  if (!opens) return [text];
  const label = words(`${BUTTON.open.zh} ${what.zh}`, `${BUTTON.open.en} ${what.en}`);
  return [text, { block: 'buttons', buttons: [{ label, look: 'plain', value: opens }] }];
}
