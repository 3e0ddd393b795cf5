import type { Card } from '../../cards/card.ts';
import { assetCheckCard, assetChecksCard, heldCard } from '../../cards/held.ts';
import type { Tx } from '../../db/database.ts';
import { nameOf, peopleById } from '../directory/people.ts';
import { assetsOf } from '../requests/repair/holders.ts';
import { type AssetCheck, checkedIn, wouldAsk } from './holders.ts';

/** What a person has of the office. */
export const drawHeld = async (tx: Tx, person: number): Promise<Card> =>
  heldCard(await assetsOf(tx, person));

/** A check as one of the holders sees it; undefined for whom it asks nothing. */
export async function drawCheck(
  tx: Tx,
  check: AssetCheck,
  person: number,
): Promise<Card | undefined> {
  const assets = await checkedIn(tx, check.id, person);
  if (assets.length === 0) return undefined;
  return assetCheckCard({ check: check.id, by: await nameOf(tx, check.started_by), assets });
}

/** The card on which the office decides whether to ask. */
export async function drawAsking(tx: Tx): Promise<Card> {
  const { people, assets } = await wouldAsk(tx);
  return assetChecksCard({
    check: undefined,
    people,
    total: assets,
    here: 0,
    gone: [],
    waiting: [],
  });
}

/** How a check stands, for the office. */
export async function drawChecks(tx: Tx, check: AssetCheck): Promise<Card> {
  const all = await checkedIn(tx, check.id);
  const people = await peopleById(
    tx,
    all.map(({ person }) => person),
  );
  const who = (id: number): string => people.get(id)?.name ?? '';
  const open = all.filter(({ answer }) => answer === null);
  return assetChecksCard({
    check: check.id,
    people: people.size,
    total: all.length,
    here: all.filter(({ answer }) => answer === 'here').length,
    gone: all.flatMap(({ answer, person, ...asset }) =>
      answer === 'gone' ? [{ ...asset, who: who(person) }] : [],
    ),
    waiting: [...new Set(open.map(({ person }) => person))].map(who),
  });
}
