/** The claim after a journey: offered on the day after the return, filled in as far as it is known, its sum put in place of the estimate. */
import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import { claimOfferCard } from '../../cards/trip.ts';
import type { Tx } from '../../db/database.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe } from '../delivery/owe.ts';
import type { Followed, Setup } from '../filing/move.ts';
import { readRequest, type Request } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import type { StoredForm } from '../requests/kind.ts';
import { spend } from '../requests/trip/budget.ts';
import { standardFor } from '../requests/trip/prepare.ts';
import { nightsOf } from '../requests/trip/standard.ts';
import { hotelIn, type Rules } from '../settings/index.ts';
import { minutesOfClock } from '../time/hours.ts';

/** Journeys looked at in one tick; the rest comes with the next. */
const AT_ONCE = 100;

/** Offers the claim on the day after the return, once. */
export async function offerClaims(office: Office, setup: Setup): Promise<void> {
  const { rules } = setup;
  const now = office.clock.now().toZonedDateTimeISO(rules.timeZone);
  if (now.hour * 60 + now.minute < (minutesOfClock(rules.trips.claimAt) ?? 0)) return;
  for (let count = 0; count < AT_ONCE; count++)
    if (!(await inWork(office, { actor: 'system' }, (work) => offerOne(work, setup, now)))) return;
}

async function offerOne(work: Work, setup: Setup, now: Temporal.ZonedDateTime): Promise<boolean> {
  const trip = await work.tx
    .selectFrom('trip')
    .select(['request_id', 'person_id'])
    .where('state', '=', 'approved')
    .where('claim_asked', '=', false)
    .where('ends', '<', now.toPlainDate())
    .orderBy('request_id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!trip) return false;
  await work.tx
    .updateTable('trip')
    .set({ claim_asked: true })
    .where('request_id', '=', trip.request_id)
    .execute();
  const request = await readRequest(work.tx, trip.request_id);
  if (request && (await isUnclaimed(work.tx, request.id)))
    await owe(work, setup.jobs, trip.person_id, request.channel, {
      what: `claim-offer:${request.id}`,
      view: { view: 'claim-offer', request: request.id },
      attention: true,
      priority: 6,
    });
  return true;
}

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

/** The offer as it is now, for the traveller alone. */
export async function drawClaimOffer(
  tx: Tx,
  id: number,
  person: number,
  at: Hearing,
): Promise<Card | undefined> {
  const request = await readRequest(tx, id);
  if (!request || request.requester_id !== person) return undefined;
  const summary = kindNamed(request.kind).summary(request.form, at);
  return claimOfferCard(request.number, summary, !(await isUnclaimed(tx, id)));
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

/** What of a journey's form the claim begins with. */
const journey = z.object({
  to: z.array(z.string()),
  days: z.object({ from: z.string(), to: z.string() }),
  transport: z.string(),
  lodging: z.boolean().optional(),
  nightly: z.number().optional(),
  legs: z
    .array(
      z.object({
        to: z.string(),
        date: z.string(),
        from: z.string().optional(),
        transport: z.string().optional(),
      }),
    )
    .optional(),
});

/** The form a claim begins with: a line a leg and a line a stay, at what they were taken to cost. The receipts set them right. */
export async function claimFor(
  tx: Tx,
  rules: Rules,
  request: Request,
  now: Temporal.ZonedDateTime,
): Promise<StoredForm> {
  const form = journey.parse(request.form);
  const standard = await standardFor({ tx, rules, now }, request.requester_id);
  const fare = (by: string | undefined): number => rules.trips.fares[by ?? form.transport] ?? 0;
  const ways = form.legs ?? [
    { date: form.days.from, transport: form.transport },
    { date: form.days.to, transport: form.transport },
  ];
  const stays = nightsOf(form).map(({ city, nights }) => ({
    sort: '住宿',
    fen: nights * 100 * (form.nightly ?? (standard ? hotelIn(rules.trips, standard, city) : 0)),
    day: form.days.from,
  }));
  const travelled = ways.map(({ date, transport }) => ({
    sort: '交通',
    fen: fare(transport) * 100,
    day: date,
  }));
  return {
    trip: request.number,
    lines: [...travelled, ...stays].filter(({ fen }) => fen > 0),
  };
}

/** Nothing was spent: what the journey committed is free. False when it is none of the person's, or claimed. */
export async function nothingSpent(work: Work, request: Request, person: number): Promise<boolean> {
  if (request.requester_id !== person || !(await isUnclaimed(work.tx, request.id))) return false;
  await spend(work, request.id, 0, () => undefined);
  await record(work, 'trip.nothing-spent', `request:${request.id}`, {});
  return true;
}

/** What a claim spends counts from its second signature on. */
export async function followClaim(
  work: Work,
  setup: Setup,
  { before, after }: Followed,
): Promise<void> {
  if (before?.state !== 'pending' || after.state !== 'working') return;
  const row = await work.tx
    .selectFrom('expense')
    .select('trip_id')
    .where('request_id', '=', after.id)
    .executeTakeFirst();
  if (!row?.trip_id) return;
  const { budgets } = setup.rules.trips;
  await spend(work, row.trip_id, Math.round(after.measure * 100), ({ department, period }) => {
    const yuan = (budgets[department] ?? budgets['others'])?.yuan;
    return yuan === undefined || period === '' ? undefined : yuan * 100;
  });
}
