/** What a database error means, by its SQLSTATE. */

/** The SQLSTATE of a database error, or ''. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * What a prepared statement alone can meet: its plan no longer fits the tables (0A000, once another replica has migrated), or the server does not
 * know it (26000, behind a pooler that hands connections round).
 */
export const isStale = (error: unknown): boolean => STALE.has(codeOf(error));

const STALE: ReadonlySet<string> = new Set(['0A000', '26000']);

/** Serialization failure, deadlock, or a plan that went stale: the only errors after which the same work may simply be done again. */
export const mayRepeat = (error: unknown): boolean => isStale(error) || AGAIN.has(codeOf(error));

const AGAIN: ReadonlySet<string> = new Set(['40001', '40P01']);
