import { sql } from 'kysely';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Tables } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { changesOrganisation } from '../directory/organisation.ts';
import { touchLexicon } from '../directory/sync.ts';
import { clearComments, clearRequest } from './cleared-request.ts';
import { holdings, tableNames } from './holdings.ts';
import { openMatters } from './open-matters.ts';
import { about, named } from './rows.ts';
import { type Marks, marksOf } from './whom.ts';

/** Forgotten: so many rows went. Or why not, each with what comes first. */
export type Forgetting =
  | { readonly forgotten: true; readonly rows: number; readonly nameStays: boolean }
  | { readonly forgotten: false; readonly why: readonly Words[] };

/**
 * Forgets somebody who has left, in the running transaction: their rows go or lose their words as the list of holdings says, and what others
 * wrote calls them 已离职员工. Requests stay as numbers for the ledgers; the record holds ids only and stays as it was sealed.
 */
export async function forget(work: Work, person: number): Promise<Forgetting> {
  const { tx } = work;
  const row = await tx
    .selectFrom('person')
    .select('active')
    .where('id', '=', person)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.active) return { forgotten: false, why: [STILL_HERE] };
  const open = await openMatters(tx, person);
  if (open.length > 0) return { forgotten: false, why: open };
  await sql`set local statement_timeout = '10min'`.execute(tx);
  await sql`set local banshi.forgetting = 'on'`.execute(tx);
  const marks = await marksOf(tx, person);
  await clearRequests(work, person);
  const rows = await clearRows(tx, person);
  await maskMentions(tx, person, marks);
  changesOrganisation(tx);
  await touchLexicon(work);
  await record(work, 'person.forgotten', `person:${person}`, { after: { rows } });
  return { forgotten: true, rows, nameStays: marks.names.length === 0 };
}

const STILL_HERE = words(
  '还在职（通讯录里是在职状态）：离职之后才能清除',
  'still works here by the directory: only after they have left',
);

async function clearRequests({ tx, now }: Work, person: number): Promise<void> {
  const own = await tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', person)
    .orderBy('id')
    .execute();
  for (const { id } of own) await clearRequest(tx, id, now);
  await clearComments(tx, person);
}

/** Words first, while the rows by which they are found are all there; who it was comes last. Returns how many rows went. */
async function clearRows(tx: Tx, person: number): Promise<number> {
  for (const name of tableNames.filter((table) => table !== 'person'))
    await emptyWords(tx, name, person);
  let rows = 0;
  for (const name of tableNames) {
    const { goes } = holdings[name];
    if (goes === undefined) continue;
    const gone = await sql`delete from ${sql.table(name)} where ${about(goes, person)}`.execute(tx);
    rows += Number(gone.numAffectedRows ?? 0n);
  }
  await emptyWords(tx, 'person', person);
  return rows;
}

async function emptyWords(tx: Tx, table: keyof Tables, person: number): Promise<void> {
  for (const { columns, of, to = 'null' } of holdings[table].empties ?? []) {
    const value = sql.raw(to.replaceAll('$', String(person)));
    const set = sql.join(columns.map((column) => sql`${named(column)} = ${value}`));
    await sql`update ${sql.table(table)} set ${set} where ${about(of, person)}`.execute(tx);
  }
}

/** What others wrote, and cards drawn for them: names and ids give way to what tells no more. */
async function maskMentions(tx: Tx, person: number, { ids, names }: Marks): Promise<void> {
  const masks = [
    ...ids.map((id) => ({ mark: id, by: `gone-${person}` })),
    ...names.map((name) => ({ mark: name, by: `已离职员工#${person}` })),
  ];
  for (const name of tableNames)
    for (const column of holdings[name].mentions ?? []) {
      const type = await typeOf(tx, name, column);
      for (const { mark, by } of masks) {
        const isJson = type.startsWith('json');
        const written = isJson ? JSON.stringify(mark).slice(1, -1) : mark;
        const now = sql`replace(${named(column)}::text, ${written}, ${by})${sql.raw(isJson ? `::${type}` : '')}`;
        await sql`update ${sql.table(name)} set ${named(column)} = ${now}
          where position(${written} in ${named(column)}::text) > 0`.execute(tx);
      }
    }
}

async function typeOf(tx: Tx, table: keyof Tables, column: string): Promise<string> {
  const { rows } = await sql<{ readonly type: string }>`
    select format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${table}::regclass and attname = ${column}`.execute(tx);
  const type = rows[0]?.type;
  if (type === undefined) throw new Error(`${table}.${column}: no such column`);
  return type;
}
