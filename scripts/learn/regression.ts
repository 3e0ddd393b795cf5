import type { LearnedFile } from '../../src/language/learned/weights.ts';

/** A sentence to learn from: its shapes and what it means. */
export type Lesson = { readonly shapes: readonly string[]; readonly intent: string };

/** Rounds over all lessons, step and pull towards zero: by cross-validation over writers; little changes around them. */
const ROUNDS = 30;
const STEP = 0.3;
const PULL = 0.3;
/** A shape seen once tells of one sentence, not of a way of speaking. */
const LEAST_SEEN = 3;

/** Numbers from 0 to 1, the same in every run (a linear congruence), so that the weights are. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x7fff_ffff;
  };
}

function shuffle(list: number[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a = 0, b = 0] = [list[i], list[j]];
    list[i] = b;
    list[j] = a;
  }
}

function rowsOf(lessons: readonly Lesson[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const { shapes } of lessons)
    for (const shape of new Set(shapes)) seen.set(shape, (seen.get(shape) ?? 0) + 1);
  const kept = [...seen].filter(([, times]) => times >= LEAST_SEEN).map(([shape]) => shape);
  return new Map(kept.sort().map((shape, row) => [shape, row]));
}

/** Scores as shares of one, in place. */
function softmax(scores: Float64Array): void {
  const best = Math.max(...scores);
  let sum = 0;
  for (const [i, score] of scores.entries()) sum += scores[i] = Math.exp(score - best);
  for (const [i, share] of scores.entries()) scores[i] = share / sum;
}

/** Multinomial logistic regression by stochastic gradients with a step of its own for each weight (Adagrad). */
export function learn(lessons: readonly Lesson[], intents: readonly string[]): LearnedFile {
  const rows = rowsOf(lessons);
  const width = intents.length;
  const weights = new Float64Array(rows.size * width);
  const squares = new Float64Array(rows.size * width).fill(1e-8);
  const bias = new Float64Array(width);
  const known = lessons.map(({ shapes }) => shapes.flatMap((shape) => rows.get(shape) ?? []));
  const order = lessons.map((_, index) => index);
  const random = numbers(7);
  const scores = new Float64Array(width);
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, random);
    for (const index of order) {
      const lesson = lessons[index];
      const active = known[index] ?? [];
      if (lesson === undefined) continue;
      const share = 1 / Math.sqrt(Math.max(1, lesson.shapes.length));
      scores.set(bias);
      for (const row of active)
        for (let k = 0; k < width; k++)
          scores[k] = (scores[k] ?? 0) + share * (weights[row * width + k] ?? 0);
      softmax(scores);
      for (let k = 0; k < width; k++) {
        const miss = (scores[k] ?? 0) - (intents[k] === lesson.intent ? 1 : 0);
        bias[k] = (bias[k] ?? 0) - 0.02 * miss;
        for (const row of active) {
          const cell = row * width + k;
          const weight = weights[cell] ?? 0;
          const slope = miss * share + (PULL * weight) / lessons.length;
          squares[cell] = (squares[cell] ?? 0) + slope * slope;
          weights[cell] = weight - (STEP * slope) / Math.sqrt(squares[cell] ?? 1);
        }
      }
    }
  }
  return packed(intents, rows, weights, bias);
}

/** As bytes: the hundredth part of the largest weight more or less changes no reading. */
function packed(
  intents: readonly string[],
  rows: ReadonlyMap<string, number>,
  weights: Float64Array,
  bias: Float64Array,
): LearnedFile {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const step = largest / 127 || 1;
  const cells = Int8Array.from(weights, (weight) => Math.round(weight / step));
  return {
    intents,
    step,
    bias: [...bias].map((value) => Number(value.toFixed(4))),
    shapes: [...rows.keys()].join('\n'),
    weights: Buffer.from(cells.buffer).toString('base64'),
  };
}
