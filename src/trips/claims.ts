/** The claim after a journey: offered on the day after the return, filled in as far as it is known, its sum put in place of the estimate. */
import type { Card } from '../../cards/card.ts';
import { claimOfferCard } from '../../cards/trip.ts';
import type { Tx } from '../../db/database.ts';
import type { Office, Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe } from '../delivery/owe.ts';
import type { Followed, Setup } from '../filing/move.ts';
import { readRequest, type Request, requestNumbered } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import type { StoredForm } from '../requests/kind.ts';
import { promiseAgain, spend } from '../requests/trip/budget.ts';
import { standardFor } from '../requests/trip/prepare.ts';
import { nightsOf } from '../requests/trip/standard.ts';
import { journeyIn, waysOf } from '../requests/trip/ways.ts';
import { hotelIn, type Rules, tripBudgetIn } from '../settings/index.ts';
import { isApproved } from '../workflow/workflow.ts';
import { eachJourney } from './due.ts';

/** Offers the claim on the day after the return, once. */
export const offerClaims = (office: Office, setup: Setup): Promise<void> =>
  eachJourney(office, setup, setup.rules.trips.claimAt, {
    due: (trips, today) => trips.where('claim_asked', '=', false).where('ends', '<', today),
    mark: () => ({ claim_asked: true }),
    act: async (work, request) => {
      if (!(await isUnclaimed(work.tx, request.id))) return;
      await owe(work, setup.jobs, request.requester_id, request.channel, {
        what: `claim-offer:${request.id}`,
        view: { view: 'claim-offer', request: request.id, waits: true },
        attention: true,
        priority: 6,
      });
    },
  });

/** Whether there is something to be claimed: no claim stands, and nobody said that there is nothing. */
async function isUnclaimed(tx: Tx, trip: number): Promise<boolean> {
  const row = await tx
    .selectFrom('trip')
    .leftJoin('expense', 'expense.trip_id', 'trip.request_id')
    .select(['trip.committed', 'expense.request_id as claim'])
    .where('trip.request_id', '=', trip)
    .where('trip.state', '=', 'approved')
    .executeTakeFirst();
  return row !== undefined && row.claim === null && row.committed > 0;
}

/** The offer as it is now, for the traveller alone; undefined for others, and of what `waits` when there is nothing to claim any more. */
export async function drawClaimOffer(
  tx: Tx,
  id: number,
  person: number,
  at: Hearing,
  waits = false,
): Promise<Card | undefined> {
  const request = await readRequest(tx, id);
  if (!request || request.requester_id !== person) return undefined;
  const settled = !(await isUnclaimed(tx, id));
  if (waits && settled) return undefined;
  return claimOfferCard(request.number, kindNamed(request.kind).summary(request.form, at), settled);
}

/** A person's own journeys that have begun and are not claimed yet, newest first. */
export const claimable = (
  tx: Tx,
  person: number,
  now: Temporal.ZonedDateTime,
): Promise<readonly { readonly id: number; readonly number: string }[]> =>
  tx
    .selectFrom('trip')
    .innerJoin('request', 'request.id', 'trip.request_id')
    .leftJoin('expense', 'expense.trip_id', 'trip.request_id')
    .select(['request.id', 'request.number'])
    .where('trip.person_id', '=', person)
    .where('trip.state', '=', 'approved')
    .where('trip.starts', '<=', now.toPlainDate())
    .where('trip.committed', '>', 0)
    .where('expense.request_id', 'is', null)
    .orderBy('trip.starts', 'desc')
    .orderBy('request.id', 'desc')
    .execute();

/** The form a claim begins with: a line a leg and a line a stay, at what they were taken to cost. The receipts set them right. */
export async function claimFor(
  tx: Tx,
  rules: Rules,
  request: Request,
  now: Temporal.ZonedDateTime,
): Promise<StoredForm> {
  const form = journeyIn(request);
  const standard = await standardFor({ tx, rules, now }, request.requester_id);
  const stays = nightsOf(form).map(({ city, nights }) => ({
    sort: '住宿',
    fen: Math.round(
      nights * 100 * (form.nightly ?? (standard ? hotelIn(rules.trips, standard, city) : 0)),
    ),
    day: form.days.from,
  }));
  const travelled = waysOf(form).map(({ date, transport }) => ({
    sort: '交通',
    fen: Math.round((rules.trips.fares[transport] ?? 0) * 100),
    day: date,
  }));
  return {
    trip: request.number,
    lines: [...travelled, ...stays].filter(({ fen }) => fen > 0),
  };
}

/** Nothing was spent: what the journey committed is free. False when there is nothing of the person's to be claimed for it. */
export async function nothingSpent(
  work: Work,
  request: Request,
  person: number,
  now: Temporal.ZonedDateTime,
): Promise<boolean> {
  const own = await claimable(work.tx, person, now);
  if (!own.some(({ id }) => id === request.id)) return false;
  await spend(work, request.id, 0, () => undefined);
  await record(work, 'trip.nothing-spent', `request:${request.id}`, {});
  return true;
}

/** What a claim spends counts from its last signature on, as long as the claim stands and says the same. */
export async function followClaim(
  work: Work,
  setup: Setup,
  { before, after }: Followed,
): Promise<void> {
  const counted = before && spentBy(before);
  const counts = spentBy(after);
  if (counted?.trip === counts?.trip && counted?.fen === counts?.fen) return;
  const journeyOf = async (claim: typeof counts) =>
    claim && (await requestNumbered(work.tx, claim.trip));
  const was = await journeyOf(counted);
  if (was) await promiseAgain(work, was.id);
  const trip = await journeyOf(counts);
  if (!trip || !counts) return;
  await spend(work, trip.id, counts.fen, ({ department }) => {
    const budget = tripBudgetIn(setup.rules.trips, department);
    return budget && budget.yuan * 100;
  });
}

/** The number of its journey, and what a signed claim spends of its budget, fen; undefined while it does not count. */
function spentBy({ workflow, form, measure }: Request) {
  const trip = form['trip'];
  if (workflow.stopped !== undefined || !isApproved(workflow) || typeof trip !== 'string')
    return undefined;
  return { trip, fen: Math.round(measure * 100) };
}
