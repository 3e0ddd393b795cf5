import type { Work } from '../../db/work.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { oweNoticeToRole } from '../filing/notices.ts';
import type { Notice } from '../requests/kind.ts';

/** Owes a sentence to everyone who holds a role, wherever people of this office are reached. */
export async function tellRole(
  work: Work,
  setup: Setup,
  role: string,
  notice: Notice,
): Promise<void> {
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const address = await work.tx.selectFrom('address').select('channel').executeTakeFirst();
  if (address) await oweNoticeToRole(work, setup.jobs, org, role, notice, address.channel);
}
