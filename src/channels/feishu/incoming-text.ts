/** Cleaning what people wrote, once, on the way in (team's reliability notes §10). */

/** Joiners that hold an emoji together may stay; all other invisible characters go. */
const INVISIBLE =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})|[^\P{C}\n\u200d\p{Cn}\p{Co}]/gu;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * A text without NUL, control, bidi and zero-width characters and without half surrogates, at most `most` graphemes long.
 * `one` line: line feeds and tabs become spaces.
 */
export function clean(text: string, most: number, lines: 'one' | 'many' = 'one'): string {
  // A grapheme can be long (a pile of accents); cutting first keeps the work small whatever comes.
  const start = text.slice(0, most * 8).toWellFormed();
  const spaced = start.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll(/[\t\v\f]/g, ' ');
  const plain = (lines === 'one' ? spaced.replaceAll('\n', ' ') : spaced).replaceAll(INVISIBLE, '');
  return plain.length <= most ? plain : cut(plain, most);
}

function cut(text: string, most: number): string {
  let kept = 0;
  for (const { index } of graphemes.segment(text)) {
    if (kept === most) return text.slice(0, index);
    kept += 1;
  }
  return text;
}
