import { Converter } from 'opencc-js/cn2t';
import { expect, test } from 'vitest';
import { nameless, toNlu } from '../../src/cli/understand.ts';
import { fold } from '../../src/language/fold.ts';
import { understand } from '../../src/language/understand.ts';
import { momentOf, ownRows } from './rows.ts';
import type { Row } from './rows.ts';

const rows = [...ownRows('check/open'), ...ownRows('data/intent')].filter(
  ({ text }) => !/[A-Za-z]{3,}/.test(text),
);

/** Slots in people's own words change with the words. */
const own = new Set(['problem', 'purpose', 'comment', 'content', 'title']);

/** What was understood, as text: numerals, widths and characters aside, which are how it was written and not what it means. */
function readingOf(text: string, now: Temporal.ZonedDateTime): string {
  const { intent, slots } = toNlu(understand(text, nameless, now));
  const kept = Object.entries(slots).filter(([slot]) => !own.has(slot));
  return fold(JSON.stringify([intent, kept])).replace(/[\s]/g, '');
}

/** The rows whose reading changes when they are written another way. */
const changed = (rewrite: (text: string) => string): readonly string[] =>
  rows
    .filter(
      (row) => readingOf(row.text, momentOf(row)) !== readingOf(rewrite(row.text), momentOf(row)),
    )
    .map((row) => rewrite(row.text));

/** A few of a hundred may change (a name of a thing with a figure in it); none is the aim. */
const few = (list: readonly string[], most: number): void =>
  expect(list.length / rows.length, list.slice(0, 12).join('\n')).toBeLessThanOrEqual(most);

const traditional = Converter({ from: 'cn', to: 't' });
const digits = '零一二三四五六七八九';

/** 1 to 99 in Chinese figures where nothing else is written with them (A4, 3:30, 2026, 13.5). */
function inChineseFigures(text: string): string {
  return text.replace(/(?<![\w.:：/-])\d{1,2}(?![\w.:：/%-]|\s*[-~–—])/g, (written) => {
    const value = Number(written);
    if (written.startsWith('0')) return written;
    if (value < 10) return digits.charAt(value);
    const ten = value < 20 ? '' : digits.charAt(Math.floor(value / 10));
    return `${ten}十${value % 10 === 0 ? '' : digits.charAt(value % 10)}`;
  });
}

const inFullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

test.each([
  ['麻烦 before it', (text: string) => `麻烦${text}`],
  ['请 before it', (text: string) => `请${text}`],
  ['谢谢 after it', (text: string) => `${text}，谢谢`],
  ['哈 after it', (text: string) => `${text}哈`],
  ['spaces around it', (text: string) => `  ${text} \n`],
])('a polite word changes no reading: %s', (_, rewrite) => few(changed(rewrite), 0.02));

test('full width changes no reading', () => few(changed(inFullWidth), 0.02));
test('traditional characters change no reading', () =>
  few(
    changed((text) => traditional(text)),
    0.02,
  ));

test('Chinese numerals change no reading but of things named by a figure', () => {
  const numerals = (reading: string): string =>
    reading.replace(/\d+(?=[楼层号座期])/g, (figure) => inChineseFigures(figure));
  const different = rows.filter((row) => {
    const other = inChineseFigures(row.text);
    const now = momentOf(row);
    return numerals(readingOf(row.text, now)) !== numerals(readingOf(other, now));
  });
  few(
    different.map(({ text }) => inChineseFigures(text)),
    0.03,
  );
});

test('a space between figures and words changes no reading', () =>
  few(
    changed((text) => text.replace(/(?<=\p{Script=Han})(?=\d)/gu, ' ')),
    0.03,
  ));

/** Days named by their place in the calendar stay where they are when the speaker moves on. */
const named =
  /\d[-./月:：]\d|[月号日年季]|底|初|[十廿]|节|国庆|春|元旦|五一|中秋|清明|端午|六一|周年|到期|\d{3,}/;

test('said a week later, every time is a week later', () => {
  const relative = rows.filter(({ text }) => !named.test(text));
  expect(relative.length).toBeGreaterThan(150);
  const days = /\d{4}-\d{2}-\d{2}/g;
  const later = (reading: string): string =>
    reading.replace(days, (day) => Temporal.PlainDate.from(day).add({ weeks: 1 }).toString());
  const moved = relative.filter((row: Row) => {
    const now = momentOf(row);
    return later(readingOf(row.text, now)) !== readingOf(row.text, now.add({ weeks: 1 }));
  });
  expect(moved.map(({ text }) => text)).toEqual([]);
});
