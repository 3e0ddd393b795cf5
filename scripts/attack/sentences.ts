/** P5: whatever somebody writes is read, or not understood, and never breaks the reader. */
import { nameless } from '../../src/cli/understand.ts';
import { understand } from '../../src/language/understand.ts';
import { hostileText } from '../../test/language/hostile-texts.ts';
import { type Finding, tally } from './finding.ts';

const now = Temporal.ZonedDateTime.from('2026-03-04T10:00[Asia/Shanghai]');

/** `rounds` hostile sentences through understanding. */
export function sentences(seed: number, rounds: number): readonly Finding[] {
  const wrong = tally();
  let longest = 0;
  for (let turn = 1; turn <= rounds; turn++) {
    const text = hostileText(seed + turn);
    const began = performance.now();
    try {
      if (understand(text, nameless, now).length === 0) wrong.add('nothing was answered');
    } catch (error) {
      wrong.add(error instanceof Error ? error.message : String(error));
    }
    longest = Math.max(longest, performance.now() - began);
  }
  return [
    {
      promise: 'P5',
      tried: 'fuzzed sentences through understanding',
      times: rounds,
      came: `wrong: ${wrong.told()}; the longest took ${longest.toFixed(1)} ms`,
      kept: wrong.told() === '–',
    },
  ];
}
