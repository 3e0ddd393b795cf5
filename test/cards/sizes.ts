/** How big each card is, on an ordinary day and at its worst, and the table of it in docs/cards.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Card } from '../../cards/card.ts';
import { textOf } from '../../cards/plain.ts';
import { countTags } from '../feishu-platform/card-rules/walk.ts';
import { drawForGolden } from './golden.ts';
import { samples } from './samples/index.ts';

const FILE = fileURLToPath(new URL('../../docs/cards.md', import.meta.url));

export type Size = { readonly bytes: number; readonly elements: number };
export type Sizes = { readonly usual: Size; readonly worst: Size };

/** The larger of both languages. */
function sizeOf(card: Card): Size {
  const drawn = (['zh', 'en'] as const).map((language) => drawForGolden(card, language));
  return {
    bytes: Math.max(...drawn.map((each) => Buffer.byteLength(JSON.stringify(each)))),
    elements: Math.max(...drawn.map(countTags)),
  };
}

/** View → how big it is now. */
export const sizesNow = (): ReadonlyMap<string, Sizes> =>
  new Map(
    samples.map(({ view, usual, worst }) => [view, { usual: sizeOf(usual), worst: sizeOf(worst) }]),
  );

const HEAD =
  '| view | bytes | elements | worst: bytes | worst: elements | worst: characters before |';

/** View → how big docs/cards.md says it is. */
export function sizesWritten(): ReadonlyMap<string, Sizes> {
  const rows = readFileSync(FILE, 'utf8').matchAll(
    /^\| `([\w.-]+)` \| ([\d,]+) \| (\d+) \| ([\d,]+) \| (\d+) \|/gm,
  );
  const number = (text = ''): number => Number(text.replaceAll(',', ''));
  return new Map(
    [...rows].map(([, view = '', bytes, elements, most, mostElements]) => [
      view,
      {
        usual: { bytes: number(bytes), elements: number(elements) },
        worst: { bytes: number(most), elements: number(mostElements) },
      },
    ]),
  );
}

/** Writes the table anew; what stands above it stays. */
export function renewSizes(): void {
  const told = (count: number): string => count.toLocaleString('en-US');
  const sizes = sizesNow();
  const rows = samples.map(({ view, worst }) => {
    const size = sizes.get(view);
    const [zh, en] = (['zh', 'en'] as const).map((language) => textOf(worst, language).length);
    return `| \`${view}\` | ${told(size?.usual.bytes ?? 0)} | ${size?.usual.elements} | ${told(size?.worst.bytes ?? 0)} | ${size?.worst.elements} | ${told(Math.max(zh ?? 0, en ?? 0))} |`;
  });
  const [above] = readFileSync(FILE, 'utf8').split(HEAD);
  writeFileSync(
    FILE,
    `${above}${HEAD}\n| --- | --: | --: | --: | --: | --: |\n${rows.join('\n')}\n`,
  );
}
