import type { Work } from '../../db/work.ts';
import { changesAbsences } from './organisation.ts';

/** From `since` until before `until` a person is away; `delegate` decides for them, else their leader. */
export type Absence = {
  readonly person: number;
  readonly delegate: number | null;
  readonly since: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly source: 'said' | 'trip';
  readonly request?: number;
};

/** Notes an absence. What was said later about the same days counts more (`readOrganisation`). */
export async function noteAbsence(work: Work, absence: Absence): Promise<void> {
  changesAbsences(work.tx);
  await work.tx
    .insertInto('absence')
    .values({
      person_id: absence.person,
      delegate_id: absence.delegate,
      since: absence.since,
      until: absence.until,
      source: absence.source,
      request_id: absence.request ?? null,
      said_at: work.now,
    })
    .execute();
}

/** Back: absences that run or lie ahead are over. Of a request only its own. Returns how many there were. */
export async function endAbsences(
  work: Work,
  of: { readonly person: number } | { readonly request: number },
): Promise<number> {
  changesAbsences(work.tx);
  // One that had not begun is gone; one that runs ends now.
  const ahead = work.tx.deleteFrom('absence').where('since', '>=', work.now);
  const running = work.tx
    .updateTable('absence')
    .set({ until: work.now })
    .where('until', '>', work.now)
    .where('since', '<', work.now);
  const results =
    'person' in of
      ? await Promise.all([
          ahead.where('person_id', '=', of.person).executeTakeFirst(),
          running.where('person_id', '=', of.person).executeTakeFirst(),
        ])
      : await Promise.all([
          ahead.where('request_id', '=', of.request).executeTakeFirst(),
          running.where('request_id', '=', of.request).executeTakeFirst(),
        ]);
  const [gone, ended] = results;
  return Number(gone.numDeletedRows) + Number(ended.numUpdatedRows);
}
