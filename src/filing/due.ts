import type { Rules } from '../settings/rules.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
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
  if (step.sort === 'approval') {
    return {
      due: addSpan(now, rules.service.approval.escalateAfter, calendar),
      remindAt: addSpan(now, rules.service.approval.remindEvery, calendar),
    };
  }
  const due = step.within ? addSpan(now, step.within, calendar) : undefined;
  return { due, remindAt: due };
}
