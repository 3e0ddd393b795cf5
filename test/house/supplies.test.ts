import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { supplyFindings } from '../../scripts/house/supplies.ts';
import { readTree, type Tree } from '../../scripts/house/tree.ts';

const SOUND = { version: '1.2.3', license: 'MIT', integrity: 'sha512-x' };

/** A checkout that takes this one package. */
const taking = (
  found: object,
  { wanted = '1.2.3', npmrc = 'strict-allow-scripts=true\n', allowScripts = {} } = {},
): Tree => ({
  sources: [],
  has: () => true,
  text: (path) =>
    ({
      'package.json': JSON.stringify({ dependencies: { thing: wanted }, allowScripts }),
      'package-lock.json': JSON.stringify({ packages: { '': {}, 'node_modules/thing': found } }),
      '.npmrc': npmrc,
    })[path],
});

test('our own checkout takes what it may', () => {
  expect(supplyFindings(readTree(fileURLToPath(new URL('../..', import.meta.url))))).toEqual([]);
});

test.each<readonly [string, Tree]>([
  ['a range of versions', taking(SOUND, { wanted: '^1.2.3' })],
  ['a branch of a repository', taking(SOUND, { wanted: 'github:a/b' })],
  ['another licence', taking({ ...SOUND, license: 'GPL-3.0' })],
  ['no licence', taking({ ...SOUND, license: undefined })],
  ['the licence of a tool, in what is shipped', taking({ ...SOUND, license: 'MPL-2.0' })],
  ['a tarball from elsewhere', taking({ ...SOUND, resolved: 'https://evil.example/a.tgz' })],
  ['a repository', taking({ ...SOUND, resolved: 'git+ssh://git@github.com/a/b.git#1' })],
  ['no checksum', taking({ ...SOUND, integrity: undefined })],
  ['a weak checksum', taking({ ...SOUND, integrity: 'sha1-x' })],
  ['an install script that nobody looked at', taking({ ...SOUND, hasInstallScript: true })],
  ['scripts that run with a notice', taking(SOUND, { npmrc: 'save-exact=true\n' })],
])('%s is found', (_what, tree) => {
  expect(supplyFindings(tree)).toHaveLength(1);
});

test('an install script that somebody decided on is none', () => {
  const decided = { allowScripts: { thing: false } };
  expect(supplyFindings(taking({ ...SOUND, hasInstallScript: true }, decided))).toEqual([]);
});
