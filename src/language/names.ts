import { fold } from './fold.ts';
import type { Named } from './lexicon.ts';
import { matchesOf } from './matches.ts';
import type { Found } from './meaning.ts';
import { initialsOf, slurred, soundLetter, spelledOut, syllablesOf } from './sounds.ts';
import { indexWords, wordsAt } from './trie.ts';
import type { WordIndex } from './trie.ts';

/** A known name that a spoken one may mean. `score` 0 to 1; `how` says what made them alike. */
export type Match = {
  readonly id: string;
  readonly name: string;
  readonly score: number;
  readonly how: 'exact' | 'alias' | 'pinyin' | 'typo' | 'initials' | 'part';
};

/** One written form of a known name, ready to compare. */
type Form = {
  readonly of: Named;
  readonly plain: string;
  readonly alias: boolean;
  readonly sounds: readonly string[];
  readonly spelled: string;
  readonly initials: string;
};

type Index = {
  readonly forms: readonly Form[];
  readonly byGram: Map<string, Set<Form>>;
  readonly written: WordIndex<Form>;
  readonly heard: WordIndex<Form>;
};

/** Longer spoken names are cut: no name of a company is longer, and comparing costs length times length. */
const LONGEST = 40;
const NEAR = 0.55;

const digits = '零一二三四五六七八九';

const countingWords = /(?<![十百])[零一二三四五六七八九](?=[号楼层室])/g;

/** 五号 as 5号, character for character. */
const countedInDigits = (text: string): string =>
  text.replace(countingWords, (c) => String(digits.indexOf(c)));

/** Lower case, simplified, without spaces and punctuation; 五号 and 5号 alike, 10楼 and 十楼 too. */
const plainName = (text: string): string =>
  fold(text)
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
    .replace(/(?<![一二三四五六七八九])十(?=[号楼层室])/g, '10')
    .replace(countingWords, (c) => String(digits.indexOf(c)));

const formOf = (of: Named, written: string, alias: boolean): Form => {
  const plain = plainName(written);
  return {
    of,
    plain,
    alias,
    sounds: syllablesOf(plain),
    spelled: spelledOut(plain),
    initials: initialsOf(plain),
  };
};

const gramsOf = (form: { plain: string; sounds: readonly string[] }): readonly string[] => [
  ...form.plain.split(''),
  ...form.sounds.map((s) => `/${slurred(s)}`),
];

function buildIndex(known: readonly Named[]): Index {
  const forms = known
    .flatMap((of) => [
      formOf(of, of.name, false),
      ...(of.aliases ?? []).map((alias) => formOf(of, alias, true)),
    ])
    .filter((form) => form.plain !== '');
  const byGram = new Map<string, Set<Form>>();
  for (const form of forms)
    for (const gram of gramsOf(form)) {
      const set = byGram.get(gram) ?? new Set();
      byGram.set(gram, set.add(form));
    }
  return {
    forms,
    byGram,
    written: indexWords(forms.map((form) => [form.plain, form])),
    heard: indexWords(
      forms
        .filter((form) => form.sounds.length >= 2)
        .map((form) => [form.sounds.map(soundLetter).join(''), form]),
    ),
  };
}

const indexes = new WeakMap<readonly Named[], Index>();
const indexFor = (known: readonly Named[]): Index => {
  const index = indexes.get(known) ?? buildIndex(known);
  indexes.set(known, index);
  return index;
};

