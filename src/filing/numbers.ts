import { sql } from 'kysely';
import type { Work } from '../../db/work.ts';

/**
 * The next number of a kind: `TRIP-26-0042`, counted anew each year of the office's zone. The counter's row is locked until
 * the commit, so numbers are unique and, since a rollback gives the number back, without holes.
 */
export async function nextNumber(work: Work, prefix: string, zone: string): Promise<string> {
  const year = work.now.toZonedDateTimeISO(zone).year;
  const { last } = await work.tx
    .insertInto('counter')
    .values({ kind: prefix, year, last: 1 })
    .onConflict((at) => at.columns(['kind', 'year']).doUpdateSet({ last: sql`counter.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow();
  return `${prefix}-${String(year % 100).padStart(2, '0')}-${String(last).padStart(4, '0')}`;
}

/**
 * Waits until whoever files one of this kind at the moment has committed. From here on what they filed is seen, and until our own commit
 * nobody else files another: of two that come in one moment the later one knows of the earlier.
 */
export async function takeTurn(work: Work, prefix: string, zone: string): Promise<void> {
  const year = work.now.toZonedDateTimeISO(zone).year;
  await work.tx
    .insertInto('counter')
    .values({ kind: prefix, year, last: 0 })
    .onConflict((at) => at.columns(['kind', 'year']).doUpdateSet({ last: sql`counter.last` }))
    .execute();
}
