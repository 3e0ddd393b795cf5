/** What the checks of the house look at: the paths of the checkout and the text of its files. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A checkout, or a made-up one in a test. Paths are relative, with `/`. */
export type Tree = {
  /** TypeScript files of the program, without tests and scripts. */
  readonly sources: readonly string[];
  /** The text of a file; undefined when there is none. */
  text(path: string): string | undefined;
  /** Whether a file or folder is there. */
  has(path: string): boolean;
};

/** One line for the one who has to mend it. */
export type Finding = string;

/** An import as it is written: from which line, of what. */
export type Import = { readonly line: number; readonly of: string };

/** The checkout in `root`. */
export function readTree(root: string): Tree {
  const sources = globSync('{src,cards,db}/**/*.ts', { cwd: root }).map(slashed).toSorted();
  return {
    sources,
    text: (path) =>
      existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined,
    has: (path) => existsSync(join(root, path)),
  };
}

const slashed = (path: string): string => path.replaceAll('\\', '/');

const COMMENT_OR_TEXT =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The same text with its comments blanked out, so that lines keep their numbers. */
export const withoutComments = (text: string): string =>
  text.replaceAll(COMMENT_OR_TEXT, (found) =>
    found.startsWith('/') ? found.replaceAll(/[^\n]/g, ' ') : found,
  );

/** `import … from '…'`, `export … from '…'`, `import '…'` and `import('…')`; types count like values. */
const IMPORT =
  /^(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** Everything a file imports, in order. */
export const importsIn = (text: string): readonly Import[] =>
  [...withoutComments(text).matchAll(IMPORT)].map((found) => ({
    line: lineAt(text, found.index),
    of: found[1] ?? found[2] ?? found[3] ?? '',
  }));

/** The number of the line at an offset, from one. */
export const lineAt = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length;

/** The file an import points at, for `./` and `../`; undefined for a library. */
export const fileOf = (importer: string, of: string): string | undefined =>
  of.startsWith('.') ? posix.normalize(posix.join(posix.dirname(importer), of)) : undefined;

/** The library an import names, without what is inside it: `@fastify/helmet`, `kysely`. Undefined for a file. */
export const libraryOf = (of: string): string | undefined =>
  of.startsWith('.') ? undefined : of.split('/', of.startsWith('@') ? 2 : 1).join('/');
