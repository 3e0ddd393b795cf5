import { shapeKey } from './shapes.ts';
import file from './weights.json' with { type: 'json' };

/**
 * What was learned from sentences written for this project (`npm run learn`): for each shape and intent how much the one speaks
 * for the other.
 *
 * - intents: the names of the columns; an intent of the lexicon that is not among them was not learned and gets nothing.
 * - shapes: the rows, parted by line ends.
 * - weights: a signed byte for each row and column, in units of `step`, base64; `bias`: one number for each column.
 */
export type LearnedFile = {
  readonly intents: readonly string[];
  readonly step: number;
  readonly bias: readonly number[];
  readonly shapes: string;
  readonly weights: string;
};

/** The same ready to be looked up. */
export type Weights = {
  readonly intents: readonly string[];
  readonly step: number;
  readonly bias: readonly number[];
  /** By the number of the shape. */
  readonly rows: ReadonlyMap<number, number>;
  readonly cells: Int8Array;
};

/** Makes the table of a file. */
export function weightsOf({ intents, step, bias, shapes, weights }: LearnedFile): Weights {
  const bytes = Buffer.from(weights, 'base64');
  return {
    intents,
    step,
    bias,
    rows: new Map(shapes.split('\n').map((shape, row) => [shapeKey(shape), row])),
    cells: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  };
}

let made: Weights | null = null;

/** The weights this program comes with. */
export const ownWeights = (): Weights => (made ??= weightsOf(file));
