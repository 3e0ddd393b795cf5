/** In lower case, unit by unit: `toLowerCase` may change the length (İ). */
export const lowered = (text: string): string =>
  /[A-Z]/.test(text) ? text.replace(/[A-Z]/g, (c) => c.toLowerCase()) : text;

/**
 * Tells whether the character at a place of a text is one of those given. It goes by the UTF-16 unit: cutting out a string for
 * every character and hashing it costs more than most of what is looked for.
 */
export function oneOf(characters: Iterable<string>): (text: string, at: number) => boolean {
  // A bit for each unit: tables of bytes would push one another out of the fastest memory.
  const table = new Uint32Array(0x10000 / 32);
  for (const c of characters) {
    const unit = c.charCodeAt(0);
    table[unit >>> 5] = (table[unit >>> 5] ?? 0) | (1 << (unit & 31));
  }
  return (text, at) => {
    // Outside the text the unit is NaN.
    const unit = text.charCodeAt(at) | 0;
    return (((table[unit >>> 5] ?? 0) >>> (unit & 31)) & 1) === 1;
  };
}
