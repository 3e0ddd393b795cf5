import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { nameless, toNlu } from '../../src/cli/understand.ts';
import type { NumberValue } from '../../src/language/meaning.ts';
import { findNumbers } from '../../src/language/numbers.ts';
import { findTimes } from '../../src/language/times.ts';
import { understand } from '../../src/language/understand.ts';
import { momentOf, ownRows, teamRows } from './rows.ts';
import type { Row } from './rows.ts';
import { figuresOf, isSameTime } from './scoring.ts';
import type { Answer } from './scoring.ts';

const amount = z.object({ type: z.string(), value: z.number(), currency: z.string().optional() });
const answer = (row: Row): Answer => toNlu(understand(row.text, nameless, momentOf(row)));
const timeShare = (rows: readonly Row[]): number =>
  rows.filter((row) => isSameTime(row, findTimes(row.text, momentOf(row))[0]?.value)).length /
  rows.length;

const numberShare = (rows: readonly Row[]): number =>
  rows.filter(({ text, expected }) => {
    const found = findNumbers(text).map(({ value }) => value);
    const value = found.find(({ type }) => type === 'money') ?? found[0];
    return value !== undefined && isSameAmount(value, expected);
  }).length / rows.length;

/** Fractions end somewhere: a third is a third to twelve figures. */
function isSameAmount(value: NumberValue, expected: unknown): boolean {
  const wanted = amount.parse(expected);
  const currency = value.type === 'money' ? value.currency : undefined;
  return (
    wanted.type === value.type &&
    wanted.currency === currency &&
    wanted.value.toPrecision(12) === value.value.toPrecision(12)
  );
}

describe('rows written for this project', () => {
  test('times, exactly', () => {
    const rows = ownRows('data/time');
    expect(rows.length).toBeGreaterThan(300);
    expect(timeShare(rows)).toBeGreaterThanOrEqual(0.97);
  });

  test('requests: what is asked for, and every slot of it', () => {
    const rows = ownRows('data/intent');
    expect(rows.length).toBeGreaterThan(350);
    const { intents, frames, slots } = figuresOf(rows, answer);
    expect(intents).toBeGreaterThanOrEqual(0.97);
    expect(frames).toBeGreaterThanOrEqual(0.92);
    expect(slots).toBeGreaterThanOrEqual(0.96);
  });
});

describe('times and amounts by a writer who had not seen the reader', () => {
  test.each(['check/times-open', 'check/times-kept'])('%s', (name) => {
    expect(timeShare(ownRows(name))).toBeGreaterThanOrEqual(0.96);
  });
  test.each(['check/amounts-open', 'check/amounts-kept'])('%s', (name) => {
    expect(numberShare(ownRows(name))).toBeGreaterThanOrEqual(0.99);
  });
});

describe('check sentences: `open` was mended by, `kept` was put aside', () => {
  test.each([
    ['check/open', 0.97, 0.92, 0.96],
    ['check/kept', 0.91, 0.83, 0.92],
    ['check/spoken-open', 0.97, 0.72, 0.86],
    // Dialect, dictation and slips of another writer: how far the rules carry where nobody has looked.
    ['check/spoken-kept', 0.92, 0.55, 0.82],
    // Writers of other trades, towns and offices, of papers and of three languages at once.
    ['check/wide-open', 0.97, 0.5, 0.78],
    ['check/wide-kept', 0.86, 0.48, 0.75],
    ['check/formal-open', 0.97, 0.7, 0.88],
    ['check/formal-kept', 0.95, 0.57, 0.82],
    ['check/foreign-open', 0.96, 0.56, 0.8],
    ['check/foreign-kept', 0.83, 0.36, 0.7],
    ['check/english-open', 0.97, 0.92, 0.96],
    ['check/english-kept', 0.95, 0.8, 0.9],
  ])('%s', (name, intents, frames, slots) => {
    const figures = figuresOf(ownRows(name), answer);
    expect(figures.intents).toBeGreaterThanOrEqual(intents);
    expect(figures.frames).toBeGreaterThanOrEqual(frames);
    expect(figures.slots).toBeGreaterThanOrEqual(slots);
  });
});

describe('the data of the team, when NLU_DATA names its folder', () => {
  const [time, number, intent] = ['time', 'number', 'intent'].map(teamRows);
  const strange = ['intent.other', 'intent.xsid'].flatMap((name) => teamRows(name) ?? []);
  if (!time || !number || !intent || strange.length === 0) {
    test('not measured without it: 470 times, 208 numbers and 561 strange sentences that are not ours to ship', () =>
      expect(time ?? number ?? intent ?? null).toBeNull());
    return;
  }

  test('times, exactly: 97 of 100', () => expect(timeShare(time)).toBeGreaterThanOrEqual(0.97));
  test('numbers and money: 99 of 100', () =>
    expect(numberShare(number)).toBeGreaterThanOrEqual(0.99));
  test('requests: intents 97, frames 92, slots 96 of 100', () => {
    const { intents, frames, slots } = figuresOf(intent, answer);
    expect(intents).toBeGreaterThanOrEqual(0.97);
    expect(frames).toBeGreaterThanOrEqual(0.92);
    expect(slots).toBeGreaterThanOrEqual(0.96);
  });
  test('what is no business of the office is left alone: 98 of 100', () =>
    expect(figuresOf(strange, answer).intents).toBeGreaterThanOrEqual(0.98));
});
