/**
 * What leaves the store room costs what the oldest of it came in for. Pure, and exact: quantities are whole thousandths of a unit, money
 * is whole fen, and what the parts of a lot cost always adds up to what the whole of it cost.
 */

/** What came in together. `quantity` and `rest` in thousandths, `value` in fen for the whole of it. */
export type Lot = {
  readonly id: number;
  readonly quantity: number;
  readonly rest: number;
  readonly value: number;
};

/** What `rest` of a lot is worth, in fen, rounded half up; integers beyond 2^53 may come up in between. */
export function worthOf({ quantity, rest, value }: Omit<Lot, 'id'>): number {
  if (rest === quantity) return value;
  const whole = BigInt(quantity);
  return Number((2n * BigInt(value) * BigInt(rest) + whole) / (2n * whole));
}

/** What becomes of the lots when something is taken, and its cost in fen. `short`: thousandths that there are too few. */
export type Taken = {
  readonly changed: readonly { readonly id: number; readonly rest: number }[];
  readonly cost: number;
  readonly short: number;
};

/** Takes `quantity` thousandths out of the lots, which come oldest first. */
export function takeOldest(lots: readonly Lot[], quantity: number): Taken {
  const changed: { id: number; rest: number }[] = [];
  let short = quantity;
  let cost = 0;
  for (const lot of lots) {
    if (short === 0) break;
    if (lot.rest === 0) continue;
    const rest = Math.max(0, lot.rest - short);
    short -= lot.rest - rest;
    cost += worthOf(lot) - worthOf({ ...lot, rest });
    changed.push({ id: lot.id, rest });
  }
  return { changed, cost, short };
}

/** What so many units cost at the catalogue's price (yuan each), in fen, rounded half up. */
export const fenAt = (price: number, count: number): number =>
  Math.round((Math.round(price * 100) * thousandths(count)) / 1_000);

/** Units as the database has them, with three decimals at most, in thousandths. */
export const thousandths = (units: number): number => Math.round(units * 1_000);

/** Thousandths as units. */
export const units = (count: number): number => count / 1_000;

/** Units in all, without what binary fractions add. */
export const summed = (quantities: readonly number[]): number =>
  units(quantities.reduce((sum, each) => sum + thousandths(each), 0));
