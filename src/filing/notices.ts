import type { Jobs } from '../delivery/jobs.ts';
import { owe } from '../delivery/owe.ts';
import { holdersOf, type Organisation } from '../directory/organisation.ts';
import type { Notice } from '../requests/kind.ts';
import type { Work } from '../../db/work.ts';

/**
 * Owes a sentence that is about no card. Its words are fixed when it is owed: it tells what happened at that moment, which
 * stays true. `key` makes it once for each person.
 */
export async function oweNotice(
  work: Work,
  jobs: Jobs,
  person: number,
  notice: Notice,
  channel: string,
): Promise<void> {
  await owe(work, jobs, person, channel, {
    what: `notice:${notice.key}:p${person}`,
    view: { view: 'notice', text: notice.text },
    attention: true,
    priority: 6,
    ...(notice.notAfter ? { notAfter: notice.notAfter } : {}),
  });
}

/** The same to everyone who holds a role now. */
export async function oweNoticeToRole(
  work: Work,
  jobs: Jobs,
  org: Organisation,
  role: string,
  notice: Notice,
  channel: string,
): Promise<void> {
  for (const person of holdersOf(org, role)) await oweNotice(work, jobs, person, notice, channel);
}
