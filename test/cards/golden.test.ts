/** Every card that the office can show, against what it was when somebody last looked at it. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { viewNames } from '../../src/conversation/views.ts';
import { validateCard } from '../feishu-platform/card-rules.ts';
import { textOf } from '../feishu-platform/card-text.ts';
import { isObject } from '../feishu-platform/json.ts';
import { difference } from './difference.ts';
import { drawForGolden, drawnGoldens, keptGoldens } from './golden.ts';
import { samples } from './samples/index.ts';
import { type Size, sizesNow, sizesWritten } from './sizes.ts';

const RENEW = 'If it is meant, `npm run golden` writes it; look at git diff before you commit it.';

/** A sentence is sent as words, and a file as a file. */
const NO_CARDS: readonly string[] = [
  'file',
  'notice',
  'stock-ledger',
  'trip-letter',
  'expense-ledger-file',
];

const drawn = drawnGoldens();
const kept = keptGoldens();

describe('the golden folder', () => {
  test('has every view that can stand in a delivery', () => {
    const shown = new Set(samples.map(({ view }) => view.split('.')[0]));
    expect(viewNames.filter((name) => !shown.has(name))).toEqual(NO_CARDS);
  });

  test('has a card of every function in cards/ that makes one', async () => {
    const folder = new URL('../../cards/', import.meta.url);
    const files = readdirSync(fileURLToPath(folder)).filter((name) => name.endsWith('.ts'));
    const makers = await Promise.all(
      files.map(async (name) => Object.keys((await import(new URL(name, folder).href)) as object)),
    );
    const all = makers.flat().filter((name) => name.endsWith('Card'));
    expect(all.length).toBeGreaterThan(30);
    const made = new Set(samples.map(({ madeBy }) => madeBy));
    expect(all.filter((name) => !made.has(name))).toEqual([]);
  });

  test('has nothing that is not drawn any more', () => {
    expect([...kept.keys()].filter((name) => !drawn.has(name))).toEqual([]);
  });
});

test.each([...drawn.keys()])('%s is what it was', (name) => {
  const told = difference(kept.get(name) ?? '', drawn.get(name) ?? '');
  if (told !== undefined) expect.fail(`${name}: ${told}\n${RENEW}`);
});

describe.each(samples)('$view', ({ usual, worst }) => {
  test.each(['zh', 'en'] as const)(
    'is a card that Feishu takes, also at its worst (%s)',
    (language) => {
      expect(validateCard(drawForGolden(usual, language))).toEqual([]);
      expect(validateCard(drawForGolden(worst, language))).toEqual([]);
    },
  );

  test('shows no mark of a value that is missing', () => {
    for (const locale of ['zh_cn', 'en_us'] as const) {
      expect(textOf(drawForGolden(usual, 'zh'), locale)).not.toMatch(
        /undefined|null|NaN|\[object|Invalid|\b1 (?:action )?(?:items|rooms|requests|others)\b/,
      );
    }
  });
});

const CHINESE = /[\p{Script=Han}、，。：；！？（）「」【】]/u;

/** Every text of a drawn card as an English reader sees it, hints and questions too. */
function englishIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if ('content' in value) {
    const translated = 'i18n_content' in value ? value.i18n_content : undefined;
    return englishIn(isObject(translated) ? translated['en_us'] : value.content);
  }
  return Object.values(value).flatMap(englishIn);
}

test.each(samples)('$view: what the office itself says in English is English', ({ grown }) => {
  // All that comes from people and data is an x: what is left are the card's own words.
  const card = grown({
    text: () => 'x',
    flag: (_name, flag) => flag,
    items: (_name, count) => count,
  });
  const drawing = JSON.stringify(drawForGolden(card, 'en'), withoutBehaviors);
  expect(englishIn(JSON.parse(drawing)).filter((text) => CHINESE.test(text))).toEqual([]);
});

/** What a button wishes for may hold a sentence; nobody sees it. */
const withoutBehaviors = (key: string, value: unknown): unknown =>
  key === 'behaviors' ? undefined : value;

describe('docs/cards.md', () => {
  const now = sizesNow();
  const written = sizesWritten();

  test('tells the size of every card', () => {
    expect([...written.keys()]).toEqual([...now.keys()]);
  });

  test.each([...now.keys()])('is about right, and within the limits: %s', (view) => {
    for (const sort of ['usual', 'worst'] as const) {
      const size = now.get(view)?.[sort];
      const told = written.get(view)?.[sort];
      if (!size || !told) expect.fail(`${view} is not in docs/cards.md. ${RENEW}`);
      expect(size.bytes).toBeLessThanOrEqual(30_000);
      expect(size.elements).toBeLessThanOrEqual(200);
      expect(isAbout(size, told), `${view}: ${RENEW}`).toBe(true);
    }
  });
});

/** Within a fifth, or some bytes and elements. */
const isAbout = (size: Size, told: Size): boolean =>
  Math.abs(size.bytes - told.bytes) <= Math.max(300, told.bytes / 5) &&
  Math.abs(size.elements - told.elements) <= Math.max(4, told.elements / 5);
