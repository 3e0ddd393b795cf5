/** What office.yaml may say about recurring work. What it is and when it usually comes is declared in src/rounds. */
import type { ClockTime } from '../time/hours.ts';
import type { Recurrence } from '../time/recurrence.ts';
import type { Span } from '../time/spans.ts';

/** Every piece of recurring work by its name in office.yaml, in the order of how often it comes. */
export const roundNames = [
  'facility-round',
  'cleaning',
  'attendance-check',
  'backup-check',
  'attendance-report',
  'expense-ledger',
  'environment-score',
  'safety-inspection',
  'system-security',
  'stock-take',
  'archive-transfer',
  'compliance-notice',
  'newsletter',
  'energy-reading',
  'quarter-budget',
  'fire-drill',
  'access-review',
  'supplier-visit',
  'relations-review',
  'process-audit',
  'compliance-training',
  'theme-event',
  'asset-count',
  'full-drill',
  'compliance-check',
  'brand-survey',
  'archive-census',
  'policy-census',
  'emergency-plan',
  'supplier-review',
  'annual-budget',
  'annual-meeting',
  'logistics-plan',
] as const;

export type RoundName = (typeof roundNames)[number];

/** `off`: not done here. Else what is different from the declaration; a key left out stays as declared. */
export type RoundRule =
  | 'off'
  | {
      readonly recurrence?: Recurrence;
      /** The time of day at which it comes. */
      readonly at?: ClockTime;
      /** A role. */
      readonly owner?: string;
      readonly within?: Span;
    };

/** `off`: this office has no recurring work at all. */
export type RoundRules = 'off' | { readonly [name in RoundName]?: RoundRule };
