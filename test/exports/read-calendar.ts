/** A small reader of calendar files, made from RFC 5545 and from nothing of ours: it refuses what the standard does not allow. */

export type Component = {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
  readonly inner: readonly Component[];
};

/** Reads by octets, as the standard is written: lines end with CRLF, are at most 75 octets long and go on behind a blank. */
export function read(file: string): Component {
  const octets = Buffer.from(file, 'utf8');
  const whole: Buffer[] = [];
  let from = 0;
  while (from < octets.length) {
    const end = octets.indexOf('\r\n', from);
    if (end < 0) throw new Error('the last line does not end');
    const line = octets.subarray(from, end);
    if (line.length > 75) throw new Error(`${line.length} octets in a line`);
    if (line.includes(10) || line.includes(13)) throw new Error('a bare CR or LF');
    // Each line alone is UTF-8: no character was cut in two.
    new TextDecoder('utf-8', { fatal: true }).decode(line);
    const before = whole.at(-1);
    if (line[0] === 32 && before)
      whole[whole.length - 1] = Buffer.concat([before, line.subarray(1)]);
    else whole.push(line);
    from = end + 2;
  }
  const lines = whole.map((each) => each.toString('utf8'));
  const [component, rest] = componentOf(lines);
  if (rest.length > 0) throw new Error(`more after the end: ${rest[0] ?? ''}`);
  return component;
}

function componentOf(lines: readonly string[]): readonly [Component, readonly string[]] {
  const [first = '', ...after] = lines;
  const name = /^BEGIN:(\w+)$/.exec(first)?.[1];
  if (name === undefined) throw new Error(`no beginning: ${first}`);
  const values = new Map<string, string>();
  const inner: Component[] = [];
  let rest: readonly string[] = after;
  for (;;) {
    const [line] = rest;
    if (line === undefined) throw new Error(`${name} does not end`);
    if (line === `END:${name}`) return [{ name, values, inner }, rest.slice(1)];
    if (line.startsWith('BEGIN:')) {
      const [within, left] = componentOf(rest);
      inner.push(within);
      rest = left;
      continue;
    }
    const colon = line.indexOf(':');
    if (!/^[A-Z-]+(?:;VALUE=[A-Z-]+)?$/.test(line.slice(0, colon)))
      throw new Error(`no property: ${line}`);
    values.set(line.slice(0, colon), line.slice(colon + 1));
    rest = rest.slice(1);
  }
}

/** TEXT back to what it says, character by character. */
export function textOf(value: string | undefined): string {
  let text = '';
  const characters = Array.from(value ?? '');
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === ';' || character === ',') throw new Error('not escaped');
    if (character !== '\\') text += character;
    else {
      const next = characters[++at] ?? '';
      if (!['n', '\\', ';', ','].includes(next)) throw new Error(`\\${next} means nothing`);
      text += next === 'n' ? '\n' : next;
    }
  }
  return text;
}
