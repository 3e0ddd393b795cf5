/** `npm run bench -- hostile`: a hundred thousand hostile texts; the slowest are shown. Takes minutes. */
import { nameless } from '../../src/cli/understand.ts';
import { understand } from '../../src/language/understand.ts';
import { hostileText } from '../../test/language/hostile-texts.ts';

const TEXTS = 100_000;
const now = Temporal.ZonedDateTime.from('2026-03-04T10:00[Asia/Shanghai]');

const slow: { ms: number; text: string }[] = [];
let total = 0;
let over = 0;
for (let seed = 1; seed <= TEXTS; seed++) {
  const text = hostileText(seed);
  const start = performance.now();
  understand(text, nameless, now);
  const ms = performance.now() - start;
  total += ms;
  if (ms > 1) over++;
  if (ms <= 1 || seed <= 1000) continue;
  slow.push({ ms: best(text), text });
}

/** A long time may have been somebody else's; the best of five is the text's own. */
function best(text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    understand(text, nameless, now);
    return performance.now() - start;
  });
  return Math.min(...times);
}

slow.sort((a, b) => b.ms - a.ms);
const line = (text: string): void => void process.stdout.write(`${text}\n`);
line(
  `${TEXTS} texts, none refused; ${(total / TEXTS).toFixed(4)} ms each; ${over} took over 1 ms at first`,
);
line(`over 1 ms at the best of five: ${slow.filter(({ ms }) => ms > 1).length}`);
for (const { ms, text } of slow.slice(0, 8))
  line(`${ms.toFixed(2)} ms  ${JSON.stringify(text.slice(0, 90))}`);
