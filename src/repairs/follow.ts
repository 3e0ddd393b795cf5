/** Keeps step with every repair: who watches it hears how it goes on, in the transaction of the change. */
import type { Work } from '../../db/work.ts';
import type { Followed, Setup } from '../filing/move.ts';
import { openStep } from '../workflow/workflow.ts';
import { declareMajor, isMajorByForm, majorByCost, notMajor } from './major.ts';
import { suggestReplacing } from './repeats.ts';
import { oweWatchers } from './watchers.ts';

/** What of a repair its watchers hear: that it was taken, done, opened again, sorted anew, or is over. */
const HEARD: ReadonlySet<string> = new Set([
  'claim',
  'complete',
  'send-back',
  'transfer',
  'sorted',
  'withdraw',
  'cancel',
]);

/** Told of every move of a request; other kinds are left alone. */
export async function followRepair(
  work: Work,
  setup: Setup,
  { before, after, act, person, undone }: Followed,
): Promise<void> {
  if (after.kind !== 'repair') return;
  if (before === undefined) {
    await suggestReplacing(work, setup, after);
    if (isMajorByForm(after.form, setup.rules)) await declareMajor(work, setup, after);
    return;
  }
  if (undone?.act === 'send-back') await notMajor(work, after, undone.at);
  // What it had cost is known when it is done; not done after all, it is told every day from here on.
  if (act === 'send-back') await majorByCost(work, setup, after);
  if (act === 'sorted' && isMajorByForm(after.form, setup.rules))
    await declareMajor(work, setup, after);
  if (!HEARD.has(act)) return;
  const closing = openStep(before.workflow)?.id === 'follow-up';
  if (!closing) await oweWatchers(work, setup, after, person);
}
