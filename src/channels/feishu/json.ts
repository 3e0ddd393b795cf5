/** Reading JSON that strangers sent: measured before it is parsed, and never merged into objects of ours. */

/** Nested deeper, or with more members and items than this, it is not read (team's reliability notes §11). */
const DEEPEST = 32;
const MOST_MEMBERS = 2_000;

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: 'depth' | 'members' | 'utf-8' | 'json' };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const BRACE = 0x7b;
const BRACKET = 0x5b;
const END_BRACE = 0x7d;
const END_BRACKET = 0x5d;
/** Parses UTF-8 JSON within the limits; wrong bytes are an error, not replaced. */
export function parseJson(bytes: Uint8Array): Parsed {
  const { depth, members } = extent(bytes);
  if (depth > DEEPEST) return { ok: false, reason: 'depth' };
  if (members > MOST_MEMBERS) return { ok: false, reason: 'members' };
  const text = decoded(bytes);
  if (text === undefined) return { ok: false, reason: 'utf-8' };
  return parseText(text);
}

/** A JSON text inside JSON, such as a message's `content`; the limits were held by the whole. */
export function parseText(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    // The reason is told by the outcome; the parser's message would quote what people wrote.
    return { ok: false, reason: 'json' };
  }
}

/** It keeps nothing from one text to the next. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    // Told by the outcome.
    return undefined;
  }
}

/** How deep the JSON nests and how many commas it has, without parsing it. */
function extent(bytes: Uint8Array): { readonly depth: number; readonly members: number } {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at + 1);
    else if (byte === COMMA) members += 1;
    else if (byte === BRACE || byte === BRACKET) deepest = Math.max(deepest, (depth += 1));
    else if (byte === END_BRACE || byte === END_BRACKET) depth -= 1;
  }
  return { depth: deepest, members };
}

/** Where the string ends that begins here: most of an event's bytes are passed over at once. */
function endOfString(bytes: Uint8Array, from: number): number {
  for (let end = bytes.indexOf(QUOTE, from); end !== -1; end = bytes.indexOf(QUOTE, end + 1)) {
    let first = end;
    while (first > from && bytes[first - 1] === BACKSLASH) first -= 1;
    // An odd number of backslashes before it makes it a character of the string.
    if ((end - first) % 2 === 0) return end;
  }
  return bytes.length;
}

/** A JSON object, for reading single members. */
export type JsonObject = { readonly [member: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
