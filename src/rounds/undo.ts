/** 我来做 and 完成, taken back by whoever tapped it a moment ago. A round that found something is not: what it opened is others' work. */
import { z } from 'zod';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { type Deed, markUndone, noteDeed, type TakenBack } from '../undo/deeds.ts';
import { actsFor } from './owners.ts';
import { lockRound, type Round } from './store.ts';
import { organisationOf, oweQuietly } from './tell.ts';
import { titleOf } from './texts.ts';

/** Whose it was, and when they were to be reminded. */
const kept = z.object({ claimedBy: z.number().nullable(), remind: z.string().nullable() });

/** Notes what a person did with an occurrence, which stood like this before and stands like that now. */
export async function noteRound(
  work: Work,
  { rules }: Pick<Setup, 'rules'>,
  act: 'round-claim' | 'round-done',
  was: Round,
  now: Round,
): Promise<void> {
  if (rules.undoSeconds === null || now.claimed_by === null) return;
  await noteDeed(work, {
    person: now.claimed_by,
    subject: `round:${now.id}`,
    act,
    version: now.version,
    before: {
      claimedBy: was.claimed_by,
      remind: was.next_reminder_at?.toString() ?? null,
    } satisfies z.infer<typeof kept>,
    owed: [],
  });
}

/** It is open again, in the hands that it was in, and they are reminded when they would have been. */
export async function undoRound(work: Work, setup: Setup, deed: Deed): Promise<TakenBack> {
  const { person_id: person, version } = deed;
  const round = await lockRound(work.tx, Number(deed.subject.slice('round:'.length)));
  const name = round ? titleOf(round.name).zh : '';
  const org = await organisationOf(work, setup);
  const stands = round?.version === version && actsFor(person, round.owner, org);
  const why = await markUndone(work, deed, setup.rules.undoSeconds, stands);
  if (why || !round) return { undone: false, why: why ?? 'moved-on', name };
  const { claimedBy, remind } = kept.parse(deed.before);
  await work.tx
    .updateTable('round')
    .set({
      state: 'open',
      claimed_by: claimedBy,
      done_by: null,
      closed_at: null,
      results: JSON.stringify({}),
      score: null,
      next_reminder_at: remind === null ? null : Temporal.Instant.from(remind),
      version: version + 1,
    })
    .where('id', '=', round.id)
    .execute();
  await record(work, 'round.undone', `round:${round.id}`, { after: { undone: deed.act } });
  await oweQuietly(work, setup, { sort: 'round', id: round.id, version: version + 1 }, person);
  return { undone: true, name };
}
