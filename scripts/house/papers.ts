/** The papers of the house say what is there: commands, paths, settings, folders. */
import { posix } from 'node:path';
import { z } from 'zod';
import { type Finding, lineAt, type Tree } from './tree.ts';

export const paperFindings = (tree: Tree): readonly Finding[] => [
  ...commandFindings(tree),
  ...pathFindings(tree, 'README.md'),
  ...pathFindings(tree, 'src/README.md'),
  ...settingFindings(tree),
  ...folderFindings(tree),
  ...changelogFindings(tree),
];

/** What npm does by itself, without an entry in package.json. */
const OF_NPM = new Set(['ci', 'install', 'run']);
const COMMAND = /\bnpm (run )?([a-z][\w:-]*)/g;

/** Every npm command that the README names has to be there. */
function commandFindings(tree: Tree): readonly Finding[] {
  const readme = tree.text('README.md') ?? '';
  const scripts = scriptsOf(tree.text('package.json') ?? '{}');
  return [...readme.matchAll(COMMAND)].flatMap((found) => {
    const [command, run, name = ''] = found;
    if (scripts.has(name) || (!run && OF_NPM.has(name))) return [];
    return [`README.md:${lineAt(readme, found.index)}: "${command}" is not in package.json`];
  });
}

const manifest = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

const scriptsOf = (json: string): ReadonlySet<string> =>
  new Set(Object.keys(manifest.parse(JSON.parse(json)).scripts));

/** Made when the program runs, or by whoever installs it: not in the checkout. */
const MADE_LATER = /^(?:\.\/)?(?:\.env$|data(?:\/|$)|node_modules(?:\/|$)|[A-Z][A-Z_]+\/)/;
const FENCE = /^```[\s\S]*?^```$/gm;
const CODE_SPAN = /`([^`\n]+)`/g;
const LINK = /\]\(([^)\s]+)\)/g;
/** A path of ours: no blanks, no placeholder; HTTP addresses begin with a slash. */
const PATH = /^(?:\.\/)?\.?[\w-][\w.-]*(?:\/[\w.-]+)*\/?$/;
const KNOWN_ENDING = /\.(?:ts|mjs|json|ya?ml|md|csv|png|svg|css|service)$/;

/** Every file or folder that stands in backticks or is linked to has to be there. Fenced examples are left alone. */
function pathFindings(tree: Tree, paper: string): readonly Finding[] {
  const text = (tree.text(paper) ?? '').replaceAll(FENCE, (fenced) =>
    fenced.replaceAll(/[^\n]/g, ' '),
  );
  const named = [...text.matchAll(CODE_SPAN)].filter(([, path = '']) => looksLikePath(path));
  const linked = [...text.matchAll(LINK)].filter(([, to = '']) => !/^(?:[a-z]+:|#)/.test(to));
  const beside = (path: string): string => posix.join(posix.dirname(paper), path);
  const missing = (path: string): boolean =>
    !tree.has(path) && !tree.has(beside(path)) && !MADE_LATER.test(path);
  return [
    ...named.filter(([, path = '']) => missing(path)),
    ...linked.filter(([, to = '']) => !tree.has(beside(bare(to)))),
  ].map((found) => `${paper}:${lineAt(text, found.index)}: there is no ${found[1] ?? ''}`);
}

const bare = (link: string): string => link.replace(/#.*$/, '');

const looksLikePath = (text: string): boolean =>
  PATH.test(text) && (KNOWN_ENDING.test(text) || text.includes('/') || text.startsWith('.'));

const VARIABLE = /^#?\s?([A-Z][A-Z0-9_]+)=/gm;
const ROW = /^\|([^|]+)\|/gm;
const NAME = /`([A-Z][A-Z0-9_]+)`/g;

/** The settings table of the README and .env.example name the same variables. */
function settingFindings(tree: Tree): readonly Finding[] {
  const offered = groups(tree.text('.env.example') ?? '', VARIABLE);
  const cells = groups(tree.text('README.md') ?? '', ROW);
  const told = new Set([...cells].flatMap((cell) => [...groups(cell, NAME)]));
  return [
    ...[...offered]
      .filter((name) => !told.has(name))
      .map((name) => `README.md: the settings table lacks ${name} of .env.example`),
    ...[...told]
      .filter((name) => !offered.has(name))
      .map((name) => `README.md: ${name} of the settings table is not in .env.example`),
  ];
}

/** The first group of every match. */
const groups = (text: string, pattern: RegExp): ReadonlySet<string> =>
  new Set([...text.matchAll(pattern)].map((found) => found[1] ?? ''));

/** Every folder right under src/ is introduced in src/README.md, as `name/`. */
function folderFindings(tree: Tree): readonly Finding[] {
  const guide = tree.text('src/README.md') ?? '';
  const folders = groups(tree.sources.join('\n'), /^src\/([^/\n]+)\//gm);
  return [...folders]
    .filter((folder) => !guide.includes(`\`${folder}/\``))
    .map((folder) => `src/README.md: does not tell what \`${folder}/\` is for`);
}

const changelogFindings = (tree: Tree): readonly Finding[] =>
  /^## \[?Unreleased\]?\s*$/m.test(tree.text('CHANGELOG.md') ?? '')
    ? []
    : ['CHANGELOG.md: has no section "## [Unreleased]"'];
