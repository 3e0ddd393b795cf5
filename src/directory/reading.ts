/**
 * When the whole directory is read. Whoever finds that only a whole reading helps (an event that does not tell all, the night)
 * makes a wish; wishes that come together are met by one reading. They are counted and not timed, so that a wish made while a
 * reading runs is known to be younger than it.
 */
import type { ChannelName } from '../channels/channel.ts';
import type { Db } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';

/**
 * Between the beginnings of two readings, minutes. A re-organisation of a hundred people is over in less, and costs two
 * readings: one at once, one for what came after.
 */
const BETWEEN_MINUTES = 3;
/** As long as the directory was never read, seconds: whoever connects a new app waits for it. */
const FIRST_SECONDS = 30;

/** Wishes for a reading, in the transaction of what made it necessary. */
export async function wishReading(work: Work, channel: ChannelName): Promise<void> {
  await work.tx
    .insertInto('directory_reading')
    .values({ channel, wishes: 1 })
    .onConflict((at) =>
      at
        .column('channel')
        .doUpdateSet((set) => ({ wishes: set('directory_reading.wishes', '+', 1) })),
    )
    .execute();
}

/** The wishes that a reading begun now would meet, and how many people it may let go. */
export type Claimed = { readonly wishes: number; readonly accepted: number };

/**
 * Takes it upon this process to read now: `undefined` when nothing is wished for or somebody began a moment ago. One
 * statement, so that of two who ask together one is told. A reading that fails, or dies with its process, is claimed again.
 * `now` is real time.
 */
export function claimReading(
  db: Db,
  channel: ChannelName,
  now: Temporal.Instant,
): Promise<Claimed | undefined> {
  return db
    .updateTable('directory_reading')
    .set({ tried_at: now })
    .where('channel', '=', channel)
    .whereRef('wishes', '>', 'met')
    .where((row) =>
      row.or([
        row('tried_at', 'is', null),
        row('tried_at', '<=', now.subtract({ minutes: BETWEEN_MINUTES })),
        row.and([
          row('met', '=', 0),
          row('tried_at', '<=', now.subtract({ seconds: FIRST_SECONDS })),
        ]),
      ]),
    )
    .returning(['wishes', 'accepted'])
    .executeTakeFirst();
}

/** Notes that a reading was applied, or refused because so many people would have gone at once. */
export async function noteReading(
  work: Work,
  channel: ChannelName,
  read: { readonly wishes: number; readonly refused: number },
): Promise<void> {
  await work.tx
    .updateTable('directory_reading')
    .set((set) => ({
      met: set.fn('greatest', ['met', set.val(read.wishes)]),
      refused: read.refused,
      ...(read.refused === 0 ? { accepted: 0 } : {}),
    }))
    .where('channel', '=', channel)
    .execute();
}

/**
 * Lets the people go whom the last reading would have made leavers, or, if it was applied, those who are out of sight; and
 * wishes for another. Returns how many they are.
 */
export async function acceptLeavers(work: Work, channel: ChannelName): Promise<number> {
  const reading = await work.tx
    .selectFrom('directory_reading')
    .select('refused')
    .where('channel', '=', channel)
    .executeTakeFirst();
  const leavers = reading?.refused || (await countOutside(work.tx, channel));
  if (leavers === 0) return 0;
  await work.tx
    .updateTable('directory_reading')
    .set((set) => ({ accepted: leavers, wishes: set('wishes', '+', 1) }))
    .where('channel', '=', channel)
    .execute();
  await record(work, 'directory.accepted', 'office', { after: { leavers } });
  return leavers;
}

/** How many of those who work here are out of sight. */
export async function countOutside(db: Db, channel: ChannelName): Promise<number> {
  const { count } = await db
    .selectFrom('address')
    .innerJoin('person', 'person.id', 'address.person_id')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('address.channel', '=', channel)
    .where('address.outside_since', 'is not', null)
    .where('person.active', '=', true)
    .executeTakeFirstOrThrow();
  return Number(count);
}
