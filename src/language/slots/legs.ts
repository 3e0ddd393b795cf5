import { matchesOf } from '../matches.ts';
import type { Found, LegAsked } from '../meaning.ts';
import type { Terms } from '../lexicon.ts';
import { foundAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { findOrigins, findPlacesGone } from './routes.ts';
import { findTerms } from './terms.ts';

/** What parts one leg of a journey from the next. */
const parting = /[，,；;。]|然后|接着|之后|再(?=[去到飞转])/g;

/** The way back with no city named: 周五回, 周五返程. */
const homeward = /(?:返回|返程|回来|回程|返|回)/;

/** Where a way back leads when no city was named. */
export const HOME = '返程';

/** A clause of the sentence; legs do not cross clauses. */
type Clause = { readonly from: number; readonly to: number };

function clausesOf({ text }: Sentence): readonly Clause[] {
  const cuts = matchesOf(text, parting).map((found) => found.index);
  const starts = [0, ...cuts];
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? text.length }));
}

/** A day that is named, and where. `bare`: a weekday without its week. */
type Mark = { readonly day: string; readonly at: number; readonly bare: boolean };

/** The days named, one by one: also the two ends of what was read as one stretch (周三转杭州，周五回). */
const marksOf = (sentence: Sentence): readonly Mark[] =>
  sentence.times().flatMap(({ value, from, to }): readonly Mark[] => {
    if (value.type !== 'date' && value.type !== 'datetime' && value.type !== 'daterange') return [];
    const words = sentence.timeSpans().filter((span) => span.from >= from && span.to <= to);
    const ends = 'end' in value ? [value.start, value.end] : [value.start];
    const [first, last] = [words[0] ?? { from, to }, words.at(-1)];
    return ends.flatMap((day, index): readonly Mark[] => {
      const span = index === 0 ? first : last;
      if (!day || span === undefined || (index > 0 && span.from === first.from)) return [];
      const bare = /^(?:周|星期|礼拜)/.test(sentence.text.slice(span.from, span.to));
      return [{ day: day.slice(0, 10), at: span.from, bare }];
    });
  });

/** The day of a clause; a bare weekday behind a later day is that of the week after (下周一去，周三转). */
function dayIn(sentence: Sentence, clause: Clause, notBefore: string | undefined): string | null {
  const mark = marksOf(sentence).find(({ at }) => at >= clause.from && at < clause.to);
  if (mark === undefined) return null;
  return mark.bare && notBefore !== undefined && mark.day < notBefore
    ? Temporal.PlainDate.from(mark.day).add({ days: 7 }).toString()
    : mark.day;
}

/**
 * The legs of a journey through several cities, each on its day: 「下周一去上海，周三转杭州，周五回北京，高铁」. Nothing for a journey
 * there and back: that is told by its days.
 */
export function findLegs(sentence: Sentence, means: Terms): readonly Found<readonly LegAsked[]>[] {
  const places = findPlacesGone(sentence);
  if (places.length < 2) return [];
  const origin = findOrigins(sentence)[0]?.value;
  const terms = findTerms(sentence, means);
  // A means that is named once is that of the whole journey.
  const several = new Set(terms.map((term) => term.value)).size > 1;
  const legs: LegAsked[] = [];
  let last: { readonly day: string; readonly at: number } | undefined;
  for (const clause of clausesOf(sentence)) {
    const day = dayIn(sentence, clause, last?.day);
    const words = sentence.text.slice(clause.from, clause.to);
    const place = places.find(({ from, to }) => from >= clause.from && to <= clause.to);
    const to =
      place?.value ?? (homeward.test(words) && legs.length > 0 ? (origin ?? HOME) : undefined);
    if (day === null || to === undefined) continue;
    const transport = several
      ? terms.find((term) => term.from >= clause.from && term.from < clause.to)?.value
      : undefined;
    const from = legs.at(-1)?.to ?? origin;
    if (from === to) continue;
    legs.push({
      ...(from === undefined ? {} : { from }),
      to,
      date: day,
      ...(transport === undefined ? {} : { transport }),
    });
    last = { day, at: clause.to };
  }
  const cities = new Set(legs.map((leg) => leg.to));
  const wellOrdered = legs.every((leg, i) => i === 0 || leg.date >= (legs[i - 1]?.date ?? ''));
  if (cities.size < 2 || !wellOrdered || last === undefined) return [];
  // One other city and the way home is a journey there and back.
  if (
    legs.length === 2 &&
    ([origin, HOME].includes(legs[1]?.to) || isHomeward(sentence, places[1]))
  )
    return [];
  return [foundAt(sentence, 0, last.at, legs)];
}

const isHomeward = ({ text }: Sentence, place: Found<string> | undefined): boolean =>
  place !== undefined &&
  /(?:返回|返程|回到|回|返)$/.test(text.slice(Math.max(0, place.from - 2), place.from));

/** What somebody wants to pay for a night, yuan: 住800的酒店, 酒店600一晚, 每晚500. */
const nightly =
  /(?:住|订|酒店|宾馆|饭店|房)[^，,。；;\d]{0,6}(\d{2,5})(?!\d|[年月日号点人个层楼晚天])|每晚\s?(\d{2,5})|(\d{2,5})\s?(?:元|块)?(?:一晚|每晚|\/晚|的酒店|的宾馆|的房)/gu;

/** The price of a night that somebody asks for. */
export const findNightly = (sentence: Sentence): readonly Found<number>[] =>
  matchesOf(sentence.text, nightly).map((found) =>
    foundAt(
      sentence,
      found.index,
      found.index + found[0].length,
      Number(found[1] ?? found[2] ?? found[3]),
    ),
  );
