/** The golden files: every card as Feishu gets it, one file a view and language, printed so that a change reads well. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Card } from '../../cards/card.ts';
import type { Language } from '../../cards/words.ts';
import { drawCard } from '../../src/channels/feishu/card.ts';
import { samples } from './samples/index.ts';

const FOLDER = fileURLToPath(new URL('golden/', import.meta.url));

/** File name → what is to stand in it. */
export function drawnGoldens(): ReadonlyMap<string, string> {
  return new Map(
    samples.flatMap(({ view, usual }) =>
      (['zh', 'en'] as const).map((language) => [
        `${view}.${language}.json`,
        `${printed(drawForGolden(usual, language))}\n`,
      ]),
    ),
  );
}

/** Pictures have a key, as they do once they are uploaded. */
export const drawForGolden = (card: Card, language: Language): object =>
  drawCard(card, language, new Map([['77', 'img_v3_00a1']]));

/** File name → what stands in it. */
export function keptGoldens(): ReadonlyMap<string, string> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name, readFileSync(FOLDER + name, 'utf8')]));
}

/** Makes the folder what is drawn now. */
export function renewGoldens(): void {
  const drawn = drawnGoldens();
  for (const name of keptGoldens().keys()) if (!drawn.has(name)) rmSync(FOLDER + name);
  for (const [name, text] of drawn) writeFileSync(FOLDER + name, text);
}

/** The longest line of a file, roughly, in characters. */
const WIDE = 100;

/** JSON with one line for whatever fits one, so that a text, a button's value or a column is a line of its own. */
function printed(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || line.length + indent.length <= WIDE)
    return line;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const parts = Array.isArray(value)
    ? value.map((item) => printed(item, inner))
    : Object.entries(value).map(
        ([key, member]) => `${JSON.stringify(key)}: ${printed(member, inner)}`,
      );
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
