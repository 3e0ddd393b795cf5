/**
 * What is ticked in Feishu's tasks, looked for by one call for all of them: the platform tells an app of no change of its tasks that
 * could be relied on, and to ask for each would cost a call for each.
 */
import { actingAs, inWork, type Office, type Work } from '../../db/work.ts';
import type { Channel, SeenTask } from '../channels/channel.ts';
import { type Counterpart, counterpartOf, noteSeen, standing } from '../counterparts/want.ts';
import { addressOf } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { actOnItem, type ItemWish } from './acting.ts';
import { ITEM, taskOf } from './as-tasks.ts';
import { type ActionItem, readItem, UNFINISHED } from './store.ts';

/** How often ticks are looked for. In a month of 22 working days of nine hours some 400 calls, of the 10,000 that a free plan has. */
const LOOK_MINUTES = 30;
/** What was done longer ago is not opened again from there. */
const DONE_DAYS = 7;
/** The setting that holds when it was last looked. */
const LOOKED = 'tasks-looked';

/**
 * Looks at all tasks at once, from the opening of a working day until its end, while there are any: what its owner ticked there is
 * done here, what they opened again is open, by the same function as the buttons on their card. One look at a time, however many
 * replicas. An item that fails keeps no other from its turn.
 */
export async function lookAtTasks(
  office: Office,
  setup: Setup,
  channel: Channel | undefined,
): Promise<void> {
  if (!setup.rules.feishu.tasks || !channel?.tasksSince) return;
  const now = office.clock.now();
  if (!works(now, setup)) return;
  const stood = await inWork(office, { actor: 'system' }, (work) => begin(work));
  const oldest = stood[0];
  if (!oldest) return;
  // A little earlier: the platform's clock may be behind ours.
  const seen = await channel.tasksSince(oldest.created_at.subtract({ minutes: 5 }));
  const tasks = new Map(seen.map((task) => [task.id, task]));
  const failed: unknown[] = [];
  for (const before of stood) {
    const task = tasks.get(before.external_id ?? '');
    if (!task) continue;
    try {
      await inWork(office, { actor: 'system' }, (work) => follow(work, setup, before, task));
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** From the first hour of a working day to its last. */
function works(now: Temporal.Instant, { calendar }: Setup): boolean {
  const hours = calendar.openingsOn(now.toZonedDateTimeISO(calendar.zone).toPlainDate());
  const [first, last] = [hours[0]?.from, hours.at(-1)?.to];
  if (!first || !last) return false;
  return Temporal.Instant.compare(first, now) <= 0 && Temporal.Instant.compare(now, last) <= 0;
}

/** Takes this look, unless one was taken a short while ago; the tasks that are in line, the oldest first. */
async function begin(work: Work): Promise<readonly Counterpart[]> {
  const value = work.now.toString({ smallestUnit: 'millisecond' });
  const ago = work.now
    .subtract({ minutes: LOOK_MINUTES })
    .toString({ smallestUnit: 'millisecond' });
  const mine = await work.tx
    .insertInto('setting')
    .values({ name: LOOKED, value })
    .onConflict((at) => at.column('name').doUpdateSet({ value }).where('setting.value', '<=', ago))
    .returning('name')
    .executeTakeFirst();
  if (!mine) return [];
  const rows = await work.tx
    .selectFrom('action_item')
    .select('id')
    .where((row) =>
      row.or([
        row('state', 'in', UNFINISHED),
        row.and([
          row('state', '=', 'done'),
          row('done_at', '>', work.now.subtract({ hours: 24 * DONE_DAYS })),
        ]),
      ]),
    )
    .execute();
  return standing(
    work.tx,
    'feishu',
    'task',
    ITEM,
    rows.map(({ id }) => id),
  );
}

/**
 * Does here what was done there, if both were of one mind before: nothing of ours is on its way, nor was since the look began. Whoever
 * hands a task on in Feishu hands on no item: then it is noted how it stands, and that is all.
 */
async function follow(
  work: Work,
  setup: Setup,
  before: Counterpart,
  seen: SeenTask,
): Promise<void> {
  const item = await readItem(work.tx, before.about_id);
  const now = item && (await counterpartOf(work.tx, taskOf(item.id)));
  if (!item || item.owner_id === null || !now || !isUntouched(before, now)) return;
  const wish = wishOf(item, seen);
  if (!wish) return;
  const address = await addressOf(work.tx, item.owner_id, 'feishu');
  if (address && seen.owners.includes(address.id))
    await actOnItem(actingAs(work, item.owner_id), setup, item.owner_id, item.id, wish);
  const doneAt = seen.doneAt?.toString() ?? null;
  await noteSeen(work, taskOf(item.id), { doneAt, owners: seen.owners });
}

const isUntouched = (before: Counterpart, now: Counterpart): boolean =>
  now.wanted_revision === before.wanted_revision &&
  now.kept_revision === before.kept_revision &&
  now.kept_revision === now.wanted_revision &&
  now.external_id === before.external_id;

/** What the tick, or its being taken away, asks for; undefined when it stands there as it does here. */
function wishOf(item: ActionItem, seen: SeenTask): ItemWish | undefined {
  if (seen.doneAt && item.state !== 'done') return { act: 'done' };
  return !seen.doneAt && item.state === 'done' ? { act: 'doing' } : undefined;
}
