import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import encodeQR from 'qr';
import { assetSheet } from '../../cards/asset-sheet.ts';
import { words } from '../../cards/words.ts';
import { assetLink, sentenceOf } from '../requests/repair/label.ts';
import { exit, say, Stop, UsageError } from './command.ts';
import { withOffice } from './opened.ts';

/** `assets qr [--out FILE]`: a page of labels to print, one for each asset in use. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' } },
  });
  const [what, ...more] = positionals;
  if (what !== 'qr' || more.length > 0) throw new UsageError('assets qr [--out FILE]');
  const page = await withOffice(async ({ config, rules, office }) => {
    const assets = await office.db
      .selectFrom('asset')
      .selectAll()
      .where('active', '=', true)
      .orderBy('number')
      .execute();
    if (assets.length === 0)
      throw new Stop(
        '还没有资产；请先 import assets 文件 | there are no assets yet: import assets FILE first',
      );
    const labels = assets.map(({ number, name, place }) => ({
      number,
      name,
      place,
      // Medium correction: a label is scratched a little. The SVG is of numbers only.
      code: { html: encodeQR(assetLink(config.publicUrl, number), 'svg', { ecc: 'medium' }) },
      says: sentenceOf(number),
    }));
    return assetSheet(rules.company, labels).html;
  });
  if (values.out === undefined) process.stdout.write(page);
  else {
    await writeFile(values.out, page);
    say(words(`已写入 ${values.out}，用浏览器打开后打印`, `written to ${values.out}; print it`));
  }
  return exit.ok;
}
