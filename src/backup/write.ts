import { createGzip } from 'node:zlib';
import type { Db, Tx } from '../../db/database.ts';
import { ranIn } from '../../db/migrate.ts';
import { EMPTY } from '../audit/chain.ts';
import { writeWhole } from '../exports/whole-file.ts';
import { type Manifest, manifestLine, opening, type Tally, tableLine, tallying } from './file.ts';
import { linesOf, prepare, sequencesOf, tablesOf } from './tables.ts';

/**
 * Writes the whole state into one file, out of one snapshot: others go on working meanwhile. Rows stream through, so memory
 * does not grow with the office. Returns the manifest. Broken off by `signal`: throws its reason, and nothing is left under that name.
 */
export async function writeBackup(
  db: Db,
  path: string,
  now: Temporal.Instant,
  signal?: AbortSignal,
): Promise<Manifest> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await prepare(tx);
      const written: { manifest?: Manifest } = {};
      await writeWhole(path, chunked(lines(tx, now, written), signal), createGzip());
      if (!written.manifest) throw new Error('the backup ended before its manifest');
      return written.manifest;
    });
}

async function* lines(
  tx: Tx,
  now: Temporal.Instant,
  written: { manifest?: Manifest },
): AsyncGenerator<string> {
  yield opening;
  const tables: { [name: string]: Tally } = {};
  for (const table of await tablesOf(tx)) {
    yield tableLine(table.name);
    const tally = tallying();
    for await (const line of linesOf(tx, table)) {
      tally.add(line);
      yield line;
    }
    tables[table.name] = tally.result();
  }
  written.manifest = {
    schema: [...(await ranIn(tx))],
    at: now.toString(),
    tables,
    sequences: Object.fromEntries((await sequencesOf(tx)).map(({ name, last }) => [name, last])),
    head: await headOf(tx),
  };
  yield manifestLine(written.manifest);
}

const headOf = async (tx: Tx): Promise<Manifest['head']> =>
  (await tx
    .selectFrom('audit_seal')
    .select(['place', 'hash'])
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? EMPTY;

/** Many lines in one write: a write for each is most of the time of a backup. */
const CHUNK = 64 * 1024;

async function* chunked(
  each: AsyncIterable<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  let chunk = '';
  for await (const line of each) {
    chunk += `${line}\n`;
    if (chunk.length < CHUNK) continue;
    signal?.throwIfAborted();
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
