/** What a sentence of the office tells of things, counts and prices. Pure. */
import { fold } from '../language/fold.ts';
import { matchName } from '../language/names.ts';
import { numberAt } from '../language/numbers.ts';
import { measureAt } from '../language/slots/amounts.ts';

/** A thing of the catalogue, as far as sentences name it. */
export type Thing = {
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly string[];
};

/** Below this a name may be another thing's. */
const SURE = 0.8;

/** The things that a name may mean, the likeliest first; several only when they are equally likely. */
export function thingsMeant<T extends Thing>(said: string, things: readonly T[]): readonly T[] {
  const known = things.map(({ id, name, aliases }) => ({ id: String(id), name, aliases }));
  const matches = matchName(said, known).filter(({ score }) => score >= SURE);
  const best = matches[0]?.score ?? 0;
  // 签字笔 for 黑色签字笔 and 红色签字笔.
  if (best === 0 && said.length > 1)
    return things.filter(({ name, aliases }) =>
      [name, ...aliases].some((each) => each.includes(said)),
    );
  return matches
    .filter(({ score }) => score === best)
    .flatMap(({ id }) => things.find((each) => String(each.id) === id) ?? []);
}

/** A thing named in a text, by its longest name there, and the text without it. */
export function thingIn<T extends Thing>(
  text: string,
  things: readonly T[],
): { readonly thing: T; readonly rest: string } | undefined {
  const folded = fold(text).toLowerCase();
  const named = things
    .flatMap((thing) => [thing.name, ...thing.aliases].map((name) => ({ thing, name })))
    .map(({ thing, name }) => ({ thing, name, at: folded.indexOf(fold(name).toLowerCase()) }))
    .filter(({ at, name }) => at >= 0 && name !== '')
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  if (named)
    return {
      thing: named.thing,
      rest: `${text.slice(0, named.at)} ${text.slice(named.at + named.name.length)}`,
    };
  for (const word of text.split(/[\s,，、]+/u).filter((each) => each.length > 1)) {
    const [thing, another] = thingsMeant(word, things);
    if (thing && !another) return { thing, rest: text.replace(word, ' ') };
  }
  return undefined;
}

/** More is a slip of the hand; so is a price beyond this, in yuan. */
const MOST = { count: 1_000_000, yuan: 10_000_000 } as const;

/** The first count in a text (50包, 两盒), in thousandths at the finest, and the text without it. */
export function countIn(
  text: string,
): { readonly count: number; readonly unit: string; readonly rest: string } | undefined {
  const folded = fold(text);
  for (let at = 0; at < folded.length; at++) {
    const number = numberAt(folded, at);
    if (!number) continue;
    if (number.value > MOST.count) return undefined;
    const blank = /^\s*/u.exec(folded.slice(number.to))?.[0].length ?? 0;
    const measure = measureAt(folded, number.to + blank);
    const to = measure?.to ?? number.to;
    return {
      count: Math.round(number.value * 1_000) / 1_000,
      unit: measure?.unit ?? '',
      rest: `${text.slice(0, at)} ${text.slice(to)}`,
    };
  }
  return undefined;
}

const EACH = /(?:每(?!天|月|周|年)\p{Script=Han}?\s*|单价\s*(?:是|为|:)?\s*|@\s*)/u;
const ALL = /(?:一共|总共|合计|总价|共)\s*(?:是|为|:)?\s*/u;

/** A price in a text, in fen: of one (每包22元) or of all (共1100元); and the text without it. */
export function priceIn(
  text: string,
): { readonly fen: number; readonly of: 'each' | 'all'; readonly rest: string } | undefined {
  const folded = fold(text);
  for (const [of, sign] of [
    ['each', EACH],
    ['all', ALL],
  ] as const) {
    const found = sign.exec(folded);
    if (!found) continue;
    const at = found.index + found[0].length;
    const yen = /^[¥￥]\s*/u.exec(folded.slice(at))?.[0].length ?? 0;
    const number = numberAt(folded, at + yen);
    if (!number || number.value < 0 || number.value > MOST.yuan) continue;
    const unit = /^\s*(?:元|块钱?|rmb|yuan)?/iu.exec(folded.slice(number.to))?.[0].length ?? 0;
    return {
      fen: number.value * 100,
      of,
      rest: `${text.slice(0, found.index)} ${text.slice(number.to + unit)}`,
    };
  }
  return undefined;
}

/** What is left of a sentence when all that was understood is taken out: a name. */
export const nameLeft = (rest: string): string =>
  rest
    .replaceAll(/供应商|厂家|商家|(?:^|\s)(?:从|向|在|由)|买的?|采购的?|送的?|的(?=\s|$)/gu, ' ')
    .replaceAll(/[\s,，、。.:：;；]+/gu, ' ')
    .trim()
    .slice(0, 60);
