import { fold } from '../../src/language/fold.ts';
import type { Row } from './rows.ts';

/** What was understood of a row, in the form of the data. */
export type Answer = {
  readonly intent: string;
  readonly slots: { readonly [slot: string]: unknown };
};

type Thing = { readonly [key: string]: unknown };
const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A length as months and seconds: `P1W` is `P7D`, `P0.5Y` is `P6M`. */
function lengthOf(text: string): string {
  const [days = '', clock = ''] = text.replace(/^P/, '').split('T');
  const sum = (part: string, worth: { readonly [unit: string]: number }): number =>
    [...part.matchAll(/([\d.]+)([A-Z])/g)].reduce(
      (total, [, amount, unit]) => total + Number(amount) * (worth[unit ?? ''] ?? 0),
      0,
    );
  const months = sum(days, { Y: 12, M: 1 });
  const seconds = sum(days, { W: 604_800, D: 86_400 }) + sum(clock, { H: 3600, M: 60, S: 1 });
  return `${months} months ${seconds} s`;
}

const withSeconds = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/(^|T)(\d\d:\d\d)$/, '$1$2:00') : value;

const everyDay = '1,2,3,4,5,6,7';

/** A time in one spelling, so that equal times are equal text. */
function timeText(value: unknown): string {
  if (!isThing(value) || value['type'] === 'none') return 'none';
  const { type, start, end } = value;
  if (type === 'duration') return lengthOf(String(value['value']));
  if (type === 'daterange' && start === end) return timeText({ type: 'date', start });
  if (type === 'set') {
    const weekdays = Array.isArray(value['weekdays'])
      ? value['weekdays']
          .map(Number)
          .toSorted((a, b) => a - b)
          .join(',')
      : '';
    const daily = weekdays === everyDay;
    const every = daily ? 'P1D' : String(value['every']);
    return JSON.stringify([
      lengthOf(every),
      daily ? '' : weekdays,
      value['monthdays'] ?? [],
      withSeconds(value['time']) ?? null,
      withSeconds(value['end']) ?? null,
      value['part'] ?? null,
    ]);
  }
  return JSON.stringify([
    type,
    withSeconds(start) ?? null,
    withSeconds(end) ?? null,
    value['part'] ?? null,
  ]);
}

/** Whether a time answers a row: its own or one of those that count too. */
export const isSameTime = ({ expected, anyOf }: Row, got: unknown): boolean =>
  [expected, ...anyOf].some((wanted) => timeText(wanted) === timeText(got));

const counting = '零一二三四五六七八九';

const plain = (value: unknown): string =>
  fold(typeof value === 'string' ? value : JSON.stringify(value ?? ''))
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
    .replace(/十(?=[楼层号])/g, '10')
    .replace(/[一二三四五六七八九](?=[楼层号])/g, (c) => String(counting.indexOf(c)));

/** Equal, or one inside the other and not much longer. */
function isSameText(wanted: unknown, got: unknown): boolean {
  const [a, b] = [plain(wanted), plain(got)];
  if (a === b) return true;
  if (a === '' || b === '') return false;
  if (b.includes(a)) return b.length - a.length <= 6;
  return a.includes(b) && b.length >= Math.max(2, Math.ceil(a.length / 2));
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function isSameSet(
  wanted: readonly unknown[],
  got: readonly unknown[],
  same: (a: unknown, b: unknown) => boolean,
): boolean {
  const rest = [...got];
  const found = wanted.every((one) => {
    const at = rest.findIndex((other) => same(one, other));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return found && rest.length === 0;
}

const isSameItem = (a: unknown, b: unknown): boolean =>
  isThing(a) &&
  isThing(b) &&
  isSameText(a['name'], b['name']) &&
  (a['qty'] ?? null) === (b['qty'] ?? null) &&
  (a['unit'] === undefined || b['unit'] === undefined || plain(a['unit']) === plain(b['unit']));

const lettersAndFigures = (value: unknown): string =>
  plain(value).replace(/[^0-9a-z\u4e00-\u9fff]/g, '');

function isSameSlot(slot: string, wanted: unknown, got: unknown): boolean {
  if (slot === 'when') return timeText(wanted) === timeText(got);
  if (slot === 'duration') return lengthOf(String(wanted)) === lengthOf(String(got));
  if (slot === 'items') return isSameSet(listed(wanted), listed(got), isSameItem);
  if (slot === 'to' || slot === 'from')
    return isSameSet(
      listed(wanted),
      listed(got),
      (a, b) => plain(a).replace(/市$/, '') === plain(b).replace(/市$/, ''),
    );
  if (['id', 'phone', 'assetno', 'docno', 'plate'].includes(slot))
    return isSameSet(
      listed(wanted),
      listed(got),
      (a, b) => lettersAndFigures(a) === lettersAndFigures(b),
    );
  if (typeof wanted === 'number' || typeof wanted === 'boolean') return wanted === got;
  return isSameSet(listed(wanted), listed(got), isSameText);
}

/** People's own words are not compared; a title, a length or a room more than asked is no mistake. */
const free = new Set(['problem', 'purpose', 'comment', 'content']);
const soft = new Set(['title', 'duration', 'room']);

const isFilled = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0);

type Slots = { readonly wanted: number; readonly given: number; readonly right: number };
type Judged = { readonly intent: boolean; readonly frame: boolean | null; readonly slots: Slots };

/** One answer against its row. `frame` is null where slots are not compared. */
function judged(row: Row, answer: Answer): Judged {
  const intent = [row.intent, ...row.accept].includes(answer.intent);
  const compared = row.intent !== 'other' && !row.tags.includes('intent-only');
  if (!compared || (intent && answer.intent !== row.intent))
    return { intent, frame: null, slots: { wanted: 0, given: 0, right: 0 } };
  const own = answer.intent === row.intent ? answer.slots : {};
  const names = [...new Set([...Object.keys(row.slots), ...Object.keys(own)])].filter(
    (name) => !free.has(name) && !row.ignore.includes(name),
  );
  const each = names.map((name) => {
    const [wanted, given] = [isFilled(row.slots[name]), isFilled(own[name])];
    const extra = !wanted && given && !soft.has(name) && !(name === 'people' && own[name] === 1);
    const right =
      wanted &&
      given &&
      [row.slots[name], ...(row.alt[name] ?? [])].some((w) => isSameSlot(name, w, own[name]));
    return { wanted, given: (wanted && given) || extra, right };
  });
  const count = (key: 'wanted' | 'given' | 'right'): number =>
    each.filter((one) => one[key]).length;
  const frame = intent && each.every((one) => one.right || (!one.wanted && !one.given));
  return {
    intent,
    frame,
    slots: { wanted: count('wanted'), given: count('given'), right: count('right') },
  };
}

const share = (right: number, of: number): number => (of === 0 ? 1 : right / of);

/** Shares of 1: intents right, frames right, and F1 of the slots. */
export type Figures = { readonly intents: number; readonly frames: number; readonly slots: number };

/** All rows together. */
export function figuresOf(rows: readonly Row[], answer: (row: Row) => Answer): Figures {
  const all = rows.map((row) => judged(row, answer(row)));
  const framed = all.filter((one) => one.frame !== null);
  const sum = (key: keyof Slots): number => all.reduce((total, one) => total + one.slots[key], 0);
  return {
    intents: share(all.filter((one) => one.intent).length, all.length),
    frames: share(framed.filter((one) => one.frame === true).length, framed.length),
    slots: share(2 * sum('right'), sum('wanted') + sum('given')),
  };
}
