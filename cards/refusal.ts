import type { Words } from './words.ts';

/**
 * An answer people are meant to read: what was refused and why, and what to do next. Thrown inside a unit of work it undoes
 * the work; it is an answer, not a fault, and is never logged as one. `code` is for counting and tests.
 */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: string;
  readonly what: Words;
  readonly next: Words | undefined;
  constructor(code: string, what: Words, next?: Words) {
    super(`${code}: ${what.zh}`);
    this.code = code;
    this.what = what;
    this.next = next;
  }
}
