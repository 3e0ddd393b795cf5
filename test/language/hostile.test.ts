import { expect, test } from 'vitest';
import { nameless } from '../../src/cli/understand.ts';
import { understand } from '../../src/language/understand.ts';
import { hostileText } from './hostile-texts.ts';

const now = Temporal.ZonedDateTime.from('2026-03-04T10:00[Asia/Shanghai]');

test('three thousand hostile texts: each is answered, and the words of a slot are words of the text', () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const text = hostileText(seed);
    const pieces = understand(text, nameless, now);
    expect(pieces.length, JSON.stringify(text)).toBeGreaterThan(0);
    for (const piece of pieces) {
      expect(text).toContain(piece.text);
      expect(piece.readings.length).toBeGreaterThan(0);
      for (const { confidence } of piece.readings) {
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }
    }
  }
}, 60_000);

test('repeating one word two thousand characters long takes no longer than reading it', () => {
  const words = [
    '一',
    '3点',
    '周一',
    '会议室',
    '不对,',
    '王',
    '领两盒A4纸，',
    'to ',
    '吧',
    '1',
    'book a room for 6 and ',
  ];
  const slowest = words.map((word) => {
    const text = word.repeat(Math.ceil(2000 / word.length)).slice(0, 2000);
    return Math.min(...[1, 2, 3, 4].map(() => timed(() => understand(text, nameless, now))));
  });
  // One millisecond on a quiet machine; a pattern that explodes takes thousands.
  expect(Math.max(...slowest)).toBeLessThan(50);
});

function timed(act: () => unknown): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}
