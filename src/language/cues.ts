import { factNumber, factsOf } from './facts.ts';
import { frameOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { cueWords, hitsOf, wordsByIntent } from './heard-words.ts';
import type { CueWords, Heard } from './heard-words.ts';
import type { Cue, HeardAs, Lexicon } from './lexicon.ts';
import type { Sentence } from './sentence.ts';

/** A cue taken apart, so that judging a sentence is only looking up. */
type Need = { readonly is: boolean } & (
  | { readonly kind: 'fact'; readonly fact: number }
  | { readonly kind: 'word'; readonly group: string; readonly at: 'any' | 'start' | 'end' }
  | { readonly kind: 'order'; readonly first: string; readonly second: string }
);
type ReadyCue = {
  readonly at: number;
  readonly weight: number;
  readonly needs: readonly Need[];
  readonly says: string;
};

/** Cues that speak for an intent, and those that speak against it. */
type Sides = { readonly pro: ReadyCue[]; readonly con: ReadyCue[] };

/** Cues of one intent. `byGroup`: those that cannot hold without a word of that group; `free`: the others. */
type ReadyIntent = {
  readonly heard: HeardAs;
  readonly byGroup: ReadonlyMap<string, Sides>;
  readonly free: Sides;
};

/** A lexicon prepared for scoring. */
export type Cues = { readonly intents: readonly ReadyIntent[]; readonly words: CueWords };

/** An intent with the sum of the weights of the cues that hold, and which ones they were. */
export type Score = {
  readonly heard: HeardAs;
  readonly score: number;
  /** The part of the score that speaks for it. */
  readonly pro: number;
  /** Put into words (`reasonsOf`) when somebody asks: for most intents of most sentences nobody does. */
  readonly holding: readonly ReadyCue[];
};

/** The cues that made a score, in words. */
export const reasonsOf = ({ holding }: Pick<Score, 'holding'>): readonly string[] =>
  holding.map((cue) => cue.says);

/** `a>b`: at most so many characters between the two. */
const NEARBY = 10;

function needOf(source: string): Need {
  const is = !source.startsWith('!');
  const text = is ? source : source.slice(1);
  const [first = '', second] = text.split('>');
  if (second !== undefined) return { is, kind: 'order', first, second };
  if (text.startsWith('@')) return { is, kind: 'fact', fact: factNumber(text.slice(1)) };
  if (text.startsWith('^')) return { is, kind: 'word', group: text.slice(1), at: 'start' };
  if (text.endsWith('$')) return { is, kind: 'word', group: text.slice(0, -1), at: 'end' };
  return { is, kind: 'word', group: text, at: 'any' };
}

const readyCue = ([weight, needs]: Cue, at: number): ReadyCue => ({
  at,
  weight,
  says: `${needs === '' ? 'always' : needs} ${weight > 0 ? '+' : ''}${weight}`,
  // Words are looked up before facts, which may cost a search.
  needs: needs
    .split(' ')
    .filter((need) => need !== '')
    .map(needOf)
    .toSorted((a, b) => Number(a.kind === 'fact') - Number(b.kind === 'fact')),
});

/** The group without whose words a cue cannot hold; null when it can. */
function groupOf({ needs }: ReadyCue): string | null {
  for (const need of needs) {
    if (!need.is || need.kind === 'fact') continue;
    return need.kind === 'word' ? need.group : need.first;
  }
  return null;
}

function readyIntent(heard: HeardAs): ReadyIntent {
  const byGroup = new Map<string, Sides>();
  const free: Sides = { pro: [], con: [] };
  for (const cue of heard.cues.map(readyCue)) {
    const group = groupOf(cue);
    const sides = group === null ? free : (byGroup.get(group) ?? { pro: [], con: [] });
    if (group !== null) byGroup.set(group, sides);
    sides[cue.weight > 0 ? 'pro' : 'con'].push(cue);
  }
  return { heard, byGroup, free };
}

/** Takes the declarations of a lexicon apart once. */
export const prepareCues = (lexicon: Lexicon): Cues => ({
  intents: lexicon.intents.map(readyIntent),
  words: cueWords(lexicon.intents),
});

const anyIntent = (): boolean => true;

/** One sentence as cues are held against it. */
type Judged = {
  readonly words: Heard;
  readonly frame: () => Frame;
  readonly fact: (fact: number) => boolean;
};

function wordHolds(need: Extract<Need, { kind: 'word' }>, { words, frame }: Judged): boolean {
  const hits = hitsOf(words, need.group);
  if (hits === undefined) return false;
  if (need.at === 'any') return true;
  const { from, to } = frame();
  return need.at === 'start' ? hits.some((hit) => hit.from <= from) : hits.some((h) => h.to >= to);
}

const orderHolds = (need: Extract<Need, { kind: 'order' }>, { words }: Judged): boolean =>
  (hitsOf(words, need.first) ?? []).some((a) =>
    (hitsOf(words, need.second) ?? []).some((b) => b.from >= a.to && b.from - a.to <= NEARBY),
  );

function holds({ needs }: ReadyCue, judged: Judged): boolean {
  for (const need of needs) {
    const is =
      need.kind === 'fact'
        ? judged.fact(need.fact)
        : need.kind === 'word'
          ? wordHolds(need, judged)
          : orderHolds(need, judged);
    if (is !== need.is) return false;
  }
  return true;
}

/** Adds to `holding` the cues that hold. */
function gather(cues: readonly ReadyCue[], judged: Judged, holding: ReadyCue[]): number {
  let sum = 0;
  for (const cue of cues) {
    if (!holds(cue, judged)) continue;
    sum += cue.weight;
    holding.push(cue);
  }
  return sum;
}

/** What speaks for an intent and, where anything does, what speaks against it. */
function scoreOf({ heard, byGroup, free }: ReadyIntent, judged: Judged): Score | null {
  const holding: ReadyCue[] = [];
  let pro = gather(free.pro, judged, holding);
  for (const { group } of judged.words) {
    const own = byGroup.get(group);
    if (own !== undefined) pro += gather(own.pro, judged, holding);
  }
  if (holding.length === 0) return null;
  let con = gather(free.con, judged, holding);
  for (const { group } of judged.words) {
    const own = byGroup.get(group);
    if (own !== undefined) con += gather(own.con, judged, holding);
  }
  const score = pro + con;
  return { heard, score, pro, holding };
}

/** Every intent that is `worth` looking at and that anything speaks for, with its score, in the order of the lexicon. */
export function scoreIntents(
  cues: Cues,
  sentence: Sentence,
  heard: readonly Heard[] = wordsByIntent(cues.words, sentence.text),
  worth: (intent: string) => boolean = anyIntent,
): readonly Score[] {
  const fact = factsOf(sentence);
  let made: Frame | null = null;
  const frame = (): Frame => (made ??= frameOf(sentence.text));
  const scores: Score[] = [];
  cues.intents.forEach((intent, i) => {
    if (!worth(intent.heard.intent)) return;
    const score = scoreOf(intent, { words: heard[i] ?? [], frame, fact });
    if (score !== null) scores.push(score);
  });
  return scores;
}
