/** The rows of a table that are somebody's, by the list of what is held (holdings.ts). */
import { type RawBuilder, sql } from 'kysely';
import type { Condition } from './holdings.ts';

/** A condition about one person. Ids are whole numbers of ours: nothing that somebody wrote gets into the statement. */
export function about(condition: Condition, person: number): RawBuilder<boolean> {
  if (!Number.isSafeInteger(person)) throw new RangeError(`not an id: ${person}`);
  return sql.raw(`(${condition.replaceAll('$', String(person))})`);
}

/** A table or column of the list, as SQL names it. */
export const named = (name: string): RawBuilder<unknown> => sql.ref(name);
