/**
 * `npm run bench -- language [--data FOLDER]`: our reader of times beside chrono-node (zh.hans) and Microsoft's recognizer
 * (zh-cn) on the same texts in the same run: exactly right, and sentences a second; then whole sentences and the load of the
 * module. FOLDER holds time.jsonl and intent.jsonl; without it our own rows are read. Ratios count, not this machine's times.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nameless } from '../../src/cli/understand.ts';
import { findTimes } from '../../src/language/times.ts';
import { LONGEST, understand } from '../../src/language/understand.ts';
import { momentOf, rowsOf } from '../../test/language/rows.ts';
import type { Row } from '../../test/language/rows.ts';
import { isSameTime } from '../../test/language/scoring.ts';
import { say as line, tell } from './line.ts';

const ROUNDS = 8;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { data: { type: 'string' } },
});
const folder = values.data ?? join(import.meta.dirname, '../../test/language/data');
const times = rowsOf(join(folder, 'time.jsonl'));
const wishes = rowsOf(join(folder, 'intent.jsonl'));

const moments = new Map<Row, Temporal.ZonedDateTime>();
/** Moments are made before anything is timed. */
function spokenAt(row: Row): Temporal.ZonedDateTime {
  const moment = moments.get(row) ?? momentOf(row);
  moments.set(row, moment);
  return moment;
}

/** Rows a second in the best of some rounds. */
function speed(rows: readonly Row[], read: (row: Row) => unknown, rounds: number): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const row of rows) read(row);
    best = Math.min(best, performance.now() - start);
  }
  return (1000 * rows.length) / best;
}

type Reader = { readonly name: string; readonly read: (row: Row) => unknown };

/** The peers are loaded here, last: what they do to the process is not our readers' time. */
async function compare(): Promise<void> {
  const { byChrono, byRecognizer } = await import('./language-peers.ts');
  const readers: readonly Reader[] = [
    {
      name: 'ours',
      read: (row) => findTimes(row.text, spokenAt(row))[0]?.value ?? { type: 'none' },
    },
    { name: 'chrono-node zh.hans', read: byChrono },
    { name: 'recognizers-text zh-cn', read: byRecognizer },
  ];
  line(`${times.length} times, exactly${''.padEnd(10)}  exact %   texts/s   ours is`);
  const own = { speed: 0, right: 0 };
  const figures = new Map<string, { readonly speed: number; readonly right: number }>();
  for (const { name, read } of readers) {
    const right = times.filter((row) => isSameTime(row, read(row))).length / times.length;
    const rate = speed(times, read, ROUNDS);
    if (name === 'ours') Object.assign(own, { speed: rate, right });
    figures.set(name, { speed: rate, right });
    const ratio = `${(own.speed / rate).toFixed(1)} times as fast, ${(own.right / right).toFixed(2)} times as often right`;
    line(
      `${name.padEnd(28)}${(100 * right).toFixed(1).padStart(8)}${rate.toFixed(0).padStart(10)}   ${ratio}`,
    );
  }
  for (const name of ['chrono-node zh.hans', 'recognizers-text zh-cn']) {
    const peer = figures.get(name);
    if (!peer) continue;
    const faster = own.speed / peer.speed;
    const judged = name.startsWith('recognizers');
    tell({
      what: 'understanding times, texts a second and exact',
      beside: `${name} ${peer.speed.toFixed(0)}, ${(100 * peer.right).toFixed(1)} % exact`,
      ours: `${own.speed.toFixed(0)}, ${(100 * own.right).toFixed(1)} % exact`,
      ratio: `${faster.toFixed(1)} times as fast`,
      must: judged ? '≥ 5 times, and oftener exact' : 'oftener exact',
      kept: own.right > peer.right && (!judged || faster >= 5),
    });
  }
}

/** Reads a message and takes the slots of its best readings, which are filled when they are asked for. */
const read = (text: string, now: Temporal.ZonedDateTime): unknown =>
  understand(text, nameless, now).map(({ readings }) => readings[0]?.slots);

function sentences(): void {
  const best = wishes.map(() => Infinity);
  for (let round = 0; round < 30; round++)
    for (const [index, row] of wishes.entries()) {
      const now = spokenAt(row);
      const start = performance.now();
      read(row.text, now);
      best[index] = Math.min(best[index] ?? Infinity, performance.now() - start);
    }
  best.sort((a, b) => a - b);
  const at = (share: number): string =>
    (best[Math.floor((best.length - 1) * share)] ?? 0).toFixed(3);
  const rate = speed(wishes, (row) => read(row.text, spokenAt(row)), 60);
  line(
    `\n${wishes.length} whole sentences: median ${at(0.5)} ms, 95 of 100 ${at(0.95)} ms, slowest ${at(1)} ms; ${rate.toFixed(0)} a second`,
  );
  const [row] = wishes;
  if (row === undefined) return;
  for (const [name, text] of longTexts()) {
    const rate = speed([{ ...row, text }], (each) => read(each.text, spokenAt(row)), 60);
    line(`${text.length} characters, ${name}: ${(1000 / rate).toFixed(2)} ms`);
  }
}

/** Messages of 2,000 characters, of which every part asks for something. */
function longTexts(): readonly (readonly [string, string])[] {
  const texts = wishes.map(({ text }) => text);
  const filled = (parts: readonly string[], joint: string): string =>
    Array.from({ length: 200 }, () => parts)
      .flat()
      .join(joint)
      .slice(0, LONGEST);
  const traditional = wishes.filter(({ tags }) => tags?.includes('traditional'));
  const unpunctuated = texts.map((text) => text.replaceAll(/[，。！？,;；!?、：:]/g, ''));
  return [
    ['all sorts of wishes', filled(texts, '，')],
    ['the same without any punctuation', filled(unpunctuated, '')],
    [
      'traditional characters',
      filled(
        traditional.map(({ text }) => text),
        '，',
      ),
    ],
    ['one wish again and again', filled(['明天下午3点订个会议室'], '，')],
    [
      'English',
      filled(['book a room for 6 tomorrow 3pm', 'two boxes of A4', 'the printer is jammed'], ', '),
    ],
  ];
}

/** What a start of node costs more when it loads the reader: the very first time, and with what the first start compiled. */
function load(): void {
  const module = JSON.stringify(import.meta.resolve('../../src/language/understand.ts'));
  const cache = mkdtempSync(join(tmpdir(), 'office-cache-'));
  const cached = `(await import('node:module')).enableCompileCache(${JSON.stringify(cache)});`;
  const start = (code: string): number => {
    const from = performance.now();
    spawnSync(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      code,
    ]);
    return performance.now() - from;
  };
  const best = (code: string): number => Math.min(...Array.from({ length: 7 }, () => start(code)));
  const cold = best(`await import(${module})`) - best('');
  const warm = best(`${cached} await import(${module})`) - best(cached);
  rmSync(cache, { recursive: true, force: true });
  line(
    `loading the reader: ${cold.toFixed(0)} ms at the first start, ${warm.toFixed(0)} ms at all others (the program keeps what was compiled)`,
  );
}

sentences();
load();
await compare();
