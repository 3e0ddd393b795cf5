/** docs/performance.md: what benches write stands between marks, the rest is written by hand. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAPER = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

const marks = (name: string) => [`<!-- ${name} -->`, `<!-- end of ${name} -->`] as const;

/** What stands between two marks of the paper. */
export function between(name: string): string {
  const [from, to] = marks(name);
  const text = readFileSync(PAPER, 'utf8');
  const [, rest = ''] = text.split(from);
  return (rest.split(to)[0] ?? '').trim();
}

export function writeBetween(name: string, content: string): void {
  const [from, to] = marks(name);
  const text = readFileSync(PAPER, 'utf8');
  const [before, rest = ''] = text.split(from);
  const after = rest.split(to)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAPER} has no ${from}`);
  writeFileSync(PAPER, `${before}${from}\n${content}\n${to}${after}`);
}
