import { inflateRawSync } from 'node:zlib';

/** Whether an archive stays within a size once it is unpacked. */
export type Inflated = 'fits' | 'too-large' | 'damaged';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
/** The end record's own length, and the longest comment that may follow it. */
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
/** A spreadsheet has a few dozen parts. */
const MOST_ENTRIES = 2_000;

/**
 * Unpacks every entry of a zip once, never holding more than `most` bytes, and forgets it. The sizes that an archive states
 * are not believed: a bomb states small ones. Archives beyond 4 GB (zip64) are too large by definition.
 */
export function inflatedSize(bytes: Uint8Array, most: number): Inflated {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return measure(zip, most);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged';
  }
}

function measure(zip: Buffer, most: number): Inflated {
  const end = endOfDirectory(zip);
  const entries = zip.readUInt16LE(end + 10);
  if (entries > MOST_ENTRIES) return 'too-large';
  let at = zip.readUInt32LE(end + 16);
  let left = most;
  for (let entry = 0; entry < entries; entry++) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) return 'damaged';
    left -= lengthOf(entryAt(zip, at), left);
    if (left < 0) return 'too-large';
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return 'fits';
}

function endOfDirectory(zip: Buffer): number {
  for (let at = zip.length - END_LENGTH; at >= 0; at--) {
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at;
    if (at < zip.length - END_LENGTH - LONGEST_COMMENT) break;
  }
  throw new RangeError('No end of directory');
}

type Entry = { readonly method: number; readonly packed: Buffer };

function entryAt(zip: Buffer, at: number): Entry {
  const local = zip.readUInt32LE(at + 42);
  if (zip.readUInt32LE(local) !== LOCAL_HEADER) throw new RangeError('No local header');
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const to = from + zip.readUInt32LE(at + 20);
  if (to > zip.length) throw new RangeError('Entry ends after the file');
  return { method: zip.readUInt16LE(at + 10), packed: zip.subarray(from, to) };
}

function lengthOf({ method, packed }: Entry, left: number): number {
  if (method === 0) return packed.length;
  if (method !== 8) throw new RangeError(`Unknown compression ${method}`);
  return inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) }).length;
}

/**
 * One part of an archive by its name, unpacked to at most `most` bytes; undefined when there is none, it is larger, or the archive is
 * damaged.
 */
export function inflatedPart(
  bytes: Uint8Array,
  name: string,
  most: number,
): Uint8Array | undefined {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const end = endOfDirectory(zip);
    let at = zip.readUInt32LE(end + 16);
    const entries = Math.min(zip.readUInt16LE(end + 10), MOST_ENTRIES);
    for (let entry = 0; entry < entries && zip.readUInt32LE(at) === DIRECTORY_ENTRY; entry++) {
      const length = zip.readUInt16LE(at + 28);
      if (zip.toString('utf8', at + 46, at + 46 + length) === name)
        return unpacked(entryAt(zip, at), most);
      at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

function unpacked({ method, packed }: Entry, most: number): Uint8Array | undefined {
  if (method === 8) return inflateRawSync(packed, { maxOutputLength: most });
  return method === 0 && packed.length <= most ? packed : undefined;
}
