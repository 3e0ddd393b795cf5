import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { seatFor, taskSeat } from '../workflow/routing.ts';
import { openStep, type Step, type Workflow } from '../workflow/workflow.ts';
import { move, type Setup } from './move.ts';
import { lockRequest, type Request } from './store.ts';

/**
 * Somebody left: every step that waited for them alone goes to their leader, at last to the office manager, and those people
 * are told. Runs in the transaction that made them inactive. Also useful after a whole reading of the directory.
 */
export async function replaceLeaver(work: Work, setup: Setup, left: number): Promise<void> {
  const rows = await work.tx
    .selectFrom('task')
    .select('request_id')
    .distinct()
    .where('person_id', '=', left)
    .where('state', '=', 'open')
    .orderBy('request_id')
    .execute();
  for (const { request_id } of rows) {
    const request = await lockRequest(work.tx, request_id);
    if (request) await reseat(work, setup, request, left);
  }
}

async function reseat(work: Work, setup: Setup, request: Request, left: number): Promise<void> {
  const step = openStep(request.workflow);
  if (!step) return;
  const org = await readOrganisation(work.tx, setup.rules.roles);
  const seats = step.seats.flatMap((seat) => {
    if (seat.decision || !seat.people.includes(left)) return [seat];
    const others = seat.people.filter((person) => person !== left);
    if (others.length > 0) return [{ ...seat, people: others }];
    const climbed = seatFor(`person:${left}`, request.requester_id, withVoice(org, left));
    const found = climbed ?? taskSeat('office-manager', request.requester_id, org);
    return found ? [{ ...found, via: seat.via }] : [seat];
  });
  const { claimedBy, ...free } = step;
  const open: Step = claimedBy === left ? { ...free, seats } : { ...step, seats };
  const workflow: Workflow = {
    ...request.workflow,
    steps: request.workflow.steps.map((each) => (each.id === step.id ? open : each)),
  };
  await record(work, 'request.reseated', `request:${request.id}`, { before: { person: left } });
  await move(work, setup, request, workflow, [], { act: 'reseated', person: left });
}

/** A role of one, so that the routing rules climb from exactly this person. */
const withVoice = (
  org: Awaited<ReturnType<typeof readOrganisation>>,
  person: number,
): Awaited<ReturnType<typeof readOrganisation>> => ({
  ...org,
  roles: new Map([...org.roles, [`person:${person}`, [person]]]),
});
