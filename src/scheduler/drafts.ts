import { inWork, type Office } from '../../db/work.ts';
import { closeDraft } from '../conversation/drafts.ts';
import { owe } from '../delivery/owe.ts';
import type { Setup } from '../filing/move.ts';

/** A draft nobody touched for this long is over; its card says so. */
const HOURS = 24;

/** Expires forgotten drafts. Their cards are updated in place; nobody gets a new message about it. */
export async function expireDrafts(office: Office, setup: Setup): Promise<void> {
  await inWork(office, { actor: 'system' }, async (work) => {
    const forgotten = await work.tx
      .selectFrom('draft')
      .selectAll()
      .where('state', '=', 'open')
      .where('updated_at', '<', work.now.subtract({ hours: HOURS }))
      .orderBy('id')
      .limit(100)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const draft of forgotten) {
      await closeDraft(work, draft, 'expired');
      await owe(work, setup.jobs, draft.person_id, draft.channel, {
        what: `draft:${draft.id}:expired`,
        view: { view: 'draft', draft: draft.id },
        attention: false,
        priority: 6,
      });
    }
  });
}
