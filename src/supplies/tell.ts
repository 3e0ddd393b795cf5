import type { Work } from '../../db/work.ts';
import { PREFERRED } from '../delivery/owe.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import type { Notice } from '../requests/kind.ts';
import { keepersOf } from './office.ts';

/** One sentence to everybody who keeps the store room. */
export async function tellKeepers(work: Work, setup: Setup, notice: Notice): Promise<void> {
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  for (const person of keepersOf(org)) await oweNotice(work, setup.jobs, person, notice, PREFERRED);
}
