import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { inWork, type Work } from '../../db/work.ts';
import { readAssets } from '../imports/assets.ts';
import { readRooms } from '../imports/rooms.ts';
import { readSupplies } from '../imports/supplies.ts';
import type { Table } from '../imports/table.ts';
import { importAssets } from '../requests/repair/import.ts';
import { importRooms, roomMistakes } from '../requests/room/import.ts';
import { importSupplies } from '../requests/supply/import.ts';
import type { Rules } from '../settings/rules.ts';
import { exit, say, UsageError } from './command.ts';
import { codeOf, Stop } from '../stop.ts';
import { lookalikes, type Named } from '../imports/lookalikes.ts';
import { linkRooms } from './link-rooms.ts';
import { withOffice } from './opened.ts';

type Outcome = { readonly added: number; readonly changed: number; readonly unchanged: number };

/** `import rooms|supplies|assets FILE`: the whole file, or nothing of it. `import rooms --from feishu`: which rooms of ours are rooms of Feishu. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { from: { type: 'string' } },
  });
  const [what, file, ...more] = positionals;
  if (what === 'rooms' && values.from === 'feishu' && file === undefined) return linkRooms();
  if (values.from !== undefined) throw new UsageError('import rooms --from feishu');
  if (file === undefined || more.length > 0)
    throw new UsageError('import rooms|supplies|assets FILE');
  if (what === 'rooms') {
    return done(
      await taken(
        await readRooms(await bytesOf(file), basename(file)),
        'room',
        importRooms,
        roomMistakes,
      ),
    );
  }
  if (what === 'supplies') {
    const table = await readSupplies(await bytesOf(file), basename(file));
    return done(await taken(table, 'item', importSupplies));
  }
  if (what === 'assets') return done(await assetsOf(file));
  throw new UsageError(`import: 应为 rooms、supplies 或 assets，不是 “${what}”`);
}

/** Assets are known by their numbers: several may have one name. */
async function assetsOf(file: string): Promise<Outcome> {
  const table = await readAssets(await bytesOf(file), basename(file));
  if (!table.ok) throw nothingImported(table.mistakes.join('\n'));
  try {
    return await withOffice(({ office }) =>
      inWork(office, { actor: 'system', cause: 'cli:import asset' }, (work) =>
        importAssets(work, table.rows),
      ),
    );
  } catch (error) {
    if (error instanceof Refusal) throw nothingImported(error.what.zh);
    throw error;
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Stop(`${file}: 读不到这个文件（${codeOf(error)}）| cannot be read`);
  }
}

/** Imports the rows of a good file; every mistake of a bad one is told before the database is opened. */
async function taken<T extends Named>(
  table: Table<T>,
  into: 'room' | 'item',
  importRows: (work: Work, rows: readonly T[]) => Promise<Outcome>,
  mistakesIn: (tx: Tx, rows: readonly T[], rules: Rules) => Promise<readonly string[]> = () =>
    Promise.resolve([]),
): Promise<Outcome> {
  if (!table.ok) throw nothingImported(table.mistakes.join('\n'));
  try {
    return await withOffice(({ office, rules }) =>
      inWork(office, { actor: 'system', cause: `cli:import ${into}` }, async (work) => {
        const known = await work.tx.selectFrom(into).select(['name', 'aliases']).execute();
        const wrong = [
          ...lookalikes(table.rows, known),
          ...(await mistakesIn(work.tx, table.rows, rules)),
        ];
        if (wrong.length > 0) throw nothingImported(wrong.join('\n'));
        return importRows(work, table.rows);
      }),
    );
  } catch (error) {
    if (error instanceof Refusal) throw nothingImported(error.what.zh);
    throw error;
  }
}

const nothingImported = (mistakes: string): Stop =>
  new Stop(`${mistakes}\n没有导入任何内容，请改好后再导入 | nothing was imported`);

function done({ added, changed, unchanged }: Outcome): number {
  say(
    words(
      `新增 ${added}，更改 ${changed}，未变 ${unchanged}`,
      `added ${added}, changed ${changed}, unchanged ${unchanged}`,
    ),
  );
  return exit.ok;
}
