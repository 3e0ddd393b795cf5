/** What a fault proxy does to one exchange between the program and what it talks to. */

/**
 * - pass: nothing.
 * - cut before: the connection ends, nothing was forwarded.
 * - cut after: what was asked took effect, the answer is lost and the connection ends.
 * - hold: stands still before it is forwarded, or before its answer is, until the one who asked is gone.
 * - wait: forwarded after so many ms.
 *
 * `struck` is called when it has happened, before the one who asked can see it.
 */
export type Fate =
  | 'pass'
  | { readonly cut: 'before' | 'after'; readonly struck?: () => void }
  | { readonly hold: 'before' | 'after'; readonly struck: () => void }
  | { readonly wait: number };
