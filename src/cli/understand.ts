import { z } from 'zod';
import { heardAs } from '../conversation/heard/index.ts';
import { kinds } from '../requests/index.ts';
import { cities } from '../language/cities.ts';
import type { Lexicon } from '../language/lexicon.ts';
import type { Piece, Slots } from '../language/meaning.ts';
import { understand } from '../language/understand.ts';

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

/** A line of the test data, or of any messages: `reference` is local to `zone`; without it the message is said now. */
const Message = z.object({
  id: z.string().optional(),
  text: z.string(),
  reference: z.string().optional(),
  zone: z.string().optional(),
});

/** What we make of one line of JSON, as one line of JSON; a line that is no message is answered with its `error`. */
export function answerLine(line: string, now: Temporal.ZonedDateTime): string {
  try {
    const { id, text, reference, zone } = Message.parse(JSON.parse(line));
    const local = now.withTimeZone(zone ?? now.timeZoneId);
    const said =
      reference === undefined
        ? local
        : Temporal.PlainDateTime.from(reference).toZonedDateTime(local.timeZoneId);
    return JSON.stringify({ id, ...toNlu(understand(text, nameless, said)) });
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}
