import { words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from './move.ts';
import { oweNoticeToRole } from './notices.ts';

/** Views whose loss is told: a notice about an undeliverable notice would go round in circles. */
const TOLD: ReadonlySet<string> = new Set(['request', 'bundle']);

/** A message that can never arrive: recorded, and the office manager is told within the minute. */
export async function tellUndeliverable(
  work: Work,
  setup: Setup,
  delivery: {
    readonly id: string;
    readonly person_id: number | null;
    readonly channel: string;
    readonly view: { readonly view: string };
  },
  code: string,
): Promise<void> {
  await record(work, 'delivery.dead', 'office', { after: { delivery: delivery.id, code } });
  if (!TOLD.has(delivery.view.view) || delivery.person_id === null) return;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const person = await work.tx
    .selectFrom('person')
    .select('name')
    .where('id', '=', delivery.person_id)
    .executeTakeFirst();
  const name = person?.name ?? '';
  const notice = {
    key: `unreachable:${delivery.id}`,
    text: words(
      `消息送不到${name}（${code}），请用其他方式联系`,
      `${name} cannot be reached (${code}); please contact them otherwise`,
    ),
  };
  await oweNoticeToRole(work, setup.jobs, org, 'office-manager', notice, delivery.channel);
}
