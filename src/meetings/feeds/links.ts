/** Secret links to calendars: one in force for each person or room, shown as often as its owner asks, taken back at once. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { CalendarFeedTable } from '../../../db/tables.ts';
import type { Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import type { Setup } from '../../filing/move.ts';

export type Feed = Selectable<CalendarFeedTable>;

/** Whose calendar it is, by id. */
export type FeedOwner = { readonly person: number } | { readonly room: number };

/** What addresses are made of; undefined where nobody outside could open one (no PUBLIC_URL). */
export type FeedLinks = NonNullable<Setup['links']>;

/** Where calendars are, on our server; behind it the secret and `.ics`. */
export const FEED_PATH = '/calendar/';

/** Bytes of a seed: as many as nobody guesses. */
const SEED_BYTES = 32;

/**
 * The secret of a link. It is made anew whenever it is shown, so that it is stored nowhere: the seed is in the database, the key is not, and
 * neither alone tells it. The key is made of that of the record.
 */
const tokenOf = ({ key }: FeedLinks, seed: string): string =>
  createHmac(
    'sha256',
    createHmac('sha256', Buffer.from(key.reveal(), 'hex'))
      .update('banshi calendar feed v1')
      .digest(),
  )
    .update(seed)
    .digest('base64url');

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const activeOf = (tx: Tx, owner: FeedOwner): Promise<Feed | undefined> =>
  tx
    .selectFrom('calendar_feed')
    .selectAll()
    .where(
      'person' in owner ? 'person_id' : 'room_id',
      '=',
      'person' in owner ? owner.person : owner.room,
    )
    .where('revoked_at', 'is', null)
    .executeTakeFirst();

/** The calendar of its owner that is in force; made when there is none. Throws Refusal `calendar.no-address` when nobody could open it. */
export async function feedOf(
  work: Work,
  links: FeedLinks | undefined,
  owner: FeedOwner,
  by: number,
): Promise<Feed> {
  if (!links) throw noAddress();
  const found = await activeOf(work.tx, owner);
  if (found && isOfKey(links, found)) return found;
  // Its key was another: the old link cannot be shown any more, and is worth nothing to its owner.
  if (found) await revoke(work, found);
  const seed = randomBytes(SEED_BYTES).toString('base64url');
  const made = await work.tx
    .insertInto('calendar_feed')
    .values({
      person_id: 'person' in owner ? owner.person : null,
      room_id: 'room' in owner ? owner.room : null,
      seed,
      token_hash: hashOf(tokenOf(links, seed)),
      made_by: by,
      made_at: work.now,
      revoked_at: null,
    })
    .onConflict((at) => at.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (made) {
    await record(work, 'calendar.link-made', `feed:${made.id}`, { after: { ...owner } });
    return made;
  }
  // Somebody else of the office has just made it.
  const theirs = await activeOf(work.tx, owner);
  if (!theirs) throw new Error('a calendar was made and taken back at once');
  return theirs;
}

/** Takes back the link of an owner; the next is another. Whether there was one. */
export async function revokeFeedOf(work: Work, owner: FeedOwner): Promise<boolean> {
  const found = await activeOf(work.tx, owner);
  return found !== undefined && revoke(work, found);
}

async function revoke(work: Work, { id }: Feed): Promise<boolean> {
  const { numUpdatedRows } = await work.tx
    .updateTable('calendar_feed')
    .set({ revoked_at: work.now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await record(work, 'calendar.link-revoked', `feed:${id}`);
  return true;
}

const isOfKey = (links: FeedLinks, feed: Feed): boolean =>
  hashOf(tokenOf(links, feed.seed)) === feed.token_hash;

/** The whole address of a calendar. */
export const feedAddress = (links: FeedLinks, { seed }: Pick<Feed, 'seed'>): string =>
  `${links.url}${FEED_PATH}${tokenOf(links, seed)}.ics`;

export const readFeed = (tx: Tx, id: number): Promise<Feed | undefined> =>
  tx.selectFrom('calendar_feed').selectAll().where('id', '=', id).executeTakeFirst();

/** The calendar that a secret opens; undefined when there is none, it was taken back, or whose it is has left or is not used any more. */
export async function feedBySecret(tx: Tx, token: string): Promise<Feed | undefined> {
  return tx
    .selectFrom('calendar_feed')
    .leftJoin('person', 'person.id', 'calendar_feed.person_id')
    .leftJoin('room', 'room.id', 'calendar_feed.room_id')
    .selectAll('calendar_feed')
    .where('token_hash', '=', hashOf(token))
    .where('revoked_at', 'is', null)
    .where((at) => at.or([at('person.active', '=', true), at('room.active', '=', true)]))
    .executeTakeFirst();
}

/** Rooms whose calendar somebody may fetch, by name. */
export const roomsWithFeed = (tx: Tx): Promise<readonly { readonly name: string }[]> =>
  tx
    .selectFrom('calendar_feed')
    .innerJoin('room', 'room.id', 'calendar_feed.room_id')
    .select('room.name')
    .where('calendar_feed.revoked_at', 'is', null)
    .orderBy('room.name')
    .execute();

const noAddress = (): Refusal =>
  new Refusal(
    'calendar.no-address',
    words(
      '没有设置 PUBLIC_URL，日历软件打不开链接',
      'PUBLIC_URL is not set, so that no calendar could open the link',
    ),
    words('请管理员设置后再试', 'Ask the administrator to set it'),
  );
