/** What is shown of journeys and claims besides their requests. */
import { z } from 'zod';
import type { Tx } from '../../db/database.ts';
import type { Drawn } from '../delivery/delivery.ts';
import type { Person } from '../directory/people.ts';
import type { Hearing } from '../requests/fields.ts';
import type { Rules } from '../settings/rules.ts';
import { drawClaimOffer } from '../trips/claims.ts';
import { drawCompanion } from '../trips/companions.ts';
import { drawLetter } from '../trips/letter.ts';
import { drawLedger, ledgerFile, mayReadLedger } from '../trips/ledger.ts';

export const tripViews = [
  z.object({ view: z.literal('companion'), request: z.number() }),
  z.object({ view: z.literal('claim-offer'), request: z.number(), waits: z.boolean().optional() }),
  z.object({ view: z.literal('trip-letter'), request: z.number() }),
  z.object({ view: z.literal('expense-ledger'), month: z.string() }),
  z.object({ view: z.literal('expense-ledger-file'), month: z.string() }),
] as const;

export type TripView = z.infer<(typeof tripViews)[number]>;

export const isTripView = (wanted: { readonly view: string }): wanted is TripView =>
  tripViews.some(({ shape }) => shape.view.value === wanted.view);

/** Draws one of them for its reader; null when it is none of their business, or nothing to show any more. */
export async function drawTripView(
  tx: Tx,
  wanted: TripView,
  { id: person, language }: Person,
  rules: Rules,
  at: Hearing,
): Promise<Drawn | null> {
  if (wanted.view === 'companion') {
    const drawn = await drawCompanion(tx, wanted.request, person, at);
    if (!drawn) return null;
    const { card, subject, version } = drawn;
    return { send: { card }, subject, version, language };
  }
  if (wanted.view === 'trip-letter') {
    const file = await drawLetter(tx, wanted.request, person, rules.company, language, at);
    return file ? { send: { file }, language } : null;
  }
  if (wanted.view === 'claim-offer') {
    const card = await drawClaimOffer(tx, wanted.request, person, at, wanted.waits);
    return card ? { send: { card }, language } : null;
  }
  if (!(await mayReadLedger(tx, rules, person, at.now.toInstant()))) return null;
  const month = Temporal.PlainYearMonth.from(wanted.month);
  return wanted.view === 'expense-ledger'
    ? { send: { card: await drawLedger(tx, rules, month) }, language }
    : { send: { file: await ledgerFile(tx, rules, month) }, language };
}
