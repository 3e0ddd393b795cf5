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
import { wordsByIntent } from '../src/language/heard-words.ts';
import { opinionBy } from '../src/language/learned/opinion.ts';
import { shapeKey, writtenShapesOf } from '../src/language/learned/shapes.ts';
import { weightsOf } from '../src/language/learned/weights.ts';
import type { Lexicon } from '../src/language/lexicon.ts';
import { sentenceOf } from '../src/language/sentence.ts';
import { rankedBy } from '../src/language/ranking.ts';
import { learn } from './learn/regression.ts';
import type { Lesson } from './learn/regression.ts';

const root = join(import.meta.dirname, '..');

/** What is learned from. talk.tsv has the intents that the data of the language tests puts together under other names. */
const LEARNED_FROM = [
  'test/language/data/intent.jsonl',
  'test/language/check/open.jsonl',
  'test/language/check/english-open.jsonl',
  'test/language/check/spoken-open.jsonl',
  'test/language/check/wide-open.jsonl',
  'test/language/check/formal-open.jsonl',
  'test/language/check/foreign-open.jsonl',
  'scripts/learn/requests.tsv',
  'scripts/learn/follow-ups.tsv',
  'scripts/learn/english.tsv',
  'scripts/learn/start-ups.tsv',
  'scripts/learn/bureaus.tsv',
  'scripts/learn/elsewhere.tsv',
  'scripts/learn/elsewhere-2.tsv',
  'scripts/learn/trades.tsv',
  'scripts/learn/trades-2.tsv',
  'scripts/learn/anglo.tsv',
  'scripts/learn/asia.tsv',
  'scripts/learn/anglo-2.tsv',
  'scripts/learn/expats.tsv',
  'scripts/learn/indirect.tsv',
  'scripts/learn/house.tsv',
  'scripts/learn/talk.tsv',
  'scripts/learn/answers.tsv',
  'scripts/learn/names.tsv',
];
/** Put aside: never learned from, and no rule was made by them. */
const KEPT = [
  'test/language/check/kept.jsonl',
  'test/language/check/english-kept.jsonl',
  'test/language/check/spoken-kept.jsonl',
  'test/language/check/wide-kept.jsonl',
  'test/language/check/formal-kept.jsonl',
  'test/language/check/foreign-kept.jsonl',
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

/** Names of a company in a sentence to learn from: `{room}`, `[item]`, `<person>`. */
const NAMED = /\{(?<room>[^}]+)\}|\[(?<item>[^\]]+)\]|<(?<person>[^>]+)>/g;

/** The lexicon of a company that has what a sentence names. */
function lexiconOf(marked: string): Lexicon {
  const found = [...marked.matchAll(NAMED)].map(({ groups }) => groups ?? {});
  const named = (sort: string): Lexicon['rooms'] =>
    found.flatMap(({ [sort]: name }) => (name === undefined ? [] : [{ id: name, name }]));
  return found.length === 0
    ? nameless
    : { ...nameless, rooms: named('room'), items: named('item'), people: named('person') };
}

function rowOf(text: string, right: readonly string[], lexicon: Lexicon = nameless): Row {
  const sentence = sentenceOf(text, lexicon, now);
  const heard = wordsByIntent(cues.words, sentence.text);
  const scores = scoreIntents(cues, sentence, heard);
  return {
    shapes: writtenShapesOf(sentence, heard),
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
      const [intent = '', marked = ''] = line.split('\t');
      return rowOf(marked.replace(NAMED, '$1$2$3'), [intent], lexiconOf(marked));
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
