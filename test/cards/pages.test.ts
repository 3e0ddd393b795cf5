import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOf, pageText } from '../../cards/pages.ts';
import { words } from '../../cards/words.ts';

test('whoever reads on to the end has seen everything that is still there, whatever went meanwhile', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.array(fc.nat(59), { maxLength: 12 }), { maxLength: 6 }),
      (count, size, goneBefore) => {
        let list = Array.from({ length: count }, (_, index) => index);
        const seen = new Set<number>();
        let wanted: { first: number; seen?: number } = { first: 0 };
        for (let turn = 0; turn < 100; turn++) {
          const { first, total } = pageOf(wanted, list.length, size);
          const shown = list.slice(first, first + size);
          shown.forEach((each) => seen.add(each));
          if (first + shown.length >= total) break;
          wanted = { first: first + shown.length, seen: total };
          const gone = new Set(goneBefore[turn]);
          list = list.filter((each) => !gone.has(each));
        }
        expect(list.filter((each) => !seen.has(each))).toEqual([]);
      },
    ),
    { seed: 20_260_303 },
  );
});

test('a page that is gone is the last one there is', () => {
  expect(pageOf({ first: 16 }, 10, 8)).toEqual({ first: 8, total: 10 });
  expect(pageOf({ first: 8 }, 0, 8)).toEqual({ first: 0, total: 0 });
});

test('where a page stands is told when there are several', () => {
  expect(pageText({ first: 8, total: 30 }, 8)).toEqual(words('第 9–16 项，共 30 项', '9–16 of 30'));
  expect(pageText({ first: 8, total: 9 }, 1)).toEqual(words('第 9 项，共 9 项', '9 of 9'));
  expect(pageText({ first: 0, total: 8 }, 8)).toBeUndefined();
});
