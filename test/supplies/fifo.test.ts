import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fenAt, takeOldest, thousandths, units, worthOf } from '../../src/requests/supply/fifo.ts';

/** A receipt of whole units at a price each, or an issue of so many. */
const steps = fc.array(
  fc.oneof(
    fc.record({ in: fc.integer({ min: 1, max: 40 }), price: fc.integer({ min: 0, max: 99_999 }) }),
    fc.record({ out: fc.integer({ min: 1, max: 60 }) }),
  ),
  { maxLength: 60 },
);

test('the catalogue’s price of part of a unit is half up, whatever binary fractions make of it', () => {
  expect(fenAt(0.29, 0.5)).toBe(15); // 14.5 fen
  expect(fenAt(25.5, 115)).toBe(293_250);
});

describe('what leaves costs what the oldest came in for', () => {
  test('to the fen as if every single unit stood in a queue with its price', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const queue: number[] = [];
        let lots: { id: number; quantity: number; rest: number; value: number }[] = [];
        let worth = 0;
        for (const [id, step] of history.entries()) {
          if ('in' in step) {
            for (let unit = 0; unit < step.in; unit++) queue.push(step.price);
            const quantity = thousandths(step.in);
            lots.push({ id, quantity, rest: quantity, value: step.in * step.price });
            worth += step.in * step.price;
            continue;
          }
          const oracle = queue.splice(0, step.out);
          const taken = takeOldest(lots, thousandths(step.out));
          expect(taken.cost).toBe(oracle.reduce((sum, price) => sum + price, 0));
          expect(taken.short).toBe(thousandths(step.out - oracle.length));
          const rests = new Map(taken.changed.map((lot) => [lot.id, lot.rest]));
          lots = lots.map((lot) => ({ ...lot, rest: rests.get(lot.id) ?? lot.rest }));
          worth -= taken.cost;
          expect(units(lots.reduce((sum, lot) => sum + lot.rest, 0))).toBe(queue.length);
          expect(lots.reduce((sum, lot) => sum + worthOf(lot), 0)).toBe(worth);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('parts of a lot that does not divide evenly add up to the whole of it, to the fen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.integer({ min: 0, max: 100_000_000_000 }),
        fc.array(fc.integer({ min: 1, max: 400_000_000 }), { maxLength: 30 }),
        (quantity, value, parts) => {
          let rest = quantity;
          let cost = 0;
          for (const part of [...parts, quantity]) {
            const taken = takeOldest([{ id: 1, quantity, rest, value }], Math.min(part, rest));
            expect(taken.cost).toBeGreaterThanOrEqual(0);
            cost += taken.cost;
            rest = taken.changed[0]?.rest ?? rest;
          }
          expect(rest).toBe(0);
          expect(cost).toBe(value);
        },
      ),
      { numRuns: 300 },
    );
  });
});
