import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { words } from '../../cards/words.ts';
import { inWork } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { type ExportRow, writeWorkbook } from '../exports/table.ts';
import { type PersonalData, personalData } from '../privacy/personal-data.ts';
import { exit, say } from './command.ts';
import { codeOf, Stop } from '../stop.ts';
import { withOffice } from './opened.ts';
import { personMeant } from './person-meant.ts';
import { writeWhole } from '../exports/whole-file.ts';

/** `export PERSON`: a new folder with a workbook, the same as JSON, and the files they sent. It is noted in the record. */
export function exportPerson(wanted: {
  readonly person: string;
  readonly out: string | undefined;
}): Promise<number> {
  return withOffice(async ({ office }) => {
    const { id, data } = await office.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        await sql`set local statement_timeout = '10min'`.execute(tx);
        const whom = await personMeant(tx, wanted.person);
        return { id: whom.id, data: await personalData(tx, whom.id) };
      });
    const folder = wanted.out ?? `person-${id}`;
    await writeFolder(folder, data);
    const rows = data.tables.reduce((sum, table) => sum + table.rows.length, 0);
    await inWork(office, { actor: 'system', cause: 'cli:export' }, (work) =>
      record(work, 'export.person', `person:${id}`, { after: { rows } }),
    );
    say(
      words(
        `已写入 ${folder}：${data.tables.length} 张表，${data.files.length} 个文件`,
        `wrote ${data.tables.length} tables and ${data.files.length} files`,
      ),
    );
    return exit.ok;
  });
}

async function writeFolder(folder: string, { tables, files }: PersonalData): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
    await mkdir(join(folder, 'files'), { mode: 0o700 });
  } catch (error) {
    throw new Stop(
      `${folder}: 建不了这个文件夹，或已经有了（${codeOf(error)}）| cannot be made, or is there already`,
    );
  }
  for (const { name, bytes } of files) await writeWhole(join(folder, 'files', name), [bytes]);
  const json = Object.fromEntries(tables.map(({ table, title, rows }) => [table, { title, rows }]));
  await writeWhole(join(folder, 'data.json'), [JSON.stringify(json, null, 2)]);
  await writeWhole(join(folder, 'data.xlsx'), [await workbook(tables)]);
}

const workbook = (tables: PersonalData['tables']): Promise<Uint8Array> =>
  writeWorkbook(
    tables.map(({ title, rows }) => ({
      title,
      columns: [...new Set(rows.flatMap((row) => Object.keys(row)))].map((key) => ({
        key,
        title: key,
      })),
      rows: rows.map(cells),
    })),
  );

const cells = (row: PersonalData['tables'][number]['rows'][number]): ExportRow =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(value)]));

function cell(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  // Instants and days are written as ISO 8601 by JSON as well, with quotes around them
  return JSON.stringify(value).replaceAll(/^"|"$/g, '');
}
