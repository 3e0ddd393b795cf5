import { fold } from './fold.ts';
import type { HeardAs } from './lexicon.ts';
import { eachWordAt, indexWords } from './trie.ts';
import type { Hit, WordIndex } from './trie.ts';

/** `name`: the intent and the group as learned weights know them (see learned/shapes.ts). */
export type Filed = { readonly intent: number; readonly group: string; readonly name: string };

/** The words of all intents, to be found in one pass. */
export type CueWords = { readonly index: WordIndex<Filed>; readonly intents: number };

/** A group of which a word was heard, and where. */
export type HeardGroup = Filed & { readonly hits: readonly Hit<Filed>[] };

/** The groups of one intent that were heard, in the order of their first words: of most intents none, of the others a few. */
export type Heard = readonly HeardGroup[];

function ofGroup<T extends HeardGroup>(heard: readonly T[], group: string): T | undefined {
  for (const one of heard) if (one.group === group) return one;
  return undefined;
}

/** Where the words of a group stand; undefined when none was heard. */
export const hitsOf = (heard: Heard, group: string): readonly Hit<Filed>[] | undefined =>
  ofGroup(heard, group)?.hits;

const unheard: Heard = [];

type Gathering = Filed & { readonly hits: Hit<Filed>[] };

/** Files the words of all intents together. */
export const cueWords = (intents: readonly HeardAs[]): CueWords => ({
  intents: intents.length,
  index: indexWords(
    intents.flatMap(({ intent: own, words }, intent) =>
      Object.entries(words).flatMap(([group, list]) => {
        const filed: Filed = { intent, group, name: `${own}/${group}` };
        return list.map((word) => [fold(word).toLowerCase(), filed] as const);
      }),
    ),
  ),
});

/** Behind the words of each intent: of those heard so far, and of those that begin here. Used by one message at a time. */
type Ends = { readonly covered: Uint16Array; readonly longest: Uint16Array };

const ends = new WeakMap<CueWords, Ends>();

function endsFor(words: CueWords): Ends {
  const known = ends.get(words);
  if (known !== undefined) {
    known.covered.fill(0);
    return known;
  }
  const made = {
    covered: new Uint16Array(words.intents),
    longest: new Uint16Array(words.intents),
  };
  ends.set(words, made);
  return made;
}

/**
 * The words of each intent in the text, by intent and group. A word inside a longer one of the same intent does not count
 * (会议 in 会议室); one word may stand in several groups.
 */
export function wordsByIntent(words: CueWords, text: string): readonly Heard[] {
  const heard: (Gathering[] | null)[] = [];
  for (let intent = 0; intent < words.intents; intent++) heard.push(null);
  const { covered, longest } = endsFor(words);
  const here: Hit<Filed>[] = [];
  let from = 0;
  const see = (to: number, value: Filed): void => {
    here.push({ from, to, value });
    // Shortest first: the last one of an intent is its longest here.
    longest[value.intent] = to;
  };
  for (; from < text.length; from++) {
    eachWordAt(words.index, text, from, see);
    if (here.length === 0) continue;
    for (const hit of here) {
      const { intent, group, name } = hit.value;
      if (hit.to !== longest[intent] || hit.to <= (covered[intent] ?? 0)) continue;
      const groups = heard[intent];
      const known = groups == null ? undefined : ofGroup(groups, group);
      if (known !== undefined) known.hits.push(hit);
      else if (groups == null) heard[intent] = [{ intent, group, name, hits: [hit] }];
      else groups.push({ intent, group, name, hits: [hit] });
    }
    for (const { value } of here)
      covered[value.intent] = Math.max(covered[value.intent] ?? 0, longest[value.intent] ?? 0);
    here.length = 0;
  }
  return heard.map((groups) => groups ?? unheard);
}
