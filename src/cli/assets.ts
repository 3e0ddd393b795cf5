import { labelSheet } from '../../cards/label-sheet.ts';
import { assetLink, sentenceOf } from '../requests/repair/label.ts';
import { Stop } from '../stop.ts';
import { outOf, printLabels, qrOf } from './labels.ts';
import { withOffice } from './opened.ts';

/** `assets qr [--out FILE]`: a page of labels to print, one for each asset in use. */
export async function run(args: readonly string[]): Promise<number> {
  const out = outOf(args, 'assets');
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
      code: qrOf(assetLink(config.publicUrl, number)),
      name: number,
      lines: [`${name} · ${place}`, `坏了扫一扫，或对办事说「${sentenceOf(number)}」`],
    }));
    return labelSheet(`${rules.company} 资产标签 | Asset labels`, labels);
  });
  return printLabels(page, out);
}
