/** Text from people on its way in and out of cards: what makes it safe, and short. */

/** Controls but line feed and tab, bidi marks and overrides, zero-width characters, byte order mark. */
const UNWANTED =
  /[[\p{Cc}--[\n\t]]\p{Bidi_Control}\u00ad\u180e\u200b\u200c\u2060-\u206f\ufeff\ufff9-\ufffb]/gv;
/** A joiner that does not stand between two emoji glues nothing and hides something. */
const LOOSE_JOINER =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * The only way in: repairs half surrogates, removes NUL, controls, bidi and zero-width characters (joiners inside emoji
 * stay), trims, and cuts at `most` graphemes. With `lines: 'one'` line feeds become spaces.
 */
export function clean(text: string, most: number, lines: 'one' | 'many' = 'one'): string {
  // Cutting generously before the costly steps keeps them linear in what is kept.
  const whole = text
    .slice(0, most * 16)
    .toWellFormed()
    .replace(UNWANTED, '')
    .replace(LOOSE_JOINER, '');
  const tidy = (lines === 'one' ? whole.replace(/\s+/gu, ' ') : whole).trim();
  if (tidy.length <= most) return tidy;
  const kept: string[] = [];
  for (const { segment } of graphemes.segment(tidy)) {
    if (kept.length === most) break;
    kept.push(segment);
  }
  return kept.join('');
}

/** How much of a sentence a button carries along; the desk refuses buttons that say more than 300. */
export const LONGEST_SAID = 200;

/** The beginning of a text for a button to carry, at most so many UTF-16 units and never half a character. */
export const beginning = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

/** The same for one line of a list on a card, with an ellipsis where something was cut. */
export function shortened(text: string, most: number): string {
  const whole = clean(text, most + 1);
  const kept = clean(text, most);
  return whole === kept ? kept : `${kept}…`;
}
