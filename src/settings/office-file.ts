import { readFile } from 'node:fs/promises';
import { type Mistake, mistakesIn } from './file-values.ts';
import { officeSchema } from './office-schema.ts';
import { defaultRules, type Rules } from './rules.ts';
import { type Finding, type Path, readYaml } from './yaml-text.ts';

export type RulesResult =
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Far above any real file; what is larger is not a rules file. */
const MOST_BYTES = 1_000_000;

/**
 * Reads office.yaml. Every mistake is one line of its own:
 * `office.yaml:12:7 approvals.room[0].upto: 不认识的键；可用：upTo、by`.
 *
 * `mustExist` false: without a file the built-in rules hold. `kinds` are the request kinds that approvals and promises may
 * name; by default those that have built-in rules. Only faults of the machine that are not about this file are thrown.
 */
export async function readRules(
  path: string,
  options: { readonly mustExist: boolean; readonly kinds?: readonly string[] },
): Promise<RulesResult> {
  const name = path.replace(/^\.\//, '');
  const file = await bytesOf(path);
  if (file.found) return rulesFrom(file.bytes, name, options.kinds);
  if (file.code === 'ENOENT' && !options.mustExist) return { ok: true, rules: defaultRules };
  return { ok: false, mistakes: [`${name}: ${UNREADABLE[file.code]}`] };
}

/** Rules out of the bytes of a file; `name` is how mistakes call it. */
export function rulesFrom(
  bytes: Uint8Array,
  name: string,
  kinds: readonly string[] = Object.keys(defaultRules.approvals),
): RulesResult {
  const text = textOf(bytes);
  if (text === null) return { ok: false, mistakes: [`${name}: 应为 UTF-8 文本，不超过 1 MB`] };
  const yaml = readYaml(text);
  if (!yaml.ok) return failed(yaml.findings, name);
  const read = officeSchema({ kinds, roles: rolesIn(yaml.value) }).safeParse(yaml.value);
  if (read.success) return { ok: true, rules: read.data };
  const found = mistakesIn(read.error);
  return failed(
    found.map(({ path, says, spot }: Mistake) => yaml.find(path, says, spot)),
    name,
  );
}

/** Roles that may be named: those of the file, or the built-in ones when it sets up none. */
function rolesIn(value: unknown): readonly string[] {
  const given = isMap(value) ? value['roles'] : undefined;
  return Object.keys(isMap(given) ? given : defaultRules.roles);
}

const isMap = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function failed(findings: readonly Finding[], name: string): RulesResult {
  const inOrder = findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const lines = inOrder.map(({ line, column, path, says }) => {
    const key = path.length > 0 ? `${pathText(path)}: ` : '';
    return `${name}:${line}:${column} ${key}${says}`;
  });
  return { ok: false, mistakes: [...new Set(lines)] };
}

/** `approvals.room[0].upTo`. */
const pathText = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${shown(String(step))}`))
    .join('')
    .replace(/^\./, '');

const shown = (key: string): string => key.replaceAll(/\p{C}/gu, '�').slice(0, 60);

const UNREADABLE = {
  ENOENT: '没有这个文件；请检查 OFFICE_CONFIG',
  EACCES: '没有读取权限',
  EISDIR: '这是一个文件夹，应为 YAML 文件',
} as const;

type Unreadable = keyof typeof UNREADABLE;

type FileRead =
  | { readonly found: true; readonly bytes: Uint8Array }
  | { readonly found: false; readonly code: Unreadable };

async function bytesOf(path: string): Promise<FileRead> {
  try {
    return { found: true, bytes: await readFile(path) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') return { found: false, code };
    throw error;
  }
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.length > MOST_BYTES) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
