import { type Words, words } from '../../cards/words.ts';
import { type Office, oneByOne, type Work } from '../../db/work.ts';
import type { Setup } from '../filing/move.ts';
import type { Notice } from '../requests/kind.ts';
import { afterQuietHours } from '../time/quiet-hours.ts';
import { addSpan } from '../time/working-time.ts';
import { roundNamed } from './index.ts';
import { actsFor } from './owners.ts';
import { readRound, type Rectification, type Round } from './store.ts';
import { organisationOf, oweCard, oweOwners, type Sort, tellRole } from './tell.ts';
import { titleOf } from './texts.ts';

/** What is reminded of: an open round, or something found wrong. */
type Waiting = {
  readonly sort: Sort;
  readonly id: number;
  readonly owner: string;
  readonly claimedBy: number | null;
  readonly due: Temporal.Instant;
  readonly reminders: number;
  readonly title: Words;
  readonly escalate: readonly string[];
};

/** Reminds of recurring work and rectifications whose time has come, each in a transaction of its own. */
export async function remindRounds(office: Office, setup: Setup): Promise<void> {
  const sorts = [nextRound, nextRectification].map((next) => async (work: Work) => {
    const waiting = await next(work);
    if (waiting) await remind(work, setup, waiting);
    return waiting !== undefined;
  });
  await oneByOne(office, sorts);
}

async function nextRound(work: Work): Promise<Waiting | undefined> {
  const round: Round | undefined = await work.tx
    .selectFrom('round')
    .selectAll()
    .where('state', '=', 'open')
    .where('next_reminder_at', '<=', work.now)
    .orderBy('next_reminder_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return (
    round && {
      sort: 'round',
      id: round.id,
      owner: round.owner,
      claimedBy: round.claimed_by,
      due: round.due_at,
      reminders: round.reminders,
      title: titleOf(round.name),
      escalate: roundNamed(round.name)?.escalate ?? [],
    }
  );
}

async function nextRectification(work: Work): Promise<Waiting | undefined> {
  const found: Rectification | undefined = await work.tx
    .selectFrom('rectification')
    .selectAll()
    .where('state', '=', 'open')
    .where('next_reminder_at', '<=', work.now)
    .orderBy('next_reminder_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!found) return undefined;
  const name = (await readRound(work.tx, found.round_id))?.name ?? '';
  const title = titleOf(name);
  return {
    sort: 'rectification',
    id: found.id,
    owner: found.owner,
    claimedBy: null,
    due: found.due_at,
    reminders: found.reminders,
    title: words(`整改（${title.zh}）`, `Rectification (${title.en})`),
    escalate: roundNamed(name)?.escalate ?? [],
  };
}

/**
 * The card comes again: before it is due, when it is due, a working day later; then never more. Overdue, the first role of its escalation
 * is told, at last the next one. The quiet hours delay this.
 */
async function remind(work: Work, setup: Setup, waiting: Waiting): Promise<void> {
  const { quietHours } = setup.rules.reminders;
  const later = afterQuietHours(work.now, quietHours, setup.rules.timeZone);
  if (!later.equals(work.now)) return note(work, waiting, waiting.reminders, later);
  const overdue = Temporal.Instant.compare(waiting.due, work.now) <= 0;
  // After a standstill there is no use in saying that it will soon be due.
  const stage = overdue ? Math.max(1, waiting.reminders) : 0;
  const org = await organisationOf(work, setup);
  const doer = waiting.claimedBy;
  if (doer !== null && actsFor(doer, waiting.owner, org))
    await oweCard(work, setup, doer, waiting, `reminder-${stage}`);
  else await oweOwners(work, setup, org, waiting, `reminder-${stage}`);
  const role = stage === 0 ? undefined : waiting.escalate[stage - 1];
  if (role !== undefined)
    await tellRole(work, setup, org, { role, owner: waiting.owner }, lateNotice(waiting, role));
  await note(work, waiting, stage + 1, nextTime(work, setup, waiting, stage));
}

function nextTime(
  work: Work,
  { calendar }: Setup,
  { due }: Waiting,
  stage: number,
): Temporal.Instant | null {
  if (stage === 0) return due;
  return stage === 1 ? addSpan(work.now, '1wd', calendar) : null;
}

async function note(
  work: Work,
  { sort, id }: Waiting,
  reminders: number,
  at: Temporal.Instant | null,
): Promise<void> {
  await work.tx
    .updateTable(sort)
    .set({ reminders, next_reminder_at: at })
    .where('id', '=', id)
    .execute();
}

const lateNotice = ({ sort, id, title }: Waiting, role: string): Notice => ({
  key: `${sort}-late:${id}:${role}`,
  text: words(
    `「${title.zh}」已过期限，还没有完成，请您关注`,
    `“${title.en}” is overdue and not done yet`,
  ),
});
