import type { Token, Tokens } from './tokens.ts';
import type { Sign } from './words.ts';

/** What the rules read: the tokens and the folded text they came from. */
export type Said = { readonly tokens: Tokens; readonly text: string };

/** What a rule of the grammar found: the tree, and the token behind it. */
export type Parse<T> = { readonly node: T; readonly next: number };

export type NumberToken = Extract<Token, { readonly kind: 'number' }>;

/** Whether the token at `at` is one of the signs. */
export function isSign(tokens: Tokens, at: number, ...signs: readonly Sign[]): boolean {
  const token = tokens[at];
  return token?.kind === 'sign' && signs.includes(token.sign);
}

/** The place behind one of the signs if it stands at `at`, else `at`. */
export const skip = (tokens: Tokens, at: number, ...signs: readonly Sign[]): number =>
  isSign(tokens, at, ...signs) ? at + 1 : at;

/** The number token at `at`, within bounds when they are given. */
export function numberIn(
  tokens: Tokens,
  at: number,
  least = 0,
  most = Infinity,
): NumberToken | null {
  const token = tokens[at];
  return token?.kind === 'number' && token.value >= least && token.value <= most ? token : null;
}

/** Whether nothing stands between two tokens, not even a space. */
export const touches = (tokens: Tokens, at: number): boolean => tokens[at]?.spaced === false;
