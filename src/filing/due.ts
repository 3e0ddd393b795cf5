import type { Rules } from '../settings/rules.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import type { Span } from '../time/spans.ts';
import { addSpan } from '../time/working-time.ts';
import type { Step } from '../workflow/workflow.ts';

/**
 * By when a step is due and when its people are first reminded. Approvals are reminded every `approval.remindEvery` and due
 * after `approval.escalateAfter`; tasks are due after their own span and reminded then.
 */
export function dueOf(
  step: Step,
  now: Temporal.Instant,
  { rules, calendar }: { readonly rules: Rules; readonly calendar: WorkingCalendar },
): { readonly due: Temporal.Instant | undefined; readonly remindAt: Temporal.Instant | undefined } {
  const span = spanOf(step, rules);
  const due = span && addSpan(now, span, calendar);
  const remindAt =
    step.sort === 'approval' ? addSpan(now, rules.service.approval.remindEvery, calendar) : due;
  return { due, remindAt };
}

/** How long a step may take; undefined when it has no deadline. */
export const spanOf = (step: Step, rules: Rules): Span | undefined =>
  step.sort === 'approval' ? rules.service.approval.escalateAfter : step.within;
