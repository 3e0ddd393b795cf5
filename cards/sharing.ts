/** What the cards about shared rooms have in common: a head that says how the matter stands, and buttons that name it. Pure. */
import type { Button, Card, CardColor } from './card.ts';
import { type Words, words } from './words.ts';

/** What a state is called, and its colour. */
export type Standing = { readonly tag: Words; readonly color: CardColor };

/** Another thing that can be had, as a button; `key` names it. */
export type Choice = { readonly label: Words; readonly key: string };

/** `told`: what the preview says beside how it stands. */
export const headOf = (
  title: Words,
  { tag, color }: Standing,
  told: Words = title,
): Pick<Card, 'title' | 'color' | 'tags' | 'preview'> => ({
  title,
  color,
  tags: [{ text: tag, color }],
  preview: words(`${tag.zh} ${told.zh}`, `${tag.en}: ${told.en}`),
});

/** A button about the matter of a card, as the card shows it; `o` names what is chosen. */
export const buttonOf = (
  { id, version }: { readonly id: number; readonly version: number },
  label: Words,
  a: string,
  look: Button['look'] = 'plain',
  o?: string,
): Button => ({
  label,
  look,
  value: { v: 1, a, g: id, n: version, ...(o === undefined ? {} : { o }) },
});
