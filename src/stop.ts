/** What was asked for cannot go on, for a reason that the one who asked can mend: one sentence a line, exit code 1. */
export class Stop extends Error {
  override name = 'Stop';
}

/** The code of an error of the system or the database, or ''. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
