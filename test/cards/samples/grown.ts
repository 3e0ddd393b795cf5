/** Grows the model of a card: longer texts, longer lists. The same shape, so that it stays a model of that card. */

/** List name → most items. */
export type Most = { readonly [list: string]: number };

/** Says how a leaf grows. `name` is the member's name, or that of the list or text it stands in. */
export type Grower = {
  readonly text: (name: string, text: string) => string;
  readonly flag: (name: string, flag: boolean) => boolean;
  /** How many items a list of so many has. */
  readonly items: (name: string, count: number) => number;
};

/** Members that are keys of ours wherever they stand. */
const FIXED = new Set(['a', 'file', 'key', 'list', 'o', 'subject']);

/** States, names of inputs, days, clock times, numbers of requests: no texts for people. */
const isCode = (text: string): boolean => /^(?:[a-z0-9][\w:.-]*|[A-Z]+-\d\d-\d{4})$/.test(text);

/** The model, grown. A `Words` or a member of a list counts as what it belongs to. */
export function grown<M>(model: M, by: Grower): M {
  // The shape is kept member by member, so what comes out is the same sort of model.
  return grow(model, '', by) as M;
}

function grow(value: unknown, name: string, by: Grower): unknown {
  if (typeof value === 'string')
    return FIXED.has(name) || isCode(value) ? value : by.text(name, value);
  if (typeof value === 'boolean') return by.flag(name, value);
  if (Array.isArray(value)) return growList(value, name, by);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      grow(member, key === 'zh' || key === 'en' ? name : key, by),
    ]),
  );
}

function growList(list: readonly unknown[], name: string, by: Grower): readonly unknown[] {
  if (list.length === 0) return list;
  return Array.from({ length: by.items(name, list.length) }, (_, index) =>
    numbered(grow(list[index % list.length], name, by), index),
  );
}

/** Things in a list have numbers of their own. */
const numbered = (item: unknown, index: number): unknown =>
  typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'number'
    ? { ...item, id: item.id + index }
    : item;

/** Names are as long as the directory keeps them, all else as long as an angry paragraph. Characters. */
const LONGEST_NAME = 40;
const LONGEST = 500;
const NAMES = new Set([
  'asker',
  'by',
  'checkedIn',
  'claimedBy',
  'company',
  'department',
  'done',
  'foundBy',
  'host',
  'item',
  'name',
  'owner',
  'people',
  'requester',
  'room',
  'standFor',
  'unit',
  'who',
]);

/** What somebody writes who means no good, and what others write. */
export const HOSTILE =
  '<at id=all></at>**粗**[点](https://evil.example)\n# 头\n- 项 <person id="ou_x"> ~删~ `码` $1 &lt; 👩‍👩‍👧‍👦 ';

/** All there is, as long as it can be: sixty of everything unless the card is given fewer. */
export const worst = (most: Most): Grower => ({
  text: (name, text) => longer(text, NAMES.has(name) ? LONGEST_NAME : LONGEST),
  flag: (_name, flag) => flag,
  items: (name, count) => most[name] ?? Math.max(count, 60),
});

const longer = (text: string, most: number): string =>
  `${text} ${HOSTILE.repeat(Math.ceil(most / HOSTILE.length))}`.slice(0, most).toWellFormed();
