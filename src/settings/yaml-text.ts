import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, Pair, YAMLError } from 'yaml';

/** Keys and places in lists, from the top of the file. */
export type Path = readonly PropertyKey[];

/** A mistake in the file: where it stands (one-based), which key it is about (none: the file itself), what is wrong. */
export type Finding = {
  readonly line: number;
  readonly column: number;
  readonly path: Path;
  readonly says: string;
};

/** Where a mistake is pointed at: the key itself, or what is written under it. */
export type Spot = 'key' | 'value';

export type YamlText =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** A mistake about a path. What is not there is pointed at where it should be. */
      find(path: Path, says: string, spot?: Spot): Finding;
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Reads YAML strictly: keys that come twice, several documents, unknown tags and keys that are not words are findings. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const troubles = [...document.errors, ...document.warnings].map((trouble) =>
    at(trouble.pos[0], lines, [], sayTrouble(trouble)),
  );
  const findings = [...troubles, ...strangeKeys(document, lines)];
  if (findings.length > 0) return { ok: false, findings };
  const value = plainValue(document);
  if (value.ok) {
    return {
      ok: true,
      value: value.plain ?? {},
      find: (path, says, spot = 'value') => at(offsetOf(document, path, spot), lines, path, says),
    };
  }
  return { ok: false, findings: [at(0, lines, [], `YAML 写法有误：${value.why}`)] };
}

/** References (`*name`) are only followed here, and refused when they are unknown or multiply without end. */
function plainValue(
  document: Document,
): { readonly ok: true; readonly plain: unknown } | { readonly ok: false; readonly why: string } {
  try {
    return { ok: true, plain: document.toJS() as unknown };
  } catch (error) {
    if (error instanceof ReferenceError) return { ok: false, why: error.message };
    throw error;
  }
}

function at(offset: number, lines: LineCounter, path: Path, says: string): Finding {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1), path, says };
}

const sayTrouble = ({ code, message }: YAMLError): string =>
  code === 'DUPLICATE_KEY' ? '重复的键；同一层里每个键只能写一次' : `YAML 写法有误：${message}`;

/** Keys that are lists or maps, and the one name that JavaScript gives a meaning of its own. */
function strangeKeys(document: Document, lines: LineCounter): readonly Finding[] {
  const findings: Finding[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value !== null && key.value !== '__proto__') return;
      findings.push(at(startOf(key), lines, [], '键应为一个词，如 company'));
    },
  });
  return findings;
}

function offsetOf(document: Document, path: Path, spot: Spot): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [place, step] of path.entries()) {
    const pair = isMap(node) ? pairOf(node.items, step) : undefined;
    const next = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined;
    if (!pair && !next) break;
    const atKey = pair && (!isNode(next) || (spot === 'key' && place === path.length - 1));
    offset = startOf(atKey ? pair.key : next);
    node = next;
  }
  return offset;
}

const pairOf = (pairs: readonly Pair[], key: PropertyKey): Pair | undefined =>
  pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));

const startOf = (node: unknown): number => (isRanged(node) ? (node.range?.[0] ?? 0) : 0);

const isRanged = (node: unknown): node is Node => isNode(node);