/** Length of the longest common subsequence, as a share of both lengths. */
function alike<T>(a: readonly T[], b: readonly T[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  let row = Array.from(b, () => 0);
  row.push(0);
  for (const x of a) {
    const next = [0];
    for (let j = 0; j < b.length; j++)
      next.push(x === b[j] ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return (2 * (row[b.length] ?? 0)) / (a.length + b.length);
}

const sameSounds = (a: readonly string[], b: readonly string[], loose: boolean): boolean =>
  a.length === b.length &&
  a.length > 0 &&
  a.every((s, i) => (loose ? slurred(s) === slurred(b[i] ?? '') : s === b[i]));

type Likeness = Pick<Match, 'score' | 'how'>;

const partScore = (short: string, long: string): number =>
  0.55 + 0.35 * (short.length / long.length);

/** How alike a spoken name and a known form are; null when they are not. */
function likeness(said: Form, form: Form): Likeness | null {
  if (said.plain === form.plain)
    return form.alias ? { score: 0.98, how: 'alias' } : { score: 1, how: 'exact' };
  const latin = /^[a-z]+$/.test(said.plain);
  if (latin && said.plain === form.spelled) return { score: 0.93, how: 'pinyin' };
  if (sameSounds(said.sounds, form.sounds, false)) return { score: 0.92, how: 'pinyin' };
  if (sameSounds(said.sounds, form.sounds, true)) return { score: 0.87, how: 'pinyin' };
  if (latin && said.plain.length >= 2 && said.plain === form.initials)
    return { score: 0.75, how: 'initials' };
  return partOf(said, form) ?? typoOf(said, form);
}

function partOf(said: Form, form: Form): Likeness | null {
  if (said.plain.length >= 2 && form.plain.includes(said.plain))
    return { score: partScore(said.plain, form.plain), how: 'part' };
  if (form.plain.length >= 2 && said.plain.includes(form.plain))
    return { score: partScore(form.plain, said.plain), how: 'part' };
  const surname = surnameOnly(said.plain);
  if (surname !== null && form.plain.length <= 4 && form.plain.startsWith(surname))
    return { score: NEAR, how: 'part' };
  return null;
}

/** The surname in 王总, 小李, 老张, 陈小姐; null when the text is no such address. */
const surnameOnly = (plain: string): string | null =>
  /^[小老阿](\p{Script=Han})$/u.exec(plain)?.[1] ??
  /^(\p{Script=Han})(?:总|工|经理|主任|老师|先生|女士|小姐|部长|师傅|姐|哥|董|总监)$/u.exec(
    plain,
  )?.[1] ??
  null;

function typoOf(said: Form, form: Form): Likeness | null {
  const written = alike(said.plain.split(''), form.plain.split(''));
  const heard = alike(said.sounds.map(slurred), form.sounds.map(slurred));
  const score = 0.85 * Math.max(written, (written + heard) / 2);
  return score >= NEAR ? { score, how: 'typo' } : null;
}

function candidates(index: Index, said: Form): Iterable<Form> {
  if (/^[a-z]+$/.test(said.plain)) return index.forms;
  const found = new Set<Form>();
  for (const gram of gramsOf(said))
    for (const form of index.byGram.get(gram) ?? []) found.add(form);
  return found;
}

/** What is left of a spoken name when the hint is taken off its front: 财务部的王芳, 财务王芳 with hint 财务部 give 王芳; null when it is not there. */
function behindHint(said: string, hint: string | undefined): string | null {
  const plain = plainName(hint ?? '').replace(/部门?$/, '');
  if (plain === '' || !said.startsWith(plain)) return null;
  return said.slice(plain.length).replace(/^(?:部门?)?的?/, '') || null;
}

/**
 * The known names that a spoken name may mean: by alias, homophone, pinyin, typo, traditional characters, initials or a part.
 * Best first; empty when nothing is near. A hint said with the name (财务的王芳) puts its bearer first.
 */
export function matchName(said: string, known: readonly Named[]): readonly Match[] {
  const form = formOf({ id: '', name: said }, said.slice(0, LONGEST), false);
  const best = new Map<string, Match>();
  if (form.plain === '') return [];
  for (const candidate of candidates(indexFor(known), form)) {
    const { id, name, hint } = candidate.of;
    const rest = behindHint(form.plain, hint);
    const like = likeness(rest === null ? form : formOf(candidate.of, rest, false), candidate);
    if (like === null) continue;
    const { score } = like;
    if (score > (best.get(id)?.score ?? 0)) best.set(id, { id, name, score, how: like.how });
  }
  return [...best.values()].toSorted((a, b) => b.score - a.score);
}

/** The known name with the same sounds, of all its syllables; null when there is none. */
export function soundingLike(said: string, known: readonly Named[]): string | null {
  const plain = plainName(said.slice(0, LONGEST));
  const sounds = syllablesOf(plain).map(soundLetter).join('');
  if (sounds.length < 2 || plain.length !== sounds.length) return null;
  const form = wordsAt(indexFor(known).heard, sounds, 0).find((hit) => hit.to === sounds.length);
  return form === undefined ? null : form.value.of.name;
}

type Spot = Found<Match>;

const spot = (text: string, from: number, to: number, form: Form, like: Likeness): Spot => ({
  value: { id: form.of.id, name: form.of.name, ...like },
  words: text.slice(from, to),
  from,
  to,
});

const isHan = (c: string): boolean => c >= '\u4e00' && c <= '\u9fff';

/**
 * Known names inside a sentence, as written, as an alias, or as heard (same sounds, two syllables or more), in reading order
 * and not overlapping: exact before heard, longer before shorter. Two bearers of one name are both given, at the same place.
 */
export function findNames(text: string, known: readonly Named[]): readonly Found<Match>[] {
  if (known.length === 0) return [];
  const index = indexFor(known);
  const plain = countedInDigits(fold(text).toLowerCase());
  const spots: Spot[] = [];
  const heard = plain
    .split('')
    .map((c) => (isHan(c) ? soundLetter(syllablesOf(c)[0] ?? '') : c))
    .join('');
  for (let i = 0; i < plain.length; i++) {
    for (const { from, to, value } of wordsAt(index.written, plain, i))
      spots.push(
        spot(text, from, to, value, {
          score: value.alias ? 0.98 : 1,
          how: value.alias ? 'alias' : 'exact',
        }),
      );
    for (const { from, to, value } of wordsAt(index.heard, heard, i))
      if (isSlip(plain.slice(from, to), value.plain))
        spots.push(spot(text, from, to, value, { score: 0.85, how: 'pinyin' }));
  }
  spots.push(...spelledNames(text, plain, index));
  return withoutOverlap(spots);
}

/** Other characters of the same sounds. Of two characters one must be right: 这里为 is not 李伟. */
const isSlip = (written: string, name: string): boolean =>
  written !== name && (name.length > 2 || name.split('').some((c) => written.includes(c)));

const latinRun = /[a-z]{4,30}/g;

/** Names written in Latin letters: huangshan for 黄山. */
function spelledNames(text: string, plain: string, index: Index): readonly Spot[] {
  return matchesOf(plain, latinRun).flatMap((run) =>
    index.forms
      .filter((form) => form.spelled === run[0] && form.plain !== run[0])
      .map((form) =>
        spot(text, run.index, run.index + run[0].length, form, { score: 0.9, how: 'pinyin' }),
      ),
  );
}

const better = (a: Spot, b: Spot): number =>
  Number(b.value.how !== 'pinyin') - Number(a.value.how !== 'pinyin') ||
  b.to - b.from - (a.to - a.from) ||
  b.value.score - a.value.score;

function withoutOverlap(spots: readonly Spot[]): readonly Spot[] {
  const kept: Spot[] = [];
  for (const one of spots.toSorted(better)) {
    const clash = kept.some((k) => k.from < one.to && one.from < k.to);
    const twin = kept.some(
      (k) => k.from === one.from && k.to === one.to && k.value.id !== one.value.id,
    );
    if (!clash || (twin && one.value.how !== 'pinyin')) kept.push(one);
  }
  return kept.toSorted((a, b) => a.from - b.from || b.value.score - a.value.score);
}
