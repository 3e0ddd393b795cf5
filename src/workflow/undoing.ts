import { peopleOf, type Workflow } from './workflow.ts';

/**
 * The workflow as it was before an act that is taken back. Who was shown it meanwhile may go on reading it: their card has to say how it
 * stands now, and what was seen cannot be unseen. All else is what it was.
 */
export function takenBack(before: Workflow, after: Workflow): Workflow {
  const readers = peopleOf(before);
  const shown = [...peopleOf(after)].filter((person) => !readers.has(person));
  if (shown.length === 0) return before;
  return { ...before, past: [...(before.past ?? []), ...shown] };
}
