import { record } from '../audit/record.ts';
import type { Work } from '../../db/work.ts';
import { reachedFrom } from '../delivery/quiet.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import { addSpan } from '../time/working-time.ts';
import type { Setup } from './move.ts';
import type { Request } from './store.ts';
import { cannotWait, oweCard } from './tell.ts';

/** 催办 at most once in two working hours: more of it is what makes people mute a bot. */
const BETWEEN = '2wh';

export type Urged =
  /** `waits`: those of the people whom it reaches only when their quiet time is over. */
  | {
      readonly urged: true;
      readonly people: readonly number[];
      readonly waits: ReadonlyMap<number, Temporal.Instant>;
    }
  | { readonly urged: false; readonly why: 'over' | 'own-turn' }
  | { readonly urged: false; readonly why: 'too-soon'; readonly next: Temporal.Instant };

/** The requester reminds whoever the request waits for now: their card comes again as a new message. */
export async function urge(work: Work, setup: Setup, request: Request): Promise<Urged> {
  const step = openStep(request.workflow);
  if (!step) return { urged: false, why: 'over' };
  const people = assigneesOf(step).filter((person) => person !== request.requester_id);
  if (people.length === 0) return { urged: false, why: 'own-turn' };
  if (request.urged_at) {
    const next = addSpan(request.urged_at, BETWEEN, setup.calendar);
    if (Temporal.Instant.compare(work.now, next) < 0)
      return { urged: false, why: 'too-soon', next };
  }
  await work.tx
    .updateTable('request')
    .set({ urged_at: work.now })
    .where('id', '=', request.id)
    .execute();
  for (const person of people) {
    await oweCard(work, setup, request, person, 'waits', `:urged:${work.now.toString()}`);
  }
  await record(work, 'request.urged', `request:${request.id}`, { after: { people } });
  return { urged: true, people, waits: await waitsFor(work, setup, request, people) };
}

async function waitsFor(
  work: Work,
  { rules, calendar }: Setup,
  request: Request,
  people: readonly number[],
): Promise<ReadonlyMap<number, Temporal.Instant>> {
  const quiet = { hours: rules.reminders.quietHours, calendar };
  const waits = new Map<number, Temporal.Instant>();
  for (const person of people) {
    if (cannotWait(request, rules, person, 'waits')) continue;
    const from = await reachedFrom(work, quiet, person);
    if (!from.equals(work.now)) waits.set(person, from);
  }
  return waits;
}
