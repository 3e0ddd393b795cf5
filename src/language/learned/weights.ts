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

/**
 * Which row a shape has, by its number (`shapeKey`): a table with open addressing, since this is looked up a hundred times for
 * every sentence. Two numbers for each place, side by side because the table is larger than the fastest memory: the number of
 * the shape and its row plus one; 0 where no shape stands. The places are a power of two.
 */
type Rows = Int32Array;

/** Twice as many places as shapes or more keep the searches short. */
function rowsOf(shapes: readonly string[]): Rows {
  const size = 2 ** Math.ceil(Math.log2(2 * shapes.length));
  const rows: Rows = new Int32Array(2 * size);
  shapes.forEach((shape, row) => {
    const key = shapeKey(shape);
    const place = placeOf(rows, key);
    if (rows[place + 1] !== 0) throw new RangeError(`two shapes have the number ${key}`);
    rows[place] = key;
    rows[place + 1] = row + 1;
  });
  return rows;
}

/** Where the number of a shape stands, or the place free for it. */
function placeOf(rows: Rows, key: number): number {
  const last = rows.length - 1;
  let place = (2 * key) & last;
  while (rows[place + 1] !== 0 && rows[place] !== key) place = (place + 2) & last;
  return place;
}

/** The row of a shape by its number; -1 when nobody learned it. */
export const rowOf = (rows: Rows, key: number): number => (rows[placeOf(rows, key) + 1] ?? 0) - 1;

/** The same ready to be looked up. */
export type Weights = {
  readonly intents: readonly string[];
  readonly columns: ReadonlyMap<string, number>;
  readonly step: number;
  readonly bias: readonly number[];
  readonly rows: Rows;
  readonly cells: Int8Array;
};

/** Makes the table of a file. */
export function weightsOf({ intents, step, bias, shapes, weights }: LearnedFile): Weights {
  const bytes = Buffer.from(weights, 'base64');
  return {
    intents,
    columns: new Map(intents.map((intent, column) => [intent, column])),
    step,
    bias,
    rows: rowsOf(shapes.split('\n')),
    cells: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  };
}

let made: Weights | null = null;

/** The weights this program comes with. */
export const ownWeights = (): Weights => (made ??= weightsOf(file));
