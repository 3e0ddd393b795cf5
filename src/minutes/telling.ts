import { peopleShowing } from '../delivery/shown.ts';
import type { Work } from '../../db/work.ts';
import { owe } from '../delivery/owe.ts';
import type { Setup } from '../filing/move.ts';
import type { ActionItem, Minutes } from './store.ts';

/** Owes the card of minutes to one person. `occasion` tells several cards of one version apart. */
export async function oweMinutes(
  work: Work,
  setup: Setup,
  minutes: Pick<Minutes, 'id' | 'version' | 'channel'>,
  person: number,
  how: { readonly occasion: string; readonly attention: boolean; readonly due?: Temporal.Instant },
): Promise<void> {
  await owe(work, setup.jobs, person, minutes.channel, {
    what: `minutes:${minutes.id}:v${minutes.version}:p${person}:${how.occasion}`,
    view: { view: 'minutes', minutes: minutes.id },
    attention: how.attention,
    priority: how.attention ? 3 : 6,
    ...(how.due ? { due: how.due } : {}),
  });
}

/** Owes an owner the card of their items of these minutes, as a new message. */
export const oweActions = (
  work: Work,
  setup: Setup,
  minutes: Pick<Minutes, 'id' | 'version' | 'channel'>,
  owner: number,
): Promise<boolean> =>
  owe(work, setup.jobs, owner, minutes.channel, {
    what: `actions:${minutes.id}:v${minutes.version}:p${owner}`,
    view: { view: 'actions', scope: minutes.id },
    attention: true,
    priority: 3,
  });

/** The card that a tap is answered with, which needs no message of its own. */
export type TappedCard = { readonly person: number; readonly subject: string };

/** Everybody's living card of these minutes (or `only` theirs), and the owners' of these items, shows how it stands now. */
export async function showEverywhere(
  work: Work,
  setup: Setup,
  minutes: Minutes,
  items: readonly Pick<ActionItem, 'owner_id'>[],
  { tapped, only }: { readonly tapped?: TappedCard; readonly only?: readonly number[] } = {},
): Promise<void> {
  const isTapped = (person: number, card: string): boolean =>
    tapped?.person === person && tapped.subject === card;
  const subject = `minutes:${minutes.id}`;
  for (const person of await peopleShowing(work.tx, subject)) {
    if (isTapped(person, subject) || only?.includes(person) === false) continue;
    const occasion = `quiet:${work.cause}`;
    await oweMinutes(work, setup, minutes, person, { occasion, attention: false });
  }
  for (const owner of new Set(items.flatMap(({ owner_id }) => owner_id ?? [])))
    for (const scope of [0, minutes.id]) {
      if (isTapped(owner, `actions:${scope}`)) continue;
      await owe(work, setup.jobs, owner, minutes.channel, {
        what: `actions:${scope}:p${owner}:quiet:${minutes.id}:v${minutes.version}:${work.cause}`,
        view: { view: 'actions', scope },
        attention: false,
        priority: 6,
      });
    }
}
