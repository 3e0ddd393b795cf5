import { measures, phrases, things } from './english/words.ts';
import { fold } from './fold.ts';
import type { HeardAs } from './lexicon.ts';
import { lowered } from './characters.ts';
import type { Tongue } from './language-of.ts';
import { clausesOf } from './pieces.ts';
import type { Stretch } from './pieces.ts';
import { eachWordAt, indexWords, scanWords } from './trie.ts';
import type { WordIndex } from './trie.ts';

/** What a word is worth as a sign that an intent is meant. Words of one group say the same twice: they share their `group`. */
type Sign = { readonly intent: number; readonly group: number; readonly worth: number };

/** The words that speak for a wish, Chinese and English, to be found in one pass, and how many groups they have. */
export type Skim = {
  readonly signs: WordIndex<Sign>;
  readonly groups: number;
  readonly intents: number;
};

/**
 * A message longer than this is looked through for where it asks for something, and only that is read with care: letters and
 * pasted reports are long, requests are not. The longest Chinese request anybody wrote for us has 73 characters, the longest
 * English one 206.
 */
export const LONG = { zh: 90, en: 240 } as const;
/** So much of a long message is read with care; English needs twice the letters. */
const MOST = { zh: 80, en: 300 } as const;
/** A clause without any punctuation is taken in stretches of this length. */
const LONGEST_CLAUSE = 60;
/** Words of less worth are in every report (会议, 申请). The scale is that of the cues. */
const BEARING = 2.5;

/** A cue may be loud beside what was learned of other intents; here it says no more than any other. */
const LOUDEST = 5;

/** What each group of an intent's words is worth: half of what a cue of two groups says, all of what one alone says. */
function worths(heard: HeardAs): ReadonlyMap<string, number> {
  const worth = new Map<string, number>();
  for (const [weight, needs] of heard.cues) {
    const groups = needs
      .split(/[ >]/)
      .map((need) => need.replace(/^\^|\$$/g, ''))
      .filter((need) => heard.words[need] !== undefined);
    if (weight <= 0 || needs.includes('!')) continue;
    for (const group of groups)
      worth.set(group, Math.max(worth.get(group) ?? 0, Math.min(weight, LOUDEST) / groups.length));
  }
  return worth;
}

type Filed = readonly [word: string, sign: Sign];

function chineseSigns(intents: readonly HeardAs[]): { readonly filed: Filed[]; groups: number } {
  const filed: Filed[] = [];
  let groups = 0;
  for (const [intent, heard] of intents.entries()) {
    if (!heard.wish) continue;
    for (const [group, worth] of worths(heard)) {
      const sign: Sign = { intent, group: groups++, worth };
      for (const word of heard.words[group] ?? []) filed.push([fold(word).toLowerCase(), sign]);
    }
  }
  return { filed, groups };
}

/** English words are signs of what their Chinese is a sign of. */
function englishSigns(chinese: WordIndex<Sign>): readonly Filed[] {
  return [...phrases, ...things, ...measures].flatMap(([english, say]) =>
    scanWords(chinese, say.toLowerCase()).map(({ value }): Filed => [english, value]),
  );
}

/** Files the words of all wishes by what they are worth. */
export function prepareSkim(intents: readonly HeardAs[]): Skim {
  const { filed, groups } = chineseSigns(intents);
  const signs = indexWords([...filed, ...englishSigns(indexWords(filed))]);
  return { signs, groups, intents: intents.length };
}

/** Clauses, none longer than a line. */
function shortClausesOf(text: string): readonly Stretch[] {
  return clausesOf(text).flatMap(({ from, to }) =>
    Array.from({ length: Math.ceil((to - from) / LONGEST_CLAUSE) }, (_, i) => ({
      from: from + i * LONGEST_CLAUSE,
      to: Math.min(to, from + (i + 1) * LONGEST_CLAUSE),
    })),
  );
}

/** What speaks in each clause for the wish that has most for it. */
function worthOf(skim: Skim, text: string, clauses: readonly Stretch[]): readonly number[] {
  // The clause, counted from 1, in which a group or an intent was last seen; so nothing is cleared between clauses.
  const seen = new Uint32Array(skim.groups);
  const inClause = new Uint32Array(skim.intents);
  const sums = new Float64Array(skim.intents);
  let clause = 0;
  let end = 0;
  let most = 0;
  const see = (to: number, { intent, group, worth }: Sign): void => {
    if (to > end || seen[group] === clause) return;
    seen[group] = clause;
    const sum = (inClause[intent] === clause ? (sums[intent] ?? 0) : 0) + worth;
    inClause[intent] = clause;
    sums[intent] = sum;
    most = Math.max(most, sum);
  };
  return clauses.map(({ from, to }) => {
    clause++;
    end = to;
    most = 0;
    for (let at = from; at < to; at++) eachWordAt(skim.signs, text, at, see);
    return most;
  });
}

/**
 * Clauses of one sentence belong together; what stands in another sentence is seldom part of the wish. Lines do: forms are
 * filled in line by line (时间：…, 人数：…).
 */
const endsSentence = (text: string, { to }: Stretch): boolean =>
  /[。！!？?]/.test(text.charAt(to - 1));

/** The clauses to read: those that ask for most, each with its neighbours in the sentence, while there is room. */
function chosenOf(
  text: string,
  clauses: readonly Stretch[],
  worth: readonly number[],
  most: number,
): ReadonlySet<number> {
  const chosen = new Set<number>();
  let room = most;
  const choose = (index: number): void => {
    const clause = clauses[index];
    if (clause === undefined || chosen.has(index) || clause.to - clause.from > room) return;
    room -= clause.to - clause.from;
    chosen.add(index);
  };
  // What is said again is read once.
  const first = new Map<string, number>();
  for (const [index, { from, to }] of clauses.entries()) {
    const said = text.slice(from, to);
    if (!first.has(said)) first.set(said, index);
  }
  const isNew = ({ from, to }: Stretch, index: number): boolean =>
    first.get(text.slice(from, to)) === index;
  const bearing = clauses
    .map((clause, index) => ({ clause, value: worth[index] ?? 0, index }))
    .filter(({ clause, value, index }) => value >= BEARING && isNew(clause, index))
    .toSorted((a, b) => b.value - a.value || a.index - b.index);
  for (const { index } of bearing) {
    choose(index);
    const [before, here] = [clauses[index - 1], clauses[index]];
    if (before !== undefined && !endsSentence(text, before)) choose(index - 1);
    if (here !== undefined && !endsSentence(text, here)) choose(index + 1);
  }
  if (bearing.length === 0)
    for (const [index, clause] of clauses.entries()) if (isNew(clause, index)) choose(index);
  return chosen;
}

/**
 * The stretches of a long message that are worth reading with care, in the order said; the first lines when nothing in it
 * asks for anything. Together they are at most 80 characters (300 of an English message).
 */
export function stretchesOf(skim: Skim, folded: string, tongue: Tongue): readonly Stretch[] {
  const clauses = shortClausesOf(folded);
  const worth = worthOf(skim, lowered(folded), clauses);
  const chosen = chosenOf(folded, clauses, worth, MOST[tongue]);
  const stretches: Stretch[] = [];
  for (const [index, clause] of clauses.entries()) {
    if (!chosen.has(index)) continue;
    const last = stretches.at(-1);
    if (last !== undefined && last.to === clause.from && !endsSentence(folded, last))
      stretches[stretches.length - 1] = { from: last.from, to: clause.to };
    else stretches.push(clause);
  }
  return stretches;
}
