import type { Words } from '../../cards/words.ts';
import type { RoundName } from '../settings/round-rules.ts';
import type { Recurrence } from '../time/recurrence.ts';
import type { Span } from '../time/spans.ts';

/**
 * One line of a checklist. `fine`: 正常 or 有问题; `done`: 已完成 or 未完成; `score`: 0 to 100, wrong below `least`. What is
 * wrong needs a note and becomes a rectification, or a repair where the item is `equipment`. `name`: small letters, digits and `_`, kept for good: results are stored by it.
 */
export type CheckItem = {
  readonly name: string;
  readonly title: Words;
  readonly equipment?: boolean;
} & ({ readonly check: 'fine' | 'done' } | { readonly check: 'score'; readonly least: number });

/** A piece of recurring work, declared. office.yaml may switch it off, move it or give it to another role. */
export type RoundKind = {
  /** Its key under `rounds` in office.yaml. */
  readonly name: RoundName;
  readonly title: Words;
  /** The row of the office handbook it comes from, such as `W-02`. */
  readonly source: string;
  readonly recurrence: Recurrence;
  /**
   * Left out: it comes on its day and is due `within` that. Given: its day is a deadline (每月5日前), at the end of which it is due, and
   * it comes so many working days earlier.
   */
  readonly ahead?: number;
  readonly within: Span;
  /** The role that does it; any one of its people. */
  readonly owner: string;
  readonly items: readonly CheckItem[];
  /** Who puts right what was found, and how soon. */
  readonly findings: { readonly owner: string; readonly within: Span };
  /** Roles told when it is overdue: the first at once, the next a working day later. */
  readonly escalate: readonly string[];
};
