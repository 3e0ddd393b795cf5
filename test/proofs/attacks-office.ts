/** A checksum of what the office decided and owns, and the marks that a refusal leaves. */
import { sql } from 'kysely';
import type { App } from '../../src/app.ts';

/** Everything an attacker might want to change. The record, what came in and what was sent are left out: they grow. */
const TABLES = [
  'request',
  'booking',
  'movement',
  'task',
  'draft',
  'item',
  'room',
  'person',
  'address',
  'department',
  'note',
  'attachment',
  'counter',
] as const;

/** One checksum a table, over all rows with all columns. */
export async function checksums({ db }: App): Promise<{ readonly [table: string]: string }> {
  const sums = await Promise.all(
    TABLES.map(async (table) => {
      const { rows } = await sql<{ readonly sum: string | null }>`
        select md5(string_agg(t::text, chr(10) order by t::text)) as sum from ${sql.table(table)} t`.execute(
        db,
      );
      return [table, rows[0]?.sum ?? 'empty'] as const;
    }),
  );
  return Object.fromEntries(sums);
}

export type Refused = { readonly act: string; readonly actor: string; readonly after: unknown };

/** The refusals in the record after an entry, oldest first. */
export const refusalsSince = ({ db }: App, seq: number): Promise<readonly Refused[]> =>
  db
    .selectFrom('audit')
    .select(['act', 'actor', 'after'])
    .where('seq', '>', seq)
    .where('act', 'like', 'refused.%')
    .orderBy('seq')
    .execute();

/** The newest entry of the record. */
export async function newestEntry({ db }: App): Promise<number> {
  const row = await db
    .selectFrom('audit')
    .select((select) => select.fn.max('seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** How many messages are owed or were sent: an attacker must not make the bot speak to others. */
export async function deliveries({ db }: App): Promise<number> {
  const { count } = await db
    .selectFrom('delivery')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Mistakes of ours that were kept aside: an attack must not cause any. */
export async function countFaults({ db }: App): Promise<number> {
  const { count } = await db
    .selectFrom('set_aside')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
