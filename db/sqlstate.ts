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

/**
 * The connection ended in the middle of work: what was asked last, perhaps a commit, may have happened. Not every such error has an SQLSTATE; the
 * last is what is said instead when the transaction was still to be rolled back on what is broken.
 */
export const mayHaveCommitted = (error: unknown): boolean =>
  CUT_SHORT.test(codeOf(error)) || (error instanceof Error && BROKEN_OFF.test(error.message));

const CUT_SHORT = /^(08|57P0[123])/;
const BROKEN_OFF = /ECONNRESET|EPIPE|terminated|not queryable/i;
