/**
 * `npm run learn [-- --check FILE…]`: learns from sentences written for this project which intent a way of speaking points to, and
 * writes src/language/learned/weights.json. First it is cross-validated: each file of sentences (one writer's) is read with
 * weights learned from the other writers only: with the rules alone, with what was learned alone, and with both. The check
 * halves and FILEs are only measured.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { nameless, nluName } from '../src/cli/understand.ts';
import { prepareCues, scoreIntents } from '../src/language/cues.ts';
import { opinionBy } from '../src/language/learned/opinion.ts';
import { shapeKey, writtenShapesOf } from '../src/language/learned/shapes.ts';
import { weightsOf } from '../src/language/learned/weights.ts';
import { sentenceOf } from '../src/language/sentence.ts';
import { rankedBy } from '../src/language/ranking.ts';
import { learn } from './learn/regression.ts';
import type { Lesson } from './learn/regression.ts';

const root = join(import.meta.dirname, '..');

/** What is learned from; the other files of scripts/learn wait for the reader of docs/language.md, "what is under way". talk.tsv has the intents that the data of the language tests puts together under other names. */
const LEARNED_FROM = [
  'test/language/data/intent.jsonl',
  'test/language/check/open.jsonl',
  'test/language/check/english-open.jsonl',
  'test/language/check/spoken-open.jsonl',
  'scripts/learn/house.tsv',
  'scripts/learn/talk.tsv',
];
/** Put aside: never learned from, and no rule was made by them. */
const KEPT = [
  'test/language/check/kept.jsonl',
  'test/language/check/english-kept.jsonl',
  'test/language/check/spoken-kept.jsonl',
];
const weightsFile = join(import.meta.dirname, '../src/language/learned/weights.json');
const now = Temporal.ZonedDateTime.from('2026-03-04T10:00[Asia/Shanghai]');
const cues = prepareCues(nameless);
const intents = nameless.intents.map(({ intent }) => intent);

type Row = Lesson & {
  readonly right: readonly string[];
  readonly scores: ReturnType<typeof scoreIntents>;
};

/** An intent of ours by its own name; of those that go under one name in the data, the one the rules lean to. */
function ownIntent(name: string, scores: Row['scores']): string {
  if (intents.includes(name) && nluName(name) !== name) return name;
  const ours = intents.filter((intent) => nluName(intent) === name);
  const scoreOf = (intent: string): number =>
    scores.find(({ heard }) => heard.intent === intent)?.score ?? -Infinity;
  const [best] = ours.toSorted((a, b) => scoreOf(b) - scoreOf(a));
  if (best === undefined) throw new Error(`no intent is called ${name}`);
  return best;
}

function rowOf(text: string, right: readonly string[]): Row {
  const sentence = sentenceOf(text, nameless, now);
  const scores = scoreIntents(cues, sentence);
  return {
    shapes: writtenShapesOf(sentence),
    intent: ownIntent(right[0] ?? 'other', scores),
    right,
    scores,
  };
}

/** `intent<TAB>text` a line, or JSON lines in the form of the language tests. */
function rowsIn(file: string): readonly Row[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (!file.endsWith('.jsonl'))
    return lines.map((line) => {
      const [intent = '', text = ''] = line.split('\t');
      return rowOf(text, [intent]);
    });
  return lines.map((line) => {
    const row: { text: string; intent: string; accept?: string[] } = JSON.parse(line);
    return rowOf(row.text, [row.intent, ...(row.accept ?? [])]);
  });
}

/** The share of rows whose best reading is right, with the weights of `lessons`. */
function shares(rows: readonly Row[], lessons: readonly Row[]): string {
  const weights = weightsOf(learn(lessons, intents));
  const none = new Map<string, number>();
  const share = (
    best: (row: Row, learned: ReadonlyMap<string, number>) => string | undefined,
  ): string => {
    const right = rows.filter((row) =>
      row.right
        .map(nluName)
        .includes(nluName(best(row, opinionBy(weights, row.shapes.map(shapeKey))) ?? 'other')),
    );
    return ((100 * right.length) / rows.length).toFixed(1).padStart(6);
  };
  return [
    share((row) => rankedBy(row.scores, none, nameless)[0]?.heard.intent),
    share((_, learned) => [...learned].toSorted((a, b) => b[1] - a[1])[0]?.[0]),
    share((row, learned) => rankedBy(row.scores, learned, nameless)[0]?.heard.intent),
  ].join('');
}

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: { check: { type: 'string', multiple: true, default: [] } },
});
const line = (text: string): void => void process.stdout.write(`${text}\n`);
const writers = LEARNED_FROM.map((name) => ({ name, rows: rowsIn(join(root, name)) }));
const everything = writers.flatMap(({ rows }) => rows);

line(`right, in %, of sentences of writers nobody learned from:   rows rules learned both`);
for (const { name, rows } of writers) {
  const others = writers.filter((writer) => writer.name !== name).flatMap((writer) => writer.rows);
  line(`${name.padEnd(55)}${String(rows.length).padStart(9)}${shares(rows, others)}`);
}
line('sentences put aside:');
for (const file of [...KEPT.map((name) => join(root, name)), ...values.check]) {
  const rows = rowsIn(file);
  line(`${basename(file).padEnd(55)}${String(rows.length).padStart(9)}${shares(rows, everything)}`);
}
const learned = learn(everything, intents);
writeFileSync(weightsFile, `${JSON.stringify(learned)}\n`);
line(`${everything.length} sentences, ${learned.shapes.split('\n').length} shapes: ${weightsFile}`);
