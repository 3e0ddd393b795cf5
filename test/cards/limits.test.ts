/** Whatever the data, a card is one that Feishu takes: drawn from models of any size, held against the strict rules. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawCard } from '../../src/channels/feishu/card.ts';
import { validateCard } from '../feishu-platform/card-rules.ts';
import { SHOWN } from '../../src/channels/feishu/tap.ts';
import { wish } from '../../src/conversation/tap.ts';
import { isObject } from '../feishu-platform/json.ts';
import { type Grower, HOSTILE, type Most } from './samples/grown.ts';
import { samples } from './samples/index.ts';

/** What texts are made of: what takes many bytes, what must be escaped, what is more than one character. */
const STUFF = ['字', 'a', '<', HOSTILE, '👩‍👩‍👧', '\n', '\u{20BB7}', '|-|\n', '&#60;', ' '];
const LENGTHS = [0, 1, 20, 41, 101, 500, 2_000];
const COUNTS = [0, 1, 2, 8, 60, 200];
/** Characters of one model, so that it stays one that the office could come by. */
const MOST = 200_000;

/** Every leaf grows in a way of its own. */
function anyGrower(gen: fc.GeneratorValue, most: Most): Grower {
  let left = MOST;
  const pick = <T>(of: readonly T[]): T => of[gen(fc.nat, of.length - 1)] ?? expect.fail();
  return {
    text: () => {
      const stuff = pick(STUFF);
      const length = Math.min(pick(LENGTHS), left);
      left -= length;
      return stuff
        .repeat(Math.ceil(length / stuff.length))
        .slice(0, length)
        .toWellFormed();
    },
    flag: () => pick([true, false]),
    items: (name, count) => Math.min(most[name] ?? 200, left > 0 ? pick([count, ...COUNTS]) : 1),
  };
}

/** What the buttons of a drawn card would send. */
function wishesOn(value: unknown): readonly unknown[] {
  if (!isObject(value) && !Array.isArray(value)) return [];
  if (isObject(value) && value['type'] === 'callback') {
    const { [SHOWN]: _shown, ...own } = isObject(value['value']) ? value['value'] : {};
    return [own];
  }
  return Object.values(value).flatMap(wishesOn);
}

test.each(samples)('$view', ({ grown, most }) => {
  fc.assert(
    fc.property(fc.gen(), fc.constantFrom('zh', 'en'), (gen, language) => {
      const card = grown(anyGrower(gen, most));
      const drawn = drawCard(card, language);
      expect(validateCard(drawn)).toEqual([]);
      for (const value of wishesOn(drawn)) expect(wish.safeParse(value).error).toBeUndefined();
      // However much is left out, something can still be done about it.
      if (JSON.stringify(card).includes('"look":"primary"'))
        expect(JSON.stringify(drawn)).toContain('"type":"callback"');
    }),
    // Nobody reads a shrunken model of two hundred numbers: the seed and the view tell enough.
    { seed: 20_260_303, numRuns: 25, endOnFailure: true },
  );
});
