/**
 * A change of the program that breaks a promise, and the command that must then be red. `npm run breakages` applies them one by one in a
 * copy of the tree. `loses`: something acknowledged is gone, or never comes; `doubles`: it is there twice; `lets in`: somebody who may not,
 * or something that is not true.
 */
export type Breakage = {
  readonly promise: string;
  readonly sort: 'loses' | 'doubles' | 'lets in';
  /** What is broken, in words: for the table. */
  readonly what?: string;
  readonly file: string;
  /** Stands in the file once. */
  readonly find: string;
  readonly replace: string;
  /** Run in the copy; green while nothing is broken. */
  readonly command: string;
  /** A piece of the name of the test that must fail: red for another reason does not count. */
  readonly fails?: string;
};

/** The tests of a file or of several, over the webhook; with a name, those whose name has it (a regular expression, as vitest takes it). */
export const tests = (file: string, name?: string): string =>
  `npx vitest run --no-color --project webhook ${file}${name === undefined ? '' : ` -t '${name}'`}`;
