/** Variables in `.env`: put in without touching another line, readable by its owner only. */
import { randomUUID } from 'node:crypto';
import {
  chownSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { parseEnv } from 'node:util';
import { codeOf, Stop } from '../../stop.ts';

/** Variables by name, with the values that they are to have. */
export type Values = { readonly [name: string]: string };

/**
 * The text with these variables in it: a line that sets one is replaced, others are added at the end; comments and all other
 * lines stay as they are. Throws Stop when a reader of the file would not get exactly that: then it has to be edited by hand.
 */
export function withVariables(text: string, values: Values): string {
  const left = new Map(Object.entries(values));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/).map((line) => {
    const name = /^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1] ?? '';
    const value = values[name];
    if (value === undefined || !Object.hasOwn(values, name)) return line;
    left.delete(name);
    return `${name}=${quoted(value)}`;
  });
  const kept = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  const added = [...left].map(([name, value]) => `${name}=${quoted(value)}`);
  const written = [...kept, ...added, ''].join(newline);
  if (!isSame(parseEnv(written), { ...parseEnv(text), ...values })) throw byHand();
  return written;
}

const isSame = (read: NodeJS.Dict<string>, wanted: NodeJS.Dict<string>): boolean =>
  Object.keys(read).length === Object.keys(wanted).length &&
  Object.entries(wanted).every(([name, value]) => read[name] === value);

/** As it is where that is safe, else in the quotes that it does not hold itself. */
function quoted(value: string): string {
  if (/^[\w.:/+=@-]*$/.test(value)) return value;
  const quote = [`'`, '"', '`'].find((each) => !value.includes(each));
  return quote === undefined ? value : `${quote}${value}${quote}`;
}

const byHand = (): Stop =>
  new Stop(
    '.env 里有改不了的写法（如跨行的值、特殊引号），没有改动；请手工填写 | .env has lines that cannot be changed safely; nothing was written, please edit it by hand',
  );

/** What the file sets; empty when there is none. */
export const variablesIn = (path: string): NodeJS.Dict<string> => parseEnv(textOf(path) ?? '');

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Writes the variables. The file is replaced whole, so that nobody finds half of one; who owned it owns it still. `template` is where a first one starts from. */
export function writeVariables(path: string, template: string, values: Values): void {
  const before = textOf(path);
  const text = withVariables(before ?? textOf(template) ?? '', values);
  const target = before === undefined ? path : realpathSync(path);
  const beside = `${target}.${randomUUID()}`;
  try {
    writeFileSync(beside, text, { mode: 0o600, flag: 'wx', flush: true });
    if (before !== undefined) keepOwner(beside, target);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function keepOwner(fresh: string, old: string): void {
  const { uid, gid } = statSync(old);
  const ours = statSync(fresh);
  if (uid !== ours.uid || gid !== ours.gid) chownSync(fresh, uid, gid);
}
