/** Which of several requests a sentence speaks of: the words, people and times in it, and 「上一条」「第二个」. Pure. */
import type { Request } from '../filing/store.ts';
import { fold } from '../language/fold.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { findTimes } from '../language/times.ts';
import { readAs } from '../language/understand.ts';
import { kindNamed } from '../requests/index.ts';
import type { Hearing } from '../requests/fields.ts';
import { requestFitsTime, wasFiledThen } from './pointing-times.ts';

/** A sentence that points, and what beside their forms tells the requests apart (the requester's name). */
export type Pointing = {
  readonly said: string;
  readonly lexicon: Lexicon;
  readonly besides?: ReadonlyMap<number, readonly string[]>;
};

/**
 * Those of the requests, in their order, that a sentence points at; all of them when it points at none. What is named
 * comes first, then times, then the order of filing.
 */
export function pointedAt(
  requests: readonly Request[],
  pointing: Pointing,
  at: Hearing,
): readonly Request[] {
  const named = namedIn(requests, pointing, at);
  const timed = timedIn(named, pointing.said, at);
  return placedIn(timed, pointing.said);
}

/** A shorter overlap of words (「的」, 「个」) says nothing. */
const SHORTEST = 2;

/** Those that share the longest run of characters with the sentence: 催一下打印机那个 is about 打印机卡纸. */
function namedIn(
  requests: readonly Request[],
  pointing: Pointing,
  at: Hearing,
): readonly Request[] {
  const kinds = [...new Set(requests.map((each) => each.kind))];
  const said = [pointing.said, ...kinds.flatMap((kind) => meantIn(kind, pointing, at))]
    .map((each) => fold(each).toLowerCase())
    .join('\n');
  const scored = requests.map((request) => ({
    request,
    score: Math.max(
      0,
      ...[...textsIn(request.form), ...(pointing.besides?.get(request.id) ?? [])].map((text) =>
        overlap(said, fold(text).toLowerCase()),
      ),
    ),
  }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best < SHORTEST) return requests;
  return scored.flatMap(({ request, score }) => (score === best ? [request] : []));
}

/** Rooms, things and cities as they are really called, however they were said: what the kind itself would hear. */
const meantIn = (kind: string, { said, lexicon }: Pointing, at: Hearing): readonly string[] =>
  textsIn(readAs(said, lexicon, at.now, kindNamed(kind).heardAs.intent).slots);

const MOMENT = /^\d{4}-\d{2}-\d{2}/;

/** Every text of a form that names something; moments are compared as times. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return MOMENT.test(value) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** The length of the longest run of letters, digits and characters that both have. */
function overlap(said: string, text: string): number {
  let best = 0;
  for (let from = 0; from < text.length && from < 60; from++) {
    for (let to = from + best + 1; to <= text.length && to <= from + 20; to++) {
      const run = text.slice(from, to);
      if (/[\s\p{P}]/u.test(run) || !said.includes(run)) break;
      best = to - from;
    }
  }
  return best;
}

/** Those whose own time is named, else those filed at the time named (昨天提的那个). */
function timedIn(requests: readonly Request[], said: string, at: Hearing): readonly Request[] {
  const times = findTimes(said, at.now).map((found) => found.value);
  if (times.length === 0) return requests;
  const then = (fits: (request: Request, time: (typeof times)[number]) => boolean) =>
    requests.filter((request) => times.some((time) => fits(request, time)));
  const meant = then((request, time) => requestFitsTime(request, time, at));
  if (meant.length > 0) return meant;
  const filed = then((request, time) => wasFiledThen(request, time, at));
  return filed.length > 0 ? filed : requests;
}

const NEWEST =
  /上一[条个张单次]|刚才|刚刚|刚[提订发交报]|最新|最近|最后[一那]|\b(?:last one|latest|newest|most recent|just)\b/i;
const PLACES: readonly RegExp[] = [
  /第[一1][个条张单项]|\bfirst\b/i,
  /第[二2两][个条张单项]|\bsecond\b/i,
  /第[三3][个条张单项]|\bthird\b/i,
  /第[四4][个条张单项]|\bfourth\b/i,
  /第[五5][个条张单项]|\bfifth\b/i,
];

/** 上一条: the one filed last. 第二个: the second as they are listed. */
function placedIn(requests: readonly Request[], said: string): readonly Request[] {
  const text = fold(said);
  if (NEWEST.test(text)) return requests.toSorted((a, b) => b.id - a.id).slice(0, 1);
  const place = PLACES.findIndex((each) => each.test(text));
  const one = place < 0 ? undefined : requests[place];
  return one ? [one] : requests;
}
