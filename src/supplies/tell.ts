import type { Work } from '../../db/work.ts';
import { PREFERRED } from '../delivery/owe.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import type { Notice } from '../requests/kind.ts';
import { keepersOf } from './office.ts';

/** Sentences, to everybody who keeps the store room. */
export async function tellKeepers(
  work: Work,
  setup: Setup,
  notices: readonly Notice[],
): Promise<void> {
  if (notices.length === 0) return;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  for (const person of keepersOf(org))
    for (const notice of notices) await oweNotice(work, setup.jobs, person, notice, PREFERRED);
}
