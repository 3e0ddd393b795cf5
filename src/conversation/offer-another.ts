/** A room that refused: its host gets a draft of the change at once, with what is free instead. */
import type { Work } from '../../db/work.ts';
import { owe } from '../delivery/owe.ts';
import { addressOf, peopleById } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import { startChange } from './changing.ts';
import { hearingAt, type Talk } from './talk.ts';

/** Owes the requester a draft of a change of their request. */
export async function offerAnother(work: Work, setup: Setup, request: Request): Promise<void> {
  const person = (await peopleById(work.tx, [request.requester_id])).get(request.requester_id);
  const address = await addressOf(work.tx, request.requester_id, request.channel);
  if (person?.active !== true || !address) return;
  const talk: Talk = {
    work,
    setup,
    person,
    address,
    chat: 'private',
    answers: { count: 0 },
    ...hearingAt(work.now, setup.rules.timeZone),
  };
  const draft = await startChange(talk, request);
  await owe(work, setup.jobs, person.id, request.channel, {
    what: `draft:${draft.id}:handed-back:v${request.version}`,
    view: { view: 'draft', draft: draft.id },
    attention: true,
    priority: 3,
    breaksQuiet: true,
  });
}
