import { deflateRawSync } from 'node:zlib';

/** A file in UTF-8, as a text editor saves it. */
export const utf8 = (...lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(`${lines.join('\n')}\n`);

/** The same with the mark that Excel writes, and its line ends. */
export const withBom = (...lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`);

/** 名称,楼层,容量,设备,需审批 and a room 珠峰 on floor 3, as an old Excel saves it: GBK. */
export const roomsInGbk: Uint8Array = Uint8Array.from(
  Buffer.from(
    'c3fbb3c62cc2a5b2e32cc8ddc1bf2cc9e8b1b82cd0e8c9f3c5fa0d0ad6e9b7e52c332c31302cb0d7b0e52cb7f10d0a',
    'hex',
  ),
);

type Part = { readonly name: string; readonly content: Buffer; readonly claims?: number };

/** A zip archive of these parts; `claims` is the size it states instead of the true one. */
export function zipOf(parts: readonly Part[]): Uint8Array {
  const packed = parts.map((part) => ({ ...part, data: deflateRawSync(part.content) }));
  let offset = 0;
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const { name, content, claims = content.length, data } of packed) {
    const head = header(0x04034b50, 30, data.length, claims, name);
    const entry = header(0x02014b50, 46, data.length, claims, name);
    entry.writeUInt32LE(offset, 42);
    local.push(head, Buffer.from(name), data);
    directory.push(entry, Buffer.from(name));
    offset += head.length + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...directory, end]);
}

/** A local header (30 bytes) or a directory entry (46): the same fields, two bytes apart. */
function header(mark: number, length: 30 | 46, packed: number, size: number, name: string): Buffer {
  const shift = length === 46 ? 2 : 0;
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(mark, 0);
  bytes.writeUInt16LE(8, 8 + shift);
  bytes.writeUInt32LE(packed, 18 + shift);
  bytes.writeUInt32LE(size, 22 + shift);
  bytes.writeUInt16LE(name.length, 26 + shift);
  return bytes;
}
