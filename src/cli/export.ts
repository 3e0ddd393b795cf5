import { parseArgs } from 'node:util';
import { words } from '../../cards/words.ts';
import { inWork } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { type ExportFormat, writeTable } from '../exports/table.ts';
import { kinds } from '../requests/index.ts';
import { exit, say, UsageError } from './command.ts';
import { exportPerson } from './export-person.ts';
import {
  bookings,
  ledger,
  monthly,
  movements,
  requests,
  type Sheet,
  stock,
  useOfRooms,
} from './export-tables.ts';
import { type Opened, withOffice } from './opened.ts';
import { writeWhole } from '../exports/whole-file.ts';

const USAGE =
  'export requests|bookings|stock|movements|ledger KIND|monthly 2026-10|room-use 2026-10 [--format csv|xlsx] [--out FILE] | export PERSON [--out FOLDER]';

type Wanted = {
  readonly table: (opened: Opened) => Promise<Sheet>;
  readonly name: string;
  readonly format: ExportFormat;
  readonly out: string | undefined;
};

/** `export …`: a table to standard output or into a file. It is noted in the record: it may hold people's data. */
export async function run(args: readonly string[]): Promise<number> {
  const wanted = readArgs(args);
  if ('person' in wanted) return exportPerson(wanted);
  const { columns, rows } = await withOffice(async (opened) => {
    const sheet = await wanted.table(opened);
    await inWork(opened.office, { actor: 'system', cause: 'cli:export' }, (work) =>
      record(work, `export.${wanted.name}`, 'office', { after: { rows: sheet.rows.length } }),
    );
    return sheet;
  });
  const bytes = await writeTable(columns, rows, wanted.format);
  if (wanted.out === undefined) {
    process.stdout.write(bytes);
    return exit.ok;
  }
  await writeWhole(wanted.out, [bytes]);
  say(words(`已写入 ${wanted.out}，${rows.length} 行`, `wrote ${rows.length} rows`));
  return exit.ok;
}

/** A name that is no table is taken for a person; whoever is meant is looked up in the database. */
function readArgs(
  args: readonly string[],
): Wanted | { readonly person: string; readonly out: string | undefined } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: 'string', default: 'csv' }, out: { type: 'string' } },
  });
  const { format, out } = values;
  if (format !== 'csv' && format !== 'xlsx') {
    throw new UsageError(`--format: 应为 csv 或 xlsx，不是 “${format}”`);
  }
  if (format === 'xlsx' && out === undefined && process.stdout.isTTY) {
    throw new UsageError('xlsx 不能显示在终端里，请加 --out FILE');
  }
  const [name, about, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new UsageError(USAGE);
  const table = tableOf(name, about);
  return table ? { table, name, format, out } : { person: name, out };
}

function tableOf(name: string, about: string | undefined): Wanted['table'] | undefined {
  if (name === 'ledger') return ledgerOf(about);
  if (name === 'monthly') return ofMonth(name, about, monthly);
  if (name === 'room-use') return ofMonth(name, about, useOfRooms);
  if (about !== undefined) throw new UsageError(USAGE);
  switch (name) {
    case 'requests':
      return requests;
    case 'bookings':
      return bookings;
    case 'stock':
      return stock;
    case 'movements':
      return movements;
    default:
      return undefined;
  }
}

function ledgerOf(name: string | undefined): Wanted['table'] {
  const kind = kinds.find((each) => each.name === name);
  if (!kind)
    throw new UsageError(`export ledger: 应为 ${kinds.map((each) => each.name).join('、')} 之一`);
  return (opened) => ledger(opened, kind);
}

function ofMonth(
  name: string,
  text: string | undefined,
  table: (opened: Opened, month: Temporal.PlainYearMonth) => Promise<Sheet>,
): Wanted['table'] {
  const month = /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text ?? '') ? text : undefined;
  if (month === undefined) throw new UsageError(`export ${name}: 要写月份，如 2026-10`);
  return (opened) => table(opened, Temporal.PlainYearMonth.from(month));
}
