import { factOf } from './facts.ts';
import type { Cue, HeardAs, Lexicon } from './lexicon.ts';
import type { Sentence } from './sentence.ts';
import { fold } from './fold.ts';
import { indexWords, scanWords } from './trie.ts';
import type { Hit, WordIndex } from './trie.ts';

/** A cue taken apart, so that judging a sentence is only looking up. */
type Need = { readonly is: boolean } & (
  | { readonly kind: 'fact'; readonly name: string }
  | { readonly kind: 'word'; readonly group: string; readonly at: 'any' | 'start' | 'end' }
  | { readonly kind: 'order'; readonly first: string; readonly second: string }
);
type ReadyCue = { readonly weight: number; readonly needs: readonly Need[]; readonly says: string };
type ReadyIntent = { readonly heard: HeardAs; readonly cues: readonly ReadyCue[] };
type Filed = { readonly intent: number; readonly group: string };

/** A lexicon prepared for scoring. */
export type Cues = { readonly intents: readonly ReadyIntent[]; readonly words: WordIndex<Filed> };

/** An intent with the sum of the weights of the cues that hold, and which ones they were. */
export type Score = {
  readonly heard: HeardAs;
  readonly score: number;
  readonly reasons: readonly string[];
};

/** `a>b`: at most so many characters between the two. */
const NEARBY = 10;

function needOf(source: string): Need {
  const is = !source.startsWith('!');
  const text = is ? source : source.slice(1);
  const [first = '', second] = text.split('>');
  if (second !== undefined) return { is, kind: 'order', first, second };
  if (text.startsWith('@')) return { is, kind: 'fact', name: text.slice(1) };
  if (text.startsWith('^')) return { is, kind: 'word', group: text.slice(1), at: 'start' };
  if (text.endsWith('$')) return { is, kind: 'word', group: text.slice(0, -1), at: 'end' };
  return { is, kind: 'word', group: text, at: 'any' };
}

const readyCue = ([weight, needs]: Cue): ReadyCue => ({
  weight,
  says: needs === '' ? 'always' : needs,
  // Words are looked up before facts, which may cost a search.
  needs: needs
    .split(' ')
    .filter((need) => need !== '')
    .map(needOf)
    .toSorted((a, b) => Number(a.kind === 'fact') - Number(b.kind === 'fact')),
});

/** Takes the declarations of a lexicon apart once. */
export function prepareCues(lexicon: Lexicon): Cues {
  return {
    intents: lexicon.intents.map((heard) => ({ heard, cues: heard.cues.map(readyCue) })),
    words: indexWords(
      lexicon.intents.flatMap(({ words }, intent) =>
        Object.entries(words).flatMap(([group, list]) =>
          list.map((word) => [fold(word).toLowerCase(), { intent, group }] as const),
        ),
      ),
    ),
  };
}

type Heard = ReadonlyMap<string, readonly Hit<Filed>[]>;

/** The words of each intent in the sentence; a word inside a longer one of the same intent does not count (会议 in 会议室). */
function wordsByIntent(cues: Cues, text: string): readonly Heard[] {
  const byIntent = cues.intents.map(() => new Map<string, Hit<Filed>[]>());
  const hits = scanWords(cues.words, text);
  const widest = new Map<string, number>();
  for (const hit of hits) widest.set(`${hit.value.intent}/${hit.from}`, hit.to);
  const covered = cues.intents.map(() => 0);
  for (const hit of hits) {
    const { intent, group } = hit.value;
    const longest = widest.get(`${intent}/${hit.from}`) ?? hit.to;
    if (
      hit.to < longest ||
      (hit.to <= (covered[intent] ?? 0) &&
        hit.from < (covered[intent] ?? 0) &&
        !isTwin(byIntent[intent], hit))
    )
      continue;
    covered[intent] = Math.max(covered[intent] ?? 0, hit.to);
    const list = byIntent[intent]?.get(group) ?? [];
    list.push(hit);
    byIntent[intent]?.set(group, list);
  }
  return byIntent;
}

/** The same word filed under two groups of one intent. */
const isTwin = (
  heard: ReadonlyMap<string, readonly Hit<Filed>[]> | undefined,
  hit: Hit<Filed>,
): boolean =>
  heard !== undefined &&
  [...heard.values()].some((list) => list.at(-1)?.from === hit.from && list.at(-1)?.to === hit.to);

/** Polite words before and after the matter: 你好，麻烦帮我…，谢谢. */
const opening =
  /^(?:[\s，,。.!！、~]|@[^\s，,]{1,20}\s|你好|您好|hi[,， ]|hello[,， ]|请问|请|麻烦|劳驾|辛苦|那个|那啥|嗯+|啊|哦|能不能|能否|可以|可否|帮忙|帮我们?|帮|给我们?|我们?|咱们?|想要?|需要|要|一下|你|您|把|将|急[,: ]|(?:ok|好的?|嗯|行)[,。 ])*/;
const closing =
  /(?:[\s，,。.!！?？~]|谢谢您?|多谢|感谢|谢了|辛苦了?|麻烦了?|拜托了?|一下|吧|吗|呗|了|哈|啊|呀|哦|呢|行吗|好吗|可以吗|please|thanks)*$/;

type Frame = { readonly from: number; readonly to: number };

const frameOf = (text: string): Frame => {
  const from = opening.exec(text)?.[0].length ?? 0;
  const rest = text.slice(from);
  return { from, to: text.length - (closing.exec(rest)?.[0].length ?? 0) };
};

function wordHolds(need: Extract<Need, { kind: 'word' }>, heard: Heard, frame: Frame): boolean {
  const hits = heard.get(need.group);
  if (hits === undefined) return false;
  if (need.at === 'start') return hits.some((hit) => hit.from <= frame.from && hit.to > 0);
  return need.at === 'any' || hits.some((hit) => hit.to >= frame.to);
}

const orderHolds = (need: Extract<Need, { kind: 'order' }>, heard: Heard): boolean =>
  (heard.get(need.first) ?? []).some((a) =>
    (heard.get(need.second) ?? []).some((b) => b.from >= a.to && b.from - a.to <= NEARBY),
  );

/** Every intent with its score, in the order of the lexicon. */
export function scoreIntents(cues: Cues, sentence: Sentence): readonly Score[] {
  const heard = wordsByIntent(cues, sentence.text);
  const frame = frameOf(sentence.text);
  const known = new Map<string, boolean>();
  const fact = (name: string): boolean => {
    const holds = known.get(name) ?? factOf(sentence, name);
    known.set(name, holds);
    return holds;
  };
  return cues.intents.map(({ heard: intent, cues: list }, i) => {
    const words = heard[i] ?? new Map();
    const holding = list.filter(({ needs }) =>
      needs.every((need) => {
        if (need.kind === 'fact') return fact(need.name) === need.is;
        if (need.kind === 'order') return orderHolds(need, words) === need.is;
        return wordHolds(need, words, frame) === need.is;
      }),
    );
    return {
      heard: intent,
      score: holding.reduce((sum, cue) => sum + cue.weight, 0),
      reasons: holding.map((cue) => `${cue.says} ${cue.weight > 0 ? '+' : ''}${cue.weight}`),
    };
  });
}
