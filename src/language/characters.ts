/**
 * Tells whether the character at a place of a text is one of those given. It goes by the UTF-16 unit: cutting out a string for
 * every character and hashing it costs more than most of what is looked for.
 */
export function oneOf(characters: Iterable<string>): (text: string, at: number) => boolean {
  const table = new Uint8Array(0x10000);
  for (const c of characters) table[c.charCodeAt(0)] = 1;
  // Outside the text the unit is NaN.
  return (text, at) => table[text.charCodeAt(at) | 0] === 1;
}
