import { peopleShowing } from '../delivery/shown.ts';
import type { Work } from '../../db/work.ts';
import { owe, PREFERRED } from '../delivery/owe.ts';
import { type Organisation, readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import type { Notice } from '../requests/kind.ts';
import { ownersOf } from './owners.ts';

/** What has a living card of its own: an occurrence of recurring work, or something found wrong in one. */
export type Sort = 'round' | 'rectification';

export const organisationOf = (work: Work, setup: Setup): Promise<Organisation> =>
  readOrganisation(work.tx, setup.rules.roles, work.now);

/**
 * Owes the card to everybody whom the role means now, as a new message. `occasion` tells the first one and the reminders apart:
 * each is sent once.
 */
export async function oweOwners(
  work: Work,
  setup: Setup,
  org: Organisation,
  about: { readonly sort: Sort; readonly id: number; readonly owner: string },
  occasion: string,
): Promise<void> {
  for (const person of ownersOf(about.owner, org)) {
    await oweCard(work, setup, person, about, occasion);
  }
}

/** Owes the card to one person as a new message, while it is still to be done. */
export const oweCard = (
  work: Work,
  setup: Setup,
  person: number,
  { sort, id }: { readonly sort: Sort; readonly id: number },
  occasion: string,
): Promise<boolean> =>
  owe(work, setup.jobs, person, PREFERRED, {
    what: `${sort}:${id}:${occasion}:p${person}`,
    view: { view: sort, id, open: true },
    attention: true,
    priority: occasion === 'new' ? 3 : 6,
  });

/** One sentence to the people of a role, but for those who owe the matter themselves. */
export async function tellRole(
  work: Work,
  setup: Setup,
  org: Organisation,
  to: { readonly role: string; readonly owner: string },
  notice: Notice,
): Promise<void> {
  const owing = ownersOf(to.owner, org);
  for (const person of ownersOf(to.role, org)) {
    if (!owing.includes(person)) await oweNotice(work, setup.jobs, person, notice, PREFERRED);
  }
}

/** Everybody else who sees the card sees it as it is now; `touched` is shown it by the answer to their tap. */
export async function oweQuietly(
  work: Work,
  setup: Setup,
  { sort, id, version }: { readonly sort: Sort; readonly id: number; readonly version: number },
  touched?: number,
): Promise<void> {
  for (const person of await peopleShowing(work.tx, `${sort}:${id}`)) {
    if (person === touched) continue;
    await owe(work, setup.jobs, person, PREFERRED, {
      what: `${sort}:${id}:v${version}:p${person}`,
      view: { view: sort, id },
      attention: false,
      priority: 6,
    });
  }
}
