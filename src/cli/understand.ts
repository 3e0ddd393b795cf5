import { heardAs } from '../conversation/heard/index.ts';
import { kinds } from '../requests/index.ts';
import { cities } from '../language/cities.ts';
import type { Lexicon } from '../language/lexicon.ts';
import type { Piece, Slots } from '../language/meaning.ts';

/** What a message means in the form of the language tests: one intent and its slots. */
export type NluAnswer = {
  readonly intent: string;
  readonly confidence: number;
  readonly slots: Slots;
};

/** Everything we listen for, without the names of any company. */
export const nameless: Lexicon = {
  intents: [...kinds.map((kind) => kind.heardAs), ...heardAs],
  rooms: [],
  items: [],
  people: [],
  cities,
};

/** Intents of ours that the test data has under another name. */
const nluNames: { readonly [intent: string]: string } = {
  'room.free': 'room.book',
  'query.tasks': 'query.mine',
  'report.digest': 'other',
  'report.monthly': 'other',
  urge: 'query.mine',
  help: 'other',
  greeting: 'other',
  confirm: 'other',
  nevermind: 'cancel',
};

/** The name that an intent of ours has in the test data. */
export const nluName = (intent: string): string => nluNames[intent] ?? intent;

/** The first wish of a message in the names of the test data; small talk beside a wish does not count. */
export function toNlu(pieces: readonly Piece[]): NluAnswer {
  const firsts = pieces.flatMap((piece) => piece.readings.slice(0, 1));
  const wish = firsts.find((r) => nluName(r.intent) !== 'other');
  if (wish === undefined)
    return { intent: 'other', confidence: firsts[0]?.confidence ?? 0, slots: {} };
  return {
    intent: nluName(wish.intent),
    confidence: wish.confidence,
    slots: nluSlots(wish.slots),
  };
}

/** The test data has budgets as plain numbers of the currency that was said. */
function nluSlots(slots: Slots): Slots {
  const { budget } = slots;
  if (typeof budget !== 'string') return slots;
  return { ...slots, budget: Number(budget.split(' ')[0]) };
}
