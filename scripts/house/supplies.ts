/** What the house takes from others: exact versions, known licences, from the registry only, and no script that nobody looked at. */
import { z } from 'zod';
import type { Finding, Tree } from './tree.ts';

/** Licences that oblige us to nothing but to name them; MPL for tools that are not shipped. */
const LICENCES: ReadonlySet<string> = new Set([
  'MIT',
  'Apache-2.0',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'MIT AND Apache-2.0',
  'MIT AND OFL-1.1',
  '(MIT OR Apache-2.0)',
  '(MIT OR CC0-1.0)',
]);
const LICENCES_OF_TOOLS: ReadonlySet<string> = new Set(['MPL-2.0']);

/** The package says its licence in a file only: MIT, looked at by a person. */
const LOOKED_AT: ReadonlySet<string> = new Set(['png-js@2.0.0']);

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});
const lock = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const REGISTRY = 'https://registry.npmjs.org/';

export function supplyFindings(tree: Tree): readonly Finding[] {
  const ours = manifest.parse(JSON.parse(tree.text('package.json') ?? '{}'));
  const { packages } = lock.parse(JSON.parse(tree.text('package-lock.json') ?? '{"packages":{}}'));
  const wanted = { ...ours.dependencies, ...ours.devDependencies, ...ours.optionalDependencies };
  const loose = Object.entries(wanted).filter(([, version]) => !EXACT.test(version));
  return [
    ...loose.map(([name, version]) => `package.json: ${name} is not of one version: ${version}`),
    ...Object.entries(packages).flatMap(([place, found]) => {
      if (place === '') return [];
      const name = place.replace(/^.*node_modules\//, '');
      const is = `${name}@${found.version ?? ''}`;
      const says = (what: string): Finding => `package-lock.json: ${is} ${what}`;
      const { license = '', resolved, integrity } = found;
      const isLicensed =
        LICENCES.has(license) ||
        (found.dev === true && LICENCES_OF_TOOLS.has(license)) ||
        LOOKED_AT.has(is);
      return [
        ...(isLicensed ? [] : [says(`has a licence that nobody allowed: ${license || 'none'}`)]),
        ...(resolved === undefined || resolved.startsWith(REGISTRY)
          ? []
          : [says(`comes from somewhere else: ${resolved}`)]),
        ...(integrity?.startsWith('sha512-') && found.link !== true
          ? []
          : [says('has no checksum of its own')]),
        ...(found.hasInstallScript === true && !Object.hasOwn(ours.allowScripts, name)
          ? [says('has an install script that nobody looked at')]
          : []),
      ];
    }),
    ...scriptFindings(tree),
  ];
}

/** Without it npm runs a script that nobody looked at, and only says so. */
const scriptFindings = (tree: Tree): readonly Finding[] =>
  /^strict-allow-scripts=true$/m.test(tree.text('.npmrc') ?? '')
    ? []
    : ['.npmrc: lacks strict-allow-scripts=true'];
