/** Lines that name their parts: 「责任人：赵建国；事项：……；完成时间：3月25日」, "Owner: Linda, Task: …". */
import { fold } from '../language/fold.ts';
import { dueDatesIn } from './by-when.ts';
import { type Drafted, type Reader, trimmed } from './drafted.ts';
import { nameReader } from './who.ts';

/** The part of an item that a word names, in lines and in the heads of tables alike. */
export type Part = 'owner' | 'due' | 'standard' | 'what';

const PARTS: readonly (readonly [Part, string])[] = [
  ['owner', '责任人|负责人|承办人|经办人|牵头人|责任部门|owner|assignee|responsible|who'],
  ['due', '完成时间|完成时限|完成日期|截止时间|截止日期|截止|时限|期限|due date|due|deadline|when'],
  ['standard', '验收标准|完成标准|标准|要求|acceptance|standard'],
  ['what', '行动项|工作事项|事项|任务|内容|工作内容|task|action item|action|item|what'],
];

/** The part that the head of a column names; undefined for a number or anything else. */
export function partNamed(head: string): Part | undefined {
  const plain = head.trim();
  return PARTS.find(([, words]) => new RegExp(`^(?:${words})$`, 'iu').test(plain))?.[0];
}

const LABEL = new RegExp(
  `(?<=^|[，,；;（(\\s|])(?:${PARTS.map(([, words]) => `(${words})`).join('|')})(?:[：:]|为|是|\\s(?=\\S))?\\s*`,
  'giu',
);

/** The item of a line that says who is responsible in so many words; undefined for other lines. */
export function labelled(text: string, { now, people }: Reader): Drafted | undefined {
  const folded = fold(text);
  const read = nameReader(text, folded, people);
  const found = labelsIn(folded, (at) => read(at) !== null);
  if (!found.some(({ part }) => part === 'owner')) return undefined;
  const parts = new Map<Part, string>();
  for (const [place, { part, to }] of found.entries()) {
    const next = found[place + 1]?.from ?? text.length;
    const rest = text.slice(to, next);
    parts.set(
      part,
      part === 'owner' ? owner(rest, read, to) : trimmed(rest.replace(/[）)]\s*$/u, '')),
    );
  }
  const before = trimmed(text.slice(0, found[0]?.from ?? 0));
  const last = found.at(-1);
  const tail =
    last?.part === 'owner' ? text.slice(last.to + (parts.get('owner') ?? '').length) : '';
  const due = dueDatesIn(parts.get('due') ?? `${before}${tail}`, now).at(-1);
  const what = parts.get('what') ?? withoutDue(before, now);
  if (what === '') return undefined;
  return {
    what,
    owner: parts.get('owner') || null,
    due: due?.date ?? null,
    standard: parts.get('standard') || null,
  };
}

type Label = { readonly part: Part; readonly from: number; readonly to: number };

/** Labels with a sign behind them, and 责任人王磊, where a name follows at once. */
const labelsIn = (folded: string, isName: (at: number) => boolean): readonly Label[] =>
  [...folded.matchAll(LABEL)].flatMap((found) => {
    const place = found.slice(1).findIndex((each) => each !== undefined);
    const part = PARTS[place]?.[0];
    const to = found.index + found[0].length;
    const told = /[：:]\s*$/u.test(found[0]) || (part === 'owner' && isName(to));
    return part && told ? [{ part, from: found.index, to }] : [];
  });

function owner(rest: string, read: (at: number) => number | null, at: number): string {
  const end = read(at);
  return end === null ? trimmed(rest.split(/[，,；;）)]/u)[0] ?? '') : rest.slice(0, end - at);
}

function withoutDue(text: string, now: Temporal.ZonedDateTime): string {
  const due = dueDatesIn(text, now).at(-1);
  return trimmed(due ? text.slice(0, due.from) + text.slice(due.to) : text);
}
