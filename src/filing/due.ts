import type { Organisation } from '../directory/organisation.ts';
import { calendarAt } from '../settings/index.ts';
import type { Rules } from '../settings/rules.ts';
import type { Deadline } from '../tasks/open-tasks.ts';
import type { WorkingCalendar } from '../time/calendar.ts';
import type { Span } from '../time/spans.ts';
import { addSpan } from '../time/working-time.ts';
import { departmentsOf } from '../workflow/routing.ts';
import type { Step } from '../workflow/workflow.ts';

/**
 * By when a step is due for one of its people and when they are first reminded, on the clock of where they work. Approvals are reminded
 * every `approval.remindEvery` and due after `approval.escalateAfter`; tasks are due after their own span and reminded then.
 */
export function dueOf(
  step: Step,
  now: Temporal.Instant,
  rules: Rules,
  org: Organisation,
  person: number,
): Deadline {
  const calendar = calendarOfPerson(rules, org, person);
  const span = spanOf(step, rules);
  const due = step.dueAt
    ? fixedDue(step.dueAt, now, calendar)
    : span && addSpan(now, span, calendar);
  const remindAt =
    step.sort === 'approval' ? addSpan(now, rules.service.approval.remindEvery, calendar) : due;
  return { due, remindAt };
}

/** Whoever gets it late has so long all the same: a due moment never lies in the past. */
const LEAST: Span = '4wh';

const fixedDue = (
  dueAt: string,
  now: Temporal.Instant,
  calendar: WorkingCalendar,
): Temporal.Instant => {
  const least = addSpan(now, LEAST, calendar);
  return Temporal.Instant.compare(dueAt, least) > 0 ? Temporal.Instant.from(dueAt) : least;
};

/** When a person works: as their site does, else as the office. */
export const calendarOfPerson = (
  rules: Rules,
  org: Organisation,
  person: number,
): WorkingCalendar => calendarAt(rules, departmentsOf(person, org));

/** How long a step may take; undefined when it has no deadline. */
export const spanOf = (step: Step, rules: Rules): Span | undefined =>
  step.sort === 'approval' && !step.within ? rules.service.approval.escalateAfter : step.within;
