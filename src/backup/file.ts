/**
 * A backup file: gzip of JSON lines. An array is about the file, an object is a row of the table named last:
 *
 *     ["banshi-backup", 1]
 *     ["table", "person"]
 *     {"id":1,"name":"陈晨",…}
 *     ["manifest", {"schema":[…],"at":"…","tables":{"person":{"rows":1,"sha256":"…"}},"sequences":{…},"head":{…}}]
 *
 * The manifest comes last, since counts and hashes are known only then: a file without it is not whole.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { codeOf, Stop } from '../stop.ts';

const FORMAT = 1;

export const opening = JSON.stringify(['banshi-backup', FORMAT]);
export const tableLine = (name: string): string => JSON.stringify(['table', name]);
export const manifestLine = (manifest: Manifest): string => JSON.stringify(['manifest', manifest]);

const tally = z.object({ rows: z.number().int().nonnegative(), sha256: z.string().length(64) });

/** How many rows a table has, and the SHA-256 over its lines with their line ends. */
export type Tally = z.output<typeof tally>;

const manifest = z.object({
  /** Names of the migrations that made these tables. */
  schema: z.array(z.string()),
  /** When it was made, ISO 8601 in UTC. */
  at: z.string(),
  tables: z.record(z.string(), tally),
  /** The last number each sequence gave out. */
  sequences: z.record(z.string(), z.number().nullable()),
  /** The head of the record at that moment: an anchor for `audit verify`. */
  head: z.object({ place: z.number(), hash: z.string() }),
});
export type Manifest = z.output<typeof manifest>;

/** Counts and hashes lines as they pass. */
export function tallying(): { add(line: string): void; result(): Tally } {
  const hash = createHash('sha256');
  let rows = 0;
  return {
    add(line) {
      hash.update(line).update('\n');
      rows++;
    },
    result: () => ({ rows, sha256: hash.digest('hex') }),
  };
}

/** What a line of the file is. */
export type Part =
  | { readonly part: 'row'; readonly table: string; readonly line: string }
  | { readonly part: 'table'; readonly table: string }
  | { readonly part: 'manifest'; readonly manifest: Manifest };

const about = z.union([
  z.tuple([z.literal('table'), z.string()]),
  z.tuple([z.literal('manifest'), manifest]),
]);

/** Reads a backup from its beginning to its end. Throws Stop when it is none or is damaged. */
export async function* partsOf(path: string): AsyncGenerator<Part> {
  let table: string | null = null;
  let first = true;
  for await (const line of unzippedLines(path)) {
    if (first) {
      if (line !== opening)
        throw damaged(path, '不是办事的备份文件，或来自更新的版本 | not a backup of ours');
      first = false;
    } else if (line.startsWith('{') && table !== null) {
      yield { part: 'row', table, line };
    } else {
      const part = aboutIn(path, line);
      if (part.part === 'table') table = part.table;
      yield part;
    }
  }
}

function aboutIn(path: string, line: string): Exclude<Part, { readonly part: 'row' }> {
  const read = about.safeParse(parsed(line));
  if (!read.success) throw damaged(path, '其中一行无法读取 | a line cannot be read');
  const [part, value] = read.data;
  return part === 'table' ? { part, table: value } : { part, manifest: value };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function* unzippedLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unzipped = createGunzip();
  file.on('error', (error) => unzipped.destroy(error));
  // A line may be as long as a stored file: it is put together once, when its end is there.
  let rest: string[] = [];
  try {
    for await (const chunk of file.pipe(unzipped).setEncoding('utf8')) {
      rest.push(String(chunk));
      if (!String(chunk).includes('\n')) continue;
      const lines = rest.join('').split('\n');
      rest = [lines.pop() ?? ''];
      yield* lines;
    }
  } catch (error) {
    if (!READING.test(codeOf(error))) throw error;
    throw damaged(path, `读不了（${codeOf(error)}）| cannot be read`);
  } finally {
    file.destroy();
  }
  if (rest.join('') !== '') throw damaged(path, '文件不完整 | cut off');
}

/** Errors of zlib (Z_BUF_ERROR: cut off) and of the file system. */
const READING = /^(Z_|ENOENT|EACCES|EISDIR|EIO|EPERM)/;

const damaged = (path: string, why: string): Stop => new Stop(`${path}: ${why}`);

/** Reads the whole file once and compares counts and hashes with its manifest. Throws Stop when they differ. */
export async function checkedManifest(path: string): Promise<Manifest> {
  const tallies = new Map<string, ReturnType<typeof tallying>>();
  let found: Manifest | undefined;
  for await (const part of partsOf(path)) {
    if (found) throw damaged(path, '清单之后还有内容 | something follows the manifest');
    if (part.part === 'manifest') found = part.manifest;
    else if (part.part === 'table') tallies.set(part.table, tallying());
    else tallies.get(part.table)?.add(part.line);
  }
  if (!found) throw damaged(path, '没有清单，文件不完整 | there is no manifest');
  const counted = new Map([...tallies].map(([name, each]) => [name, each.result()]));
  const wrong = differing(found.tables, counted);
  if (wrong.length > 0)
    throw damaged(path, `表 ${wrong.join('、')} 与清单不符 | differs from its manifest`);
  return found;
}

/** Names of tables whose counts or hashes differ between a manifest and what was found, or that only one of them has. */
export function differing(
  tables: Manifest['tables'],
  found: ReadonlyMap<string, Tally>,
): readonly string[] {
  const names = new Set([...Object.keys(tables), ...found.keys()]);
  return [...names].filter((name) => {
    const [a, b] = [tables[name], found.get(name)];
    return a?.rows !== b?.rows || a?.sha256 !== b?.sha256;
  });
}
