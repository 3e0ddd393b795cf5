import { StartRefusal } from './start-refusal.ts';
import { Stop } from './stop.ts';

/** What is safe to tell of any error. */
export type Named = {
  readonly name: string;
  /** Of the system, the database or the platform. */
  readonly code?: string;
};

/** What may be told of an error where it is logged. */
export type Reduced = Named & {
  /** Only of errors that we word ourselves, for the administrator. */
  readonly says?: string;
  /** Where it came from, nearest first. */
  readonly at?: readonly string[];
};

/** How many places of a stack are told. */
const PLACES = 12;

/** An error of which only name and code matter: what went wrong is known from where it is logged. */
export function named(error: unknown): Named {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const isTold = (typeof code === 'string' && code !== '') || typeof code === 'number';
  return { name: error.name, ...(isTold && { code: String(code) }) };
}

/**
 * An error without its message: those of the database, of the platform and of libraries quote what people wrote, tokens, and
 * addresses with passwords in them. What it carries besides is not told either.
 */
export function reduced(error: unknown): Reduced {
  if (!(error instanceof Error)) return named(error);
  const at = error.stack?.split('\n').filter((line) => /^ +at /.test(line));
  return {
    ...named(error),
    ...((error instanceof Stop || error instanceof StartRefusal) && { says: error.message }),
    ...(at && { at: at.slice(0, PLACES).map((line) => line.trim()) }),
  };
}
