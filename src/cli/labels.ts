/** What the sheets of labels share: how they are asked for, the code on a label, where the page goes. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import encodeQR from 'qr';
import type { Html } from '../../cards/markup.ts';
import { words } from '../../cards/words.ts';
import { exit, say, UsageError } from './command.ts';

/** The file of `<things> qr [--out FILE]`; undefined: standard output. Throws UsageError for anything else. */
export function outOf(args: readonly string[], things: string): string | undefined {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' } },
  });
  const [what, ...more] = positionals;
  if (what !== 'qr' || more.length > 0) throw new UsageError(`${things} qr [--out FILE]`);
  return values.out;
}

/** The code of a text. Medium correction: a label is scratched a little. The SVG is of numbers only. */
export const qrOf = (text: string): Html => ({
  html: encodeQR(text, 'svg', { ecc: 'medium' }),
});

/** Writes the page to its file, or to standard output. */
export async function printLabels(page: Html, out: string | undefined): Promise<number> {
  if (out === undefined) process.stdout.write(page.html);
  else {
    await writeFile(out, page.html);
    say(words(`已写入 ${out}，用浏览器打开后打印`, `written to ${out}; print it`));
  }
  return exit.ok;
}
