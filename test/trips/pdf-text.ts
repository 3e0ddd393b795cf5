/** Reads back what stands in a PDF of ours: one embedded font, streams packed by deflate. */
import { inflateSync } from 'node:zlib';

/** A run of text; points from the left and from the top of the page. */
export type Run = { readonly text: string; readonly x: number; readonly y: number };

/** The pages of a PDF, each with its runs of text in the order in which they were written. */
export function readPdf(bytes: Uint8Array): readonly (readonly Run[])[] {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const all = [...objects.values()];
  const characters = charactersIn(
    all.find(({ stream }) => stream.includes('beginbfrange'))?.stream ?? '',
  );
  const kids = /\/Kids \[([^\]]*)\]/.exec(
    all.find(({ head }) => head.includes('/Kids'))?.head ?? '',
  );
  return referred(kids?.[1] ?? '').map((kid) => {
    const page = objects.get(kid)?.head ?? '';
    const height = Number(/\/MediaBox \[0 0 [\d.]+ ([\d.]+)\]/.exec(page)?.[1]);
    const contents = objects.get(referred(/\/Contents (.*? R)/.exec(page)?.[1] ?? '')[0] ?? 0);
    return runsIn(contents?.stream ?? '', characters, height);
  });
}

type Body = { readonly head: string; readonly stream: string };

function objectsOf(file: string): ReadonlyMap<number, Body> {
  const found = file.matchAll(/(?:^|\n)(\d+) 0 obj\n([^]*?)\nendobj/g);
  return new Map(
    [...found].map(([, number, body = '']) => {
      const at = body.indexOf('stream\n');
      if (at < 0) return [Number(number), { head: body, stream: '' }];
      const head = body.slice(0, at);
      const packed = Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1');
      const plain = head.includes('/FlateDecode') ? inflateSync(packed) : packed;
      return [Number(number), { head, stream: plain.toString('latin1') }];
    }),
  );
}

const referred = (text: string): readonly number[] =>
  [...text.matchAll(/(\d+) 0 R/g)].map(([, number]) => Number(number));

/** What each number of a glyph stands for, by the font's own table. */
function charactersIn(table: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [, from = '', list = ''] of table.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g))
    for (const [place, [, code = '']] of [...list.matchAll(/<([\w ]+)>/g)].entries())
      found.set(
        Number.parseInt(from, 16) + place,
        Buffer.from(code.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      );
  return found;
}

function runsIn(
  content: string,
  characters: ReadonlyMap<number, string>,
  height: number,
): readonly Run[] {
  const written = content.matchAll(/1 0 0 1 ([\d.]+) ([\d.]+) Tm[^[]*\[([^\]]*)\] TJ/g);
  return [...written].map(([, x, y, glyphs = '']) => ({
    x: Number(x),
    y: height - Number(y),
    text: [...glyphs.matchAll(/<(\w+)>/g)]
      .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      .map((glyph) => characters.get(Number.parseInt(glyph, 16)) ?? '\u{fffd}')
      .join(''),
  }));
}
