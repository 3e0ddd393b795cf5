/** Reading a call's query and body, refusing as the platform does. */
import { invalidField } from '../denial.ts';
import type { Denial } from '../denial.ts';
import type { Asked } from '../gateway.ts';
import { isObject, textAt } from '../json.ts';

/** A query parameter that comes once; `undefined` when it does not come. */
export function queryOne(asked: Asked, name: string): string | undefined {
  const value = asked.query[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** A query parameter that may be repeated. */
export function queryMany(asked: Asked, name: string): readonly string[] {
  const value = asked.query[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** A member of the body that has to be a text: an object in place of a JSON text is the usual mistake. */
export function bodyText(asked: Asked, name: string): string {
  const value = textAt(asked.body, name);
  if (value === undefined) throw invalidField(name, 'is required and must be a string');
  return value;
}

/** As above, but may be absent. */
export function bodyTextIfAny(asked: Asked, name: string): string | undefined {
  const value = isObject(asked.body) ? asked.body[name] : undefined;
  if (value === undefined || value === null || value === '') return undefined;
  return bodyText(asked, name);
}

/** One page of a list. The page token is the place where the next page begins, made opaque. */
export type Page<T> = { readonly items: readonly T[]; readonly more: object };

export type PageRule = {
  /** Page size when none is asked, and the largest. */
  readonly usual: number;
  readonly most: number;
  /** Refusals of a bad size or token. */
  readonly badSize: () => Denial;
  readonly badToken: () => Denial;
};

/** Cuts out the page that was asked for. */
export function page<T>(asked: Asked, all: readonly T[], rule: PageRule): Page<T> {
  const size = Number(queryOne(asked, 'page_size') ?? rule.usual);
  if (!Number.isInteger(size) || size < 1 || size > rule.most) throw rule.badSize();
  const from = placeOf(queryOne(asked, 'page_token'), all.length, rule);
  const next = from + size;
  const hasMore = next < all.length;
  return {
    items: all.slice(from, next),
    more: { has_more: hasMore, ...(hasMore && { page_token: tokenOf(next) }) },
  };
}

const tokenOf = (place: number): string => Buffer.from(`page:${place}`).toString('base64url');

function placeOf(token: string | undefined, length: number, rule: PageRule): number {
  if (token === undefined || token === '') return 0;
  const place = Number(/^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1]);
  if (!Number.isInteger(place) || place > length) throw rule.badToken();
  return place;
}
