/**
 * A change of the program that breaks a promise, and the command that must then be red. `npm run breakages` applies them one by one in copies
 * of the tree. `loses`: something acknowledged is gone, or never comes; `doubles`: it is there twice; `lets in`: somebody who may not.
 */
export type Breakage = {
  readonly promise: string;
  readonly sort: 'loses' | 'doubles' | 'lets in';
  readonly file: string;
  /** Stands in the file once. */
  readonly find: string;
  readonly replace: string;
  /** Run in the copy. */
  readonly command: string;
};
