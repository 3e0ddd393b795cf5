import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';

/** A table as it is backed up: its columns with their types as SQL writes them, and what its rows are ordered by. */
export type Table = {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly order: readonly string[];
};

/**
 * Numbers of transactions mean nothing in another server: a restored entry gets that of the restoring. Seals do not cover it.
 */
const LEFT_OUT: ReadonlySet<string> = new Set(['audit.tx']);

/** Every table of ours, by name; the migrator's own two are made by migrating, and which transactions changed the organisation is known to one server only. Job queues lie in another schema: rows are the truth, jobs only wake. */
export async function tablesOf(tx: Tx): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`
    select c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
          order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select json_agg(a.attname order by k.place)
        from pg_index i, unnest(i.indkey) with ordinality as k(attnum, place), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum) as order
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and c.relname not in ('kysely_migration', 'kysely_migration_lock', 'organisation_change')
    order by c.relname collate "C"`.execute(tx);
  return rows.map((table) => ({
    ...table,
    columns: table.columns.filter((column) => !LEFT_OUT.has(`${table.name}.${column.name}`)),
  }));
}

/**
 * For the time of one transaction: instants are written in UTC, reading much may take its time, and what is read back is not added up
 * again (sums of stock).
 */
export async function prepare(tx: Tx): Promise<void> {
  await sql
    .raw(
      `set local timezone = 'UTC'; set local statement_timeout = '10min';
       set local idle_in_transaction_session_timeout = '10min';
       set local banshi.restoring = 'on'`,
    )
    .execute(tx);
}

/** Rows fetched at a time: few enough to hold, many enough not to wait for each. */
const AT_ONCE = 500;
/** The same where a row holds a file: one is up to 20 MB, and twice that as text. */
const FILES_AT_ONCE = 2;

/**
 * The rows of a table as Postgres writes them in JSON, one line each, in the order of the primary key: the same rows give the
 * same lines in every database. Numbers are never read here, so no digit is lost.
 */
export async function* linesOf(tx: Tx, table: Table): AsyncGenerator<string> {
  await sql.raw(`declare backup_rows no scroll cursor for ${selecting(table)}`).execute(tx);
  const atOnce = table.columns.some(({ type }) => type === 'bytea') ? FILES_AT_ONCE : AT_ONCE;
  for (;;) {
    const { rows } = await sql
      .raw<{ readonly line: string }>(`fetch forward ${atOnce} from backup_rows`)
      .execute(tx);
    for (const { line } of rows) yield line;
    if (rows.length < atOnce) break;
  }
  await sql.raw('close backup_rows').execute(tx);
}

/** Collation "C" orders text alike everywhere; the server's own differs from place to place. */
function selecting({ name, columns, order }: Table): string {
  const typeOf = new Map(columns.map((column) => [column.name, column.type]));
  const by = order.map(
    (key) => `${quoted(key)}${typeOf.get(key) === 'text' ? ' collate "C"' : ''}`,
  );
  const cells = columns.map((column) =>
    isJson(column.type) ? `${quoted(column.name)}::text` : quoted(column.name),
  );
  return `select row_to_json(each)::text as line
    from (select ${cells.join(', ')} from ${quoted(name)} order by ${by.join(', ')}) as each`;
}

/** Reads lines back, given as one JSON array in the only parameter. */
export function inserting({ name, columns }: Table): string {
  const names = columns.map((column) => quoted(column.name));
  const read = columns.map(
    ({ name: column, type }) => `${quoted(column)} ${isJson(type) ? 'text' : type}`,
  );
  const cells = columns.map(({ name: column, type }) => `${quoted(column)}::${type}`);
  return `insert into ${quoted(name)} (${names.join(', ')}) overriding system value
    select ${cells.join(', ')} from json_to_recordset($1::json) as each(${read.join(', ')})`;
}

/** JSON goes as text in between: in JSON itself a JSON null could not be told from no value, and jsonb refuses some texts. */
const isJson = (type: string): boolean => type === 'json' || type === 'jsonb';

/** A name as SQL takes it. The names come from the catalogue and from files that may be anybody's. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Where each sequence stands: a number that was given out once is not given again. Null: none was yet. */
export async function sequencesOf(
  tx: Tx,
): Promise<readonly { readonly name: string; readonly last: number | null }[]> {
  const { rows } = await sql<{ readonly name: string; readonly last: number | null }>`
    select sequencename as name, last_value as last from pg_sequences
    where schemaname = current_schema() order by sequencename collate "C"`.execute(tx);
  return rows;
}
