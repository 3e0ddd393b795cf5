import type { Heard } from '../heard-words.ts';
import type { Sentence } from '../sentence.ts';
import { shapesOf } from './shapes.ts';
import { ownWeights, rowOf } from './weights.ts';
import type { Weights } from './weights.ts';

/** How much the shapes of a sentence speak for each intent, in the scale of the cues; together they are zero. */
export type Opinion = ReadonlyMap<string, number>;

/** The opinion that weights give of some shapes. Shapes nobody learned say nothing, but they do water down the rest. */
export function opinionBy(
  { intents, step, bias, rows, cells }: Weights,
  shapes: readonly number[],
): Opinion {
  const sums = new Int32Array(intents.length);
  let known = 0;
  for (const shape of shapes) {
    const row = rowOf(rows, shape);
    if (row < 0) continue;
    known++;
    const start = row * intents.length;
    for (let column = 0; column < intents.length; column++)
      sums[column] = (sums[column] ?? 0) + (cells[start + column] ?? 0);
  }
  const share = step / Math.sqrt(Math.max(1, shapes.length));
  const values = intents.map((_, column) => (bias[column] ?? 0) + share * (sums[column] ?? 0));
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const coverage = shapes.length === 0 ? 0 : known / shapes.length;
  return new Map(
    intents.map((intent, column) => [intent, coverage * ((values[column] ?? 0) - mean)]),
  );
}

const none: Opinion = new Map();

/** The opinion of the weights this program comes with; none on what has no word in it. */
export const opinionOf = (sentence: Sentence, heard: readonly Heard[]): Opinion =>
  /[\p{L}\p{N}?]/u.test(sentence.text) ? opinionBy(ownWeights(), shapesOf(sentence, heard)) : none;
