/** A view of the office with model data to draw it from: as on an ordinary day, and as bad as it can get. */
import type { Card } from '../../../cards/card.ts';
import { grown, type Grower, type Most, worst } from './grown.ts';

export type Sample = {
  /** The view's name, as deliveries and the golden files have it. */
  readonly view: string;
  /** The function of `cards/` that makes it. */
  readonly madeBy: string;
  readonly usual: Card;
  readonly worst: Card;
  readonly most: Most;
  /** From the same model, grown as the grower says. */
  readonly grown: (by: Grower) => Card;
};

/**
 * `most`: how many items of a list the office gives the card at most, by the list's name in the model; of others there may be any
 * number.
 */
export function sample<M>(
  view: string,
  madeBy: string,
  model: M,
  make: (model: M) => Card,
  most: Most = {},
): Sample {
  return {
    view,
    madeBy,
    usual: make(model),
    most,
    worst: make(grown(model, worst(most))),
    grown: (by) => make(grown(model, by)),
  };
}
