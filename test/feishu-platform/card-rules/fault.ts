/** One thing wrong with a card. `code` is the platform's sub code, `path` its ErrPath, such as `ROOT -> body -> elements -> [2](tag: chart)`. */
export type CardFault = {
  readonly code: number;
  readonly path: string;
  readonly message: string;
  readonly value?: string;
};

/** The way from the root to a place in the card. */
export type Path = readonly string[];

/** Sub codes of 230099, and 230025 for what is too big. */
export const codes = {
  tooBig: 230025,
  tooMany: 11310,
  invalidPerson: 100290,
  unnamed: 200530,
  chart: 200550,
  image: 200570,
  shape: 200621,
  removedTag: 200861,
  tableRows: 200914,
  tableCells: 200915,
} as const;

/** The fault at this place; `value` is shown shortened. */
export function fault(code: number, at: Path, message: string, value?: unknown): CardFault {
  const path = ['ROOT', ...at].join(' -> ');
  if (value === undefined) return { code, path, message };
  return { code, path, message, value: JSON.stringify(value).slice(0, 80) };
}

/** The place of an item in a list, with its tag when it has one. */
export function step(index: number, item: unknown): string {
  const tag = typeof item === 'object' && item !== null && 'tag' in item ? item.tag : undefined;
  return typeof tag === 'string' ? `[${index}](tag: ${tag})` : `[${index}]`;
}
