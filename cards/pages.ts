/** Long lists, page by page. A page is honest when the list has changed since the reader looked at it. */
import type { Block, Button } from './card.ts';
import { type Words, words } from './words.ts';

/** Where a page begins: `first` counts from 0, `total` is the length of the whole list. */
export type Page = { readonly first: number; readonly total: number };

/** A page that is asked for; `seen`: how long the list was when it was. */
export type Wanted = { readonly first: number; readonly seen?: number | undefined };

/**
 * The page to show of a list of so many. When the list has become shorter since, what was behind has moved up: it goes back as far, so that
 * nothing is passed over; a page that is gone becomes the last there is.
 */
export function pageOf({ first, seen }: Wanted, total: number, size: number): Page {
  const moved = Math.max(0, (seen ?? total) - total);
  const wanted = Math.min(Math.max(0, first - moved), Math.max(0, total - 1));
  return { first: wanted - (wanted % size), total };
}

/** 「第 9–16 项，共 30 项」; undefined when all is on one page. */
export function pageText({ first, total }: Page, shown: number): Words | undefined {
  if (shown === 0 || shown >= total) return undefined;
  const from = first + 1;
  const to = first + shown;
  const places = from === to ? String(from) : `${from}–${to}`;
  return words(`第 ${places} 项，共 ${total} 项`, `${places} of ${total}`);
}

/** To the page before and the page after, none where there is only one. `turn` makes the value of a button that leads to `first`. */
export function pageButtons(
  { first, total }: Page,
  shown: number,
  size: number,
  turn: (first: number) => Button['value'],
): readonly Button[] {
  const more = total - first - shown;
  return [
    ...(first > 0 ? [plain(words('上一页', 'Previous'), turn(Math.max(0, first - size)))] : []),
    ...(more > 0 ? [plain(words(`还有 ${more} 项`, `${more} more`), turn(first + shown))] : []),
  ];
}

const plain = (label: Words, value: Button['value']): Button => ({ label, look: 'plain', value });

/** A row of them; nothing where there are none. */
export const buttonRow = (buttons: readonly Button[]): readonly Block[] =>
  buttons.length > 0 ? [{ block: 'buttons', buttons }] : [];
