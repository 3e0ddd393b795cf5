/** One library, one door: what may be changed for another is touched in one place only. Tests and scripts are free. */
import { type Finding, importsIn, libraryOf, lineAt, type Tree, withoutComments } from './tree.ts';

/** Libraries, and the only place of the program that may import them; null: the program must not. */
const LIBRARIES: { readonly [library: string]: string | null } = {
  'node-cron': 'src/scheduler/',
  'pg-boss': 'src/delivery/',
  '@larksuiteoapi/node-sdk': 'src/channels/feishu/',
  // Its years end without a word; a script turns them into data that we look at (src/time/holidays.json).
  'chinese-days': null,
};

/** Things of the surroundings, how they are written, and the only file that may ask for them. */
const SURROUNDINGS: readonly {
  readonly what: string;
  readonly written: RegExp;
  readonly door: string;
}[] = [
  {
    what: 'the environment',
    written: /\bprocess\s*(?:\.\s*env\b|\[\s*['"]env['"]\s*\])/g,
    door: 'src/config.ts',
  },
  {
    what: 'the system clock',
    written: /\bDate\.now\b|\bnew Date\b(?!\s*\(\s*[^)\s])|\bTemporal\.Now\b/g,
    door: 'src/time/clock.ts',
  },
];

/** These files run in the browser of whoever looks at the simulator: they have only the browser's clock. */
const IN_BROWSERS = 'src/channels/simulator/browser/';

export const doorFindings = (tree: Tree): readonly Finding[] =>
  tree.sources.flatMap((file) => {
    const text = tree.text(file) ?? '';
    return [...strayLibraries(file, text), ...straySurroundings(file, text)];
  });

const strayLibraries = (file: string, text: string): readonly Finding[] =>
  importsIn(text).flatMap(({ line, of }) => {
    const library = libraryOf(of);
    if (library === undefined || !Object.hasOwn(LIBRARIES, library)) return [];
    const door = LIBRARIES[library] ?? null;
    if (door !== null && file.startsWith(door)) return [];
    const where = door === null ? 'only scripts and tests may' : `only ${door} may`;
    return [`${file}:${line}: imports ${library}; ${where}`];
  });

function straySurroundings(file: string, text: string): readonly Finding[] {
  if (file.startsWith(IN_BROWSERS)) return [];
  const code = withoutComments(text);
  return SURROUNDINGS.filter(({ door }) => door !== file).flatMap(({ what, written, door }) =>
    [...code.matchAll(written)].map(
      (found) =>
        `${file}:${lineAt(code, found.index)}: asks ${what} (${found[0]}); only ${door} may`,
    ),
  );
}
