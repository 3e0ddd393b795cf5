import type { Heard } from '../heard-words.ts';
import type { Sentence } from '../sentence.ts';
import { shapesOf } from './shapes.ts';
import { ownWeights, rowOf } from './weights.ts';
import type { Weights } from './weights.ts';

/** How much the shapes of a sentence speak for each intent, in the scale of the cues; together they are zero. */
export type Opinion = Pick<ReadonlyMap<string, number>, 'get'>;

/** The same by column. Shapes nobody learned say nothing, but they do water down the rest. */
function columnsOf(
  { intents, step, bias, rows, cells }: Weights,
  shapes: readonly number[],
): readonly number[] {
  const starts: number[] = [];
  for (const shape of shapes) {
    const row = rowOf(rows, shape);
    if (row >= 0) starts.push(row * intents.length);
  }
  const share = step / Math.sqrt(Math.max(1, shapes.length));
  const values: number[] = [];
  let total = 0;
  for (let column = 0; column < intents.length; column++) {
    let sum = 0;
    for (const start of starts) sum += cells[start + column] ?? 0;
    const value = (bias[column] ?? 0) + share * sum;
    values.push(value);
    total += value;
  }
  const mean = total / values.length;
  const coverage = shapes.length === 0 ? 0 : starts.length / shapes.length;
  for (let column = 0; column < values.length; column++)
    values[column] = coverage * ((values[column] ?? 0) - mean);
  return values;
}

/** The opinion that weights give of some shapes, written out. */
export function opinionBy(
  weights: Weights,
  shapes: readonly number[],
): ReadonlyMap<string, number> {
  const columns = columnsOf(weights, shapes);
  return new Map(weights.intents.map((intent, column) => [intent, columns[column] ?? 0]));
}

const none: Opinion = new Map();

/** The same to be asked only: a table of all intents for every sentence would cost as much as adding up the columns. */
function opinionOn(weights: Weights, shapes: readonly number[]): Opinion {
  const columns = columnsOf(weights, shapes);
  return { get: (intent) => columns[weights.columns.get(intent) ?? -1] };
}

/** The opinion of the weights this program comes with; none on what has no word in it. */
export const opinionOf = (sentence: Sentence, heard: readonly Heard[]): Opinion =>
  /[\p{L}\p{N}?]/u.test(sentence.text) ? opinionOn(ownWeights(), shapesOf(sentence, heard)) : none;
